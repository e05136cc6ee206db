#include "pipeline/quarantine/look.h"

#include <algorithm>

#include "pipeline/parse/parse.h"
#include "pipeline/parse/times.h"

namespace landfall {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
// A flight stands near the beginning: the rest of a large message is not searched for one.
constexpr std::size_t kSearchedBytes = 64u << 10;

bool IsAlphanumeric(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool LooksLikeDesignator(std::string_view text) {
  return (text.size() == 2 || text.size() == 3) && std::all_of(text.begin(), text.end(), IsAlphanumeric);
}

std::string CarrierOfFlight(std::string_view number) {
  const std::optional<std::string> normal = NormaliseFlightNumber(number);
  return normal ? std::string(CarrierOf(*normal)) : std::string();
}

// The text value of the first `key` of this name, as it stands; empty if there is none.
std::string_view JsonText(std::string_view json, std::string_view quoted_key) {
  const std::size_t key = json.find(quoted_key);
  if (key == kNowhere) return {};
  json.remove_prefix(key + quoted_key.size());
  const std::size_t colon = json.find_first_not_of(" \t");
  if (colon == kNowhere || json[colon] != ':') return {};
  const std::size_t quote = json.find_first_not_of(" \t", colon + 1);
  if (quote == kNowhere || json[quote] != '"') return {};
  json.remove_prefix(quote + 1);
  return json.substr(0, std::min(json.find('"'), json.size()));
}

std::string CarrierInJson(std::string_view json) {
  const std::size_t flight = json.find("\"flight\"");
  if (flight != kNowhere) {
    std::string carrier = CarrierOfFlight(JsonText(json.substr(flight), "\"number\""));
    if (!carrier.empty()) return carrier;
  }
  for (const std::string_view key : {"\"carrier\"", "\"sender\""}) {
    const std::string_view text = JsonText(json, key);
    if (LooksLikeDesignator(text)) return std::string(text);
  }
  return {};
}

// An element of the first segment of this tag. Whatever stands behind the tag parts the elements.
std::string_view Element(std::string_view edifact, std::string_view tag, std::size_t index) {
  std::size_t at = edifact.find(tag);
  while (at != kNowhere && at > 0 && IsAlphanumeric(edifact[at - 1])) at = edifact.find(tag, at + 1);
  if (at == kNowhere || at + tag.size() >= edifact.size()) return {};
  const char separator = edifact[at + tag.size()];
  if (IsAlphanumeric(separator)) return {};
  for (std::size_t i = 0; at != kNowhere && i < index; ++i) at = edifact.find(separator, at + 1);
  if (at == kNowhere) return {};
  std::size_t end = ++at;
  while (end < edifact.size() && IsAlphanumeric(edifact[end])) ++end;
  return edifact.substr(at, end - at);
}

// `TDT+20+ZZ101+++ZZ` or, without a flight, the sender of the UNB.
std::string CarrierInEdifact(std::string_view edifact) {
  std::string carrier = CarrierOfFlight(Element(edifact, "TDT", 2));
  if (!carrier.empty()) return carrier;
  for (const std::string_view text : {Element(edifact, "TDT", 5), Element(edifact, "UNB", 2)}) {
    if (LooksLikeDesignator(text)) return std::string(text);
  }
  return {};
}

bool IsSame(const QuarantinedRecord& a, const QuarantinedRecord& b) {
  return a.code == b.code && a.traveller == b.traveller && a.message_id == b.message_id;
}

}  // namespace

std::string GuessCarrier(std::string_view raw) {
  raw = raw.substr(0, kSearchedBytes);
  std::string carrier = CarrierInJson(raw);
  return carrier.empty() ? CarrierInEdifact(raw) : carrier;
}

std::optional<std::size_t> FindOffendingPlace(const QuarantinedRecord& record, std::string_view raw,
                                              const Configuration& configuration) {
  std::string padded(raw);
  padded.resize(raw.size() + kMessagePadding);
  MessageParser parser(configuration);
  ParsedInput parsed;
  // Its file told the format, and these bytes alone may look like none.
  for (const InputFormat format : {SniffFormat(raw), InputFormat::kNdjson, InputFormat::kEdifact}) {
    parsed.Clear();
    RawMessage message;
    message.format = format;
    message.bytes = std::string_view(padded).substr(0, raw.size());
    parser.Parse(record.position.file, message, parsed);
    for (const QuarantinedRecord& again : parsed.quarantined) {
      if (IsSame(again, record) && again.position.offset < raw.size()) return again.position.offset;
    }
  }
  return std::nullopt;
}

}  // namespace landfall
