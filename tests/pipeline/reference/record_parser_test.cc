#include "pipeline/reference/record_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Date kToday = MakeDate(2026, 11, 22);

std::string Say(FindingCode code) { return std::string(ToText(code)); }

// "id", or the code it is quarantined with.
std::string Outcome(ReferenceKind kind, std::string_view json) {
  RecordParser parser;
  const auto parsed = parser.Parse(kind, json, kToday);
  if (const auto* refused = std::get_if<QuarantinedRecord>(&parsed)) {
    EXPECT_FALSE(refused->reason.empty());
    return std::string(ToText(refused->code));
  }
  return "stored " + std::get<ParsedRecord>(parsed).id;
}

ParsedRecord MustParse(ReferenceKind kind, std::string_view json) {
  RecordParser parser;
  auto parsed = parser.Parse(kind, json, kToday);
  if (const auto* refused = std::get_if<QuarantinedRecord>(&parsed)) {
    ADD_FAILURE() << refused->reason;
    return {};
  }
  return std::get<ParsedRecord>(std::move(parsed));
}

template <typename T>
T MustRead(ReferenceKind kind, std::string_view json) {
  return std::get<T>(MustParse(kind, json).record);
}

std::vector<std::string> Findings(ReferenceKind kind, std::string_view json) {
  std::vector<std::string> findings;
  for (const Finding& finding : MustParse(kind, json).findings) findings.push_back(finding.field + " " + Say(finding.code));
  return findings;
}

struct OutcomeCase {
  const char* label;
  ReferenceKind kind;
  std::string json;
  std::string outcome;
};

class RecordOutcomeTest : public testing::TestWithParam<OutcomeCase> {};

TEST_P(RecordOutcomeTest, StoredOrKeptAside) { EXPECT_EQ(Outcome(GetParam().kind, GetParam().json), GetParam().outcome); }

std::string OutcomeLabel(const testing::TestParamInfo<OutcomeCase>& test) { return test.param.label; }

using K = ReferenceKind;

INSTANTIATE_TEST_SUITE_P(Shape, RecordOutcomeTest, testing::Values(
    OutcomeCase{"NoJson", K::kVignettes, R"({"vignette":)", "not_json"},
    OutcomeCase{"Empty", K::kVignettes, "", "not_json"},
    OutcomeCase{"Binary", K::kVignettes, std::string("\x00\x01\xFE\xFF", 4), "not_json"},
    OutcomeCase{"NotUtf8", K::kVignettes, "{\"vignette\":\"V\xFF\"}", "not_json"},
    OutcomeCase{"ByteOrderMark", K::kVignettes, "\xEF\xBB\xBF{\"vignette\":\"V1\"}", "not_json"},
    OutcomeCase{"TwoObjects", K::kVignettes, R"({"vignette":"V1"}{"vignette":"V2"})", "not_json"},
    OutcomeCase{"Array", K::kVignettes, R"([{"vignette":"V1"}])", "not_object"},
    OutcomeCase{"Text", K::kVignettes, R"("V1")", "not_object"},
    OutcomeCase{"DuplicateKey", K::kVignettes, R"({"vignette":"V1","vignette":"V2"})", "duplicate_key"},
    OutcomeCase{"DuplicateKeyInside", K::kVignettes, R"({"vignette":"V1","holder":{"surname":"A","surname":"B"}})", "duplicate_key"},
    OutcomeCase{"SixtyFourDeep", K::kVignettes, R"({"vignette":"V1","x":)" + std::string(63, '[') + "1" + std::string(63, ']') + "}", "stored V1"},
    OutcomeCase{"SixtyFiveDeep", K::kVignettes, R"({"vignette":"V1","x":)" + std::string(64, '[') + "1" + std::string(64, ']') + "}", "too_deep"},
    OutcomeCase{"TooLong", K::kVignettes, R"({"vignette":"V1","x":")" + std::string(4u << 20, 'x') + "\"}", "line_too_long"}),
    OutcomeLabel);

INSTANTIATE_TEST_SUITE_P(Kinds, RecordOutcomeTest, testing::Values(
    OutcomeCase{"Vignette", K::kVignettes, R"({"vignette":"VG 001-2345"})", "stored VG0012345"},
    OutcomeCase{"VignetteWithoutNumber", K::kVignettes, R"({"holder":{"surname":"QUILL"}})", "bad_record"},
    OutcomeCase{"VignetteNumberNull", K::kVignettes, R"({"vignette":null})", "bad_record"},
    OutcomeCase{"VignetteNumberBlank", K::kVignettes, R"({"vignette":"  "})", "bad_record"},
    OutcomeCase{"VignetteNumberIsNoText", K::kVignettes, R"({"vignette":12345})", "bad_record"},
    OutcomeCase{"Watch", K::kWatchlist, R"({"entry":"W-1","kind":"person_of_concern","names":[{"surname":"QUILL"}]})", "stored W-1"},
    OutcomeCase{"WatchByDocument", K::kWatchlist, R"({"entry":"W-1","kind":"sponsor_of_concern","documents":[{"number":"A1"}]})", "stored W-1"},
    OutcomeCase{"WatchWithoutId", K::kWatchlist, R"({"kind":"person_of_concern","names":[{"surname":"QUILL"}]})", "bad_record"},
    OutcomeCase{"WatchWithoutKind", K::kWatchlist, R"({"entry":"W-1","names":[{"surname":"QUILL"}]})", "bad_record"},
    OutcomeCase{"WatchOfUnknownKind", K::kWatchlist, R"({"entry":"W-1","kind":"suspect","names":[{"surname":"QUILL"}]})", "bad_record"},
    OutcomeCase{"WatchOfNobody", K::kWatchlist, R"({"entry":"W-1","kind":"child_at_risk","names":[{"surname":"XXX"}]})", "bad_record"},
    OutcomeCase{"LostDocumentWithoutNumber", K::kWatchlist, R"({"entry":"W-1","kind":"lost_document","names":[{"surname":"QUILL"}]})", "bad_record"},
    OutcomeCase{"Sponsor", K::kSponsors, R"({"sponsor_id":"SP-1"})", "stored SP-1"},
    OutcomeCase{"SponsorWithoutId", K::kSponsors, R"({"surname":"QUILL"})", "bad_record"},
    OutcomeCase{"Schedule", K::kSchedule, R"({"number":"ZZ0101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z"})", "stored ZZ101 2026-11-22 LOS LHR"},
    OutcomeCase{"ScheduleLocalDate", K::kSchedule, R"({"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T23:30:00Z"})", "stored ZZ101 2026-11-23 LOS LHR"},
    OutcomeCase{"ScheduleWithoutTime", K::kSchedule, R"({"number":"ZZ101","from":"LOS","to":"LHR"})", "bad_record"},
    OutcomeCase{"ScheduleBadTime", K::kSchedule, R"({"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"noon"})", "bad_record"},
    OutcomeCase{"ScheduleWithoutAirport", K::kSchedule, R"({"number":"ZZ101","from":"LOS","departs_at":"2026-11-22T00:10:00Z"})", "bad_record"},
    OutcomeCase{"ScheduleWithoutNumber", K::kSchedule, R"({"from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z"})", "bad_record"},
    OutcomeCase{"Group", K::kGroups, R"({"group":"G-1","kind":"school"})", "stored G-1"},
    OutcomeCase{"GroupWithoutId", K::kGroups, R"({"kind":"school"})", "bad_record"},
    OutcomeCase{"Institution", K::kInstitutions, R"({"institution":"I-1","address":{"lines":"1 HIGH ST","postcode":"N1 1AA"}})", "stored I-1"},
    OutcomeCase{"InstitutionWithoutId", K::kInstitutions, R"({"address":{"lines":"1 HIGH ST"}})", "bad_record"},
    OutcomeCase{"InstitutionWithoutAddress", K::kInstitutions, R"({"institution":"I-1"})", "bad_record"},
    OutcomeCase{"Address", K::kAddresses, R"({"address":{"lines":"1 HIGH ST","postcode":"N1 1AA"},"kind":"hotel","ref":"R1"})", "stored R1"},
    OutcomeCase{"AddressWithoutRef", K::kAddresses, R"({"address":{"lines":"1 HIGH ST","postcode":"N1 1AA"}})", "stored N11AA|1"},
    OutcomeCase{"AddressOfNothing", K::kAddresses, R"({"ref":"R1","address":{"country":"GBR"}})", "bad_record"},
    OutcomeCase{"CheckOfSponsor", K::kChecks, R"({"check":"K-1","sponsor_id":"SP-1"})", "stored K-1"},
    OutcomeCase{"CheckOfChild", K::kChecks, R"({"check":"K-1","child":{"surname":"QUILL"}})", "stored K-1"},
    OutcomeCase{"CheckOfNobody", K::kChecks, R"({"check":"K-1"})", "bad_record"},
    OutcomeCase{"CheckWithoutId", K::kChecks, R"({"sponsor_id":"SP-1"})", "bad_record"},
    OutcomeCase{"Consent", K::kConsents, R"({"consent":"C-1","child":{"surname":"QUILL"},"adult":{"document":"A1"}})", "stored C-1"},
    OutcomeCase{"ConsentWithoutAdult", K::kConsents, R"({"consent":"C-1","child":{"surname":"QUILL"}})", "bad_record"},
    OutcomeCase{"ConsentWithoutId", K::kConsents, R"({"child":{"surname":"QUILL"},"adult":{"document":"A1"}})", "bad_record"},
    OutcomeCase{"Care", K::kCareRegister, R"({"register":"N-1","child":{"surname":"QUILL"},"status":"in_care"})", "stored N-1"},
    OutcomeCase{"CareWithoutChild", K::kCareRegister, R"({"register":"N-1","status":"in_care"})", "bad_record"},
    OutcomeCase{"CareWithoutStatus", K::kCareRegister, R"({"register":"N-1","child":{"surname":"QUILL"},"status":"lost"})", "bad_record"},
    OutcomeCase{"CareWithoutId", K::kCareRegister, R"({"child":{"surname":"QUILL"},"status":"in_care"})", "bad_record"},
    OutcomeCase{"Campaign", K::kCampaigns, R"({"campaign":"OP-1","ports":["LHR"]})", "stored OP-1"},
    OutcomeCase{"CampaignOfNothing", K::kCampaigns, R"({"campaign":"OP-1"})", "bad_record"},
    OutcomeCase{"CampaignWithoutId", K::kCampaigns, R"({"ports":["LHR"]})", "bad_record"}),
    OutcomeLabel);

INSTANTIATE_TEST_SUITE_P(KeptKinds, RecordOutcomeTest, testing::Values(
    OutcomeCase{"Event", K::kBorderEvents, R"({"event":"E-1","kind":"entry","at":"2026-11-22T06:40:00Z","person":{"surname":"QUILL"}})", "stored E-1"},
    OutcomeCase{"EventWithoutPerson", K::kBorderEvents, R"({"event":"E-1","kind":"entry","at":"2026-11-22T06:40:00Z"})", "bad_record"},
    OutcomeCase{"EventOfUnknownKind", K::kBorderEvents, R"({"event":"E-1","kind":"left","at":"2026-11-22T06:40:00Z","person":{"surname":"QUILL"}})", "bad_record"},
    OutcomeCase{"EventAtNoTime", K::kBorderEvents, R"({"event":"E-1","kind":"entry","at":"x","person":{"surname":"QUILL"}})", "bad_record"},
    OutcomeCase{"EventWithoutId", K::kBorderEvents, R"({"kind":"entry","at":"2026-11-22T06:40:00Z","person":{"surname":"QUILL"}})", "bad_record"},
    OutcomeCase{"Referral", K::kReferrals, R"({"referral":"R-1","by":"carrier","to":"police","status":"sent","flight":{"number":"ZZ101"}})", "stored R-1"},
    OutcomeCase{"ReferralWithoutId", K::kReferrals, R"({"by":"carrier"})", "bad_record"},
    OutcomeCase{"Judgement", K::kJudgements, R"({"a":"1","b":"2","result":"same","by":"OQ"})", "stored 1|2|OQ|"},
    OutcomeCase{"JudgementWithoutResult", K::kJudgements, R"({"a":"1","b":"2"})", "bad_record"},
    OutcomeCase{"JudgementOfOne", K::kJudgements, R"({"a":"1","result":"same"})", "bad_record"},
    OutcomeCase{"Disposition", K::kDispositions, R"({"flag":"F-1","outcome":"met_safe"})", "stored F-1|||"},
    OutcomeCase{"DispositionWithoutOutcome", K::kDispositions, R"({"flag":"F-1","outcome":"fine"})", "bad_record"},
    OutcomeCase{"DispositionWithoutFlag", K::kDispositions, R"({"outcome":"met_safe"})", "bad_record"}),
    OutcomeLabel);

std::string Concern(const std::string& dates) {
  return R"({"entry":"W-1","kind":"person_of_concern","names":[{"surname":"QUILL"}],"dates_of_birth":[)" + dates + "]}";
}

// A child is never a person of concern; today is 2026-11-22.
INSTANTIATE_TEST_SUITE_P(ChildAsConcern, RecordOutcomeTest, testing::Values(
    OutcomeCase{"Adult", K::kWatchlist, Concern(R"("1980-05-06")"), "stored W-1"},
    OutcomeCase{"EighteenToday", K::kWatchlist, Concern(R"("2008-11-22")"), "stored W-1"},
    OutcomeCase{"EighteenTomorrow", K::kWatchlist, Concern(R"("2008-11-23")"), "child_as_concern"},
    OutcomeCase{"YearLeavesItOpen", K::kWatchlist, Concern(R"("2008")"), "child_as_concern"},
    OutcomeCase{"MonthLeavesItOpen", K::kWatchlist, Concern(R"("2008-11")"), "child_as_concern"},
    OutcomeCase{"YearDoesNot", K::kWatchlist, Concern(R"("2007")"), "stored W-1"},
    OutcomeCase{"OneOfSeveral", K::kWatchlist, Concern(R"("1980","2012")"), "child_as_concern"},
    OutcomeCase{"EndOfRange", K::kWatchlist, Concern(R"({"from":"1990","to":"2009"})"), "child_as_concern"},
    OutcomeCase{"AboutRight", K::kWatchlist, Concern(R"({"from":"2007","to":"2007","circa":true})"), "child_as_concern"},
    OutcomeCase{"WithoutBirthDate", K::kWatchlist, Concern(""), "stored W-1"},
    OutcomeCase{"ChildAtRisk", K::kWatchlist,
                R"({"entry":"W-1","kind":"child_at_risk","names":[{"surname":"QUILL"}],"dates_of_birth":["2014"]})", "stored W-1"}),
    OutcomeLabel);

TEST(RecordParserTest, WithoutADayAgesAreNotChecked) {
  RecordParser parser;
  EXPECT_TRUE(std::holds_alternative<ParsedRecord>(parser.Parse(K::kWatchlist, Concern(R"("2014")"))));
}

TEST(RecordParserTest, ReasonOfAChildAsConcernCallsItNoOffender) {
  RecordParser parser;
  const auto parsed = parser.Parse(K::kWatchlist, Concern(R"("2014")"), kToday);
  EXPECT_THAT(std::get<QuarantinedRecord>(parsed).reason, HasSubstr("never a person of concern"));
}

TEST(RecordParserTest, WholeVignette) {
  const Vignette v = MustRead<Vignette>(K::kVignettes, R"({"vignette":"VG0012345","form":"evisa","class":"visit","post":"LOS",
    "issued":"2026-10-12","valid_from":"2026-11-01","valid_until":"2027-05-01","stay_days":90,
    "holder":{"surname":"QUILL","given_names":"TAMSIN ORLA","date_of_birth":"2014-03-02","sex":"F","nationality":"NG","document":"A01234567","issuer":"NGA","residence":"NGA","birth_country":"GHA"},
    "child":{"travel":"accompanied","adults":[{"surname":"QUILL","given_names":"SEVERIN","date_of_birth":"1980","document":"A07654321","issuer":"NGA","relationship":"parent"}]},
    "sponsor":{"sponsor_id":"SP-889","surname":"MARSH","relationship":"aunt_uncle","relationship_verified":true,"parental_responsibility":false,"guarantor":true,"address":{"lines":"14 ACACIA AVENUE","postcode":"N1 1AA"},"phone":"+447700900123","vetting":"approved","vetted_on":"2026-10-01"},
    "applicant":{"id":"AG-31","relation":"agent"},"disabled":false,"photo":"sha256:00","source":"post","review_by":"2027-01-01"})");
  EXPECT_EQ(v.number, "VG0012345");
  EXPECT_TRUE(v.evisa);
  EXPECT_EQ(v.visa_class, VisaClass::kVisit);
  EXPECT_EQ(v.post, "LOS");
  EXPECT_EQ(v.issued, MakeDate(2026, 10, 12));
  EXPECT_EQ(v.valid_from, MakeDate(2026, 11, 1));
  EXPECT_EQ(v.valid_until, MakeDate(2027, 5, 1));
  EXPECT_EQ(v.stay_days, 90);
  EXPECT_EQ(v.holder.given_names, "TAMSIN ORLA");
  EXPECT_EQ(v.holder.nationality, CountryCode("NGA")) << "alpha-2 is widened";
  EXPECT_EQ(v.holder.sex, Sex::kF);
  EXPECT_EQ(v.holder_residence, CountryCode("NGA"));
  EXPECT_EQ(v.holder_birth_country, CountryCode("GHA"));
  EXPECT_EQ(v.travel, ChildTravel::kAccompanied);
  ASSERT_EQ(v.adults.size(), 1u);
  EXPECT_EQ(v.adults[0].relationship, Relationship::kParent);
  EXPECT_EQ(ToString(*v.adults[0].person.date_of_birth), "1980");
  ASSERT_TRUE(v.sponsor);
  EXPECT_EQ(v.sponsor->relationship, Relationship::kAuntUncle);
  EXPECT_EQ(v.sponsor->relationship_verified, true);
  EXPECT_EQ(v.sponsor->parental_responsibility, false);
  EXPECT_EQ(v.sponsor->guarantor, true);
  EXPECT_EQ(v.sponsor->vetting, Vetting::kApproved);
  EXPECT_EQ(v.sponsor->address->postcode, "N1 1AA");
  EXPECT_EQ(v.applicant->relation, ApplicantRelation::kAgent);
  EXPECT_EQ(v.disabled, false);
}

TEST(RecordParserTest, VignetteOfNothingMoreIsNotRecorded) {
  const Vignette v = MustRead<Vignette>(K::kVignettes, R"({"vignette":"V1"})");
  EXPECT_EQ(v.travel, ChildTravel::kNotRecorded);
  EXPECT_EQ(v.visa_class, VisaClass::kUnknown);
  EXPECT_FALSE(v.evisa);
  EXPECT_FALSE(v.sponsor);
  EXPECT_FALSE(v.disabled);
}

TEST(RecordParserTest, WholeWatchEntry) {
  const WatchEntry w = MustRead<WatchEntry>(K::kWatchlist, R"({"entry":"W-17","kind":"child_at_risk","status":"at_risk","reason":"r","source":"s",
    "names":[{"surname":"QUILL","given_names":"TAMSIN"},{"surname":"XXX"},{"surname":"HERON"}],
    "dates_of_birth":["2014-03-02","2014-03",{"from":"2013","to":"2014-06","circa":true},{"from":"2012"}],
    "sex":"F","nationalities":["GB","France","Atlantis"],"documents":[{"number":"A1","issuer":"Germany"},{"number":"-"},{"number":"A2","issuer":"Atlantis"}],
    "addresses":[{"lines":"1 HIGH ST"}],"phones":["+447700900123"],"review_by":"2027-03-01"})");
  EXPECT_EQ(w.status, WatchStatus::kAtRisk);
  EXPECT_EQ(w.names.size(), 2u) << "a name of fillers is none";
  ASSERT_EQ(w.dates_of_birth.size(), 4u);
  EXPECT_EQ(w.dates_of_birth[0].from, w.dates_of_birth[0].to);
  EXPECT_TRUE(w.dates_of_birth[2].circa);
  EXPECT_EQ(ToString(w.dates_of_birth[2].to), "2014-06");
  EXPECT_EQ(ToString(w.dates_of_birth[3].to), "2012") << "a range with one end is that date";
  EXPECT_THAT(w.nationalities, ElementsAre("GBR", "FRA", "Atlantis"));
  ASSERT_EQ(w.documents.size(), 2u);
  EXPECT_EQ(w.documents[0].issuer, CountryCode("DEU"));
  EXPECT_TRUE(w.documents[1].issuer.empty());
  EXPECT_EQ(w.review_by, MakeDate(2027, 3, 1));
}

struct FindingsCase {
  const char* label;
  ReferenceKind kind;
  const char* json;
  std::vector<std::string> findings;
};

class RecordFindingsTest : public testing::TestWithParam<FindingsCase> {};

TEST_P(RecordFindingsTest, AreKeptBesideTheRecord) { EXPECT_EQ(Findings(GetParam().kind, GetParam().json), GetParam().findings); }

INSTANTIATE_TEST_SUITE_P(Values, RecordFindingsTest, testing::Values(
    FindingsCase{"None", K::kVignettes, R"({"vignette":"V1","post":null,"holder":{"surname":"","nationality":" "}})", {}},
    FindingsCase{"UnknownField", K::kVignettes, R"({"vignette":"V1","colour":"red"})", {"colour unknown_field"}},
    FindingsCase{"BadWord", K::kVignettes, R"({"vignette":"V1","class":"holiday"})", {"class bad_value"}},
    FindingsCase{"BadForm", K::kVignettes, R"({"vignette":"V1","form":"stamp"})", {"form bad_value"}},
    FindingsCase{"BadTravel", K::kVignettes, R"({"vignette":"V1","child":{"travel":"alone"}})", {"travel bad_value"}},
    FindingsCase{"BadDate", K::kVignettes, R"({"vignette":"V1","issued":"2026-13-01"})", {"issued bad_date"}},
    FindingsCase{"EndsBeforeItBegins", K::kVignettes, R"({"vignette":"V1","valid_from":"2026-02-01","valid_until":"2026-01-01"})", {"valid_until bad_date"}},
    FindingsCase{"BadBirthDate", K::kVignettes, R"({"vignette":"V1","holder":{"date_of_birth":"2014-02-30"}})", {"date_of_birth bad_date"}},
    FindingsCase{"BadCountry", K::kVignettes, R"({"vignette":"V1","holder":{"nationality":"QQQ"}})", {"nationality bad_country"}},
    FindingsCase{"NotAText", K::kVignettes, R"({"vignette":"V1","post":7})", {"post bad_value"}},
    FindingsCase{"NotAnObject", K::kVignettes, R"({"vignette":"V1","holder":"QUILL"})", {"holder bad_value"}},
    FindingsCase{"NotAList", K::kVignettes, R"({"vignette":"V1","child":{"adults":{}}})", {"adults bad_value"}},
    FindingsCase{"EntryOfAListIsNoObject", K::kVignettes, R"({"vignette":"V1","child":{"adults":["QUILL"]}})", {"adults bad_value"}},
    FindingsCase{"NegativeStay", K::kVignettes, R"({"vignette":"V1","stay_days":-1})", {"stay_days bad_value"}},
    FindingsCase{"NotABool", K::kVignettes, R"({"vignette":"V1","disabled":"no"})", {"disabled bad_value"}},
    FindingsCase{"ThreeAdults", K::kVignettes, R"({"vignette":"V1","child":{"adults":[{"surname":"A"},{"surname":"B"},{"surname":"C"}]}})", {"adults bad_value"}},
    FindingsCase{"StatusOfAnAdult", K::kWatchlist, R"({"entry":"W-1","kind":"person_of_concern","status":"missing","names":[{"surname":"QUILL"}]})", {"status bad_value"}},
    FindingsCase{"RangeBackwards", K::kWatchlist, R"({"entry":"W-1","kind":"child_at_risk","names":[{"surname":"QUILL"}],"dates_of_birth":[{"from":"2015","to":"2014"}]})", {"dates_of_birth bad_date"}},
    FindingsCase{"UnknownCountryName", K::kWatchlist, R"({"entry":"W-1","kind":"child_at_risk","names":[{"surname":"QUILL"}],"nationalities":["Atlantis"]})", {"nationalities unknown_country_name"}},
    FindingsCase{"BadAirport", K::kSchedule, R"({"number":"ZZ101","from":"LOS","to":"QZQ","departs_at":"2026-11-22T00:10:00Z"})", {"to bad_airport"}},
    FindingsCase{"BadVetting", K::kSponsors, R"({"sponsor_id":"SP-1","vetting":"good","risk":"huge"})", {"vetting bad_value", "risk bad_value"}},
    FindingsCase{"BadKindOfInstitution", K::kInstitutions, R"({"institution":"I-1","kind":"pub","address":{"lines":"1 HIGH ST"}})", {"kind bad_value"}},
    FindingsCase{"BadReferral", K::kReferrals, R"({"referral":"R-1","by":"me","at":"x","more":1})", {"by bad_value", "at bad_time", "more unknown_field"}},
    FindingsCase{"ReviewByIsADate", K::kGroups, R"({"group":"G-1","source":"s","review_by":"soon"})", {"review_by bad_date"}}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(RecordParserTest, TooManyAdultsKeepTheFirstTwo) {
  const Vignette v = MustRead<Vignette>(K::kVignettes, R"({"vignette":"V1","child":{"adults":[{"surname":"A"},{"surname":"B"},{"surname":"C"}]}})");
  ASSERT_EQ(v.adults.size(), 2u);
  EXPECT_EQ(v.adults[1].person.surname, "B");
}

TEST(RecordParserTest, LongTextIsCut) {
  const std::string json = R"({"vignette":"V1","post":")" + std::string(20'000, 'x') + "\"}";
  EXPECT_EQ(MustRead<Vignette>(K::kVignettes, json).post.size(), 16u << 10);
  EXPECT_THAT(Findings(K::kVignettes, json), ElementsAre("post value_too_long"));
}

TEST(RecordParserTest, OtherRecords) {
  const auto group = MustRead<GroupRecord>(K::kGroups, R"({"group":"G-1","kind":"host_scheme","name":"Quill School","leaders":[{"surname":"MARSH"}],"members":[{"surname":"QUILL"},{"document":"A1"}],"locators":["k3p7qx"],"flights":[{"number":"ZZ0101","departs_on":"2026-11-22","from":"LOS","to":"LHR"}]})");
  EXPECT_EQ(group.kind, GroupKind::kHostScheme);
  EXPECT_EQ(group.members.size(), 2u);
  EXPECT_THAT(group.locators, ElementsAre("K3P7QX"));
  ASSERT_EQ(group.flights.size(), 1u);
  EXPECT_EQ(group.flights[0].number, "ZZ101");
  EXPECT_EQ(group.flights[0].departs_on, MakeDate(2026, 11, 22));

  const auto sponsor = MustRead<SponsorRecord>(K::kSponsors, R"({"sponsor_id":"SP-1","surname":"MARSH","date_of_birth":"1975-01-30","addresses":[{"lines":"1 HIGH ST"}],"phones":["1"],"emails":["a@b"],"vetting":"refused","vetted_on":"2026-01-02","address":{"lines":"2 HIGH ST"},"risk":"high","reason":"r","photo_consent":true})");
  EXPECT_EQ(sponsor.risk, SponsorRisk::kHigh);
  EXPECT_EQ(sponsor.vetting, Vetting::kRefused);
  EXPECT_EQ(sponsor.address->lines, "2 HIGH ST");

  const auto schedule = MustRead<ScheduleRecord>(K::kSchedule, R"({"number":"zz0101a","from":"LOS","to":"LHR","departs_at":"2026-07-01T23:30:00","arrives_at":"2026-07-02T05:30:00","terminal":"5","capacity":280})");
  EXPECT_EQ(schedule.number, "ZZ101A");
  EXPECT_EQ(ToString(*schedule.departs_at), "2026-07-01T22:30:00Z") << "local to Lagos";
  EXPECT_EQ(ToString(*schedule.arrives_at), "2026-07-02T04:30:00Z") << "local to London";
  EXPECT_EQ(schedule.departs_on, MakeDate(2026, 7, 1));
  EXPECT_EQ(schedule.capacity, 280);

  const auto consent = MustRead<ConsentRecord>(K::kConsents, R"({"consent":"C-1","child":{"surname":"QUILL"},"adult":{"surname":"MARSH"},"relationship":"grandparent","given_by":"parent","flight":{"number":"ZZ101"},"valid_until":"2027-01-01"})");
  EXPECT_EQ(consent.relationship, Relationship::kGrandparent);
  EXPECT_EQ(consent.given_by, "parent");
  EXPECT_EQ(consent.flight->number, "ZZ101");

  const auto campaign = MustRead<CampaignRecord>(K::kCampaigns, R"({"campaign":"OP-1","name":"n","from_date":"2026-11-01","until_date":"2026-11-30","ports":["lhr"],"routes":["los-lhr"],"flights":["ZZ0101"],"team":"t"})");
  EXPECT_THAT(campaign.routes, ElementsAre("LOS-LHR"));
  EXPECT_THAT(campaign.flights, ElementsAre("ZZ101"));

  const auto care = MustRead<CareRecord>(K::kCareRegister, R"({"register":"N-1","child":{"surname":"QUILL"},"status":"missing_from_care","authority":"a","since":"2026-01-01","until":null})");
  EXPECT_EQ(care.status, "missing_from_care");
  EXPECT_FALSE(care.until);

  const auto check = MustRead<CheckRecord>(K::kChecks, R"({"check":"K-1","sponsor_id":"SP-1","child":{"surname":"QUILL"},"address":{"lines":"1 HIGH ST"},"vetting":"pending","vetted_on":"2026-02-03","authority":"a"})");
  EXPECT_EQ(check.vetting, Vetting::kPending);
  EXPECT_TRUE(check.address);
}

TEST(RecordParserTest, OneParserReadsManyOfGrowingSize) {
  RecordParser parser;
  for (std::size_t size : {10u, 100'000u, 50u, 1'000'000u, 10u}) {
    const std::string json = R"({"vignette":"V1","x":")" + std::string(size, 'x') + "\"}";
    EXPECT_TRUE(std::holds_alternative<ParsedRecord>(parser.Parse(K::kVignettes, json))) << size;
    EXPECT_TRUE(std::holds_alternative<QuarantinedRecord>(parser.Parse(K::kVignettes, json + "}"))) << size;
  }
}

}  // namespace
}  // namespace landfall
