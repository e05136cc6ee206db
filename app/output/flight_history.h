#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/message.h"
#include "pipeline/merge/changes.h"

namespace landfall::app {

// One message of a flight and what it changed, as `query flight --history` prints it.
struct Revision {
  const Message* message = nullptr;
  std::size_t travellers = 0;  // On the list after it.
  std::vector<Change> changes;
};

// Lines for a person. Many travellers added at once are counted, not listed.
std::string RevisionText(std::size_t number, const Revision& revision);
// One line of NDJSON, without the line end, in the shape of docs/CLI.md.
void AppendRevisionJson(const FlightKey& flight, std::size_t number, const Revision& revision, std::string& out);

}  // namespace landfall::app
