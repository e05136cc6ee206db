#pragma once

#include <memory>
#include <string_view>

#include "pipeline/configuration.h"
#include "pipeline/parse/parse.h"

namespace landfall {

// One line of NDJSON, or a whole file of one record: docs/NDJSON.md. Keeps its buffers: one per thread.
class NdjsonParser {
 public:
  explicit NdjsonParser(const Configuration& configuration);
  ~NdjsonParser();

  // Adds one message, or one quarantine entry, to `out`; travellers set aside come on top.
  void Parse(std::string_view file, const RawMessage& raw, ParsedInput& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace landfall
