#include "storage/envelope.h"

#include <gtest/gtest.h>

namespace landfall {
namespace {

TEST(EnvelopeTest, WhatFollowsComesBack) {
  std::string value;
  AppendEnvelope({.schema = 3}, value);
  value += "body";
  const absl::StatusOr<std::string_view> body = OpenEnvelope(value, 3);
  ASSERT_TRUE(body.ok()) << body.status();
  EXPECT_EQ(*body, "body");
  EXPECT_EQ(value.substr(0, 3), std::string("\1\3\0", 3));  // Three bytes, as docs/FORMATS.md says.
}

TEST(EnvelopeTest, AnOlderSchemaIsRead) {
  std::string value;
  AppendEnvelope({.schema = 1}, value);
  EXPECT_TRUE(OpenEnvelope(value, 7).ok());
}

struct Refusal {
  const char* name;
  std::string value;
  absl::StatusCode code;
  const char* words;
};

class EnvelopeRefusesTest : public testing::TestWithParam<Refusal> {};

TEST_P(EnvelopeRefusesTest, WithAReason) {
  const absl::Status status = OpenEnvelope(GetParam().value, 2).status();
  EXPECT_EQ(status.code(), GetParam().code);
  EXPECT_NE(status.message().find(GetParam().words), std::string::npos) << status;
}

INSTANTIATE_TEST_SUITE_P(
    Values, EnvelopeRefusesTest,
    testing::Values(
        Refusal{"Empty", "", absl::StatusCode::kDataLoss, "empty"},
        Refusal{"FormatZero", std::string("\0\1\0x", 4), absl::StatusCode::kFailedPrecondition, "format 0"},
        Refusal{"UnknownFormat", std::string("\2\1\0x", 4), absl::StatusCode::kFailedPrecondition, "format 2"},
        Refusal{"NewerSchema", std::string("\1\3\0x", 4), absl::StatusCode::kFailedPrecondition, "schema 3"},
        Refusal{"Encrypted", std::string("\1\1\7x", 4), absl::StatusCode::kFailedPrecondition, "key 7"},
        Refusal{"SchemaZero", std::string("\1\0\0x", 4), absl::StatusCode::kDataLoss, "damaged"},
        Refusal{"CutAfterFormat", "\1", absl::StatusCode::kDataLoss, "damaged"},
        Refusal{"CutAfterSchema", "\1\1", absl::StatusCode::kDataLoss, "damaged"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
