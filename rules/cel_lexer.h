#pragma once

// The tokens of CEL spelling (docs/RULES.md, section 17).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rules/diagnostic.h"

namespace landfall::rules {

struct CelToken {
  enum class Kind : std::uint8_t { kEnd, kError, kWord, kInt, kNum, kText, kSign };
  Kind kind = Kind::kEnd;
  std::string_view text;  // Of a sign or word, and of a number as written.
  std::string value;      // Of a text.
  std::uint64_t integer = 0;
  double number = 0;
  Position position;

  bool Is(std::string_view sign) const { return kind == Kind::kSign && text == sign; }
  bool IsWord(std::string_view word) const { return kind == Kind::kWord && text == word; }
};

// One thread. Borrows both; `text` is UTF-8. After an error, which is told once, every token is the end.
class CelLexer {
 public:
  CelLexer(std::string_view text, std::vector<Diagnostic>& diagnostics)
      : text_(text), diagnostics_(diagnostics) {}
  CelToken Next();

 private:
  char At(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  void Advance(std::size_t bytes);
  void SkipBlanks();
  CelToken Fail(CelToken token, std::string message);
  CelToken Finish(CelToken token, CelToken::Kind kind, std::size_t bytes);
  // Bytes before the quote of a text: its prefixes. npos if no text begins here.
  std::size_t TextPrefix() const;
  CelToken LexText(CelToken token, std::size_t prefix);
  bool LexEscape(std::size_t& at, std::string& value) const;
  CelToken LexWord(CelToken token);
  CelToken LexNumber(CelToken token);
  CelToken LexSign(CelToken token);

  std::string_view text_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
};

}  // namespace landfall::rules
