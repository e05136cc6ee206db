// Zones from random values, by the slow writer, through the parser and back.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/pipeline/parse/mrz/zone_writer.h"

namespace landfall {
namespace {

using testing_support::Joined;
using testing_support::ParseZoneText;
using testing_support::WriteZone;
using testing_support::ZoneValues;

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kLettersAndDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr MrzForm kForms[] = {MrzForm::kTd1, MrzForm::kTd2, MrzForm::kTd3, MrzForm::kMrvA, MrzForm::kMrvB};

class ZoneMaker {
 public:
  explicit ZoneMaker(unsigned seed) : random_(seed) {}

  std::size_t Number(std::size_t least, std::size_t most) { return least + random_() % (most - least + 1); }
  std::string Text(std::string_view characters, std::size_t size) {
    std::string text(size, ' ');
    for (char& c : text) c = characters[random_() % characters.size()];
    return text;
  }
  std::string Name(std::size_t words) {
    std::string name;
    for (std::size_t i = 0; i < words; ++i) name += (i == 0 ? "" : " ") + Text(kLetters, Number(1, 6));
    return name;
  }
  Date Day(Date first, Date last) {
    return {first.days + static_cast<int>(random_() % static_cast<unsigned>(last.days - first.days + 1))};
  }

  // The dates as the zone's, and as they are.
  ZoneValues Values(Date& birth, Date& expires) {
    ZoneValues values;
    values.form = kForms[random_() % std::size(kForms)];
    const bool is_visa = values.form == MrzForm::kMrvA || values.form == MrzForm::kMrvB;
    values.code = is_visa ? "V" : values.form == MrzForm::kTd3 ? "P" : "I";
    if (random_() % 2 == 0) values.code += Text(kLetters, 1);
    values.surname = Name(Number(1, 2));
    values.given_names = Name(Number(0, 2));
    const bool is_card = values.form == MrzForm::kTd1 || values.form == MrzForm::kTd2;
    values.number = Text(kLettersAndDigits, Number(1, is_card ? 14 : 9));
    // What is left for optional data behind a long number differs; a card's are tested there.
    if (values.number.size() <= 9) values.optional = Text(kLettersAndDigits, Number(0, 7));
    if (values.form == MrzForm::kTd1) values.more_optional = Text(kLettersAndDigits, Number(0, 11));
    values.nationality = std::vector<std::string>{"UTO", "NGA", "GBR", "XXA"}[random_() % 4];
    values.sex = "FMX<"[random_() % 4];
    expires = Day(MakeDate(2005, 1, 1), MakeDate(2079, 12, 31));
    birth = {expires.days - static_cast<int>(random_() % 36'500)};
    values.birth = Digits(birth);
    values.expires = Digits(expires);
    return values;
  }

 private:
  static std::string Digits(Date date) {
    const CivilDay day = ToCivil(date);
    return absl::StrFormat("%02d%02d%02d", day.year % 100, day.month, day.day);
  }

  std::mt19937 random_;
};

std::string BothOptionals(const ZoneValues& values) {
  const bool parted = !values.optional.empty() && !values.more_optional.empty();
  return values.optional + (parted ? " " : "") + values.more_optional;
}

TEST(MrzRoundTrip, WhatIsWrittenIsRead) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  ZoneMaker maker(seed);
  for (int i = 0; i < 20'000; ++i) {
    Date birth, expires;
    const ZoneValues values = maker.Values(birth, expires);
    const std::string text = Joined(WriteZone(values));
    SCOPED_TRACE(text);
    const absl::StatusOr<MrzZone> zone = ParseZoneText(text);
    ASSERT_TRUE(zone.ok()) << zone.status();
    EXPECT_EQ(zone->form, values.form);
    EXPECT_EQ(zone->document.type, values.code);
    EXPECT_EQ(zone->document.issuer.view(), values.issuer);
    EXPECT_EQ(zone->document.number, values.number);
    EXPECT_EQ(zone->document.expires, expires);
    EXPECT_EQ(zone->surname, values.surname);
    EXPECT_EQ(zone->given_names, values.given_names);
    EXPECT_EQ(zone->date_of_birth, ToPartial(birth));
    EXPECT_EQ(zone->nationality.view(), values.nationality);
    EXPECT_EQ(zone->sex ? ToText(*zone->sex) : "<", std::string(1, values.sex));
    EXPECT_EQ(zone->optional, BothOptionals(values));
    EXPECT_FALSE(zone->name_truncated);
    for (const MrzCheck& check : zone->checks) EXPECT_TRUE(check.ok) << check.field;
    if (testing::Test::HasFailure()) return;
  }
}

TEST(MrzRoundTrip, LongNamesAreCutAndSaySo) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  ZoneMaker maker(seed);
  for (int i = 0; i < 5'000; ++i) {
    Date birth, expires;
    ZoneValues values = maker.Values(birth, expires);
    values.surname = maker.Name(maker.Number(1, 9));
    values.given_names = maker.Name(maker.Number(1, 9));
    const absl::StatusOr<MrzZone> zone = ParseZoneText(Joined(WriteZone(values)));
    ASSERT_TRUE(zone.ok()) << zone.status();
    EXPECT_TRUE(values.surname.starts_with(zone->surname));
    EXPECT_TRUE(values.given_names.starts_with(zone->given_names));
    if (zone->name_truncated) continue;
    // Not flagged: whole, or cut at a filler, which nobody can tell.
    const bool whole = zone->surname == values.surname && zone->given_names == values.given_names;
    const std::string field = testing_support::NameField(values, 200);
    const std::size_t size = values.form == MrzForm::kTd1 ? 30
                             : values.form == MrzForm::kTd2 || values.form == MrzForm::kMrvB ? 31 : 39;
    EXPECT_TRUE(whole || field[size - 1] == '<') << field;
  }
}

int Weight(char c) {
  return c == '<' ? 0 : static_cast<int>(kLettersAndDigits.find(c)) % 10;
}

struct CheckedField {
  MrzForm form;
  std::size_t line, column, size;  // From 1.
  const char* name;
};
constexpr CheckedField kCheckedFields[] = {
    {MrzForm::kTd1, 1, 6, 9, "number"},
    {MrzForm::kTd1, 2, 1, 6, "date_of_birth"},
    {MrzForm::kTd1, 2, 9, 6, "expires"},
    {MrzForm::kTd1, 1, 16, 15, "composite"},
    {MrzForm::kTd1, 2, 19, 11, "composite"},
    {MrzForm::kTd2, 2, 1, 9, "number"},
    {MrzForm::kTd2, 2, 14, 6, "date_of_birth"},
    {MrzForm::kTd2, 2, 22, 6, "expires"},
    {MrzForm::kTd2, 2, 29, 7, "composite"},
    {MrzForm::kTd3, 2, 1, 9, "number"},
    {MrzForm::kTd3, 2, 14, 6, "date_of_birth"},
    {MrzForm::kTd3, 2, 22, 6, "expires"},
    {MrzForm::kTd3, 2, 29, 14, "optional"},
    {MrzForm::kMrvA, 2, 1, 9, "number"},
    {MrzForm::kMrvA, 2, 14, 6, "date_of_birth"},
    {MrzForm::kMrvA, 2, 22, 6, "expires"},
    {MrzForm::kMrvB, 2, 1, 9, "number"},
    {MrzForm::kMrvB, 2, 14, 6, "date_of_birth"},
    {MrzForm::kMrvB, 2, 22, 6, "expires"},
};

bool ReportsWrong(const MrzZone& zone, std::string_view field) {
  return std::ranges::any_of(zone.checks, [field](const MrzCheck& check) { return check.field == field && !check.ok; });
}
bool HasCheck(const MrzZone& zone, std::string_view field) {
  return std::ranges::find(zone.checks, field, &MrzCheck::field) != zone.checks.end();
}

// The weights 7, 3 and 1 have no divisor in common with 10: one character of another value always changes the digit.
TEST(MrzRoundTrip, EveryOtherCharacterInACheckedFieldIsReported) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  ZoneMaker maker(seed);
  int reported = 0, refused = 0;
  for (int i = 0; i < 60; ++i) {
    Date birth, expires;
    const ZoneValues values = maker.Values(birth, expires);
    const std::vector<std::string> lines = WriteZone(values);
    for (const CheckedField& field : kCheckedFields) {
      for (std::size_t at = 0; field.form == values.form && at < field.size; ++at) {
        for (const char c : std::string(kLettersAndDigits) + "<") {
          std::vector<std::string> changed = lines;
          char& place = changed[field.line - 1][field.column - 1 + at];
          if (Weight(c) == Weight(place)) continue;
          place = c;
          const absl::StatusOr<MrzZone> zone = ParseZoneText(Joined(changed));
          if (!zone.ok()) {
            ++refused;  // A letter in a date.
            continue;
          }
          ++reported;
          ASSERT_TRUE(ReportsWrong(*zone, field.name)) << Joined(changed) << field.name;
          ASSERT_EQ(HasCheck(*zone, "composite"), ReportsWrong(*zone, "composite")) << Joined(changed);
        }
      }
    }
  }
  EXPECT_GT(reported, 1'000);
  EXPECT_GT(refused, 1'000);
}

// Anything at all ends as a zone or with a reason; what looks like a zone most of the time.
TEST(MrzRoundTrip, RandomDamageIsReadOrRefused) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  ZoneMaker maker(seed);
  for (int i = 0; i < 20'000; ++i) {
    Date birth, expires;
    std::string text = Joined(WriteZone(maker.Values(birth, expires)));
    for (std::size_t changes = maker.Number(1, 4); changes > 0; --changes) {
      const std::size_t at = maker.Number(0, text.size() - 1);
      const char c = static_cast<char>(maker.Number(0, 255));
      switch (maker.Number(0, 2)) {
        case 0: text[at] = c; break;
        case 1: text.insert(at, 1, c); break;
        default: text.erase(at, 1);
      }
    }
    for (const MrzBlock& block : testing_support::BlocksOf(text)) {
      const absl::StatusOr<MrzZone> zone = ParseMrz(block);
      if (zone.ok()) {
        EXPECT_GE(zone->checks.size(), 3u);
      } else {
        EXPECT_FALSE(zone.status().message().empty());
      }
    }
  }
}

}  // namespace
}  // namespace landfall
