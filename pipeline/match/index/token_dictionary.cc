#include "pipeline/match/index/token_dictionary.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "absl/container/inlined_vector.h"
#include "pipeline/match/index/deletions.h"
#include "pipeline/match/index/segments.h"
#include "pipeline/match/name/edit_distance.h"
#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"
#include "pipeline/match/name/word_list.h"

namespace landfall {
namespace {

// A token of n letters has n²/2 deletions of two letters: longer ones are found by thirds. A query of up to so many letters
// is looked for by deletions, a longer one by thirds; tokens between are filed both ways.
constexpr std::size_t kLongestByDeletion = 11;
constexpr std::size_t kMostEdits = 2;

std::uint32_t DeletionKey(std::string_view text) { return static_cast<std::uint32_t>(HashText(text, 1) >> 32); }

}  // namespace

TokenDictionary::TokenDictionary() : ids_(0, TextHash{this}, TextEqual{this}) {}

TokenDictionary::~TokenDictionary() { ForgetNeighbours(); }

std::uint32_t TokenDictionary::Intern(std::string_view token) {
  if (const auto it = ids_.find(token); it != ids_.end()) return *it;
  const auto id = static_cast<std::uint32_t>(tokens_.size());
  Token made;
  made.begin = static_cast<std::uint32_t>(text_.size());
  made.size = static_cast<std::uint32_t>(token.size());
  made.letters = LettersOf(token);
  longest_ = std::max(longest_, token.size());
  made.is_particle = kParticles.Contains(token);
  text_ += token;
  tokens_.push_back(made);
  ids_.insert(id);
  return id;
}

std::uint32_t TokenDictionary::Find(std::string_view token) const {
  const auto it = ids_.find(token);
  return it == ids_.end() ? kNone : *it;
}

std::uint32_t TokenDictionary::FindClass(const std::string& skeleton) const {
  const auto it = classes_.find(skeleton);
  return it == classes_.end() ? kNone : it->second;
}

void TokenDictionary::Seal() {
  text_.shrink_to_fit();
  tokens_.shrink_to_fit();
  MakeClasses();
  IndexEdits();
  for (std::uint32_t id = 0; id < size(); ++id) {
    for (const std::uint16_t group : NicknameGroups(text(id))) {
      if (nickname_tokens_.size() <= group) nickname_tokens_.resize(group + std::size_t{1});
      nickname_tokens_[group].push_back(id);
      tokens_[id].has_nicknames = true;
    }
  }
  sorted_.resize(size());
  std::iota(sorted_.begin(), sorted_.end(), 0u);
  std::sort(sorted_.begin(), sorted_.end(), [this](std::uint32_t a, std::uint32_t b) { return text(a) < text(b); });
  kept_ = std::make_unique<std::atomic<const std::vector<std::uint32_t>*>[]>(size());
}

void TokenDictionary::MakeClasses() {
  for (Token& token : tokens_) {
    const std::string skeleton = SkeletonOf(std::string_view(text_).substr(token.begin, token.size));
    if (skeleton.empty()) continue;
    token.skeleton_class =
        classes_.try_emplace(skeleton, static_cast<std::uint32_t>(classes_.size())).first->second;
  }
  class_begin_.assign(classes_.size() + 1, 0);
  for (const Token& token : tokens_) {
    if (token.skeleton_class != kNone) ++class_begin_[token.skeleton_class + 1];
  }
  std::partial_sum(class_begin_.begin(), class_begin_.end(), class_begin_.begin());
  class_tokens_.resize(class_begin_.back());
  std::vector<std::uint32_t> at(class_begin_.begin(), class_begin_.end());
  for (std::uint32_t id = 0; id < size(); ++id) {
    if (tokens_[id].skeleton_class != kNone) class_tokens_[at[tokens_[id].skeleton_class]++] = id;
  }
}

void TokenDictionary::IndexEdits() {
  for (std::uint32_t id = 0; id < size(); ++id) {
    const std::string_view token = text(id);
    const int edits = EditsAllowed(token.size());
    if (edits > 0 && token.size() <= kLongestByDeletion + kMostEdits) {
      ForEachDeletion(token, edits, [&](std::string_view left) { edits_.Add(DeletionKey(left), id); });
    }
    if (token.size() > kLongestByDeletion - kMostEdits) {
      ForEachSegmentKey(token, [&](std::uint32_t key) { edits_.Add(key, id); });
    }
  }
  edits_.Seal();
}

void TokenDictionary::AddByEdits(std::string_view token, std::vector<std::uint32_t>& found) const {
  const int edits = EditsAllowed(token.size());
  if (edits == 0 || token.size() > longest_ + kMostEdits) return;
  absl::InlinedVector<std::uint32_t, 128> keys;
  if (token.size() <= kLongestByDeletion) {
    ForEachDeletion(token, edits, [&](std::string_view left) { keys.push_back(DeletionKey(left)); });
  } else {
    ForEachKeyOfMatchingSegments(token, kLongestByDeletion - kMostEdits + 1, [&](std::uint32_t key) { keys.push_back(key); });
  }
  for (const std::uint32_t key : keys) edits_.PrefetchDirectory(key);
  for (const std::uint32_t key : keys) edits_.PrefetchEntries(key);
  for (const std::uint32_t key : keys) {
    for (const std::uint64_t entry : edits_.Find(key)) found.push_back(static_cast<std::uint32_t>(entry));
  }
}

void TokenDictionary::AddByNickname(std::string_view token, std::vector<std::uint32_t>& found) const {
  for (const std::uint16_t group : NicknameGroups(token)) {
    if (group < nickname_tokens_.size()) {
      found.insert(found.end(), nickname_tokens_[group].begin(), nickname_tokens_[group].end());
    }
  }
}

std::vector<std::uint32_t> TokenDictionary::ComputeNeighbours(std::string_view token,
                                                              std::uint32_t skeleton_class) const {
  std::vector<std::uint32_t> found;
  AddByEdits(token, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  const std::uint32_t letters = LettersOf(token);
  std::erase_if(found, [&](std::uint32_t id) {
    if (skeleton_class != kNone && tokens_[id].skeleton_class == skeleton_class) return true;
    const int edits = EditsAllowed(std::min<std::size_t>(token.size(), length(id)));
    return std::popcount(letters ^ tokens_[id].letters) > 2 * edits || !IsWithinEdits(token, text(id), edits);
  });
  const std::size_t by_edits = found.size();
  AddByNickname(token, found);
  if (skeleton_class == kNone) {
    if (const std::uint32_t id = Find(token); id != kNone) found.push_back(id);
  }
  if (found.size() == by_edits) return found;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::erase_if(found, [&](std::uint32_t id) {
    return skeleton_class != kNone && tokens_[id].skeleton_class == skeleton_class;
  });
  return found;
}

TokenDictionary::Neighbours TokenDictionary::FindNeighbours(std::string_view token, std::uint32_t own,
                                                            std::uint32_t skeleton_class) const {
  Neighbours neighbours;
  if (own == kNone) {
    neighbours.own_ = ComputeNeighbours(token, skeleton_class);
    return neighbours;
  }
  neighbours.shared_ = kept_[own].load(std::memory_order_acquire);
  if (neighbours.shared_ != nullptr) return neighbours;
  auto made = std::make_unique<const std::vector<std::uint32_t>>(ComputeNeighbours(token, skeleton_class));
  const std::vector<std::uint32_t>* expected = nullptr;
  // Another thread may have been faster: its answer is the same.
  if (kept_[own].compare_exchange_strong(expected, made.get(), std::memory_order_acq_rel)) {
    neighbours.shared_ = made.release();
  } else {
    neighbours.shared_ = expected;
  }
  return neighbours;
}

void TokenDictionary::ForgetNeighbours() {
  if (kept_ == nullptr) return;
  for (std::size_t id = 0; id < size(); ++id) delete kept_[id].exchange(nullptr);
}

std::size_t TokenDictionary::bytes() const {
  std::size_t bytes = text_.capacity() + tokens_.capacity() * sizeof(Token) + ids_.capacity() * 5 + edits_.bytes();
  bytes += classes_.capacity() * (sizeof(std::string) + 5) + class_begin_.capacity() * 4 + class_tokens_.capacity() * 4;
  return bytes + sorted_.capacity() * 4 + size() * sizeof(void*);
}

}  // namespace landfall
