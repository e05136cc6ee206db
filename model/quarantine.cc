#include "model/quarantine.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "model/digest.h"

namespace landfall {
namespace {

constexpr std::size_t kIdBytes = 8;

}  // namespace

std::string QuarantineId(const QuarantineEntry& entry) {
  return "Q-" + ToHex(std::string_view(entry.key).substr(0, kIdBytes));
}

std::optional<std::string> ParseQuarantineId(std::string_view id) {
  if (id.size() != 2 + 2 * kIdBytes || (id[0] != 'Q' && id[0] != 'q') || id[1] != '-') return std::nullopt;
  const std::string digits(id.substr(2));
  if (!std::all_of(digits.begin(), digits.end(), absl::ascii_isxdigit)) return std::nullopt;
  return absl::HexStringToBytes(digits);
}

}  // namespace landfall
