#pragma once

// The hashes of digest.h, of bytes that come in pieces, so that a file need not lie in memory.

#include <memory>
#include <string_view>

#include "model/digest.h"

namespace landfall {

// Blake2b128. One thread at a time.
class Blake2b128Stream {
 public:
  Blake2b128Stream();
  ~Blake2b128Stream();
  Blake2b128Stream(const Blake2b128Stream&) = delete;
  Blake2b128Stream& operator=(const Blake2b128Stream&) = delete;

  void Add(std::string_view bytes);
  // Of all that was added. Nothing may be added after it.
  Digest128 Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace landfall
