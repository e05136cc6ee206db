#include "pipeline/parse/edifact/encoding.h"

#include <gtest/gtest.h>

namespace landfall::edifact {
namespace {

// Table 3-7 of the Unicode Standard: well-formed byte sequences, their edges, and what lies just outside.
TEST(Utf8, EdgesOfWellFormedSequences) {
  for (const char* const good : {"", "A", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xef\xbf\xbf",
                                 "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf", "12345678", "1234567\xc3\x9c", "12345678\xc3\x9c" "12345678"}) {
    EXPECT_TRUE(IsUtf8(good)) << good;
  }
  for (const char* const bad : {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2" "A", "\xe0\x9f\xbf", "\xe0\xa0", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
                                "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "12345678\xfc", "1234567\xfc", "12345678\xc3"}) {
    EXPECT_FALSE(IsUtf8(bad)) << bad;
  }
}

TEST(Latin1, EveryByteBecomesItsCharacter) {
  EXPECT_EQ(FromLatin1("M\xdcLLER"), "MÜLLER");
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_TRUE(IsUtf8(FromLatin1(all)));
  EXPECT_EQ(FromLatin1(all).size(), 127u + 128 * 2);
}

}  // namespace
}  // namespace landfall::edifact
