#pragma once

// The distinct tokens of a list, and which of them match a token asked about.

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
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

// Filled, sealed, then read by any thread.
class TokenDictionary {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFu;

  TokenDictionary();
  TokenDictionary(const TokenDictionary&) = delete;
  TokenDictionary& operator=(const TokenDictionary&) = delete;
  ~TokenDictionary();

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

  void Prefetch(std::uint32_t id) const { __builtin_prefetch(&tokens_[id]); }

  // Tokens of one skeleton are a class; kNone for a token without a skeleton.
  std::uint32_t skeleton_class(std::uint32_t id) const { return tokens_[id].skeleton_class; }
  std::uint32_t FindClass(const std::string& skeleton) const;  // kNone if no token has it.
  std::size_t class_count() const { return class_begin_.empty() ? 0 : class_begin_.size() - 1; }
  std::span<const std::uint32_t> TokensOfClass(std::uint32_t skeleton_class) const {
    return std::span(class_tokens_).subspan(class_begin_[skeleton_class],
                                            class_begin_[skeleton_class + 1] - class_begin_[skeleton_class]);
  }

  // The tokens within reach of `token` by edits or a nickname group, without those of its own skeleton class; itself
  // included if it has none. By id. `own` is the id of `token`, or kNone; with an id the answer is kept for next time.
  class Neighbours {
   public:
    std::span<const std::uint32_t> ids() const { return shared_ != nullptr ? std::span(*shared_) : std::span(own_); }

   private:
    friend TokenDictionary;
    const std::vector<std::uint32_t>* shared_ = nullptr;
    std::vector<std::uint32_t> own_;
  };
  Neighbours FindNeighbours(std::string_view token, std::uint32_t own, std::uint32_t skeleton_class) const;
  // Forgets what FindNeighbours has kept, to measure what that is worth. Not while others ask.
  void ForgetNeighbours();

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
  void IndexEdits();
  std::vector<std::uint32_t> ComputeNeighbours(std::string_view token, std::uint32_t skeleton_class) const;
  void AddByEdits(std::string_view token, std::vector<std::uint32_t>& found) const;
  void AddByNickname(std::string_view token, std::vector<std::uint32_t>& found) const;

  std::string text_;
  std::vector<Token> tokens_;
  absl::flat_hash_set<std::uint32_t, TextHash, TextEqual> ids_;
  absl::flat_hash_map<std::string, std::uint32_t> classes_;
  std::vector<std::uint32_t> class_begin_, class_tokens_;
  std::vector<std::vector<std::uint32_t>> nickname_tokens_;  // By group.
  KeyTable edits_;  // By what is left without some letters, and by thirds.
  std::size_t longest_ = 0;
  std::vector<std::uint32_t> sorted_;       // By text.
  mutable std::unique_ptr<std::atomic<const std::vector<std::uint32_t>*>[]> kept_;
};

}  // namespace landfall
