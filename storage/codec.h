#pragma once

// Stored values as bytes: (tag, wire type, value) for each field that is there, by the tags of the `Fields` visitors.
// docs/FORMATS.md gives the rules. A reader skips tags that it does not know. No envelope: see envelope.h.

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "model/finding.h"
#include "model/message.h"
#include "model/quarantine.h"
#include "model/screening.h"

namespace landfall {

// Each appends to `out` and allocates nothing besides.
void EncodeMessage(const Message& message, std::string& out);
void EncodeFlag(const FlightFlag& flag, std::string& out);
void EncodeQuarantined(const QuarantinedRecord& record, std::string& out);
void EncodeQuarantineClosing(const QuarantineClosing& closing, std::string& out);
// What a message says, without envelope, position, findings and offsets: what ContentHash hashes.
void EncodeContent(const Message& message, std::string& out);

// DataLoss for anything that is not what Encode writes, whatever the bytes: never a crash, and memory in proportion.
absl::StatusOr<Message> DecodeMessage(std::string_view bytes);
absl::StatusOr<FlightFlag> DecodeFlag(std::string_view bytes);
absl::StatusOr<QuarantinedRecord> DecodeQuarantined(std::string_view bytes);
absl::StatusOr<QuarantineClosing> DecodeQuarantineClosing(std::string_view bytes);

}  // namespace landfall
