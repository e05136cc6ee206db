#pragma once

// Compressed bytes become text again, piece by piece: gzip (RFC 1952) and zstd (RFC 8878).

#include <cstddef>
#include <memory>
#include <string_view>

#include "absl/status/statusor.h"

namespace landfall {

enum class Compression { kNone, kGzip, kZstd };

// Looks at the first bytes of an input. `needs_more`: they are the beginning of a mark that may yet be completed.
struct SniffedCompression {
  Compression compression = Compression::kNone;
  bool needs_more = false;
};
SniffedCompression SniffCompression(std::string_view head);

// "gzip", "zstd"; "no" for none.
std::string_view NameOf(Compression compression);

// Expands one input: any number of gzip members, or zstd frames, one after the other. One thread; memory is constant: a
// zstd window over 8 MiB, which RFC 8878 does not ask a reader to have, is refused.
class Expander {
 public:
  virtual ~Expander() = default;

  struct Step {
    std::size_t taken = 0;  // Of `in`.
    std::size_t made = 0;   // In `out`.
  };
  // Takes what it can from `in`, and writes at most `most` bytes. InvalidArgument says in a few words what is wrong
  // with the data. With an empty `in` it writes what it still holds.
  virtual absl::StatusOr<Step> Expand(std::string_view in, char* out, std::size_t most) = 0;
  // True between two members or frames, and before the first: only there may the data end.
  virtual bool AtBoundary() const = 0;
};

// ResourceExhausted if there is no memory for it. Not for kNone.
absl::StatusOr<std::unique_ptr<Expander>> MakeExpander(Compression compression);

}  // namespace landfall
