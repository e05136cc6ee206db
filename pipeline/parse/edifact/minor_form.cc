#include "pipeline/parse/edifact/minor_form.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {
namespace {

enum class Mark { kNone, kHandsOver, kCollects, kPhone, kAddress, kFiller };

struct MarkWord {
  std::string_view word;
  Mark mark;
};
constexpr MarkWord kMarks[] = {
    {"DEP", Mark::kHandsOver},     {"DEPARTURE", Mark::kHandsOver}, {"HANDED", Mark::kHandsOver},
    {"DROPOFF", Mark::kHandsOver}, {"ARR", Mark::kCollects},        {"ARRIVAL", Mark::kCollects},
    {"COLLECTED", Mark::kCollects}, {"PICKUP", Mark::kCollects},    {"MET", Mark::kCollects},
    {"TEL", Mark::kPhone},         {"PHONE", Mark::kPhone},         {"MOB", Mark::kPhone},
    {"MOBILE", Mark::kPhone},      {"ADR", Mark::kAddress},         {"ADDR", Mark::kAddress},
    {"ADDRESS", Mark::kAddress},   {"BY", Mark::kFiller},           {"OVER", Mark::kFiller}};

struct RelationshipWord {
  std::string_view word;
  Relationship relationship;
};
constexpr RelationshipWord kRelationships[] = {
    {"MOTHER", Relationship::kParent},           {"FATHER", Relationship::kParent},
    {"PARENT", Relationship::kParent},           {"STEPMOTHER", Relationship::kStepParent},
    {"STEPFATHER", Relationship::kStepParent},   {"SISTER", Relationship::kSibling},
    {"BROTHER", Relationship::kSibling},         {"GRANDMOTHER", Relationship::kGrandparent},
    {"GRANDFATHER", Relationship::kGrandparent}, {"AUNT", Relationship::kAuntUncle},
    {"UNCLE", Relationship::kAuntUncle},         {"GUARDIAN", Relationship::kGuardian},
    {"COUSIN", Relationship::kCousin},           {"FRIEND", Relationship::kFamilyFriend}};

std::string InUpperCase(std::string_view text) {
  std::string upper;
  for (const char c : text) upper += Upper(c);
  return upper;
}

Mark MarkOf(std::string_view word) {
  std::string upper = InUpperCase(word);
  while (!upper.empty() && (upper.back() == ':' || upper.back() == '.')) upper.pop_back();
  for (const MarkWord& mark : kMarks) {
    if (mark.word == upper) return mark.mark;
  }
  return Mark::kNone;
}

std::optional<Relationship> RelationshipOf(std::string_view word) {
  const std::string upper = InUpperCase(word);
  for (const RelationshipWord& known : kRelationships) {
    if (known.word == upper) return known.relationship;
  }
  return std::nullopt;
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(' ', at)) != std::string_view::npos) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

bool BeginsForm(std::string_view word) {
  const std::string upper = InUpperCase(word);
  if (upper == "UMNR" || upper == "UMFORM" || upper == "UM") return true;
  return upper.size() == 4 && upper.starts_with("UM") && IsDigit(upper[2]) && IsDigit(upper[3]);
}

void Append(std::string_view word, std::string& to) {
  if (!to.empty()) to += ' ';
  to += word;
}

// "BELLO/AMINA MRS", or the given names first: "AMINA BELLO".
void SetName(const std::string& name, HandoverPerson& person) {
  const std::size_t slash = name.find('/');
  const std::size_t last = name.rfind(' ');
  if (slash != std::string::npos) {
    person.surname = std::string(Trim(std::string_view(name).substr(0, slash)));
    person.given_names = std::string(Trim(std::string_view(name).substr(slash + 1)));
  } else if (last != std::string::npos) {
    person.surname = name.substr(last + 1);
    person.given_names = name.substr(0, last);
  } else {
    person.surname = name;
  }
}

// The person whom the words [first, last) describe.
HandoverPerson ReadPerson(const std::vector<std::string_view>& words, std::size_t first, std::size_t last) {
  HandoverPerson person;
  std::string name, lines;
  std::string* to = &name;
  for (std::size_t i = first; i < last; ++i) {
    const Mark mark = MarkOf(words[i]);
    if (mark == Mark::kPhone) {
      to = &person.phone;
    } else if (mark == Mark::kAddress) {
      to = &lines;
    } else if (mark == Mark::kFiller && to == &name) {
      continue;
    } else if (const auto relationship = RelationshipOf(words[i]); relationship && to != &lines) {
      person.relationship = relationship;
    } else {
      Append(words[i], *to);
    }
  }
  SetName(name, person);
  for (std::string* const text : {&person.surname, &person.given_names, &person.phone, &lines}) {
    *text = CleanText(*text, InputLimits{}, {});  // Empty if it is blanks of any script.
  }
  if (!lines.empty()) {
    Address address;
    address.lines = std::move(lines);
    person.address = std::move(address);
  }
  return person;
}

}  // namespace

bool ReadMinorForm(std::string_view text, EscortForm& form) {
  constexpr std::size_t kFarthestBegin = 3;  // Behind OSI and the carrier's code.
  constexpr std::size_t kLongestForm = 1'024;
  if (text.size() > kLongestForm) return false;
  const std::vector<std::string_view> words = Words(text);
  std::size_t at = 0;
  while (at < std::min(words.size(), kFarthestBegin) && !BeginsForm(words[at])) ++at;
  if (at >= std::min(words.size(), kFarthestBegin)) return false;
  const auto is_person = [&](std::size_t i) {
    return i < words.size() && (MarkOf(words[i]) == Mark::kHandsOver || MarkOf(words[i]) == Mark::kCollects);
  };
  bool has_person = false;
  while (at < words.size() && !is_person(at)) ++at;
  while (at < words.size()) {
    const Mark mark = MarkOf(words[at]);
    std::size_t end = at + 1;
    while (end < words.size() && !is_person(end)) ++end;
    HandoverPerson person = ReadPerson(words, at + 1, end);
    if (person != HandoverPerson{}) {
      (mark == Mark::kHandsOver ? form.handed_over_by : form.collected_by) = std::move(person);
      has_person = true;
    }
    at = end;
  }
  return has_person;
}

}  // namespace landfall::edifact
