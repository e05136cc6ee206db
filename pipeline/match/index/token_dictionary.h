#pragma once

// The distinct tokens of a list, and which of them belong together.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "pipeline/match/index/big_vector.h"
#include "pipeline/match/index/key_table.h"

namespace landfall {

// The letters of a text as bits: A-Z, then the digits folded to six. Texts within k edits differ in 2k bits at most.
inline std::uint32_t LettersOf(std::string_view text) {
  std::uint32_t letters = 0;
  for (const char c : text) {
    letters |= 1u << (c >= 'A' && c <= 'Z' ? static_cast<unsigned>(c - 'A') : 26u + static_cast<unsigned>(c - '0') % 6u);
  }
  return letters;
}

// Set in the id of a token where it stands in a name without counting: a particle beside tokens that are none.
inline constexpr std::uint32_t kUncountedToken = 1u << 31;

// Filled, sealed, then read by any thread.
class TokenDictionary {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;

  TokenDictionary();
  TokenDictionary(const TokenDictionary&) = delete;
  TokenDictionary& operator=(const TokenDictionary&) = delete;

  // The id of a token, a new one if need be. Ids count from 0.
  std::uint32_t Intern(std::string_view token);
  // Call once, after the last Intern.
  void Seal();

  std::uint32_t Find(std::string_view token) const;  // kNone if it is not there.
  std::size_t size() const { return tokens_.size(); }
  std::string_view text(std::uint32_t id) const {
    return std::string_view(text_).substr(tokens_[id].begin, tokens_[id].size);
  }
  std::uint32_t length(std::uint32_t id) const { return tokens_[id].size; }
  std::uint32_t letters(std::uint32_t id) const { return tokens_[id].letters; }
  bool is_particle(std::uint32_t id) const { return tokens_[id].is_particle; }
  bool has_nicknames(std::uint32_t id) const { return tokens_[id].has_nicknames; }

  // Bring into the cache what the others read, the second after the first.
  void Prefetch(std::uint32_t id) const { __builtin_prefetch(&tokens_[id]); }
  void PrefetchText(std::uint32_t id) const { __builtin_prefetch(text_.data() + tokens_[id].begin); }

  // Tokens of one skeleton are a class; kNone for a token without a skeleton.
  std::uint32_t skeleton_class(std::uint32_t id) const { return tokens_[id].skeleton_class; }
  std::uint32_t FindClass(const std::string& skeleton) const;  // kNone if no token has it.
  std::size_t class_count() const { return class_begin_.empty() ? 0 : class_begin_.size() - 1; }
  std::span<const std::uint32_t> TokensOfClass(std::uint32_t skeleton_class) const {
    return std::span(class_tokens_).subspan(class_begin_[skeleton_class],
                                            class_begin_[skeleton_class + 1] - class_begin_[skeleton_class]);
  }

  // The tokens of a nickname group.
  std::span<const std::uint32_t> TokensOfGroup(std::uint16_t group) const {
    return group < nickname_tokens_.size() ? std::span(nickname_tokens_[group]) : std::span<const std::uint32_t>();
  }

  // Calls use(id) for every token that begins with `prefix`.
  template <typename Use>
  void ForEachWithPrefix(std::string_view prefix, Use use) const {
    auto it = std::lower_bound(sorted_.begin(), sorted_.end(), prefix,
                               [this](std::uint32_t id, std::string_view p) { return text(id) < p; });
    for (; it != sorted_.end() && text(*it).starts_with(prefix); ++it) use(*it);
  }

  std::size_t bytes() const;

 private:
  struct Token {
    std::uint32_t begin = 0, size = 0, letters = 0, skeleton_class = kNone;
    bool is_particle = false, has_nicknames = false;
  };
  struct TextHash {
    using is_transparent = void;
    const TokenDictionary* of;
    std::size_t operator()(std::string_view text) const { return HashText(text, 0); }
    std::size_t operator()(std::uint32_t id) const { return HashText(of->text(id), 0); }
  };
  struct TextEqual {
    using is_transparent = void;
    const TokenDictionary* of;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::uint32_t a, std::string_view b) const { return of->text(a) == b; }
    bool operator()(std::string_view a, std::uint32_t b) const { return a == of->text(b); }
  };

  void MakeClasses();

  std::string text_;
  BigVector<Token> tokens_;
  absl::flat_hash_set<std::uint32_t, TextHash, TextEqual> ids_;
  absl::flat_hash_map<std::string, std::uint32_t> classes_;
  std::vector<std::uint32_t> class_begin_, class_tokens_;
  std::vector<std::vector<std::uint32_t>> nickname_tokens_;  // By group.
  std::vector<std::uint32_t> sorted_;                        // By text.
};

}  // namespace landfall
