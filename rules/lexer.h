#pragma once

// Rule text to tokens, in two steps: the file is split into its logical lines by indentation, with
// comments set aside; then each line is read token by token, as its meaning needs (an id may hold
// what is an operator in a condition).

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "rules/ast.h"
#include "rules/diagnostic.h"

namespace landfall::rules {

inline constexpr std::size_t kMaxFileBytes = 8u << 20;

// A comment inside a logical line: after its first token.
struct InnerComment {
  std::size_t offset = 0;
  bool own_line = false;
  std::string text;
};

// A line with all lines that continue it.
struct LogicalLine {
  bool is_block = false;           // At column 1; else a line of the block above.
  std::size_t begin = 0, end = 0;  // Bytes of the file, from its first token.
  Position position;
  std::vector<std::string> comments_before;
  std::vector<InnerComment> inner_comments;
};

struct SplitFile {
  std::vector<LogicalLine> lines;
  std::vector<std::string> comments_after;  // Behind the last line of the file.
};

// Reports what no line may hold: tabs, control characters, bytes that are not UTF-8, wrong
// indentation.
SplitFile SplitLines(std::string_view text, std::vector<Diagnostic>& diagnostics);
// The same of a text whose lines mean nothing. False if it is larger than a file may be.
bool CheckCharacters(std::string_view text, std::vector<Diagnostic>& diagnostics);

enum class TokenKind : std::uint8_t {
  kEnd,
  kError,  // An error has been reported.
  kWord,   // With its dots: "pax.age"
  kInt,
  kNum,
  kString,
  kDate,
  kDuration,
  kList,  // @name
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kPlus,
  kMinus,
  kStar,
  kSlash,
  kOpen,
  kClose,
  kOpenSquare,
  kCloseSquare,
  kOpenBrace,
  kCloseBrace,
  kComma,
  kColon,
  kRange,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;  // As written; "and" of &&. Points into the file.
  std::size_t offset = 0;
  Position position;
  std::string value;          // Of a string without escapes; canonical of a duration.
  std::uint64_t integer = 0;  // kInt; minutes of a duration.
  bool too_large = false;     // kInt: more than 64 bits.
  double number = 0;          // kNum
  Date date;

  std::size_t length = 0;  // Bytes in the file.

  bool Is(std::string_view word) const { return kind == TokenKind::kWord && text == word; }
};

// Reads the tokens of one logical line. Borrows the file and the diagnostics.
class Lexer {
 public:
  Lexer(std::string_view file, std::size_t begin, std::size_t end, Position start,
        std::vector<Diagnostic>& diagnostics);

  const Token& Peek();
  Token Next();
  // What stands up to the next blank or one of `stops`, as a word: an id, a path, a class. Not
  // after Peek.
  Token NextRaw(std::string_view stops);

  // Byte of the file after the last token that was taken.
  std::size_t taken_end() const { return taken_end_; }

 private:
  char At(std::size_t ahead = 0) const { return at_ + ahead < end_ ? file_[at_ + ahead] : '\0'; }
  void Advance(std::size_t bytes);
  void SkipBlanks();
  Token Lex();
  Token Begin() const;
  Token Finish(Token token, TokenKind kind, std::size_t bytes);
  Token LexWord(Token token);
  Token LexNumber(Token token);
  Token LexDuration(Token token, std::size_t digits);
  Token LexString(Token token);
  Token LexSymbol(Token token);
  Token Unexpected(Token token);
  Token Instead(Token token, std::size_t bytes, TokenKind kind, std::string_view word,
                std::string_view message);
  void Report(Position position, std::string message);

  std::string_view file_;
  std::size_t at_, end_;
  int line_, column_;
  // Where the last token ended: the place of 'end of condition'.
  Position last_end_;
  std::size_t taken_end_;
  std::vector<Diagnostic>& diagnostics_;
  Token peeked_;
  bool has_peeked_ = false;
};

}  // namespace landfall::rules
