// Bytes of any format -> messages. Beside "does not crash": every raw message ends as messages or in quarantine, every
// message has an id, and what is written as JSON reads back as an equal message.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "pipeline/parse/parse.h"

namespace {

constexpr std::size_t kPadding = 64;

void Require(bool holds) {
  if (!holds) std::abort();
}

landfall::ParsedInput Parse(std::string_view bytes, landfall::InputFormat format) {
  static const landfall::Configuration configuration;
  static landfall::MessageParser parser(configuration);
  std::string padded(bytes);
  padded.resize(bytes.size() + kPadding);
  landfall::RawMessage raw;
  raw.format = format;
  raw.bytes = std::string_view(padded).substr(0, bytes.size());
  landfall::ParsedInput out;
  parser.Parse("fuzz", raw, out);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const landfall::ParsedInput parsed = Parse(bytes, landfall::SniffFormat(bytes));
  Require(!parsed.messages.empty() || !parsed.quarantined.empty());
  for (const landfall::Message& message : parsed.messages) {
    Require(!message.message_id.empty());
    std::string json;
    landfall::AppendJson(message, json);
    const landfall::ParsedInput again = Parse(json, landfall::InputFormat::kNdjson);
    Require(again.messages.size() == 1 && again.messages.front() == message);
  }
  return 0;
}
