#pragma once

#include <memory>

#include "pipeline/batch.h"
#include "pipeline/configuration.h"

namespace landfall {

// Bytes become messages; their travellers' keys and contents' hashes are worked out. Parallel.
class ParseStage {
 public:
  explicit ParseStage(const Configuration& configuration);
  ~ParseStage();

  // Fills parsed, messages, keys and contents. `batch.reference` must be pinned.
  void Apply(Batch& batch) const;

 private:
  struct Parsers;  // One per thread.
  std::unique_ptr<Parsers> parsers_;
};

}  // namespace landfall
