#include "pipeline/match/index/row_match.h"

#include <algorithm>
#include <bit>

#include "pipeline/match/name/edit_distance.h"
#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"

namespace landfall {
namespace {

bool MayBeWithin(std::size_t size_a, std::uint32_t letters_a, std::size_t size_b, std::uint32_t letters_b, int edits) {
  const std::size_t difference = size_a > size_b ? size_a - size_b : size_b - size_a;
  return difference <= static_cast<std::size_t>(edits) && std::popcount(letters_a ^ letters_b) <= 2 * edits;
}

}  // namespace

RowMatcher::RowMatcher(const TokenDictionary& dictionary, const NameForm& form,
                       const std::vector<NameElement>& elements)
    : dictionary_(dictionary), elements_(elements), counted_(form.counted()) {}

RowMatcher::Pairing RowMatcher::ComparePair(const NameElement& element, std::uint32_t token) const {
  if (element.token == token) return Pairing::kFull;
  const std::uint32_t skeleton_class = dictionary_.skeleton_class(token);
  if (skeleton_class != TokenDictionary::kNone && skeleton_class == element.skeleton_class) return Pairing::kFull;
  const std::size_t size = dictionary_.length(token);
  const int edits = EditsAllowed(std::min(size, element.text.size()));
  if (edits > 0 && MayBeWithin(element.text.size(), element.letters, size, dictionary_.letters(token), edits) &&
      IsWithinEdits(element.text, dictionary_.text(token), edits)) {
    return Pairing::kFull;
  }
  const std::string_view text = dictionary_.text(token);
  if (!element.groups.empty() && dictionary_.has_nicknames(token) && ShareGroup(element.groups, NicknameGroups(text))) {
    return Pairing::kFull;
  }
  if (element.is_prefix && text.starts_with(element.text)) return Pairing::kFull;
  const bool initial = (element.is_initial() && !element.is_join()) || size == 1;
  return initial && text.front() == element.text.front() ? Pairing::kInitial : Pairing::kNone;
}

RowMatcher::Pairing RowMatcher::CompareJoin(const NameElement& element, std::span<const std::uint32_t> tokens,
                                            std::uint32_t skeleton) {
  std::size_t size = 0;
  std::uint32_t letters = 0;
  for (const std::uint32_t token : tokens) {
    size += dictionary_.length(token);
    letters |= dictionary_.letters(token);
  }
  const int edits = EditsAllowed(std::min(size, element.text.size()));
  const bool same_skeleton = element.skeleton_hash != 0 && element.skeleton_hash == (skeleton & ~1u);
  const bool by_edits = MayBeWithin(element.text.size(), element.letters, size, letters, edits);
  const bool by_nickname = !element.groups.empty() && (skeleton & 1u) != 0;
  const char first = dictionary_.text(tokens.front()).front();
  const bool by_beginning = first == element.text.front() && (element.is_prefix || element.is_initial());
  if (!same_skeleton && !by_edits && !by_nickname && !by_beginning) return Pairing::kNone;
  join_.clear();
  for (const std::uint32_t token : tokens) join_ += dictionary_.text(token);
  if (by_edits && IsWithinEdits(element.text, join_, edits)) return Pairing::kFull;
  if (same_skeleton && SkeletonOf(join_) == element.skeleton) return Pairing::kFull;
  if (by_nickname && ShareGroup(element.groups, NicknameGroups(join_))) return Pairing::kFull;
  if (element.is_prefix && join_.starts_with(element.text)) return Pairing::kFull;
  return element.is_initial() && by_beginning ? Pairing::kInitial : Pairing::kNone;
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

bool RowMatcher::Matches(std::span<const std::uint32_t> tokens, std::span<const std::uint32_t> join_skeletons) {
  const bool all_count = AreAllParticles(tokens, dictionary_);
  const auto counts = [&](std::uint32_t token) { return all_count || !dictionary_.is_particle(token); };
  const auto counted = static_cast<std::size_t>(std::count_if(tokens.begin(), tokens.end(), counts));
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
      for (const NameElement& element : elements_) {
        const Pairing pairing = CompareJoin(element, tokens.subspan(i, count), join_skeletons[i * 2 + count - 2]);
        if (pairing != Pairing::kNone && Take({&element, i, i + count - 1, pairing})) return true;
      }
    }
  }
  return false;
}

}  // namespace landfall
