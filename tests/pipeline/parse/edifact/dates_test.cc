#include "pipeline/parse/edifact/dates.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/str_format.h"

namespace landfall::edifact {
namespace {

struct StampCase {
  const char* digits;
  bool partial;
  const char* expected;  // Empty: none.
};
std::string ToText(const Stamp& stamp) {
  const std::string day = absl::StrFormat("%d-%d-%d", stamp.day.year, stamp.day.month, stamp.day.day);
  return stamp.has_time ? absl::StrFormat("%s %d:%d", day, stamp.hour, stamp.minute) : day;
}

TEST(Stamps, AreReadByLength) {
  const StampCase cases[] = {
      {"261122", false, "2026-11-22"},           {"20261122", false, "2026-11-22"},
      {"2611220110", false, "2026-11-22 1:10"},  {"202611220110", false, "2026-11-22 1:10"},
      {"19991231", false, "1999-12-31"},         {"000229", false, "2000-2-29"},
      {"560229", false, "2056-2-29"},            {"570229", false, "2057-2-29"},  // The caller knows the century.
      {"20570229", false, ""},                   {"261131", false, ""},
      {"261322", false, ""},                     {"261100", false, ""},
      {"261100", true, "2026-11-0"},             {"26<<<<", true, "2026-0-0"},
      {"2611<<", true, "2026-11-0"},             {"260022", true, "2026-0-0"},
      {"261332", true, ""},                      {"<<1122", true, ""},
      {"26112", false, ""},                      {"", true, ""},
      {"26112X", false, ""},                     {"2611222400", false, ""},
      {"2611220160", false, ""},                 {"2611222359", false, "2026-11-22 23:59"},
      {"-61122", false, ""},                     {"20261122011033", false, ""}};
  for (const StampCase& row : cases) {
    const std::optional<Stamp> stamp = ParseStamp(row.digits, row.partial);
    EXPECT_EQ(stamp ? ToText(*stamp) : "", row.expected) << row.digits;
  }
}

TEST(Stamps, DayFirst) {
  const struct {
    const char *date, *time, *expected;
  } cases[] = {{"221126", "0110", "2026-11-22 1:10"}, {"221126", "", "2026-11-22"},      {"300426", "115500", "2026-4-30 11:55"},
               {"290228", "", "2028-2-29"},           {"112226", "0110", ""},            {"221126", "2400", ""},
               {"221126", "11", ""},                  {"22NOV26", "0110", ""},           {"000026", "", ""},
               {"<<<<26", "", ""},                    {"", "", ""},                      {"20261122", "", ""}};
  for (const auto& row : cases) {
    const std::optional<Stamp> stamp = ParseDayFirst(row.date, row.time);
    EXPECT_EQ(stamp ? ToText(*stamp) : "", row.expected) << row.date << ":" << row.time;
  }
}

TEST(Stamps, DayAndMonthName) {
  const StampCase cases[] = {{"02MAR14", true, "2014-3-2"}, {"02mar2014", true, "2014-3-2"}, {"00MAR14", true, "2014-3-0"},
                             {"31DEC99", true, "2099-12-31"}, {"29FEB13", true, "2013-2-29"},  // The caller knows the century.
                             {"29FEB2013", true, ""},       {"31APR14", true, ""},           {"02AMA14", true, ""},
                             {"2MAR14", true, ""},          {"020314", true, ""},            {"MAR0214", true, ""},
                             {"XXMAR14", true, ""},         {"02MARXX", true, ""},           {"", true, ""}};
  for (const StampCase& row : cases) {
    const std::optional<Stamp> stamp = ParseDayMonthName(row.digits);
    EXPECT_EQ(stamp ? ToText(*stamp) : "", row.expected) << row.digits;
  }
}

TEST(Stamps, AsInstants) {
  EXPECT_EQ(ToString(UtcInstant("2611212355").value()), "2026-11-21T23:55:00Z");
  EXPECT_EQ(ToString(UtcInstant("202611212355").value()), "2026-11-21T23:55:00Z");
  for (const char* const none : {"", "261121", "YYMMDDHHMM", "5702290000"}) EXPECT_FALSE(UtcInstant(none)) << none;
}

TEST(Stamps, Labels) {
  EXPECT_TRUE(LabelFits("201", 10));
  EXPECT_FALSE(LabelFits("201", 12));
  EXPECT_TRUE(LabelFits("101", 6));
  EXPECT_FALSE(LabelFits("101", 8));
  EXPECT_TRUE(LabelFits("102", 8));
  EXPECT_FALSE(LabelFits("102", 6));
  EXPECT_TRUE(LabelFits("203", 12));
  EXPECT_FALSE(LabelFits("203", 10));
  EXPECT_TRUE(LabelFits("", 7));
}

}  // namespace
}  // namespace landfall::edifact
