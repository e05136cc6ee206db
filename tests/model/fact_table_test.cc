#include "model/fact_table.h"

#include <gtest/gtest.h>

namespace landfall {
namespace {

constexpr Window kNinetyDays{90 * 24 * 60};

// Two flights; the first with two parties, of two and one.
void FillRows(FactTable& table) {
  table.AddFlight();
  table.AddParty();
  table.AddRow();
  table.AddRow();
  table.AddParty();
  table.AddRow();
  table.AddFlight();
  table.AddParty();
  table.AddRow();
}

TEST(FactTableTest, PartiesAndFlightsStandTogether) {
  FactTable table;
  FillRows(table);
  EXPECT_EQ(table.rows(), 4u);
  EXPECT_EQ(table.parties(), 3u);
  EXPECT_EQ(table.flights(), 2u);
  EXPECT_EQ(table.PartyRows(0), (std::pair<std::uint32_t, std::uint32_t>{0, 2}));
  EXPECT_EQ(table.PartyRows(1), (std::pair<std::uint32_t, std::uint32_t>{2, 3}));
  EXPECT_EQ(table.PartyRows(2), (std::pair<std::uint32_t, std::uint32_t>{3, 4}));
  EXPECT_EQ(table.FlightRows(0), (std::pair<std::uint32_t, std::uint32_t>{0, 3}));
  EXPECT_EQ(table.FlightRows(1), (std::pair<std::uint32_t, std::uint32_t>{3, 4}));
  EXPECT_EQ(table.PartyOf(2), 1u);
  EXPECT_EQ(table.FlightOf(2), 0u);
  EXPECT_EQ(table.FlightOf(3), 1u);
}

TEST(FactTableTest, ANewRowKnowsNothing) {
  FactTable table({{FactId::pax_entries, kNinetyDays}});
  FillRows(table);
  for (const FactInfo& fact : Facts()) {
    if (fact.is_window || fact.type == FactType::kPeople) continue;
    const std::optional<std::uint8_t> unknown = fact.UnknownValue();
    EXPECT_EQ(table.Column(fact.id).IsKnown(3), unknown.has_value()) << fact.name;
    if (unknown) {
      EXPECT_EQ(table.Column(fact.id).small[3], *unknown) << fact.name;
    }
  }
  EXPECT_FALSE(table.WindowColumn(FactId::pax_entries, kNinetyDays)->IsKnown(3));
}

TEST(FactTableTest, SettingMakesKnown) {
  FactTable table;
  FillRows(table);
  table.SetBool(1, FactId::pax_one_way, false);
  table.SetEnum(1, FactId::booking_payment, 1);
  table.SetInt(1, FactId::pax_bags, -3);
  table.SetNum(1, FactId::booking_lead_hours, 33.5);
  table.SetText(1, FactId::flight_port, "LHR");
  table.SetText(2, FactId::flight_origin, "LHR");
  EXPECT_TRUE(table.Column(FactId::pax_one_way).IsKnown(1));
  EXPECT_FALSE(table.Column(FactId::pax_one_way).IsKnown(0));
  EXPECT_EQ(table.Column(FactId::pax_one_way).small[1], 0);
  EXPECT_EQ(table.Column(FactId::booking_payment).small[1], 1);
  EXPECT_EQ(table.Column(FactId::pax_bags).ints[1], -3);
  EXPECT_EQ(table.Column(FactId::booking_lead_hours).nums[1], 33.5);
  // One text is one number, whatever the fact.
  EXPECT_EQ(table.Column(FactId::flight_port).texts[1],
            table.Column(FactId::flight_origin).texts[2]);
  EXPECT_EQ(table.Text(table.Column(FactId::flight_port).texts[1]), "LHR");
  EXPECT_EQ(table.FindText("LHR"), table.Column(FactId::flight_port).texts[1]);
  EXPECT_EQ(table.FindText("LGW"), std::nullopt);
  EXPECT_EQ(table.text_count(), 1u);
}

TEST(FactTableTest, UnknownAgain) {
  FactTable table;
  FillRows(table);
  table.SetInt(1, FactId::pax_bags, 3);
  table.SetUnknown(1, FactId::pax_bags);
  EXPECT_FALSE(table.Column(FactId::pax_bags).IsKnown(1));
  table.SetEnum(1, FactId::booking_payment, 1);
  table.SetUnknown(1, FactId::booking_payment);
  EXPECT_TRUE(table.Column(FactId::booking_payment).IsKnown(1));
  EXPECT_EQ(table.Column(FactId::booking_payment).small[1],
            Info(FactId::booking_payment).UnknownValue());
}

TEST(FactTableTest, WindowsAreThoseAskedFor) {
  const Window including{kNinetyDays.minutes, true};
  FactTable table(
      {{FactId::pax_entries, kNinetyDays}, {FactId::flight_referral_rate, kNinetyDays}});
  FillRows(table);
  table.SetWindow(1, FactId::pax_entries, kNinetyDays, 4);
  table.SetWindow(1, FactId::flight_referral_rate, kNinetyDays, 1.25);
  table.SetWindow(1, FactId::pax_entries, including, 5);  // Nobody asked.
  EXPECT_EQ(table.WindowColumn(FactId::pax_entries, kNinetyDays)->ints[1], 4);
  EXPECT_EQ(table.WindowColumn(FactId::flight_referral_rate, kNinetyDays)->nums[1], 1.25);
  EXPECT_FALSE(table.WindowColumn(FactId::pax_entries, kNinetyDays)->IsKnown(0));
  EXPECT_EQ(table.WindowColumn(FactId::pax_entries, including), nullptr);
}

TEST(FactTableTest, ClearForgetsAllButTheWindows) {
  FactTable table({{FactId::pax_entries, kNinetyDays}});
  FillRows(table);
  table.SetText(3, FactId::flight_port, "LHR");
  table.SetWindow(3, FactId::pax_entries, kNinetyDays, 4);
  table.Clear();
  EXPECT_EQ(table.rows() + table.parties() + table.flights() + table.text_count(), 0u);
  EXPECT_EQ(table.FindText("LHR"), std::nullopt);
  FillRows(table);
  EXPECT_FALSE(table.Column(FactId::flight_port).IsKnown(3));
  EXPECT_FALSE(table.WindowColumn(FactId::pax_entries, kNinetyDays)->IsKnown(3));
}

// Bits of rows beyond the first word.
TEST(FactTableTest, ManyRows) {
  FactTable table;
  table.AddFlight();
  table.AddParty();
  for (int i = 0; i < 200; ++i) table.AddRow();
  table.SetBool(63, FactId::pax_child, true);
  table.SetBool(64, FactId::pax_child, true);
  table.SetBool(199, FactId::pax_child, true);
  int known = 0;
  for (std::size_t row = 0; row < 200; ++row)
    known += table.Column(FactId::pax_child).IsKnown(row) ? 1 : 0;
  EXPECT_EQ(known, 3);
  EXPECT_EQ(table.Column(FactId::pax_child).known.size(), 4u);
}

}  // namespace
}  // namespace landfall
