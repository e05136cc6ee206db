#include "model/quarantine.h"

#include "model/digest.h"

namespace landfall {
namespace {

constexpr std::size_t kIdBytes = 8;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string QuarantineId(const QuarantineEntry& entry) {
  return "Q-" + ToHex(std::string_view(entry.key).substr(0, kIdBytes));
}

std::optional<std::string> ParseQuarantineId(std::string_view id) {
  if (id.size() != 2 + 2 * kIdBytes || (id[0] != 'Q' && id[0] != 'q') || id[1] != '-') return std::nullopt;
  std::string key;
  for (std::size_t i = 2; i < id.size(); i += 2) {
    const int high = HexDigit(id[i]), low = HexDigit(id[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    key += static_cast<char>(high * 16 + low);
  }
  return key;
}

}  // namespace landfall
