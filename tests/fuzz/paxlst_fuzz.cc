// Bytes -> PAXLST: as a stream that is framed, and as one interchange, however it begins.

#include <cstdint>

#include "tests/fuzz/check_messages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  landfall::CheckStream(bytes);
  if (!bytes.empty()) landfall::CheckMessage(bytes, landfall::InputFormat::kEdifact);
  return 0;
}
