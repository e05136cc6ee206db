#include "storage/store_state.h"

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "storage/envelope.h"
#include "storage/values.h"

namespace landfall {
namespace {

constexpr std::string_view kKeyCheckText = "landfall key check";

}  // namespace

std::string EncodeState(const StoreState& state) {
  std::string bytes;
  AppendEnvelope({.schema = kStateSchema}, bytes);
  AppendFixed64(bytes, state.last.group);
  AppendFixed64(bytes, state.last.sequence);
  for (const Digest128& digest : {state.last.chain, state.previous_chain, state.key_check}) {
    bytes.append(AsBytes(digest));
  }
  return bytes;
}

absl::StatusOr<StoreState> DecodeState(std::string_view value) {
  ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(value, kStateSchema));
  ByteReader reader(body);
  StoreState state;
  if (!reader.Fixed64(state.last.group) || !reader.Fixed64(state.last.sequence) ||
      !TakeDigest(reader, state.last.chain) || !TakeDigest(reader, state.previous_chain) ||
      !TakeDigest(reader, state.key_check) || !reader.empty()) {
    return absl::DataLossError("the state row of the store does not decode");
  }
  return state;
}

Digest128 KeyCheck(const HashKey& key) { return KeyedHash128(key, kKeyCheckText); }

absl::Status CompareWithMark(const StoreState& state, const HighWater& mark) {
  if (state.last.group < mark.group) {
    return absl::DataLossError(absl::StrFormat(
        "the store lost rows that were acknowledged: it ends at message %d (group %d), the high-water mark at message "
        "%d (group %d). Do not repair it: restore the last backup and replay",
        state.last.sequence, state.last.group, mark.sequence, mark.group));
  }
  const bool same = state.last.group == mark.group;
  const bool next = state.last.group == mark.group + 1;
  if ((same && state.last != mark) || (next && state.previous_chain != mark.chain)) {
    return absl::DataLossError(absl::StrFormat(
        "the store holds other groups than those acknowledged up to message %d (group %d): its files and the "
        "high-water mark do not belong together. Restore the last backup and replay",
        mark.sequence, mark.group));
  }
  return absl::OkStatus();
}

}  // namespace landfall
