#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/parse/parse.h"
#include "tests/support/parse_edifact.h"

namespace landfall {

// What one line gives; it stands at `offset` and `line` of the file "test.ndjson".
inline ParsedInput ParseLine(std::string_view bytes, const Configuration& configuration = {}, std::uint64_t offset = 0,
                             std::uint64_t line = 1) {
  std::string padded(bytes);
  padded.resize(bytes.size() + kMessagePadding);
  MessageParser parser(configuration);
  RawMessage raw;
  raw.offset = offset;
  raw.line = line;
  raw.bytes = std::string_view(padded).substr(0, bytes.size());
  ParsedInput out;
  parser.Parse("test.ndjson", raw, out);
  return out;
}

inline constexpr std::string_view kFlightJson =
    R"({"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z"})";

// A message with these travellers ("{...},{...}").
inline std::string MessageOf(std::string_view travellers) {
  return R"({"message_id":"ZZ-1","kind":"check_in","flight":)" + std::string(kFlightJson) + R"(,"travellers":[)" +
         std::string(travellers) + "]}";
}

// A message with one more field, or several, at the top ("\"revision\":1").
inline std::string MessageWith(std::string_view fields) {
  return R"({"message_id":"ZZ-1","kind":"check_in","flight":)" + std::string(kFlightJson) + "," + std::string(fields) + "}";
}

// A message whose flight has one more field, or several.
inline std::string MessageWithFlight(std::string_view fields) {
  return R"({"message_id":"ZZ-1","kind":"check_in","flight":{"number":"ZZ101","from":"LOS","to":"LHR",)"
         R"("departs_at":"2026-11-22T00:10:00Z",)" +
         std::string(fields) + "}}";
}

}  // namespace landfall
