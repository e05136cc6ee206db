#include <memory>
#include <string>

#include "pipeline/parse/edifact/kept_raw.h"
#include "pipeline/parse/edifact/paxlst.h"
#include "pipeline/parse/ndjson/ndjson_parser.h"
#include "pipeline/parse/parse.h"

namespace landfall {

std::string BytesToKeep(const RawMessage& raw, const Configuration& configuration) {
  return raw.format == InputFormat::kNdjson ? std::string(raw.bytes) : edifact::KeptRaw(raw.bytes, configuration.separators);
}

struct MessageParser::State {
  explicit State(const Configuration& config) : configuration(config), ndjson(config) {}
  const Configuration& configuration;
  NdjsonParser ndjson;
};

MessageParser::MessageParser(const Configuration& configuration) : state_(std::make_unique<State>(configuration)) {}
MessageParser::~MessageParser() = default;

void MessageParser::Parse(std::string_view file, const RawMessage& raw, ParsedInput& out) {
  switch (raw.format) {
    case InputFormat::kNdjson: return state_->ndjson.Parse(file, raw, out);
    case InputFormat::kEdifact: return ParseInterchange(file, raw, state_->configuration, out);
    case InputFormat::kUnknown: break;
  }
  out.quarantined.push_back({{std::string(file), raw.offset, raw.line},
                             QuarantineCode::kUnknownFormat,
                             "neither NDJSON nor EDIFACT: the first bytes are those of no format that is read here",
                             "",
                             "",
                             0});
}

}  // namespace landfall
