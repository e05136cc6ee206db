#include "model/quarantine.h"

#include <gtest/gtest.h>

#include <string>

namespace landfall {
namespace {

TEST(QuarantineId, IsTheBeginningOfTheKeyAndComesBack) {
  QuarantineEntry entry;
  entry.key = std::string("\x01\x23\x45\x67\x89\xab\xcd\xef of its row", 19);
  EXPECT_EQ(QuarantineId(entry), "Q-0123456789abcdef");
  EXPECT_EQ(ParseQuarantineId("Q-0123456789abcdef"), entry.key.substr(0, 8));
  EXPECT_EQ(ParseQuarantineId("q-0123456789ABCDEF"), entry.key.substr(0, 8));
}

TEST(QuarantineId, WhatIsNone) {
  for (const char* text :
       {"", "Q-", "Q", "Q-0123456789abcde", "Q-0123456789abcdef0", "Q-0123456789abcdeg", "H-0123456789abcdef",
        "Q_0123456789abcdef", "0123456789abcdef01", "Q-0123456789abcd\xc3\xa9"}) {
    EXPECT_EQ(ParseQuarantineId(text), std::nullopt) << text;
  }
}

TEST(QuarantineEntry, IsOpenUntilItIsClosed) {
  QuarantineEntry entry;
  EXPECT_EQ(entry.state(), QuarantineState::kOpen);
  entry.closing = QuarantineClosing{QuarantineState::kReleased, "why", Instant{1}};
  EXPECT_EQ(entry.state(), QuarantineState::kReleased);
}

}  // namespace
}  // namespace landfall
