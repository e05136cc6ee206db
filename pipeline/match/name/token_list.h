#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"
#include "pipeline/match/latin.h"

namespace landfall {

using Words = std::span<const std::string_view>;

// What becomes of each ASCII character: its upper case, kSplit or kVanish.
inline constexpr char kSplit = 0;
inline constexpr char kVanish = 1;
inline constexpr std::array<char, 128> kFold = [] {
  std::array<char, 128> fold{};
  for (char c = '0'; c <= '9'; ++c) fold[static_cast<std::size_t>(c)] = c;
  for (char c = 'A'; c <= 'Z'; ++c) {
    fold[static_cast<std::size_t>(c)] = c;
    fold[static_cast<std::size_t>(c) + 32] = c;
  }
  fold['\''] = fold['`'] = kVanish;
  return fold;
}();

enum class GluedTitles : std::uint8_t { kDrop, kKeep };

// The tokens of a name of two fields, in the order sent, in one buffer: upper case A-Z and 0-9; titles and fillers
// dropped (see name_key.h). One thread.
class TokenList {
 public:
  TokenList(std::string_view surname, std::string_view given_names, GluedTitles glued = GluedTitles::kDrop,
            Spelling spelling = Spelling::kIcao);
  TokenList(const TokenList&) = delete;
  TokenList& operator=(const TokenList&) = delete;

  // True if what may have been a glued title was dropped.
  bool dropped_glued_title() const { return dropped_glued_title_; }
  // Valid while this lives.
  Words all() const { return tokens_; }
  Words surname() const { return all().first(surname_tokens_); }
  Words given_names() const { return all().subspan(surname_tokens_); }

  // Writes the transliterations of a letter in one way: AE, AA, OE, UE, UXX, NXX as A, A, O, U, U, N.
  void FoldTransliterations();
  // Only UXX and NXX, which nobody but a machine-readable zone writes. False if there was none.
  bool FoldEscapes();

 private:
  enum class Field : std::uint8_t { kSurname, kGivenNames };

  void Split(std::string_view text);
  void EndToken(std::size_t begin);
  void DropTitles(Field field, std::size_t first);
  void Erase(std::size_t index, Field field);
  static std::string_view WithoutGluedTitle(std::string_view token, Field field);
  std::string_view Folded(std::string_view token, bool escapes_only);

  absl::InlinedVector<char, 128> chars_;
  absl::InlinedVector<std::string_view, 12> tokens_;
  std::size_t used_ = 0;
  std::size_t surname_tokens_ = 0;
  GluedTitles glued_titles_;
  bool dropped_glued_title_ = false;
};

}  // namespace landfall
