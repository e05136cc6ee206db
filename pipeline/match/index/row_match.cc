#include "pipeline/match/index/row_match.h"

#include <algorithm>

#include "pipeline/match/name/edit_distance.h"
#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"

namespace landfall {

RowMatcher::RowMatcher(const TokenDictionary& dictionary, const NameForm& form,
                       const std::vector<NameElement>& elements)
    : dictionary_(dictionary), elements_(elements), counted_(form.counted()) {}

RowMatcher::Pairing RowMatcher::ComparePair(const NameElement& element, std::uint32_t token) const {
  if (element.token == token) return Pairing::kFull;
  const std::uint32_t skeleton_class = dictionary_.skeleton_class(token);
  if (skeleton_class != TokenDictionary::kNone && skeleton_class == element.skeleton_class) return Pairing::kFull;
  const std::string_view text = dictionary_.text(token);
  if (MayBeWithinEdits(element.text.size(), element.letters, text.size(), dictionary_.letters(token)) &&
      IsWithinEdits(element.text, text, EditsAllowed(std::min(text.size(), element.text.size())))) {
    return Pairing::kFull;
  }
  if (!element.groups.empty() && dictionary_.has_nicknames(token) && ShareGroup(element.groups, NicknameGroups(text))) {
    return Pairing::kFull;
  }
  if (element.is_prefix && text.starts_with(element.text)) return Pairing::kFull;
  const bool initial = (element.is_initial() && !element.is_join()) || text.size() == 1;
  return initial && text.front() == element.text.front() ? Pairing::kInitial : Pairing::kNone;
}

void RowMatcher::MakeJoin(std::span<const std::uint32_t> tokens) {
  join_.clear();
  for (const std::uint32_t token : tokens) join_ += dictionary_.text(token & ~kUncountedToken);
  has_skeleton_ = false;
  letters_ = LettersOf(join_);
  groups_ = NicknameGroups(join_);
}

const std::string& RowMatcher::JoinSkeleton() {
  if (!has_skeleton_) skeleton_ = SkeletonOf(join_);
  has_skeleton_ = true;
  return skeleton_;
}

RowMatcher::Pairing RowMatcher::CompareJoin(const NameElement& element) {
  if (MayBeWithinEdits(element.text.size(), element.letters, join_.size(), letters_) &&
      IsWithinEdits(element.text, join_, EditsAllowed(std::min(join_.size(), element.text.size())))) {
    return Pairing::kFull;
  }
  if (!element.groups.empty() && ShareGroup(element.groups, groups_)) return Pairing::kFull;
  if (element.is_prefix && join_.starts_with(element.text)) return Pairing::kFull;
  if (!element.skeleton.empty() && element.skeleton == JoinSkeleton()) return Pairing::kFull;
  return element.is_initial() && join_.front() == element.text.front() ? Pairing::kInitial : Pairing::kNone;
}

bool RowMatcher::Take(Pair pair) {
  if (needed_ == 1) return pair.pairing == Pairing::kFull;
  for (const Pair& before : pairs_) {
    const bool apart = pair.first > before.last || before.first > pair.last;
    if (apart && !pair.element->Overlaps(*before.element) &&
        (pair.pairing == Pairing::kFull || before.pairing == Pairing::kFull)) {
      return true;
    }
  }
  pairs_.push_back(pair);
  return false;
}

bool RowMatcher::Matches(std::span<const std::uint32_t> tokens) {
  const auto counts = [](std::uint32_t token) { return (token & kUncountedToken) == 0; };
  const auto counted = static_cast<std::size_t>(std::ranges::count_if(tokens, counts));
  needed_ = std::min({std::size_t{2}, counted_, counted});
  pairs_.clear();
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (!counts(tokens[i])) continue;
    for (const NameElement& element : elements_) {
      const Pairing pairing = ComparePair(element, tokens[i]);
      if (pairing != Pairing::kNone && Take({&element, i, i, pairing})) return true;
    }
  }
  for (std::uint32_t i = 0; i + 2 <= tokens.size(); ++i) {
    for (std::uint32_t count = 2; count <= 3 && i + count <= tokens.size(); ++count) {
      MakeJoin(tokens.subspan(i, count));
      for (const NameElement& element : elements_) {
        const Pairing pairing = CompareJoin(element);
        if (pairing != Pairing::kNone && Take({&element, i, i + count - 1, pairing})) return true;
      }
    }
  }
  return false;
}

}  // namespace landfall
