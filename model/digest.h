#pragma once

// Hashes, all from libsodium: SHA-256 (FIPS 180-4) and BLAKE2b (RFC 7693). Thread-safe.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace landfall {

using Digest128 = std::array<std::uint8_t, 16>;
using Digest256 = std::array<std::uint8_t, 32>;
using HashKey = std::array<std::uint8_t, 32>;

Digest256 Sha256(std::string_view bytes);
std::string Sha256Hex(std::string_view bytes);  // 64 lower-case hex digits
Digest128 Blake2b128(std::string_view bytes);
// Keyed: without `key` nobody can tell which bytes were hashed, nor test a guess.
Digest128 KeyedHash128(const HashKey& key, std::string_view bytes);
std::uint64_t KeyedHash64(const HashKey& key, std::string_view bytes);

std::string ToHex(std::string_view bytes);
inline std::string_view AsBytes(const Digest128& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace landfall
