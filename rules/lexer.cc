#include "rules/lexer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "absl/strings/str_format.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsWordChar(char c) { return IsWordStart(c) || IsDigit(c); }
bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// Bytes of the UTF-8 code point that `text` begins with; 0 if it begins with none.
std::size_t CodePointBytes(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if (!IsContinuation(text[i])) return 0;
  }
  const unsigned char second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second > 0x9F;
  return overlong || surrogate || (first == 0xF4 && second > 0x8F) ? 0 : size;
}

// The first character of a line that no line may hold.
std::optional<Diagnostic> FindForbidden(std::string_view line, int number) {
  int column = 1;
  for (std::size_t at = 0; at < line.size(); ++column) {
    const auto byte = static_cast<unsigned char>(line[at]);
    const Position position{number, column};
    if (byte == '\t') return Diagnostic{position, "", "a tab is not allowed - use spaces"};
    if (byte < 0x20 || byte == 0x7F) {
      return Diagnostic{position, "",
                        absl::StrFormat("control character U+%04X is not allowed", byte)};
    }
    const std::size_t bytes = CodePointBytes(line.substr(at));
    if (bytes == 0) {
      return Diagnostic{position, "", "this is not UTF-8 - save the file as UTF-8"};
    }
    at += bytes;
  }
  return std::nullopt;
}

// Where the comment of a line begins; its size if it has none.
std::size_t FindComment(std::string_view line) {
  bool in_string = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (in_string && line[at] == '\\') {
      ++at;
    } else if (line[at] == '"') {
      in_string = !in_string;
    } else if (line[at] == '#' && !in_string) {
      return at;
    }
  }
  return line.size();
}

std::string CommentText(std::string_view comment) {
  comment.remove_prefix(1);
  if (comment.starts_with(' ')) comment.remove_prefix(1);
  while (comment.ends_with(' ')) comment.remove_suffix(1);
  return std::string(comment);
}

// The words that begin a line of a block: what a line with one or three spaces is likely to be.
bool BeginsALine(std::string_view content) {
  static constexpr std::string_view kWords[] = {
      "purpose",      "legal",        "owner",         "approver",
      "effective",    "review_by",    "consider_from", "meet_from",
      "match_review", "match_strong", "foster_age",    "foster_age_disabled",
      "foster_days",  "split_hours",  "sample_share",  "level",
      "severity",     "points",       "status",        "family",
      "route",        "snooze_key",   "source",        "fairness",
      "why",          "justify",      "when",          "unless",
      "test"};
  const std::string_view word = content.substr(0, content.find_first_of(" \t\r"));
  return std::find(std::begin(kWords), std::end(kWords), word) != std::end(kWords);
}

// Calls `use` with each line, without its end, from `offset` on.
template <typename Use>
void ForEachLine(std::string_view text, std::size_t offset, const Use& use) {
  for (int number = 1; offset < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', offset), text.size());
    std::string_view line = text.substr(offset, end - offset);
    if (line.ends_with('\r')) line.remove_suffix(1);
    use(line, offset, number);
    offset = end + 1;
  }
}

// Builds the logical lines from one physical line after the other.
class Splitter {
 public:
  explicit Splitter(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  void Add(std::string_view line, std::size_t offset, int number) {
    const std::size_t comment = FindComment(line);
    const std::string_view content = line.substr(0, comment);
    const std::size_t first = content.find_first_not_of(" \t");
    const bool has_comment = comment < line.size();
    if (first == std::string_view::npos) {
      if (has_comment)
        pending_.push_back({offset + comment, true, CommentText(line.substr(comment))});
      return;
    }
    AddContent(content, first, offset, number);
    if (has_comment) {
      file_.lines.back().inner_comments.push_back(
          {offset + comment, false, CommentText(line.substr(comment))});
    }
  }

  SplitFile Finish() && {
    for (InnerComment& comment : pending_) file_.comments_after.push_back(std::move(comment.text));
    return std::move(file_);
  }

 private:
  void AddContent(std::string_view content, std::size_t first, std::size_t offset, int number) {
    std::size_t indent = 0;
    for (const char c : content.substr(0, first)) indent += c == '\t' ? 2 : 1;
    const Position position{number, static_cast<int>(first) + 1};
    bool continues = indent >= 4;
    if (indent == 1 || indent == 3) {
      diagnostics_.push_back({position, "",
                              "wrong indentation - two spaces begin a line of a block, "
                              "four or more continue the line above"});
      continues = !BeginsALine(content.substr(first));
    }
    if (continues && file_.lines.empty()) {
      diagnostics_.push_back({position, "", "there is no line above to continue"});
      continues = false;
    }
    if (continues) {
      Continue(offset + content.size());
    } else {
      StartLine(indent == 0, offset + first, offset + content.size(), position);
    }
  }

  void Continue(std::size_t end) {
    LogicalLine& line = file_.lines.back();
    line.end = end;
    for (InnerComment& comment : pending_) line.inner_comments.push_back(std::move(comment));
    pending_.clear();
  }

  void StartLine(bool is_block, std::size_t begin, std::size_t end, Position position) {
    LogicalLine line{is_block, begin, end, position, {}, {}};
    for (InnerComment& comment : pending_) line.comments_before.push_back(std::move(comment.text));
    pending_.clear();
    file_.lines.push_back(std::move(line));
  }

  std::vector<Diagnostic>& diagnostics_;
  SplitFile file_;
  std::vector<InnerComment>
      pending_;  // Comments with a line to themselves, until what they precede is known.
};

}  // namespace

bool CheckCharacters(std::string_view text, std::vector<Diagnostic>& diagnostics) {
  if (text.size() > kMaxFileBytes) {
    diagnostics.push_back({{1, 1}, "", "the text is larger than 8 MiB"});
    return false;
  }
  ForEachLine(text, 0, [&](std::string_view line, std::size_t /*offset*/, int number) {
    if (auto forbidden = FindForbidden(line, number)) diagnostics.push_back(*std::move(forbidden));
  });
  return true;
}

SplitFile SplitLines(std::string_view text, std::vector<Diagnostic>& diagnostics) {
  if (!CheckCharacters(text, diagnostics)) return {};
  const bool has_mark = text.starts_with("\xEF\xBB\xBF");
  if (has_mark) {
    diagnostics.push_back(
        {{1, 1}, "", "the file begins with a byte order mark - save it without BOM"});
  }
  Splitter splitter(diagnostics);
  ForEachLine(text, has_mark ? 3 : 0, [&](std::string_view line, std::size_t offset, int number) {
    splitter.Add(line, offset, number);
  });
  return std::move(splitter).Finish();
}

Lexer::Lexer(std::string_view file, std::size_t begin, std::size_t end, Position start,
             std::vector<Diagnostic>& diagnostics)
    : file_(file),
      at_(begin),
      end_(end),
      line_(start.line),
      column_(start.column),
      last_end_(start),
      taken_end_(begin),
      diagnostics_(diagnostics) {}

const Token& Lexer::Peek() {
  if (!has_peeked_) {
    peeked_ = Lex();
    has_peeked_ = true;
  }
  return peeked_;
}

Token Lexer::Next() {
  Peek();
  if (peeked_.kind == TokenKind::kEnd) return peeked_;
  has_peeked_ = false;
  taken_end_ = peeked_.offset + peeked_.length;
  return std::move(peeked_);
}

Token Lexer::NextRaw(std::string_view stops) {
  SkipBlanks();
  if (at_ >= end_) return Begin();
  std::size_t bytes = 0;
  while (at_ + bytes < end_ &&
         std::string_view(" \t\r\n").find(At(bytes)) == std::string_view::npos &&
         stops.find(At(bytes)) == std::string_view::npos) {
    ++bytes;
  }
  taken_end_ = at_ + bytes;
  return Finish(Begin(), bytes == 0 ? TokenKind::kError : TokenKind::kWord, bytes);
}

void Lexer::Advance(std::size_t bytes) {
  for (; bytes > 0 && at_ < end_; --bytes, ++at_) {
    if (file_[at_] == '\n') {
      ++line_;
      column_ = 1;
    } else if (at_ + 1 >= end_ || !IsContinuation(file_[at_ + 1])) {
      ++column_;  // At the last byte of a code point.
    }
  }
}

void Lexer::SkipBlanks() {
  while (at_ < end_) {
    const char c = At();
    if (c == '#') {
      const std::size_t end = std::min(file_.find('\n', at_), end_);
      Advance(end - at_);
    } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      Advance(1);
    } else {
      return;
    }
  }
}

Token Lexer::Begin() const {
  Token token;
  token.offset = at_;
  token.position = at_ >= end_ ? last_end_ : Position{line_, column_};
  return token;
}

Token Lexer::Finish(Token token, TokenKind kind, std::size_t bytes) {
  token.kind = kind;
  token.text = file_.substr(at_, bytes);
  token.length = bytes;
  Advance(bytes);
  last_end_ = {line_, column_};
  return token;
}

void Lexer::Report(Position position, std::string message) {
  diagnostics_.push_back({position, "", std::move(message)});
}

Token Lexer::Lex() {
  SkipBlanks();
  Token token = Begin();
  if (at_ >= end_) return token;
  if (IsWordStart(At())) return LexWord(std::move(token));
  if (IsDigit(At())) return LexNumber(std::move(token));
  if (At() == '"') return LexString(std::move(token));
  return LexSymbol(std::move(token));
}

Token Lexer::LexWord(Token token) {
  std::size_t bytes = 1;
  while (IsWordChar(At(bytes)) || (At(bytes) == '.' && IsWordChar(At(bytes + 1)))) ++bytes;
  return Finish(std::move(token), TokenKind::kWord, bytes);
}

Token Lexer::LexNumber(Token token) {
  std::size_t digits = 1;
  while (IsDigit(At(digits))) ++digits;
  const bool is_date = digits == 4 && At(4) == '-' && IsDigit(At(5)) && IsDigit(At(6)) &&
                       At(7) == '-' && IsDigit(At(8)) && IsDigit(At(9)) && !IsWordChar(At(10));
  if (is_date) {
    const std::optional<Date> date = ParseDate(file_.substr(at_, 10));
    if (!date)
      Report(token.position, "'" + std::string(file_.substr(at_, 10)) + "' is not a valid day");
    token.date = date.value_or(Date{});
    return Finish(std::move(token), TokenKind::kDate, 10);
  }
  const char* const begin = file_.data() + at_;
  const auto parsed = std::from_chars(begin, begin + digits, token.integer);
  token.too_large = parsed.ec != std::errc();
  if (At(digits) != '.' || !IsDigit(At(digits + 1))) return LexDuration(std::move(token), digits);
  std::size_t bytes = digits + 1;
  while (IsDigit(At(bytes))) ++bytes;
  if (std::from_chars(begin, begin + bytes, token.number).ec != std::errc())
    token.number = HUGE_VAL;
  return Finish(std::move(token), TokenKind::kNum, bytes);
}

// A duration if one space and a unit follow, else an int.
Token Lexer::LexDuration(Token token, std::size_t digits) {
  struct Unit {
    std::string_view word;
    std::uint64_t minutes;
  };
  static constexpr Unit kUnits[] = {{"minute", 1},      {"hour", 60},         {"day", 1440},
                                    {"week", 7 * 1440}, {"month", 30 * 1440}, {"year", 365 * 1440}};
  if (At(digits) != ' ') return Finish(std::move(token), TokenKind::kInt, digits);
  std::size_t size = 0;
  while (IsWordChar(At(digits + 1 + size)) || At(digits + 1 + size) == '.') ++size;
  const std::string_view word = file_.substr(at_ + digits + 1, size);
  for (const Unit& unit : kUnits) {
    if (word != unit.word && word != std::string(unit.word) + "s") continue;
    constexpr std::uint64_t kMaxCount =
        1'000'000'000;  // No window is longer; minutes stay in 64 bits.
    if (token.too_large || token.integer > kMaxCount) {
      Report(token.position, "this duration is too long");
      token.integer = 0;
    }
    token.value = absl::StrFormat("%d %s%s", token.integer, std::string(unit.word),
                                  token.integer == 1 ? "" : "s");
    token.integer *= unit.minutes;
    return Finish(std::move(token), TokenKind::kDuration, digits + 1 + size);
  }
  return Finish(std::move(token), TokenKind::kInt, digits);
}

Token Lexer::LexString(Token token) {
  std::size_t bytes = 1;
  int column = column_ + 1;
  for (; at_ + bytes < end_ && At(bytes) != '"' && At(bytes) != '\n'; ++bytes) {
    char c = At(bytes);
    if (c == '\\') {
      c = At(bytes + 1);
      if (c != '"' && c != '\\') {
        Report({line_, column}, "unknown escape - only \\\" and \\\\ are allowed in a string");
        c = '\\';
      } else {
        ++bytes;
        ++column;
      }
    }
    token.value += c;
    if (!IsContinuation(c)) ++column;
  }
  if (At(bytes) == '"') return Finish(std::move(token), TokenKind::kString, bytes + 1);
  Report(token.position, "this string is not closed - end it with \" on the same line");
  return Finish(std::move(token), TokenKind::kError, bytes);
}

Token Lexer::Instead(Token token, std::size_t bytes, TokenKind kind, std::string_view word,
                     std::string_view message) {
  Report(token.position, std::string(message));
  token = Finish(std::move(token), kind, bytes);
  token.text = word;
  return token;
}

Token Lexer::LexSymbol(Token token) {
  using enum TokenKind;
  const char c = At();
  const char second = At(1);
  const auto one = [&](TokenKind kind) { return Finish(token, kind, 1); };
  const auto two = [&](TokenKind kind) { return Finish(token, kind, 2); };
  switch (c) {
    case '=':
      if (second == '=') return Instead(token, 2, kEqual, "=", "unexpected '==' - use a single =");
      return one(kEqual);
    case '!':
      if (second == '=') return two(kNotEqual);
      return Instead(token, 1, kWord, "not", "unexpected '!' - write not");
    case '&':
      return Instead(token, second == '&' ? 2 : 1, kWord, "and", "unexpected '&' - write and");
    case '|':
      return Instead(token, second == '|' ? 2 : 1, kWord, "or", "unexpected '|' - write or");
    case '<':
      return second == '=' ? two(kLessEqual) : one(kLess);
    case '>':
      return second == '=' ? two(kGreaterEqual) : one(kGreater);
    case '.':
      if (second == '.') return two(kRange);
      break;
    case '+':
      return one(kPlus);
    case '-':
      return one(kMinus);
    case '*':
      return one(kStar);
    case '/':
      return one(kSlash);
    case '(':
      return one(kOpen);
    case ')':
      return one(kClose);
    case '[':
      return one(kOpenSquare);
    case ']':
      return one(kCloseSquare);
    case '{':
      return one(kOpenBrace);
    case '}':
      return one(kCloseBrace);
    case ',':
      return one(kComma);
    case ':':
      return one(kColon);
    case '@': {
      std::size_t bytes = 1;
      while (IsWordChar(At(bytes))) ++bytes;
      if (bytes > 1) return Finish(token, kList, bytes);
      break;
    }
    default:
      break;
  }
  return Unexpected(std::move(token));
}

Token Lexer::Unexpected(Token token) {
  const std::size_t bytes = std::max<std::size_t>(CodePointBytes(file_.substr(at_, end_ - at_)), 1);
  const std::string_view character = file_.substr(at_, bytes);
  const auto byte = static_cast<unsigned char>(character[0]);
  // Control characters and broken UTF-8 have been reported with the line.
  const bool reported = byte < 0x20 || byte == 0x7F || (bytes == 1 && byte >= 0x80);
  if (!reported) {
    Report(token.position, "unexpected '" + std::string(character) + "'" +
                               (character == "'" ? " - write text in double quotes" : ""));
  }
  return Finish(std::move(token), TokenKind::kError, bytes);
}

}  // namespace landfall::rules
