#include "model/json_writer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>

#include "model/message.h"

namespace landfall {
namespace {

std::string JsonOf(std::string_view text) {
  std::string out;
  AppendJsonString(text, out);
  return out;
}
std::string JsonOf(double number) {
  std::string out;
  AppendJsonNumber(number, out);
  return out;
}

TEST(JsonStringTest, EscapesWhatRfc8259Asks) {
  EXPECT_EQ(JsonOf(std::string_view("plain")), R"("plain")");
  EXPECT_EQ(JsonOf(std::string_view("")), R"("")");
  EXPECT_EQ(JsonOf(std::string_view("a\"b\\c/d")), R"("a\"b\\c/d")");
  EXPECT_EQ(JsonOf(std::string_view("\n\r\t\b\f")), R"("\n\r\t\u0008\u000c")");
  EXPECT_EQ(JsonOf(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
  EXPECT_EQ(JsonOf(std::string_view("Zoë Ừ")), "\"Zoë Ừ\"");
}

TEST(JsonNumberTest, IsTheShortestThatReadsBack) {
  EXPECT_EQ(JsonOf(33.0), "33");
  EXPECT_EQ(JsonOf(0.1), "0.1");
  EXPECT_EQ(JsonOf(-12.5), "-12.5");
  EXPECT_EQ(JsonOf(1e300), "1e+300");
  EXPECT_EQ(JsonOf(std::nan("")), "null");
  EXPECT_EQ(JsonOf(std::numeric_limits<double>::infinity()), "null");
  std::mt19937_64 random(4);
  for (int i = 0; i < 20'000; ++i) {
    const double number = std::ldexp(static_cast<double>(static_cast<std::int64_t>(random())),
                                     static_cast<int>(random() % 200) - 150);
    ASSERT_EQ(std::strtod(JsonOf(number).c_str(), nullptr), number);
  }
}

TEST(JsonObjectTest, LeavesOutWhatIsAbsent) {
  Traveller traveller;
  traveller.ref = "1";
  traveller.surname = "SPECIMEN";
  traveller.date_of_birth = PartialDate{2014, 3, 0};
  traveller.bags = 0;
  traveller.services = {"UMNR"};
  traveller.booking.emplace().locator = "ABC123";
  traveller.offset = 99;
  std::string out;
  AppendJsonObject(traveller, out);
  EXPECT_EQ(out, R"({"ref":"1","type":"passenger","surname":"SPECIMEN","date_of_birth":"2014-03",)"
                 R"("booking":{"locator":"ABC123"},"bags":0,"services":["UMNR"]})");
}

TEST(JsonObjectTest, NestsByHand) {
  std::string out;
  {
    JsonObject object(out);
    object.Field("flight", FlightKey{MakeDate(2026, 11, 22), "ZZ101", AirportCode("LOS"),
                                     AirportCode("LHR")});
    object.Field("at", Instant{0});
    object.Begin("n") += "1";
    object.Field("none", std::optional<int>());
    object.Field("no", false);
  }
  EXPECT_EQ(
      out, R"({"flight":"ZZ101 2026-11-22 LOS LHR","at":"1970-01-01T00:00:00Z","n":1,"no":false})");
}

}  // namespace
}  // namespace landfall
