#include "storage/envelope.h"

#include "absl/strings/str_format.h"
#include "storage/bytes.h"

namespace landfall {

void AppendEnvelope(const Envelope& envelope, std::string& out) {
  out.push_back(static_cast<char>(EnvelopeFormat::kV1));
  AppendVarint(out, envelope.schema);
  AppendVarint(out, envelope.key_id);
}

absl::StatusOr<std::string_view> OpenEnvelope(std::string_view value, std::uint64_t newest_schema) {
  if (value.empty()) return absl::DataLossError("a stored value is empty: it has no envelope");
  if (value[0] != static_cast<char>(EnvelopeFormat::kV1)) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "a stored value has format %d, which this program does not know: use a newer one",
        static_cast<std::uint8_t>(value[0])));
  }
  ByteReader reader(value.substr(1));
  Envelope envelope;
  if (!reader.Varint(envelope.schema) || !reader.Varint(envelope.key_id) || envelope.schema == 0) {
    return absl::DataLossError("the envelope of a stored value is damaged");
  }
  if (envelope.schema > newest_schema) {
    return absl::FailedPreconditionError(
        absl::StrFormat("a stored value has schema %d; this program reads up to %d: use a newer one", envelope.schema,
                        newest_schema));
  }
  if (envelope.key_id != 0) {
    return absl::FailedPreconditionError(
        absl::StrFormat("a stored value is encrypted under key %d, which this program does not have", envelope.key_id));
  }
  return reader.rest();
}

}  // namespace landfall
