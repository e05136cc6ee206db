#include "pipeline/match/contact_text.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "pipeline/match/latin.h"
#include "pipeline/match/name_key.h"

namespace landfall {
namespace {

constexpr std::size_t kFewestDigits = 8, kMostDigits = 15;  // E.164, country code included.
constexpr std::string_view kUk = "GBR";
constexpr std::string_view kUkCode = "44";
constexpr std::size_t kUkDigits = 12;  // 44 and ten more; a few old ones have nine.

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }

char AsDigit(char c) { return c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c; }
char AsLetter(char c) { return c == '0' ? 'O' : c == '1' ? 'I' : c; }

// A9 A99 A9A AA9 AA99 AA9A
bool IsOutward(std::string_view text) {
  if (text.size() < 2 || text.size() > 4 || !IsLetter(text[0])) return false;
  const std::size_t area = IsLetter(text[1]) ? 2 : 1;
  if (text.size() == area || text.size() > area + 2 || !IsDigit(text[area])) return false;
  return text.size() == area + 1 || IsDigit(text[area + 1]) || IsLetter(text[area + 1]);
}

constexpr std::pair<std::string_view, std::string_view> kWrittenOut[] = {
    {"APT", "FLAT"},   {"AVE", "AVENUE"}, {"AV", "AVENUE"},   {"BLVD", "BOULEVARD"}, {"CL", "CLOSE"},  {"CLO", "CLOSE"},
    {"CT", "COURT"},   {"CRES", "CRESCENT"}, {"DR", "DRIVE"}, {"GDNS", "GARDENS"},   {"GR", "GROVE"},  {"HSE", "HOUSE"},
    {"LN", "LANE"},    {"PK", "PARK"},    {"PL", "PLACE"},    {"RD", "ROAD"},        {"SQ", "SQUARE"}, {"ST", "STREET"},
    {"STR", "STREET"}, {"TER", "TERRACE"}, {"UNIT", "FLAT"}};

std::string WrittenOut(std::string_view lines) {
  std::string out;
  for (const absl::string_view word : absl::StrSplit(ToAscii(lines), absl::ByAnyChar(" ,.;/\n\t"), absl::SkipEmpty())) {
    std::string upper(word);
    std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const auto* known = std::ranges::find(kWrittenOut, std::string_view(upper), &std::pair<std::string_view, std::string_view>::first);
    if (!out.empty()) out += ' ';
    out += known == std::end(kWrittenOut) ? std::string_view(upper) : known->second;
  }
  return out;
}

// The last words of the text, if they are a postcode; they are cut off.
std::string TakePostcode(std::string& text) {
  for (const int words : {2, 1}) {
    std::size_t begin = text.size();
    for (int i = 0; i < words && begin != std::string::npos && begin > 0; ++i) begin = text.rfind(' ', begin - 1);
    begin = begin == std::string::npos ? 0 : begin;
    std::string postcode = UkPostcodeOf(std::string_view(text).substr(begin));
    if (postcode.empty()) continue;
    text.resize(begin);
    return postcode;
  }
  return {};
}

}  // namespace

std::string E164Of(std::string_view phone, CountryCode home) {
  const std::string digits = PhoneKey(phone);
  const std::size_t first = phone.find_first_of("+0123456789");
  if (digits.empty() || first == std::string_view::npos) return {};
  const bool is_international = phone[first] == '+' || phone.substr(first, 2) == "00";
  std::string number;
  if (is_international) {
    number = digits;
  } else if (home.view() == kUk && digits.front() == '0') {
    number = std::string(kUkCode) + digits.substr(1);
  } else if (home.view() == kUk && digits.starts_with(kUkCode) && digits.size() == kUkDigits) {
    number = digits;  // As booking systems send them.
  }
  if (number.size() < kFewestDigits || number.size() > kMostDigits || number.front() == '0') return {};
  return "+" + number;
}

std::string UkPostcodeOf(std::string_view text) {
  std::string code = NumberKey(text);
  if (code.size() < 5 || code.size() > 7) return {};
  const std::size_t inward = code.size() - 3;
  code[inward] = AsDigit(code[inward]);
  code[inward + 1] = AsLetter(code[inward + 1]);
  code[inward + 2] = AsLetter(code[inward + 2]);
  code[0] = AsLetter(code[0]);
  // What stands behind the area is a digit: the area has one letter or two.
  if (!IsLetter(code[1]) || (inward == 2 && !IsDigit(code[1]))) code[1] = AsDigit(code[1]);
  if (inward == 3 && IsLetter(code[1])) code[2] = AsDigit(code[2]);
  if (!IsDigit(code[inward]) || !IsLetter(code[inward + 1]) || !IsLetter(code[inward + 2])) return {};
  if (!IsOutward(std::string_view(code).substr(0, inward))) return {};
  code.insert(inward, 1, ' ');
  return code;
}

std::string NormalAddressOf(const Address& address) {
  Address normal;
  normal.lines = WrittenOut(address.lines);
  std::string city = WrittenOut(address.city);
  normal.postcode = UkPostcodeOf(address.postcode);
  // Some write the postcode where the city stands, or behind everything.
  if (normal.postcode.empty()) normal.postcode = TakePostcode(city);
  if (normal.postcode.empty()) normal.postcode = TakePostcode(normal.lines);
  if (normal.postcode.empty()) normal.postcode = NumberKey(address.postcode);  // Of another country.
  normal.city = std::move(city);
  return AddressKey(normal);
}

}  // namespace landfall
