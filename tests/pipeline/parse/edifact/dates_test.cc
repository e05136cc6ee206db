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
