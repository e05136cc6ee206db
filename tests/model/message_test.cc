#include "model/message.h"

#include <gtest/gtest.h>

#include <set>

namespace landfall {
namespace {

TEST(FlightKeyTest, IsTheIdentityAsWritten) {
  const FlightKey key{MakeDate(2026, 11, 22), "ZZ101A", AirportCode("LOS"), AirportCode("LHR")};
  EXPECT_EQ(ToString(key), "ZZ101A 2026-11-22 LOS LHR");
}

// Where a message came from and what was doubted is no part of what it says.
TEST(MessageTest, EqualityIgnoresProvenance) {
  Message a;
  a.message_id = "m1";
  a.travellers.emplace_back().ref = "1";
  Message b = a;
  b.position = {"other.ndjson", 77, 3};
  b.findings.push_back({"1", "bags", FindingCode::kBadValue, "not a number"});
  b.set_aside.push_back({"2", "", FindingCode::kBadValue, "no identity"});
  b.edifact.emplace().message = "PAXLST";
  b.travellers[0].offset = 4711;
  EXPECT_TRUE(a == b);
}

template <typename T>
std::set<std::string> FieldsThatDiffer(T changed) {
  // Each field in turn is taken from `changed`: equality must see it.
  std::set<std::string> unseen;
  const T plain;
  const auto visit_each = [&](int, std::string_view name, auto& member) {
    const auto saved = member;
    const std::size_t offset = static_cast<std::size_t>(reinterpret_cast<const char*>(&member) -
                                                        reinterpret_cast<const char*>(&changed));
    member = *reinterpret_cast<const std::remove_reference_t<decltype(member)>*>(
        reinterpret_cast<const char*>(&plain) + offset);
    T other = changed;
    member = saved;
    if (changed == other) unseen.insert(std::string(name));
  };
  T::Fields(changed, visit_each);
  return unseen;
}

TEST(MessageTest, EqualitySeesEveryOtherField) {
  Message message;
  message.message_id = message.sender = message.carrier = "x";
  message.sent_at = Instant{1};
  message.kind = MessageKind::kCancel;
  message.revision = 2;
  message.declared.crew = 3;
  message.flight.number = "ZZ1";
  message.replaces = FlightKey{};
  message.close_out = CloseOutForm::kFull;
  message.part.emplace().ref = "p";
  message.reported_by.emplace().name = "r";
  message.references.push_back({"TN", "1"});
  message.edifact.emplace().message = "PAXLST";
  message.travellers.emplace_back();
  EXPECT_EQ(FieldsThatDiffer(message), std::set<std::string>{"edifact"});
}

TEST(TravellerTest, EqualitySeesEveryField) {
  Traveller traveller;
  traveller.ref = traveller.surname = traveller.given_names = traveller.seat =
      traveller.checkin_id = "x";
  traveller.type = TravellerType::kCrew;
  traveller.role = TravellerRole::kCabin;
  traveller.date_of_birth = PartialDate{2014, 0, 0};
  traveller.sex = Sex::kX;
  traveller.fare = Fare::kChild;
  traveller.stated_age = traveller.bags = 9;
  traveller.nationality = traveller.residence = CountryCode("XXA");
  traveller.birth_place.emplace().town = "t";
  traveller.documents.emplace_back();
  traveller.booking.emplace().locator = "l";
  traveller.other_seats.emplace_back();
  traveller.bag_weight_kg = 1.5;
  traveller.bag_tags = traveller.services = {"s"};
  traveller.escort_form.emplace();
  traveller.consent = traveller.data_verified = traveller.boarded = false;
  traveller.clearance = AirportCode("LHR");
  traveller.journey.origin = AirportCode("LOS");
  traveller.address.emplace().city = "c";
  traveller.home_address.emplace().city = "h";
  traveller.contacts.emplace_back();
  traveller.references.emplace_back();
  traveller.checkin_at = Instant{1};
  EXPECT_EQ(FieldsThatDiffer(traveller), std::set<std::string>{});
}

}  // namespace
}  // namespace landfall
