#include "pipeline/reference/snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "pipeline/match/name_key.h"
#include "pipeline/match/person_score.h"

namespace landfall {
namespace {

using K = ReferenceKind;
using Basis = ReferenceSnapshot::Basis;

const Date kArrival = MakeDate(2026, 11, 22);

// Records and the snapshot of them.
struct World {
  World& Add(K kind, const std::string& json) {
    const auto refused = snapshot.Add(kind, json);
    EXPECT_FALSE(refused) << json << ": " << refused->reason;
    return *this;
  }
  const ReferenceSnapshot& Built() {
    snapshot.Build(kArrival);
    return snapshot;
  }
  ReferenceSnapshot snapshot;
};

Traveller Person(std::string surname, std::string given_names, std::string_view born = "") {
  Traveller traveller;
  traveller.surname = std::move(surname);
  traveller.given_names = std::move(given_names);
  if (!born.empty()) traveller.date_of_birth = ParsePartialDate(born);
  return traveller;
}

Traveller With(Traveller traveller, std::string type, std::string number, std::string_view issuer = "") {
  Document document;
  document.type = std::move(type);
  document.number = std::move(number);
  document.issuer = CountryCode(issuer);
  traveller.documents.push_back(std::move(document));
  return traveller;
}

Traveller Orla() { return Person("QUILL", "ORLA", "2014-03-02"); }

std::string Visa(const std::string& number, const std::string& more = "", const std::string& document = "A01234567",
                 const std::string& issuer = "UTO", const std::string& born = "2014-03-02") {
  return R"({"vignette":")" + number + R"(","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":")" + born +
         R"(","document":")" + document + R"(","issuer":")" + issuer + "\"}" + (more.empty() ? "" : "," + more) + "}";
}

struct VignetteCase {
  const char* label;
  std::vector<std::string> vignettes;
  Traveller traveller;
  const char* number;  // Of the one found; empty: none.
  Basis basis = Basis::kNumber;
};

class FindVignetteTest : public testing::TestWithParam<VignetteCase> {};

TEST_P(FindVignetteTest, Finds) {
  World world;
  for (const std::string& vignette : GetParam().vignettes) world.Add(K::kVignettes, vignette);
  const auto found = world.Built().FindVignette(GetParam().traveller, kArrival);
  EXPECT_EQ(found.vignette == nullptr ? "" : found.vignette->number, GetParam().number);
  if (found.vignette != nullptr) {
    EXPECT_EQ(found.basis, GetParam().basis);
  }
}

std::string VignetteLabel(const testing::TestParamInfo<VignetteCase>& test) { return test.param.label; }

INSTANTIATE_TEST_SUITE_P(Bases, FindVignetteTest, testing::Values(
    VignetteCase{"ByNumber", {Visa("V1")}, With(Person("OTHER", "SPELLING", "2014-03-02"), "V", "v-1"), "V1"},
    VignetteCase{"NumberBeforeDocument", {Visa("V1"), Visa("V2", "", "B1")}, With(With(Orla(), "P", "B1", "UTO"), "V", "V1"), "V1"},
    VignetteCase{"ByDocument", {Visa("V1")}, With(Person("OTHER", "SPELLING", "2014-03-02"), "P", "A01234567", "UTO"), "V1", Basis::kDocument},
    VignetteCase{"ByDocumentWithoutBirthDate", {Visa("V1")}, With(Person("OTHER", "SPELLING"), "P", "A01234567", "UTO"), "V1", Basis::kDocument},
    VignetteCase{"ByDocumentWithoutIssuer", {Visa("V1")}, With(Person("", ""), "P", "a-01234567"), "V1", Basis::kDocument},
    VignetteCase{"ByDocumentOfAVignetteWithoutIssuer", {Visa("V1", "", "A01234567", "")}, With(Person("", ""), "P", "A01234567", "UTO"), "V1", Basis::kDocument},
    VignetteCase{"ByNameAndBirthDate", {Visa("V1")}, With(Orla(), "P", "C999"), "V1", Basis::kNameAndBirth},
    VignetteCase{"ByNameSwapped", {Visa("V1")}, Person("ORLA", "QUILL", "2014-03-02"), "V1", Basis::kNameAndBirth},
    VignetteCase{"ByNameWithTitle", {Visa("V1")}, Person("QUILL", "ORLAMISS", "2014-03-02"), "V1", Basis::kNameAndBirth},
    VignetteCase{"ByNameAndYear", {Visa("V1")}, Person("QUILL", "ORLA", "2014"), "V1", Basis::kNameAndBirth},
    VignetteCase{"UnknownVisaNumberFallsBack", {Visa("V1")}, With(With(Orla(), "V", "V9"), "P", "A01234567"), "V1", Basis::kDocument}), VignetteLabel);

INSTANTIATE_TEST_SUITE_P(NotFound, FindVignetteTest, testing::Values(
    VignetteCase{"NoVignettes", {}, With(Orla(), "V", "V1"), ""},
    VignetteCase{"Nobody", {Visa("V1")}, Person("", ""), ""},
    VignetteCase{"OtherIssuer", {Visa("V1")}, With(Person("OTHER", "NAME"), "P", "A01234567", "XXA"), ""},
    VignetteCase{"BirthDateVetoesDocument", {Visa("V1")}, With(Person("QUILL", "ORLA", "2013-03-02"), "P", "A01234567", "UTO"), ""},
    VignetteCase{"VisaNumberOfSomebodyElse", {Visa("V1")}, With(Person("OTHER", "NAME", "2013-03-02"), "V", "V1"), ""},
    VignetteCase{"VisaNumberIsNoPassport", {Visa("V1", "", "A01234567")}, With(Person("OTHER", "NAME"), "V", "A01234567"), ""},
    VignetteCase{"PassportNumberIsNoVisa", {Visa("V1")}, With(Person("OTHER", "NAME"), "P", "V1"), ""},
    VignetteCase{"NameWithoutBirthDate", {Visa("V1")}, Person("QUILL", "ORLA"), ""},
    VignetteCase{"NameWithOtherBirthDate", {Visa("V1")}, Person("QUILL", "ORLA", "2014-03-03"), ""},
    VignetteCase{"OtherName", {Visa("V1")}, Person("QUILL", "TAMSIN", "2014-03-02"), ""}), VignetteLabel);

TEST(FindVignetteTest, AWrongBirthDateDoesNotVetoANumberWhenTheNameAgrees) {
  World world;
  world.Add(K::kVignettes, Visa("V1"));
  const auto found = world.Built().FindVignette(With(Person("QUILL", "ORLA", "2014-03-20"), "V", "V1"), kArrival);
  ASSERT_NE(found.vignette, nullptr);
  EXPECT_EQ(found.basis, Basis::kNumber);
}

constexpr const char* kValid = R"("valid_from":"2026-11-01","valid_until":"2027-05-01")";
constexpr const char* kExpired = R"("valid_from":"2025-11-01","valid_until":"2026-11-21")";
constexpr const char* kLater = R"("valid_from":"2026-11-23","valid_until":"2027-05-01")";

std::string Dated(const char* validity, const char* issued) { return std::string(validity) + R"(,"issued":")" + issued + "\""; }

INSTANTIATE_TEST_SUITE_P(Several, FindVignetteTest, testing::Values(
    VignetteCase{"ValidBeforeNewer", {Visa("V1", Dated(kValid, "2026-01-01")), Visa("V2", Dated(kExpired, "2026-02-01")), Visa("V3", Dated(kLater, "2026-03-01"))}, Orla(), "V1", Basis::kNameAndBirth},
    VignetteCase{"OfTwoValidTheNewer", {Visa("V1", Dated(kValid, "2026-02-01")), Visa("V2", Dated(kValid, "2026-01-01"))}, Orla(), "V1", Basis::kNameAndBirth},
    VignetteCase{"OfTwoExpiredTheNewer", {Visa("V1", Dated(kExpired, "2026-01-01")), Visa("V2", Dated(kExpired, "2026-02-01"))}, Orla(), "V2", Basis::kNameAndBirth},
    VignetteCase{"IssuedKnownBeforeUnknown", {Visa("V1", kValid), Visa("V2", Dated(kValid, "2026-02-01"))}, Orla(), "V2", Basis::kNameAndBirth},
    VignetteCase{"ElseByNumber", {Visa("V2", Dated(kValid, "2026-02-01")), Visa("V1", Dated(kValid, "2026-02-01"))}, Orla(), "V1", Basis::kNameAndBirth},
    VignetteCase{"ByDocumentToo", {Visa("V1", Dated(kExpired, "2026-01-01")), Visa("V2", Dated(kValid, "2025-02-01"))}, With(Orla(), "P", "A01234567"), "V2", Basis::kDocument},
    VignetteCase{"LastDayIsValid", {Visa("V1", R"("valid_until":"2026-11-22","issued":"2026-01-01")"), Visa("V2", Dated(kExpired, "2026-02-01"))}, Orla(), "V1", Basis::kNameAndBirth}), VignetteLabel);

TEST(ReferenceSnapshotTest, TheSameIdReplaces) {
  World world;
  world.Add(K::kVignettes, Visa("V1", "", "A1")).Add(K::kVignettes, Visa("V 1", "", "B1"));
  const ReferenceSnapshot& snapshot = world.Built();
  EXPECT_EQ(snapshot.Count(K::kVignettes), 1u);
  EXPECT_EQ(snapshot.FindVignette(With(Person("", ""), "P", "A1"), kArrival).vignette, nullptr);
  EXPECT_NE(snapshot.FindVignette(With(Person("", ""), "P", "B1"), kArrival).vignette, nullptr);
}

TEST(ReferenceSnapshotTest, KindsNeverLoadedSaySo) {
  World world;
  world.Add(K::kBorderEvents, R"({"event":"E-1","kind":"entry","at":"2026-11-22T06:40:00Z","person":{"surname":"QUILL"}})");
  const ReferenceSnapshot& snapshot = world.Built();
  EXPECT_TRUE(snapshot.IsLoaded(K::kBorderEvents));
  EXPECT_FALSE(snapshot.IsLoaded(K::kVignettes));
  EXPECT_EQ(snapshot.Count(K::kBorderEvents), 1u);
}

TEST(ReferenceSnapshotTest, NothingIsFoundInNothing) {
  for (const bool built : {false, true}) {
    ReferenceSnapshot snapshot;
    if (built) snapshot.Build();
    const Traveller orla = With(Orla(), "V", "V1");
    EXPECT_EQ(snapshot.FindVignette(orla, kArrival).vignette, nullptr);
    EXPECT_FALSE(snapshot.IsNamedAdult(orla));
    EXPECT_EQ(snapshot.FindSponsor(VisaSponsor{}), nullptr);
    EXPECT_EQ(snapshot.FindCheck("SP-1", &orla), nullptr);
    EXPECT_EQ(snapshot.FindGroup("K3P7QX", "G", orla, "ZZ101", kArrival), nullptr);
    EXPECT_EQ(snapshot.FindAddress(Address{}), nullptr);
    EXPECT_EQ(snapshot.FindInstitution(Address{}), nullptr);
    EXPECT_EQ(snapshot.FindConsent(orla, orla, kArrival), nullptr);
    EXPECT_EQ(snapshot.FindCare(orla), nullptr);
    EXPECT_EQ(snapshot.FindCampaign("ZZ101", "LOS-LHR", "LHR", kArrival), nullptr);
    EXPECT_EQ(snapshot.FindSchedule("ZZ101", AirportCode("LOS"), AirportCode("LHR"), kArrival), nullptr);
    EXPECT_EQ(snapshot.watch().size(), 0u);
  }
}

TEST(ReferenceSnapshotTest, BadRecordsAreHandedBack) {
  ReferenceSnapshot snapshot;
  const auto refused = snapshot.Add(K::kVignettes, "{}");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, QuarantineCode::kBadRecord);
  snapshot.Build();
  EXPECT_FALSE(snapshot.IsLoaded(K::kVignettes));
}

TEST(ReferenceSnapshotTest, EqualDataGivesEqualVersions) {
  const std::string group = R"({"group":"G-1"})";
  const auto version = [&](const std::vector<std::pair<K, std::string>>& records) {
    World world;
    for (const auto& [kind, json] : records) world.Add(kind, json);
    return std::string(world.Built().version());
  };
  const std::string both = version({{K::kVignettes, Visa("V1")}, {K::kGroups, group}});
  EXPECT_EQ(both.size(), 32u);
  EXPECT_EQ(version({{K::kGroups, group}, {K::kVignettes, Visa("V1")}}), both) << "order does not matter";
  EXPECT_EQ(version({{K::kVignettes, Visa("V1", "", "B1")}, {K::kGroups, group}, {K::kVignettes, Visa("V1")}}), both)
      << "nor does what was replaced";
  EXPECT_NE(version({{K::kVignettes, Visa("V1", "", "B1")}, {K::kGroups, group}}), both);
  EXPECT_NE(version({{K::kVignettes, Visa("V1")}}), both);
  EXPECT_NE(version({}), both);
}

struct AdultCase {
  const char* label;
  Traveller traveller;
  bool named;
};

class IsNamedAdultTest : public testing::TestWithParam<AdultCase> {};

TEST_P(IsNamedAdultTest, Tells) {
  World world;
  world.Add(K::kVignettes, Visa("V1", R"("child":{"travel":"accompanied","adults":[
      {"surname":"QUILL","given_names":"SEVERIN","date_of_birth":"1980-05-06","document":"A07654321","issuer":"UTO"},
      {"surname":"MARSH","given_names":"TAMSIN"}]})"));
  EXPECT_EQ(world.Built().IsNamedAdult(GetParam().traveller), GetParam().named);
}

INSTANTIATE_TEST_SUITE_P(Bases, IsNamedAdultTest, testing::Values(
    AdultCase{"ByDocument", With(Person("OTHER", "NAME"), "P", "A07654321", "UTO"), true},
    AdultCase{"ByNameAndBirthDate", With(Person("QUILL", "SEVERIN", "1980-05-06"), "P", "NEW1"), true},
    AdultCase{"BirthDateVetoes", With(Person("QUILL", "SEVERIN", "1981-05-06"), "P", "A07654321", "UTO"), false},
    AdultCase{"OtherIssuer", With(Person("OTHER", "NAME"), "P", "A07654321", "XXA"), false},
    AdultCase{"NameAlone", Person("QUILL", "SEVERIN"), false},
    AdultCase{"NamedByNameAlone", Person("MARSH", "TAMSIN", "1975-01-01"), false},
    AdultCase{"HolderIsNoAdult", Orla(), false}, AdultCase{"Nobody", Person("", ""), false}),
    [](const auto& test) { return std::string(test.param.label); });

VisaSponsor Sponsor(std::string id, std::string surname, std::string_view born = "", std::string document = "", std::string phone = "") {
  VisaSponsor sponsor;
  sponsor.sponsor_id = std::move(id);
  sponsor.person.surname = std::move(surname);
  sponsor.person.given_names = "TAMSIN";
  if (!born.empty()) sponsor.person.date_of_birth = ParsePartialDate(born);
  sponsor.person.document = std::move(document);
  sponsor.phone = std::move(phone);
  return sponsor;
}

TEST(ReferenceSnapshotTest, FindsSponsors) {
  World world;
  world.Add(K::kSponsors, R"({"sponsor_id":"SP-1","surname":"MARSH","given_names":"TAMSIN","date_of_birth":"1975-01-30","document":"D1","issuer":"UTO"})");
  world.Add(K::kSponsors, R"({"sponsor_id":"SP-2","surname":"DEE","given_names":"TAMSIN","phones":["+44 7700 900123"],"addresses":[{"lines":"1 HIGH ST","postcode":"N1 1AA"}]})");
  const ReferenceSnapshot& snapshot = world.Built();
  const auto id = [&](const VisaSponsor& sponsor) {
    const SponsorRecord* found = snapshot.FindSponsor(sponsor);
    return found == nullptr ? "" : found->sponsor_id;
  };
  EXPECT_EQ(id(Sponsor("SP-1", "OTHER")), "SP-1");
  EXPECT_EQ(id(Sponsor("", "OTHER", "", "D-1")), "SP-1") << "by document";
  EXPECT_EQ(id(Sponsor("", "OTHER", "1976-01-30", "D-1")), "") << "a birth date vetoes";
  EXPECT_EQ(id(Sponsor("SP-9", "MARSH", "1975-01-30")), "SP-1") << "by name and birth date";
  EXPECT_EQ(id(Sponsor("", "MARSH", "1975-01-31")), "");
  EXPECT_EQ(id(Sponsor("", "MARSH")), "") << "a name alone";
  EXPECT_EQ(id(Sponsor("", "DEE", "", "", "00447700900123")), "SP-2") << "by name and telephone";
  VisaSponsor at = Sponsor("", "DEE");
  at.address.emplace().lines = "1 High Street";
  at.address->postcode = "n1 1aa";
  EXPECT_EQ(id(at), "SP-2") << "by name and address";
  EXPECT_EQ(id(VisaSponsor{}), "");
}

TEST(ReferenceSnapshotTest, FindsTheLatestCheck) {
  World world;
  const std::string orla = R"("child":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02"})";
  world.Add(K::kChecks, R"({"check":"K-1","sponsor_id":"SP-1","vetting":"approved","vetted_on":"2026-01-01"})");
  world.Add(K::kChecks, R"({"check":"K-2","sponsor_id":"SP-1","vetting":"approved","vetted_on":"2026-02-01"})");
  world.Add(K::kChecks, R"({"check":"K-3","sponsor_id":"SP-1","vetting":"refused","vetted_on":"2026-02-01"})");
  world.Add(K::kChecks, R"({"check":"K-4",)" + orla + R"(,"vetting":"pending","vetted_on":"2026-03-01"})");
  world.Add(K::kChecks, R"({"check":"K-5","sponsor_id":"SP-2",)" + orla + R"(,"vetting":"approved","vetted_on":"2026-04-01"})");
  const ReferenceSnapshot& snapshot = world.Built();
  const Traveller child = Orla(), other = Person("QUILL", "TAMSIN", "2014-03-02");
  EXPECT_EQ(snapshot.FindCheck("SP-1", nullptr)->check, "K-3") << "of equal dates refused comes first";
  EXPECT_EQ(snapshot.FindCheck("SP-1", &child)->check, "K-4") << "one of the child, without a carer, counts too";
  EXPECT_EQ(snapshot.FindCheck("SP-2", &child)->check, "K-5");
  EXPECT_EQ(snapshot.FindCheck("", &child)->check, "K-5");
  EXPECT_EQ(snapshot.FindCheck("SP-1", &other)->check, "K-3");
  EXPECT_EQ(snapshot.FindCheck("SP-9", &other), nullptr);
}

TEST(ReferenceSnapshotTest, FindsGroups) {
  World world;
  world.Add(K::kGroups, R"({"group":"G-1","name":"Heron School","locators":["K3P7QX"],"flights":[{"number":"ZZ101","departs_on":"2026-11-22"}],
      "leaders":[{"surname":"MARSH","given_names":"TAMSIN","date_of_birth":"1975-01-30"}],"members":[{"document":"A1"}]})");
  world.Add(K::kGroups, R"({"group":"G-2","locators":["ABCDEF"]})");
  const ReferenceSnapshot& snapshot = world.Built();
  const Traveller nobody = Person("", "");
  const auto id = [&](const char* locator, const char* name, const Traveller& traveller, const char* flight = "ZZ101",
                      Date on = kArrival) {
    const GroupRecord* group = snapshot.FindGroup(locator, name, traveller, flight, on);
    return group == nullptr ? "" : group->group;
  };
  EXPECT_EQ(id("k3p7qx", "", nobody), "G-1");
  EXPECT_EQ(id("K3P7QX", "", nobody, "ZZ102"), "") << "locators are used again on other flights";
  EXPECT_EQ(id("K3P7QX", "", nobody, "ZZ101", MakeDate(2026, 11, 23)), "");
  EXPECT_EQ(id("", "HERON SCHOOL", nobody), "G-1");
  EXPECT_EQ(id("", "g-1", nobody), "G-1");
  EXPECT_EQ(id("", "", Person("MARSH", "TAMSIN", "1975-01-30")), "G-1");
  EXPECT_EQ(id("", "", With(nobody, "P", "a1")), "G-1");
  EXPECT_EQ(id("ABCDEF", "", nobody, "ZZ999"), "G-2") << "a group without flights is on any";
  EXPECT_EQ(id("ZZZZZZ", "other", Orla()), "");
}

TEST(ReferenceSnapshotTest, FindsAddressesAndInstitutions) {
  World world;
  world.Add(K::kAddresses, R"({"ref":"R1","address":{"lines":"14 ACACIA AVENUE","postcode":"N1 1AA"},"kind":"hotel"})");
  world.Add(K::kInstitutions, R"({"institution":"I-1","kind":"school","address":{"lines":"1 HIGH ST","postcode":"N1 1AB"}})");
  const ReferenceSnapshot& snapshot = world.Built();
  Address address;
  address.lines = "14 acacia ave";
  address.postcode = "N11AA";
  ASSERT_NE(snapshot.FindAddress(address), nullptr);
  EXPECT_EQ(snapshot.FindAddress(address)->kind, AddressKind::kHotel);
  EXPECT_EQ(snapshot.FindInstitution(address), nullptr);
  address.lines = "1 High Street";
  address.postcode = "N1 1AB";
  EXPECT_EQ(snapshot.FindAddress(address), nullptr);
  ASSERT_NE(snapshot.FindInstitution(address), nullptr);
  EXPECT_EQ(snapshot.FindInstitution(address)->institution, "I-1");
}

TEST(ReferenceSnapshotTest, FindsConsents) {
  World world;
  const std::string people = R"("child":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02"},"adult":{"document":"A7"})";
  world.Add(K::kConsents, R"({"consent":"C-2",)" + people + R"(,"valid_until":"2026-11-22"})");
  world.Add(K::kConsents, R"({"consent":"C-1",)" + people + R"(,"flight":{"number":"ZZ101","departs_on":"2026-11-25"}})");
  const ReferenceSnapshot& snapshot = world.Built();
  const Traveller adult = With(Person("", ""), "P", "A7");
  const auto id = [&](const Traveller& child, const Traveller& with, Date on) {
    const ConsentRecord* consent = snapshot.FindConsent(child, with, on);
    return consent == nullptr ? "" : consent->consent;
  };
  EXPECT_EQ(id(Orla(), adult, kArrival), "C-2");
  EXPECT_EQ(id(Orla(), adult, MakeDate(2026, 11, 23)), "") << "run out, and not the flight's day";
  EXPECT_EQ(id(Orla(), adult, MakeDate(2026, 11, 26)), "C-1");
  EXPECT_EQ(id(Orla(), Orla(), kArrival), "");
  EXPECT_EQ(id(adult, adult, kArrival), "");
}

TEST(ReferenceSnapshotTest, FindsCareRecords) {
  World world;
  const std::string orla = R"("child":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02"})";
  world.Add(K::kCareRegister, R"({"register":"N-1",)" + orla + R"(,"status":"in_care","since":"2026-05-01","until":"2026-06-01"})");
  world.Add(K::kCareRegister, R"({"register":"N-2",)" + orla + R"(,"status":"missing_from_care","since":"2026-02-01"})");
  world.Add(K::kCareRegister, R"({"register":"N-3",)" + orla + R"(,"status":"in_care","since":"2026-01-01"})");
  const ReferenceSnapshot& snapshot = world.Built();
  ASSERT_NE(snapshot.FindCare(Orla()), nullptr);
  EXPECT_EQ(snapshot.FindCare(Orla())->register_id, "N-2") << "the latest that has not ended";
  EXPECT_EQ(snapshot.FindCare(Person("QUILL", "ORLA", "2014-03-03")), nullptr);
}

TEST(ReferenceSnapshotTest, FindsCampaigns) {
  World world;
  world.Add(K::kCampaigns, R"({"campaign":"OP-2","from_date":"2026-11-01","until_date":"2026-11-30","ports":["LHR"],"routes":["LOS-LHR"],"flights":["ZZ101"]})");
  world.Add(K::kCampaigns, R"({"campaign":"OP-3","ports":["LGW"]})");
  const ReferenceSnapshot& snapshot = world.Built();
  const auto id = [&](const char* flight, const char* route, const char* port, Date on = kArrival) {
    const CampaignRecord* campaign = snapshot.FindCampaign(flight, route, port, on);
    return campaign == nullptr ? "" : campaign->campaign;
  };
  EXPECT_EQ(id("ZZ999", "LOS-LHR", "LHR"), "OP-2");
  EXPECT_EQ(id("ZZ101", "ABV-LHR", "LHR"), "OP-2");
  EXPECT_EQ(id("ZZ101", "LOS-LHR", "MAN"), "");
  EXPECT_EQ(id("ZZ999", "ABV-LHR", "LHR"), "");
  EXPECT_EQ(id("ZZ101", "LOS-LHR", "LHR", MakeDate(2026, 12, 1)), "");
  EXPECT_EQ(id("ZZ101", "LOS-LHR", "LHR", MakeDate(2026, 10, 31)), "");
  EXPECT_EQ(id("ZZ999", "ABV-LGW", "LGW"), "OP-3");
}

TEST(ReferenceSnapshotTest, FindsTheSchedule) {
  World world;
  world.Add(K::kSchedule, R"({"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z","terminal":"5"})");
  const ReferenceSnapshot& snapshot = world.Built();
  const AirportCode los("LOS"), lhr("LHR");
  ASSERT_NE(snapshot.FindSchedule("ZZ101", los, lhr, kArrival), nullptr);
  EXPECT_EQ(snapshot.FindSchedule("ZZ101", los, lhr, kArrival)->terminal, "5");
  EXPECT_EQ(snapshot.FindSchedule("ZZ101", lhr, los, kArrival), nullptr);
  EXPECT_EQ(snapshot.FindSchedule("ZZ102", los, lhr, kArrival), nullptr);
  EXPECT_EQ(snapshot.FindSchedule("ZZ101", los, lhr, MakeDate(2026, 11, 23)), nullptr);
}

TEST(ReferenceSnapshotTest, WatchEntriesAreIndexedForTheirDay) {
  World world;
  world.Add(K::kWatchlist, R"({"entry":"W-1","kind":"lost_document","documents":[{"number":"A1"}]})");
  world.Add(K::kWatchlist, R"({"entry":"W-2","kind":"lost_document","documents":[{"number":"A2"}],"review_by":"2026-11-21"})");
  const ReferenceSnapshot& snapshot = world.Built();
  EXPECT_EQ(snapshot.Count(K::kWatchlist), 2u);
  EXPECT_EQ(snapshot.watch().size(), 1u);
}

// The slow twin of the look-up: every vignette is compared.
TEST(FindVignetteTest, AgreesWithASearchOfThemAll) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  const std::vector<std::string> surnames = {"QUILL", "MARSH", "DE LA MARSH", "DELAMARSH", "MÜLLHEIM", "MUELLHEIM"};
  const std::vector<std::string> given = {"ORLA", "TAMSIN", "ORLA TAMSIN"};
  const std::vector<std::string> dates = {"2014-03-02", "2014-03", "2014", "2015-01-01", ""};
  const std::vector<std::string> numbers = {"A1", "A2", "A3", "a-1", ""};
  const std::vector<std::string> issuers = {"UTO", "XXA", ""};
  World world;
  struct Held {
    std::string number, surname, given_names, born, document, issuer;
  };
  std::vector<Held> all;
  for (int i = 0; i < 60; ++i) {
    Held held{"V" + std::to_string(100 + i), pick(surnames), pick(given), pick(dates), pick(numbers), pick(issuers)};
    world.Add(K::kVignettes, R"({"vignette":")" + held.number + R"(","holder":{"surname":")" + held.surname + R"(","given_names":")" +
                                 held.given_names + R"(","date_of_birth":")" + held.born + R"(","document":")" + held.document +
                                 R"(","issuer":")" + held.issuer + "\"}}");
    all.push_back(std::move(held));
  }
  const ReferenceSnapshot& snapshot = world.Built();
  for (int i = 0; i < 3'000; ++i) {
    const Held asked{"", pick(surnames), pick(given), pick(dates), pick(numbers), pick(issuers)};
    const Traveller traveller = With(Person(asked.surname, asked.given_names, asked.born), "P", asked.document, asked.issuer);
    std::string by_document, by_name, by_spelling;
    std::int32_t best_spelling = INT32_MIN;
    for (const Held& held : all) {
      const bool both = !held.born.empty() && !asked.born.empty();
      const bool agree = both && Compatible(*ParsePartialDate(held.born), *ParsePartialDate(asked.born));
      const bool document = !NumberKey(asked.document).empty() && NumberKey(held.document) == NumberKey(asked.document) &&
                            (held.issuer.empty() || asked.issuer.empty() || held.issuer == asked.issuer);
      if (document && (!both || agree) && by_document.empty()) by_document = held.number;
      if (agree && SameFullName(held.surname, held.given_names, asked.surname, asked.given_names) && by_name.empty()) by_name = held.number;
      struct Person holder;
      holder.surname = held.surname;
      holder.given_names = held.given_names;
      if (!held.born.empty()) holder.date_of_birth = ParsePartialDate(held.born);
      if (!IsOtherSpelling(ViewOf(holder), ViewOf(traveller))) continue;
      const std::int32_t score = ScorePersons(ViewOf(holder), ViewOf(traveller)).score;
      if (score > best_spelling) by_spelling = held.number;
      best_spelling = std::max(best_spelling, score);
    }
    const auto found = snapshot.FindVignette(traveller, kArrival);
    EXPECT_EQ(found.vignette == nullptr ? "" : found.vignette->number, !by_document.empty() ? by_document : by_name.empty() ? by_spelling : by_name);
  }
}

}  // namespace
}  // namespace landfall
