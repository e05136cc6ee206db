#include "model/digest_stream.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace landfall {
namespace {

// The twin is the hash of all bytes at once.
TEST(DigestStreamTest, PiecesMakeNoDifference) {
  const std::uint64_t seed = 20261128;
  SCOPED_TRACE(seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 50; ++round) {
    std::string bytes(random() % 2000, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    Blake2b128Stream stream;
    std::string_view rest = bytes;
    while (!rest.empty()) {
      const std::size_t size = random() % (rest.size() + 1);
      stream.Add(rest.substr(0, size));
      rest.remove_prefix(size);
    }
    EXPECT_EQ(stream.Finish(), Blake2b128(bytes));
  }
}

}  // namespace
}  // namespace landfall
