#include "pipeline/match/names_agree.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/hash/hash.h"
#include "pipeline/match/name/edit_distance.h"
#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"

namespace landfall {
namespace {

// Names of more tokens than this are compared by their first ones.
constexpr std::size_t kMostTokens = 16;

enum class Pairing : std::uint8_t { kNone, kInitial, kFull };

// A token that counts, or a join of two or three.
struct Element {
  std::string_view text;
  std::size_t first, last;
  std::string skeleton;
  bool may_be_beginning = false;

  bool is_initial() const { return text.size() == 1 && first == last; }
  bool Overlaps(const Element& other) const { return first <= other.last && other.first <= last; }
};
using Elements = absl::InlinedVector<Element, 12>;

Elements ElementsOf(const NameForm& form, bool may_be_cut) {
  Elements elements;
  const std::size_t size = std::min(form.size(), kMostTokens);
  for (std::size_t i = 0; i < size; ++i) {
    if (!form.Counts(i)) continue;
    const bool may_be_beginning = may_be_cut && i + 1 == form.size() && form.token(i).size() >= 2;
    elements.push_back({form.token(i), i, i, SkeletonOf(form.token(i)), may_be_beginning});
  }
  for (std::size_t count = 2; count <= 3; ++count) {
    for (std::size_t i = 0; i + count <= size; ++i) {
      const std::string_view join = form.Join(i, count);
      elements.push_back({join, i, i + count - 1, SkeletonOf(join)});
    }
  }
  return elements;
}

Pairing Compare(const Element& query, const Element& entry) {
  if (query.text == entry.text) return Pairing::kFull;
  if (!query.skeleton.empty() && query.skeleton == entry.skeleton) return Pairing::kFull;
  const int edits = EditsAllowed(std::min(query.text.size(), entry.text.size()));
  if (edits > 0 && IsWithinEdits(query.text, entry.text, edits)) return Pairing::kFull;
  if (ShareGroup(NicknameGroups(query.text), NicknameGroups(entry.text))) return Pairing::kFull;
  if (query.may_be_beginning && entry.text.starts_with(query.text)) return Pairing::kFull;
  const bool initial = query.is_initial() || entry.is_initial();
  return initial && query.text.front() == entry.text.front() ? Pairing::kInitial : Pairing::kNone;
}

bool FormsAgree(const NameForm& query, const NameForm& entry, bool may_be_cut) {
  const std::size_t needed = std::min({std::size_t{2}, query.counted(), entry.counted()});
  if (needed == 0) return false;
  struct Pair {
    const Element* query;
    const Element* entry;
    Pairing pairing;
  };
  absl::InlinedVector<Pair, 8> pairs;
  const Elements of_query = ElementsOf(query, may_be_cut), of_entry = ElementsOf(entry, false);
  for (const Element& q : of_query) {
    for (const Element& e : of_entry) {
      const Pairing pairing = Compare(q, e);
      if (pairing == Pairing::kNone) continue;
      if (needed == 1 && pairing == Pairing::kFull) return true;
      const bool completes = std::any_of(pairs.begin(), pairs.end(), [&](const Pair& before) {
        return !q.Overlaps(*before.query) && !e.Overlaps(*before.entry) &&
               (pairing == Pairing::kFull || before.pairing == Pairing::kFull);
      });
      if (needed == 2 && completes) return true;
      pairs.push_back({&q, &e, pairing});
    }
  }
  return false;
}

}  // namespace

bool NamesAgree(const NameForms& query, const NameForms& entry, bool may_be_cut) {
  return std::any_of(query.begin(), query.end(), [&](const NameForm& q) {
    return std::any_of(entry.begin(), entry.end(), [&](const NameForm& e) { return FormsAgree(q, e, may_be_cut); });
  });
}

SpellingKeys SpellingKeysOf(const NameForms& forms, const std::optional<PartialDate>& birth) {
  SpellingKeys keys;
  if (!birth || !birth->IsWhole()) return keys;
  const auto add = [&](std::string_view text) {
    std::string skeleton = SkeletonOf(text);
    if (skeleton.empty()) skeleton = text;
    keys.push_back(static_cast<std::uint64_t>(absl::HashOf(birth->year, birth->month, birth->day, skeleton)));
  };
  for (const NameForm& form : forms) {
    const std::size_t size = std::min(form.size(), kMostTokens);
    for (std::size_t i = 0; i < size; ++i) {
      if (form.Counts(i)) add(form.token(i));
      if (i + 1 < size) add(form.Join(i, 2));
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace landfall
