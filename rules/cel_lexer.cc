#include "rules/cel_lexer.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace landfall::rules {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsWordChar(char c) { return IsWordStart(c) || IsDigit(c); }

void AppendUtf8(std::uint32_t code, std::string& out) {
  const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6));
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

}  // namespace

CelToken CelLexer::Next() {
  SkipBlanks();
  CelToken token;
  token.position = {line_, column_};
  if (at_ >= text_.size()) return token;
  if (const std::size_t prefix = TextPrefix(); prefix != std::string_view::npos)
    return LexText(std::move(token), prefix);
  if (IsWordStart(At())) return LexWord(std::move(token));
  if (IsDigit(At()) || (At() == '.' && IsDigit(At(1)))) return LexNumber(std::move(token));
  return LexSign(std::move(token));
}

void CelLexer::Advance(std::size_t bytes) {
  for (; bytes > 0 && at_ < text_.size(); --bytes, ++at_) {
    if (text_[at_] == '\n') {
      ++line_;
      column_ = 1;
    } else if (at_ + 1 >= text_.size() || (static_cast<unsigned char>(text_[at_ + 1]) & 0xC0) != 0x80) {
      ++column_;
    }
  }
}

void CelLexer::SkipBlanks() {
  while (at_ < text_.size()) {
    if (At() == '/' && At(1) == '/') {
      Advance(std::min(text_.find('\n', at_), text_.size()) - at_);
    } else if (At() == ' ' || At() == '\t' || At() == '\n' || At() == '\r' || At() == '\f') {
      Advance(1);
    } else {
      return;
    }
  }
}

CelToken CelLexer::Fail(CelToken token, std::string message) {
  diagnostics_.push_back({token.position, "", std::move(message)});
  token.kind = CelToken::Kind::kError;
  at_ = text_.size();
  return token;
}

CelToken CelLexer::Finish(CelToken token, CelToken::Kind kind, std::size_t bytes) {
  token.kind = kind;
  token.text = text_.substr(at_, bytes);
  Advance(bytes);
  return token;
}

std::size_t CelLexer::TextPrefix() const {
  std::size_t bytes = 0;
  while (bytes < 2 && std::string_view("rRbB").find(At(bytes)) != std::string_view::npos && At(bytes) != '\0')
    ++bytes;
  return At(bytes) == '"' || At(bytes) == '\'' ? bytes : std::string_view::npos;
}

CelToken CelLexer::LexText(CelToken token, std::size_t prefix) {
  bool raw = false;
  for (std::size_t i = 0; i < prefix; ++i) {
    if (At(i) == 'b' || At(i) == 'B')
      return Fail(std::move(token), "bytes are not part of the subset - write a text without b");
    raw = true;
  }
  const char quote = At(prefix);
  const bool triple = At(prefix + 1) == quote && At(prefix + 2) == quote;
  std::size_t at = at_ + prefix + (triple ? 3 : 1);
  while (true) {
    if (at >= text_.size()) return Fail(std::move(token), "this text is not closed");
    const char c = text_[at];
    if (c == quote && (!triple || text_.substr(at, 3) == std::string(3, quote))) break;
    if (!triple && (c == '\n' || c == '\r'))
      return Fail(std::move(token), "this text is not closed - only one in three quotes goes over lines");
    if (c == '\\' && !raw) {
      if (!LexEscape(at, token.value))
        return Fail(std::move(token), "unknown escape in this text");
    } else {
      token.value += c;
      ++at;
      // A quote behind a backslash does not end a raw text.
      if (raw && c == '\\' && at < text_.size()) token.value += text_[at++];
    }
  }
  return Finish(std::move(token), CelToken::Kind::kText, at + (triple ? 3 : 1) - at_);
}

bool CelLexer::LexEscape(std::size_t& at, std::string& value) const {
  static constexpr std::string_view kLetters = "abfnrtv\\?\"'`";
  static constexpr std::string_view kMeant = "\a\b\f\n\r\t\v\\?\"'`";
  if (at + 1 >= text_.size()) return false;
  const char c = text_[at + 1];
  if (const std::size_t letter = kLetters.find(c); letter != std::string_view::npos) {
    value += kMeant[letter];
    at += 2;
    return true;
  }
  const bool octal = c >= '0' && c <= '3';
  const std::size_t digits = octal ? 3 : c == 'x' || c == 'X' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  const std::size_t first = at + (octal ? 1 : 2);
  if (digits == 0 || first + digits > text_.size()) return false;
  const char* const begin = text_.data() + first;
  std::uint32_t code = 0;
  const auto parsed = std::from_chars(begin, begin + digits, code, octal ? 8 : 16);
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (parsed.ec != std::errc() || parsed.ptr != begin + digits || surrogate || code > 0x10FFFF) return false;
  AppendUtf8(code, value);
  at = first + digits;
  return true;
}

CelToken CelLexer::LexWord(CelToken token) {
  std::size_t bytes = 1;
  while (IsWordChar(At(bytes))) ++bytes;
  return Finish(std::move(token), CelToken::Kind::kWord, bytes);
}

CelToken CelLexer::LexNumber(CelToken token) {
  const bool hex = At() == '0' && (At(1) == 'x' || At(1) == 'X') && IsHexDigit(At(2));
  std::size_t bytes = hex ? 2 : 0;
  while (hex ? IsHexDigit(At(bytes)) : IsDigit(At(bytes))) ++bytes;
  bool is_num = false;
  if (!hex && At(bytes) == '.' && IsDigit(At(bytes + 1))) {
    is_num = true;
    for (++bytes; IsDigit(At(bytes)); ++bytes) {
    }
  }
  const std::size_t sign = At(bytes + 1) == '+' || At(bytes + 1) == '-' ? 2 : 1;
  if (!hex && (At(bytes) == 'e' || At(bytes) == 'E') && IsDigit(At(bytes + sign))) {
    is_num = true;
    for (bytes += sign; IsDigit(At(bytes)); ++bytes) {
    }
  }
  if (At(bytes) == 'u' || At(bytes) == 'U')
    return Fail(std::move(token), "unsigned numbers are not part of the subset - write the number without u");
  if (IsWordStart(At(bytes))) return Fail(std::move(token), "a number ends here, but a word goes on");
  const std::string_view digits = text_.substr(at_, bytes);
  if (is_num) {
    const std::string text(digits);
    // What is too large is infinite and what is too small is 0, as IEEE has it.
    if (!absl::SimpleAtod(text, &token.number)) return Fail(std::move(token), "this is not a number");
    return Finish(std::move(token), CelToken::Kind::kNum, bytes);
  }
  const char* const first = digits.data() + (hex ? 2 : 0);
  const char* const last = digits.data() + digits.size();
  if (std::from_chars(first, last, token.integer, hex ? 16 : 10).ec != std::errc())
    return Fail(std::move(token), absl::StrFormat("the number %s is too large", std::string(digits)));
  return Finish(std::move(token), CelToken::Kind::kInt, bytes);
}

CelToken CelLexer::LexSign(CelToken token) {
  static constexpr std::string_view kSigns[] = {"&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*",
                                                "/",  "%",  "!",  "(",  ")",  "[",  "]", ",", ".", "?", ":", "{", "}"};
  for (const std::string_view sign : kSigns) {
    if (text_.substr(at_).starts_with(sign)) return Finish(std::move(token), CelToken::Kind::kSign, sign.size());
  }
  std::size_t bytes = 1;
  while (at_ + bytes < text_.size() && (static_cast<unsigned char>(text_[at_ + bytes]) & 0xC0) == 0x80) ++bytes;
  const std::string character(text_.substr(at_, bytes));
  const std::string advice = character == "=" ? " - write ==" : character == "&" ? " - write &&"
                             : character == "|" ? " - write ||" : "";
  return Fail(std::move(token), absl::StrFormat("unexpected '%s'%s", character, advice));
}

}  // namespace landfall::rules
