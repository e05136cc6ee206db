#include "pipeline/match/index/token_dictionary.h"

#include <algorithm>
#include <numeric>

#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"
#include "pipeline/match/name/word_list.h"

namespace landfall {

TokenDictionary::TokenDictionary() : ids_(0, TextHash{this}, TextEqual{this}) {}

std::uint32_t TokenDictionary::Intern(std::string_view token) {
  if (const auto it = ids_.find(token); it != ids_.end()) return *it;
  const auto id = static_cast<std::uint32_t>(tokens_.size());
  Token made;
  made.begin = static_cast<std::uint32_t>(text_.size());
  made.size = static_cast<std::uint32_t>(token.size());
  made.letters = LettersOf(token);
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

std::size_t TokenDictionary::bytes() const {
  std::size_t bytes = text_.capacity() + tokens_.capacity() * sizeof(Token) + ids_.capacity() * 5;
  bytes += classes_.capacity() * (sizeof(std::string) + 5) + class_begin_.capacity() * 4 + class_tokens_.capacity() * 4;
  return bytes + sorted_.capacity() * 4;
}

}  // namespace landfall
