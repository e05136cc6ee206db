#include "pipeline/reference/record_parser.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/configuration.h"
#include "pipeline/match/watch_index.h"
#include "pipeline/reference/read_records.h"

namespace landfall {
namespace {

QuarantinedRecord Refused(QuarantineCode code, std::string reason) {
  QuarantinedRecord refused;
  refused.code = code;
  refused.reason = std::move(reason);
  return refused;
}

QuarantinedRecord NoJson(simdjson::error_code error) {
  if (error == simdjson::DEPTH_ERROR) {
    return Refused(QuarantineCode::kTooDeep, "nested deeper than 64 levels: send flat records");
  }
  return Refused(QuarantineCode::kNotJson,
                 absl::StrFormat("not a line of JSON in UTF-8 (%s): correct it and send it again",
                                 simdjson::error_message(error)));
}

}  // namespace

struct RecordParser::State {
  // The parsed text with the padding that simdjson wants behind it.
  simdjson::error_code ParseText(std::string_view json, simdjson::dom::element& root);

  const InputLimits limits = {};
  simdjson::dom::parser parser;
  std::string buffer;
  std::size_t capacity = 0;
};

simdjson::error_code RecordParser::State::ParseText(std::string_view json, simdjson::dom::element& root) {
  if (json.size() > capacity) {
    capacity = std::max<std::size_t>(json.size() * 2, 1u << 14);
    // One level more than is allowed: simdjson counts the document itself.
    if (const auto error = parser.allocate(capacity, limits.depth + 1)) return error;
  }
  buffer.reserve(capacity + simdjson::SIMDJSON_PADDING);
  buffer.assign(json);
  return parser.parse(buffer.data(), buffer.size(), false).get(root);
}

RecordParser::RecordParser() : state_(std::make_unique<State>()) {}
RecordParser::~RecordParser() = default;

std::variant<ParsedRecord, QuarantinedRecord> RecordParser::Parse(ReferenceKind kind, std::string_view json,
                                                                  std::optional<Date> today) {
  if (json.size() > state_->limits.line_bytes) {
    return Refused(QuarantineCode::kLineTooLong, absl::StrFormat("the record is longer than %d bytes: send shorter ones",
                                                                 static_cast<int>(state_->limits.line_bytes)));
  }
  if (json.starts_with("\xEF\xBB\xBF")) {
    return Refused(QuarantineCode::kNotJson, "begins with a byte-order mark: send plain UTF-8");
  }
  simdjson::dom::element root;
  if (const auto error = state_->ParseText(json, root)) return NoJson(error);
  simdjson::dom::object from;
  if (root.get_object().get(from) != simdjson::SUCCESS) {
    return Refused(QuarantineCode::kNotObject, "JSON, but no object: a record is {...}");
  }
  ParsedRecord parsed;
  records::JsonContext context{&state_->limits, &parsed.findings, false, ""};
  RecordResult result = ReadRecord(kind, from, context);
  if (context.has_duplicate_key) {
    return Refused(QuarantineCode::kDuplicateKey,
                   absl::StrFormat("the key '%s' comes twice in one object: send each key once", context.duplicate_key));
  }
  if (!result.missing.empty()) return Refused(QuarantineCode::kBadRecord, std::move(result.missing));
  const auto* entry = std::get_if<WatchEntry>(&result.record);
  if (entry != nullptr && today && entry->kind == WatchKind::kPersonOfConcern && MayBeChild(*entry, *today)) {
    return Refused(QuarantineCode::kChildAsConcern,
                   absl::StrFormat("entry %s: a birth date leaves open that this person is under 18, and a child is never "
                                   "a person of concern: file it as child_at_risk, or correct the date",
                                   entry->entry));
  }
  parsed.id = std::move(result.id);
  parsed.record = std::move(result.record);
  return parsed;
}

}  // namespace landfall
