#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/json_writer.h"
#include "pipeline/parse/edifact/paxlst.h"

namespace landfall {

// What one raw message of EDIFACT gives; it stands at `offset` and `line` of the file "test.edi".
inline ParsedInput ParseEdifact(std::string_view bytes, const Configuration& configuration = {},
                                std::uint64_t offset = 0, std::uint64_t line = 1) {
  RawMessage raw;
  raw.format = InputFormat::kEdifact;
  raw.bytes = bytes;
  raw.offset = offset;
  raw.line = line;
  ParsedInput out;
  ParseInterchange("test.edi", raw, configuration, out);
  return out;
}

inline std::string ToJson(const Traveller& traveller) {
  std::string out;
  {
    JsonObject object(out);
    Traveller::Fields(traveller, object);
  }
  return out;
}

inline std::string ToJson(const Message& message) {
  std::string out;
  AppendJson(message, out);
  return out;
}

// The findings as "traveller field code", in order.
inline std::vector<std::string> FindingsOf(const Message& message) {
  std::vector<std::string> all;
  for (const Finding& finding : message.findings) {
    std::string text = finding.traveller;
    if (!text.empty()) text += ' ';
    text += finding.field;
    if (!finding.field.empty()) text += ' ';
    all.push_back(text + std::string(ToText(finding.code)));
  }
  return all;
}

inline std::vector<QuarantineCode> CodesOf(const ParsedInput& parsed) {
  std::vector<QuarantineCode> codes;
  for (const QuarantinedRecord& record : parsed.quarantined) codes.push_back(record.code);
  return codes;
}

}  // namespace landfall
