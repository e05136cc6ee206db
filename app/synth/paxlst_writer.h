#pragma once

// Messages as PAXLST interchanges (UN/EDIFACT D.05B, docs/FORMATS.md).

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "model/message.h"

namespace landfall::app {

struct PaxlstOptions {
  // As in UNA: component, data element, decimal mark, release, reserved, terminator.
  std::string_view separators = ":+.? '";
  bool writes_una = true;
  std::string_view recipient = "GBRAPIS";
  std::string control_ref = "000000001";
  // Lines of this many characters, cut anywhere; 0 = one line for each segment.
  int wrap_columns = 0;
  bool type_b_shell = false;  // As a teletype message, between the addresses and ETX.
};

// Adds the message to `out`, line end included. What PAXLST has no place for is left out. InvalidArgument for what it
// cannot say at all: a booking, a moved flight, or separators that are not six characters.
absl::Status AppendPaxlst(const Message& message, const PaxlstOptions& options, std::string& out);

}  // namespace landfall::app
