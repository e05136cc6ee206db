// Bytes -> lines of NDJSON, and whatever else stands between them.

#include <cstdint>

#include "tests/fuzz/check_messages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  landfall::CheckStream(bytes);
  if (!bytes.empty()) landfall::CheckMessage(bytes, landfall::InputFormat::kNdjson);
  return 0;
}
