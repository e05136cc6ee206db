#include <string>

#include "pipeline/parse/parse.h"

namespace landfall {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kNowhere = std::string_view::npos;

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsAlphanumeric(char c) { return IsUpper(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// UNA, UNB or UNH in any case, and no further letter.
bool IsTagAt(std::string_view head, std::size_t at, bool with_unh) {
  std::string tag(head.substr(at, 3));
  for (char& c : tag) c = Upper(c);
  const bool is_tag = tag == "UNA" || tag == "UNB" || (with_unh && tag == "UNH");
  return is_tag && (at + 3 >= head.size() || !IsAlphanumeric(head[at + 3]));
}

// Where UNA or UNB stands, if what comes before can be a Type-B shell: SOH, or lines of priority, addresses and origin
// ("QP LONABZZ", ".HDQABZZ 121530"), or a mail.
std::size_t FindBehindShell(std::string_view head) {
  const bool is_shell = head.front() == '\x01' || head.front() == '.' ||
                        (IsUpper(head.front()) && head.find_first_of(kBlanks) != kNowhere);
  std::size_t at = is_shell ? head.find("UN") : kNowhere;
  while (at != kNowhere && !IsTagAt(head, at, false)) at = head.find("UN", at + 1);
  return at;
}

// UTF-8 that begins with a byte-order mark, or UTF-16: refused line by line, with a reason.
bool IsOtherUnicode(std::string_view head) {
  return head.starts_with("\xef\xbb\xbf") || head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff") ||
         head.starts_with(std::string_view("\0{", 2));
}

}  // namespace

InputFormat SniffFormat(std::string_view head) {
  const std::size_t first = head.find_first_not_of(kBlanks);
  if (first == kNowhere) return InputFormat::kNdjson;  // Blank lines: no messages in any format.
  head.remove_prefix(first);
  if (head.starts_with("\xef\xbb\xbf") && IsTagAt(head, 3, false)) return InputFormat::kEdifact;  // The mark is text before it.
  if (IsTagAt(head, 0, true)) return InputFormat::kEdifact;
  if (head.front() == '{' || head.front() == '[' || IsOtherUnicode(head)) return InputFormat::kNdjson;
  // A first line that is neither: one bad line costs none of those behind it.
  const std::size_t edifact = FindBehindShell(head), json = head.find("\n{");
  if (edifact != kNowhere && edifact < json) return InputFormat::kEdifact;
  return json != kNowhere ? InputFormat::kNdjson : InputFormat::kUnknown;
}

}  // namespace landfall
