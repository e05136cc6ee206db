#include <algorithm>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "model/country.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "pipeline/parse/mrz/check_digit.h"
#include "pipeline/parse/mrz/layout.h"
#include "pipeline/parse/mrz/mrz.h"
#include "pipeline/parse/mrz/zone_dates.h"

namespace landfall {
namespace {

using mrz::CheckDigit;
using mrz::Layout;
using mrz::Span;
using mrz::TextOf;

constexpr char kFiller = '<';
constexpr std::size_t kMostLines = 3;
constexpr std::size_t kMostWidth = 44;
constexpr std::string_view kShapes = "a zone has 3 lines of 30 characters, or 2 of 36 or 44";

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsOfZone(char c) { return IsLetter(c) || IsDigit(c) || c == kFiller; }

// Of a character that has no business in a zone.
std::string Shown(char c) {
  const bool prints = c >= '!' && c <= '~';
  return prints ? absl::StrFormat("'%c'", c) : absl::StrFormat("byte 0x%02X", static_cast<unsigned char>(c));
}

std::string_view WithoutFillersBehind(std::string_view text) {
  return text.substr(0, text.find_last_not_of(kFiller) + 1);
}

std::string_view WithoutFillersAround(std::string_view text) {
  text = WithoutFillersBehind(text);
  return text.substr(std::min(text.find_first_not_of(kFiller), text.size()));
}

// Runs of fillers become one blank.
std::string Words(std::string_view text) {
  std::string words;
  for (const char c : WithoutFillersAround(text)) {
    if (c != kFiller) words += c;
    else if (words.back() != ' ') words += ' ';
  }
  return words;
}

// --- Is it a zone at all?

absl::Status CheckSize(const MrzBlock& block) {
  if (block.line_count > kMostLines) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%d lines: %s; put a blank line between two zones", block.line_count, kShapes));
  }
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    const std::uint64_t size = block.lines[i].size;
    // A short line may hold letters of more than one byte: its characters are looked at first.
    if (size > block.lines[i].text.size()) {
      return absl::InvalidArgumentError(
          absl::StrFormat("line %d of the zone has %d characters: %s", i + 1, size, kShapes));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ZoneLine(const MrzBlock::Line& line, std::size_t number) {
  std::string text = line.text;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] >= 'a' && text[i] <= 'z') text[i] = static_cast<char>(text[i] - 'a' + 'A');
    if (IsOfZone(text[i])) continue;
    return absl::InvalidArgumentError(absl::StrFormat(
        "line %d of the zone, column %d: %s is no character of a zone, which has A to Z, 0 to 9 and < only; "
        "read it again",
        number, line.indent + i + 1, Shown(text[i])));
  }
  return text;
}

std::string WidthsOf(const std::vector<std::string>& lines) {
  std::string widths;
  for (const std::string& line : lines) {
    absl::StrAppendFormat(&widths, "%s%d", widths.empty() ? "" : " and ", line.size());
  }
  return widths;
}

absl::StatusOr<const Layout*> LayoutOf(const std::vector<std::string>& lines) {
  const std::size_t width = lines.front().size();
  const bool one_width = std::ranges::all_of(lines, [width](const std::string& line) { return line.size() == width; });
  const bool is_visa = lines.front().starts_with('V');
  const Layout* const layout = one_width ? mrz::FindLayout(lines.size(), width, is_visa) : nullptr;
  if (layout != nullptr) return layout;
  const bool lost_fillers =
      std::ranges::all_of(lines, [](const std::string& line) { return line.size() <= kMostWidth; });
  return absl::InvalidArgumentError(absl::StrFormat(
      "%d %s of %s characters: %s; %s", lines.size(), lines.size() == 1 ? "line" : "lines", WidthsOf(lines), kShapes,
      lost_fillers ? "send every line whole, with all its < at the end" : "send each line on a line of its own"));
}

// --- Does each field hold what it may?

// Finds a character that a field may not hold, and says so.
class FieldCheck {
 public:
  FieldCheck(const MrzBlock& block, const std::vector<std::string>& lines) : block_(block), lines_(lines) {}

  template <typename Allowed>
  absl::Status Holds(Span span, std::string_view field, std::string_view allowed, Allowed is_allowed) const {
    const std::string_view text = TextOf(lines_, span);
    const auto wrong = std::ranges::find_if_not(text, is_allowed);
    if (wrong == text.end()) return absl::OkStatus();
    const std::size_t at = static_cast<std::size_t>(wrong - text.begin());
    return Wrong(span, at, absl::StrFormat("%s in the %s, which has %s only", Shown(*wrong), field, allowed));
  }

  absl::Status HoldsDate(Span span, std::string_view field) const {
    RETURN_IF_ERROR(Holds(span, field, "digits and <", [](char c) { return IsDigit(c) || c == kFiller; }));
    const std::string_view text = TextOf(lines_, span);
    for (std::size_t i = 0; i < text.size(); i += 2) {
      if ((text[i] == kFiller) == (text[i + 1] == kFiller)) continue;
      return Wrong(span, i, absl::StrFormat("half a number in the %s: a part not known is two <", field));
    }
    return absl::OkStatus();
  }

 private:
  absl::Status Wrong(Span span, std::size_t at, std::string_view what) const {
    const std::uint64_t column = block_.lines[span.line - 1u].indent + span.column + at;
    return absl::InvalidArgumentError(absl::StrFormat(
        "line %d of the zone, column %d: %s; compare it with the document", span.line, column, what));
  }

  const MrzBlock& block_;
  const std::vector<std::string>& lines_;
};

absl::Status CheckFields(const Layout& layout, const FieldCheck& check) {
  const auto letters = [](char c) { return IsLetter(c) || c == kFiller; };
  constexpr std::string_view kLetters = "letters and <";
  const Span first{layout.code.line, layout.code.column, 1};
  RETURN_IF_ERROR(check.Holds(first, "first place of the document code", "letters", IsLetter));
  RETURN_IF_ERROR(check.Holds(layout.issuer, "issuer", kLetters, letters));
  RETURN_IF_ERROR(check.Holds(layout.name, "name", kLetters, letters));
  RETURN_IF_ERROR(check.Holds(layout.nationality, "nationality", kLetters, letters));
  RETURN_IF_ERROR(check.HoldsDate(layout.birth, "birth date"));
  RETURN_IF_ERROR(check.HoldsDate(layout.expires, "date of expiry"));
  return check.Holds(layout.sex, "sex", "F, M, X and <",
                     [](char c) { return c == 'F' || c == 'M' || c == 'X' || c == kFiller; });
}

// --- What it says.

CountryCode ReadCountry(std::string_view text) {
  text = WithoutFillersBehind(text);
  return CountryFromCode(text).value_or(CountryCode(text));
}

void ReadName(std::string_view text, MrzZone& zone) {
  zone.name_truncated = text.back() != kFiller;
  text = WithoutFillersBehind(text);
  const std::size_t end = std::min(text.find("<<"), text.size());
  zone.surname = Words(text.substr(0, end));
  zone.given_names = Words(text.substr(end));
}

MrzCheck MakeCheck(std::string_view field, std::string_view checked, std::string_view sent) {
  const char computed = CheckDigit(checked);
  return {std::string(field), std::string(sent), std::string(1, computed), sent == std::string_view(&computed, 1)};
}

// A number may go on in the optional field, of which `optional` is then what is left.
MrzCheck ReadNumber(const Layout& layout, const std::vector<std::string>& lines, std::string_view& optional,
                    std::string& number) {
  number = TextOf(lines, layout.number);
  std::string_view sent = TextOf(lines, layout.number_check);
  const std::string_view rest = optional.substr(0, optional.find(kFiller));
  // At least one more character, and the check digit.
  if (layout.has_long_numbers && sent.front() == kFiller && number.back() != kFiller && rest.size() > 1) {
    number += rest.substr(0, rest.size() - 1);
    sent = rest.substr(rest.size() - 1);
    optional.remove_prefix(rest.size());
  }
  MrzCheck check = MakeCheck("number", number, sent);
  number = Words(number);
  return check;
}

MrzCheck CheckOptional(std::string_view optional, std::string_view sent) {
  MrzCheck check = MakeCheck("optional", optional, sent);
  // Of a field without content the digit may be left out.
  check.ok |= sent.front() == kFiller && WithoutFillersBehind(optional).empty();
  return check;
}

MrzCheck CheckComposite(const Layout& layout, const std::vector<std::string>& lines) {
  std::string checked;
  for (const Span span : layout.composite) checked += TextOf(lines, span);
  return MakeCheck("composite", checked, TextOf(lines, layout.composite_check));
}

MrzZone ReadZone(const Layout& layout, const std::vector<std::string>& lines, std::optional<Date> on) {
  MrzZone zone;
  zone.form = layout.form;
  zone.document.type = WithoutFillersBehind(TextOf(lines, layout.code));
  zone.document.issuer = ReadCountry(TextOf(lines, layout.issuer));
  ReadName(TextOf(lines, layout.name), zone);
  zone.nationality = ReadCountry(TextOf(lines, layout.nationality));
  zone.sex = FromText<Sex>(TextOf(lines, layout.sex));

  std::string_view optional = TextOf(lines, layout.optional);
  zone.checks.push_back(ReadNumber(layout, lines, optional, zone.document.number));
  const std::string_view birth = TextOf(lines, layout.birth), expires = TextOf(lines, layout.expires);
  zone.document.expires = mrz::ReadExpiry(expires);
  zone.date_of_birth = mrz::ReadBirth(birth, on ? *on : mrz::BirthReference(expires));
  zone.checks.push_back(MakeCheck("date_of_birth", birth, TextOf(lines, layout.birth_check)));
  zone.checks.push_back(MakeCheck("expires", expires, TextOf(lines, layout.expires_check)));
  if (layout.optional_check.size > 0) {
    zone.checks.push_back(CheckOptional(optional, TextOf(lines, layout.optional_check)));
  }
  if (layout.composite_check.size > 0) zone.checks.push_back(CheckComposite(layout, lines));

  zone.optional = WithoutFillersAround(optional);
  const std::string_view more = WithoutFillersAround(TextOf(lines, layout.more_optional));
  if (!zone.optional.empty() && !more.empty()) zone.optional += ' ';
  zone.optional += more;
  return zone;
}

}  // namespace

absl::StatusOr<MrzZone> ParseMrz(const MrzBlock& block, std::optional<Date> on) {
  if (block.lines.empty()) return absl::InvalidArgumentError(absl::StrFormat("no line: %s", kShapes));
  RETURN_IF_ERROR(CheckSize(block));
  std::vector<std::string> lines;
  for (const MrzBlock::Line& line : block.lines) {
    ASSIGN_OR_RETURN(std::string text, ZoneLine(line, lines.size() + 1));
    lines.push_back(std::move(text));
  }
  ASSIGN_OR_RETURN(const Layout* const layout, LayoutOf(lines));
  RETURN_IF_ERROR(CheckFields(*layout, FieldCheck(block, lines)));
  return ReadZone(*layout, lines, on);
}

QuarantinedRecord QuarantinedZone(std::string_view file, const MrzBlock& block, const absl::Status& why) {
  QuarantinedRecord record;
  record.position = {std::string(file), block.offset, block.line};
  record.code = QuarantineCode::kBadSyntax;
  record.reason = std::string(why.message());
  return record;
}

void AppendJson(const MrzZone& zone, std::string& out) { AppendJsonObject(zone, out); }

}  // namespace landfall
