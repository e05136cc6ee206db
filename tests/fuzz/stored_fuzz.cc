// Bytes -> values as they lie in a store. What decodes encodes to something that decodes to the same; nothing else happens.

#include <cstdint>
#include <string>

#include "model/fact_table.h"
#include "storage/codec.h"
#include "storage/envelope.h"
#include "storage/fact_codec.h"
#include "tests/fuzz/require.h"

using landfall::Require;

namespace {

template <typename T>
void CheckValue(absl::StatusOr<T> (*decode)(std::string_view), void (*encode)(const T&, std::string&),
                std::string_view bytes) {
  const absl::StatusOr<T> value = decode(bytes);
  if (!value.ok()) {
    Require(!value.status().message().empty());
    return;
  }
  std::string encoded;
  encode(*value, encoded);
  const absl::StatusOr<T> again = decode(encoded);
  Require(again.ok());
  std::string twice;
  encode(*again, twice);
  Require(twice == encoded);
}

void CheckFacts(std::string_view bytes) {
  landfall::FactTable table;
  if (!landfall::DecodeFacts(bytes, table).ok()) return;
  const std::string encoded = landfall::EncodeFacts(table, 0);
  landfall::FactTable again;
  Require(landfall::DecodeFacts(encoded, again).ok());
  Require(landfall::EncodeFacts(again, 0) == encoded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckValue(landfall::DecodeMessage, landfall::EncodeMessage, bytes);
  CheckValue(landfall::DecodeFlag, landfall::EncodeFlag, bytes);
  CheckValue(landfall::DecodeQuarantined, landfall::EncodeQuarantined, bytes);
  CheckValue(landfall::DecodeQuarantineClosing, landfall::EncodeQuarantineClosing, bytes);
  CheckFacts(bytes);
  if (const auto body = landfall::OpenEnvelope(bytes, 1); body.ok()) Require(body->size() <= bytes.size());
  return 0;
}
