#include "pipeline/match/person_score.h"

#include <cmath>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/match/birth_score.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/name_score.h"
#include "pipeline/match/names_agree.h"
#include "pipeline/match/weights.h"

namespace landfall {
namespace {

constexpr std::size_t kShortNumberSize = 4;

void AddTerm(PersonScore& score, std::string_view term, std::string a, std::string b, std::int32_t points) {
  score.score += points;
  score.terms.push_back({std::string(term), std::move(a), std::move(b), points});
}

std::int32_t Rounded(double decibans) { return static_cast<std::int32_t>(std::lround(decibans)); }

std::string FullName(const PersonView& person) {
  std::string name(person.given_names);
  if (!name.empty() && !person.surname.empty()) name += ' ';
  return name.append(person.surname);
}

std::string NumberText(const PersonView::Number& number) {
  std::string text(number.number);
  if (!number.issuer.empty()) text += " " + std::string(number.issuer.view());
  return text;
}

// The best of several numbers counts, once. True if one agrees.
bool AddDocumentTerm(const PersonView& a, const PersonView& b, PersonScore& score) {
  const PersonView::Number* best_a = nullptr;
  const PersonView::Number* best_b = nullptr;
  std::int32_t best = 0;
  for (const PersonView::Number& of_a : a.documents) {
    const std::string key = NumberKey(of_a.number);
    for (const PersonView::Number& of_b : b.documents) {
      if (key.empty() || key != NumberKey(of_b.number)) continue;
      const bool issuers_known = !of_a.issuer.empty() && !of_b.issuer.empty();
      if (issuers_known && of_a.issuer != of_b.issuer) continue;
      const std::int32_t points = key.size() <= kShortNumberSize ? weights::kShortNumber
                                  : issuers_known                ? weights::kNumberAndIssuer
                                                                 : weights::kNumberOnly;
      if (points > best) std::tie(best, best_a, best_b) = std::tuple(points, &of_a, &of_b);
    }
  }
  if (best_a == nullptr) return false;
  AddTerm(score, "document", NumberText(*best_a), NumberText(*best_b), best);
  return true;
}

void AddNameTerms(const PersonView& a, const PersonView& b, bool same_document, PersonScore& score) {
  const NameForms forms_a = FormsOf(a.surname, a.given_names), forms_b = FormsOf(b.surname, b.given_names);
  if (forms_a.empty() || forms_b.empty()) return;
  const bool a_is_cut = MayBeCut(a.surname, a.given_names), b_is_cut = MayBeCut(b.surname, b.given_names);
  NameScore names = ScoreNames(forms_a, forms_b, a_is_cut, ShippedTokenShare);
  // Only the first name may be a beginning; of two that may be, and of one that is the second, the better way counts.
  if (b_is_cut) {
    NameScore other_way = ScoreNames(forms_b, forms_a, true, ShippedTokenShare);
    std::swap(other_way.worst_query, other_way.worst_entry);
    if (!a_is_cut || other_way.total() > names.total()) names = std::move(other_way);
  }
  if (same_document && names.total() < weights::kNameDiffers) {
    AddTerm(score, "name", FullName(a), FullName(b), weights::kNameDiffers);
    return;
  }
  AddTerm(score, "name", FullName(a), FullName(b), Rounded(names.points));
  if (names.worst < 0) AddTerm(score, "name_worst_token", names.worst_query, names.worst_entry, Rounded(names.worst));
  if (Rounded(names.against) < 0) AddTerm(score, "name_unmatched", "", "", Rounded(names.against));
}

void AddBirthTerm(const PersonView& a, const PersonView& b, PersonScore& score) {
  if (!a.date_of_birth || !b.date_of_birth) return;
  const BirthScore birth = ScoreBirth({{*b.date_of_birth, *b.date_of_birth}}, a.date_of_birth);
  AddTerm(score, "date_of_birth", ToString(*a.date_of_birth), ToString(*b.date_of_birth), birth.points);
}

void AddSexAndNationality(const PersonView& a, const PersonView& b, PersonScore& score) {
  if (a.sex && b.sex && *a.sex != Sex::kX && *b.sex != Sex::kX) {
    AddTerm(score, "sex", std::string(ToText(*a.sex)), std::string(ToText(*b.sex)),
            *a.sex == *b.sex ? weights::kSameSex : weights::kOtherSex);
  }
  if (!a.nationality.empty() && !b.nationality.empty()) {
    AddTerm(score, "nationality", std::string(a.nationality), std::string(b.nationality),
            a.nationality == b.nationality ? weights::kSameNationality : weights::kOtherNationality);
  }
}

bool DoNamesAgree(const PersonView& a, const PersonView& b) {
  const NameForms forms_a = FormsOf(a.surname, a.given_names), forms_b = FormsOf(b.surname, b.given_names);
  return NamesAgree(forms_a, forms_b, MayBeCut(a.surname, a.given_names)) ||
         (MayBeCut(b.surname, b.given_names) && NamesAgree(forms_b, forms_a, true));
}

}  // namespace

PersonView ViewOf(const Person& person) {
  PersonView view{person.surname, person.given_names, person.date_of_birth, person.sex, person.nationality.view(), {}};
  if (!person.document.empty()) view.documents.push_back({person.document, person.issuer});
  return view;
}

PersonView ViewOf(const Traveller& traveller) {
  PersonView view{traveller.surname, traveller.given_names,         traveller.date_of_birth,
                  traveller.sex,     traveller.nationality.view(), {}};
  for (const Document& document : traveller.documents) {
    if (document.type != "V" && !document.number.empty()) view.documents.push_back({document.number, document.issuer});
  }
  return view;
}

PersonScore ScorePersons(const PersonView& a, const PersonView& b, bool same_number) {
  PersonScore score;
  const bool same_document = AddDocumentTerm(a, b, score);
  AddNameTerms(a, b, same_document || same_number, score);
  AddBirthTerm(a, b, score);
  AddSexAndNationality(a, b, score);
  return score;
}

bool IsOtherSpelling(const PersonView& a, const PersonView& b) {
  if (!a.date_of_birth || !a.date_of_birth->IsWhole() || a.date_of_birth != b.date_of_birth) return false;
  return DoNamesAgree(a, b) && ScorePersons(a, b).score >= kSameWithBirthDate;
}

bool AreNamesakes(const PersonView& a, const PersonView& b) {
  if (!DoNamesAgree(a, b)) return false;
  PersonScore score;
  AddNameTerms(a, b, false, score);
  return score.score >= kNamesake;
}

std::vector<std::string> EvidenceOf(std::int32_t score, const std::vector<MatchTerm>& terms) {
  std::vector<std::string> evidence;
  if (terms.empty()) return evidence;
  evidence.push_back(absl::StrFormat("%d decibans", score));
  for (const MatchTerm& term : terms) {
    const std::string values = term.query.empty() && term.entry.empty() ? "" : term.query + ", " + term.entry + ": ";
    evidence.push_back(absl::StrFormat("%s: %s%+d", term.term, values, term.points));
  }
  return evidence;
}

}  // namespace landfall
