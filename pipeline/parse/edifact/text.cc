#include "pipeline/parse/edifact/text.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "pipeline/parse/edifact/encoding.h"
#include "pipeline/parse/edifact/scan.h"

namespace landfall::edifact {
namespace {

ContactKind KindOf(std::string_view code) {
  if (code == "TE") return ContactKind::kPhone;
  if (code == "FX") return ContactKind::kFax;
  return code == "EM" ? ContactKind::kEmail : ContactKind::kOther;
}

// Teletype has no @: ".AT." stands for it; and blanks come in at wraps.
std::string CleanEmail(std::string value) {
  value.erase(std::remove(value.begin(), value.end(), ' '), value.end());
  for (const std::string_view at : {".AT.", ".at."}) {
    const std::size_t found = value.find(at);
    if (found == std::string::npos) continue;
    value[found] = '@';
    value.erase(found + 1, at.size() - 1);
    return value;
  }
  return value;
}

}  // namespace

std::string ReadText(const Tokens& tokens, const Tokens::Segment& segment, std::size_t element, std::size_t component,
                     const InputLimits& limits, const FindingPlace& place) {
  const std::string_view part = tokens.Part(segment, element, component);
  if (tokens.is_utf8() || IsUtf8(part)) return CleanText(part, limits, place);
  return CleanText(FromLatin1(part), limits, place);
}

std::optional<std::int64_t> ParseCount(std::string_view text, std::int64_t most) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || read != end || number < 0 || number > most) return std::nullopt;
  return number;
}

void ReadContacts(const Tokens& tokens, const Tokens::Segment& segment, const InputLimits& limits,
                  const FindingPlace& place, std::vector<Contact>& contacts) {
  for (std::size_t i = 1; i <= segment.elements; ++i) {
    Contact contact;
    contact.kind = KindOf(tokens.CodeAt(segment, i, 2));
    contact.value = ReadText(tokens, segment, i, 1, limits, place);
    if (contact.value.empty()) continue;
    if (contact.kind == ContactKind::kEmail) contact.value = CleanEmail(std::move(contact.value));
    contacts.push_back(std::move(contact));
  }
}

std::string Quoted(std::string_view text) {
  constexpr std::size_t kMost = 24;
  std::string quoted = "'";
  for (const char c : text.substr(0, kMost)) {
    const auto byte = static_cast<unsigned char>(c);
    quoted += byte < 0x20 || byte >= 0x7f ? '.' : c;
  }
  return quoted + (text.size() > kMost ? "...'" : "'");
}

}  // namespace landfall::edifact
