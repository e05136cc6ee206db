#include "model/digest.h"

#include <gtest/gtest.h>

namespace landfall {
namespace {

// FIPS 180-4, examples of SHA-256.
TEST(DigestTest, Sha256) {
  EXPECT_EQ(Sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(Sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

std::string Hex(const Digest128& digest) { return ToHex(AsBytes(digest)); }

// RFC 7693 with 16 bytes of output; values of Python's hashlib.blake2b(digest_size=16).
TEST(DigestTest, Blake2b) {
  EXPECT_EQ(Hex(Blake2b128("")), "cae66941d9efbd404e4d88758ea67670");
  EXPECT_EQ(Hex(Blake2b128("abc")), "cf4ab791c62b8d2b2109c90275287816");
}

TEST(DigestTest, TheKeyDecidesAKeyedHash) {
  HashKey a{}, b{};
  b[31] = 1;
  EXPECT_EQ(KeyedHash128(a, "P1234567"), KeyedHash128(a, "P1234567"));
  EXPECT_NE(KeyedHash128(a, "P1234567"), KeyedHash128(b, "P1234567"));
  EXPECT_NE(KeyedHash128(a, "P1234567"), KeyedHash128(a, "P1234568"));
  // A key of zeros is a key: not the plain hash.
  EXPECT_NE(KeyedHash128(a, "P1234567"), Blake2b128("P1234567"));
}

TEST(DigestTest, TheNumberIsTheFirstEightBytesLittleEndian) {
  const HashKey key{};
  const Digest128 digest = KeyedHash128(key, "x");
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < 8; ++i) expected |= static_cast<std::uint64_t>(digest[i]) << (8 * i);
  EXPECT_EQ(KeyedHash64(key, "x"), expected);
}

TEST(DigestTest, HexIsLowerCase) {
  EXPECT_EQ(ToHex(std::string_view("\x00\xAB\xff", 3)), "00abff");
}

}  // namespace
}  // namespace landfall
