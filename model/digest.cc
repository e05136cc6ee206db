#include "model/digest.h"

#include <sodium.h>

#include <cstring>

namespace landfall {
namespace {

const unsigned char* Bytes(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

}  // namespace

Digest256 Sha256(std::string_view bytes) {
  Digest256 digest;
  crypto_hash_sha256(digest.data(), Bytes(bytes), bytes.size());
  return digest;
}

std::string Sha256Hex(std::string_view bytes) {
  const Digest256 digest = Sha256(bytes);
  return ToHex({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

Digest128 Blake2b128(std::string_view bytes) {
  Digest128 digest;
  crypto_generichash(digest.data(), digest.size(), Bytes(bytes), bytes.size(), nullptr, 0);
  return digest;
}

Digest128 KeyedHash128(const HashKey& key, std::string_view bytes) {
  Digest128 digest;
  crypto_generichash(digest.data(), digest.size(), Bytes(bytes), bytes.size(), key.data(), key.size());
  return digest;
}

std::uint64_t KeyedHash64(const HashKey& key, std::string_view bytes) {
  const Digest128 digest = KeyedHash128(key, bytes);
  std::uint64_t number = 0;
  // Little-endian on every machine, so that what rests on it (the draw of sampled flights) is the same everywhere.
  for (int i = 7; i >= 0; --i) number = number << 8 | digest[static_cast<std::size_t>(i)];
  return number;
}

std::string ToHex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

}  // namespace landfall
