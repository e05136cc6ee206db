// Rule text -> checked profile. What is accepted formats to itself, and its hash does not change by formatting.

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "rules/profile.h"
#include "tests/fuzz/require.h"

using landfall::Require;

namespace {

landfall::rules::LoadResult Load(std::string_view text) {
  return landfall::rules::LoadProfile(text, [](std::string_view) -> absl::StatusOr<std::string> {
    return absl::NotFoundError("no lists here");
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const landfall::rules::LoadResult loaded = Load({reinterpret_cast<const char*>(data), size});
  if (!loaded.ok()) {
    Require(!loaded.diagnostics.empty());
    return 0;
  }
  const std::string formatted = CanonicalText(*loaded.profile, true);
  const landfall::rules::LoadResult again = Load(formatted);
  Require(again.ok());
  Require(CanonicalText(*again.profile, true) == formatted);
  Require(ProfileHash(*again.profile) == ProfileHash(*loaded.profile));
  return 0;
}
