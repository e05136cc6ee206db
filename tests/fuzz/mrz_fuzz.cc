// Bytes -> machine-readable zones, and names folded to keys. Beside "does not crash": a refusal has a reason, a zone's check digits are those it says,
// and the pieces in which bytes come do not matter.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/name_key.h"
#include "pipeline/parse/mrz/mrz.h"
#include "tests/fuzz/require.h"

using landfall::Require;

namespace {

// Every block as JSON or as its refusal.
std::string Parse(std::string_view bytes, std::size_t piece) {
  landfall::MrzBlocks cutter;
  std::vector<landfall::MrzBlock> blocks;
  for (std::size_t at = 0; at < bytes.size(); at += piece) cutter.Add(bytes.substr(at, piece), blocks);
  cutter.End(blocks);
  std::string text;
  for (const landfall::MrzBlock& block : blocks) {
    const absl::StatusOr<landfall::MrzZone> zone = landfall::ParseMrz(block);
    if (zone.ok()) {
      for (const landfall::MrzCheck& check : zone->checks) {
        const bool may_be_left_out = check.field == "optional" && check.sent == "<";
        Require(may_be_left_out || check.ok == (check.sent == check.computed));
      }
      landfall::AppendJson(*zone, text);
    } else {
      Require(!zone.status().message().empty());
      text += std::string(zone.status().message());
    }
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Require(Parse(bytes, size + 1) == Parse(bytes, 7));
  // A name is itself, and its parts may be swapped.
  const std::string_view surname = bytes.substr(0, size / 2), given_names = bytes.substr(size / 2);
  const bool has_key = !landfall::FullNameKey(surname, given_names).empty();
  Require(landfall::SameFullName(surname, given_names, surname, given_names) == has_key);
  return 0;
}
