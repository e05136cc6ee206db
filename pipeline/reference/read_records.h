#pragma once

// From the JSON object of a reference record to its type. Inside of record_parser.

#include <simdjson.h>

#include <string>

#include "pipeline/reference/record_fields.h"
#include "pipeline/reference/record_parser.h"

namespace landfall {

// `missing` names a required part that is not there, for a person: then the record is of no use.
struct RecordResult {
  std::string id;
  ReferenceRecord record;
  std::string missing;
};
RecordResult ReadRecord(ReferenceKind kind, simdjson::dom::object from, records::JsonContext& context);

}  // namespace landfall
