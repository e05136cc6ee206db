#include "pipeline/match/watch_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "pipeline/match/weights.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int32_t kReview = 20, kStrong = 40;
const Date kToday = MakeDate(2026, 11, 22);

WatchBirthDate Born(const char* from, const char* to = nullptr, bool circa = false) {
  return {*ParsePartialDate(from), *ParsePartialDate(to == nullptr ? from : to), circa};
}

WatchEntry Person(std::string id, std::vector<WatchName> names, std::vector<WatchBirthDate> dates = {}) {
  WatchEntry entry;
  entry.entry = std::move(id);
  entry.names = std::move(names);
  entry.dates_of_birth = std::move(dates);
  return entry;
}

WatchEntry Child(std::string id, std::vector<WatchName> names, std::vector<WatchBirthDate> dates = {}) {
  WatchEntry entry = Person(std::move(id), std::move(names), std::move(dates));
  entry.kind = WatchKind::kChildAtRisk;
  entry.status = WatchStatus::kMissing;
  return entry;
}

Document Passport(std::string number, std::string_view issuer = "") {
  Document document;
  document.type = "P";
  document.number = std::move(number);
  document.issuer = CountryCode(issuer);
  return document;
}

// A query that owns what it points to.
struct Asked {
  std::string surname, given_names, born;
  std::string sex, nationality;
  std::vector<Document> documents;
  bool may_be_child = false;
  std::optional<Date> on = std::nullopt;

  std::vector<WatchMatch> In(const WatchIndex& index) const {
    WatchQuery query;
    query.surname = surname;
    query.given_names = given_names;
    if (!born.empty()) query.date_of_birth = ParsePartialDate(born);
    query.sex = FromText<Sex>(sex);
    query.nationality = nationality;
    query.documents = &documents;
    query.may_be_child = may_be_child;
    query.on = on;
    return index.Find(query);
  }
};

std::vector<std::string> Ids(const std::vector<WatchMatch>& matches) {
  std::vector<std::string> ids;
  for (const WatchMatch& match : matches) ids.push_back(match.entry->entry);
  return ids;
}

enum class Level { kNotFound, kNone, kReviewed, kStrongly };

Level LevelOf(const std::vector<WatchMatch>& matches) {
  if (matches.empty()) return Level::kNotFound;
  const std::int32_t score = matches.front().score;
  return score >= kStrong ? Level::kStrongly : score >= kReview ? Level::kReviewed : Level::kNone;
}

struct LevelCase {
  const char* label;
  WatchEntry entry;
  Asked asked;
  Level level;
};

class WatchLevelTest : public testing::TestWithParam<LevelCase> {};

TEST_P(WatchLevelTest, Scores) {
  const WatchIndex index({GetParam().entry}, kToday);
  const std::vector<WatchMatch> matches = GetParam().asked.In(index);
  EXPECT_EQ(LevelOf(matches), GetParam().level) << (matches.empty() ? 0 : matches.front().score);
  for (const WatchMatch& match : matches) {
    const auto add = [](std::int32_t sum, const MatchTerm& term) { return sum + term.points; };
    EXPECT_EQ(match.score, std::accumulate(match.terms.begin(), match.terms.end(), 0, add)) << "terms add up";
  }
}

const std::vector<WatchName> kQuill = {{"QUILL", "TAMSIN ORLA"}, {"MARSH", "TAMSIN"}, {"THE HERON", ""}, {"HERON", ""}};

INSTANTIATE_TEST_SUITE_P(NameAndBirthDate, WatchLevelTest, testing::Values(
    LevelCase{"WholeDate", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kStrongly},
    LevelCase{"Swapped", Person("W-1", kQuill, {Born("1980-05-06")}), {"TAMSIN ORLA", "QUILL", "1980-05-06"}, Level::kStrongly},
    LevelCase{"Reordered", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "ORLA TAMSIN", "1980-05-06"}, Level::kStrongly},
    LevelCase{"Title", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLAMRS", "1980-05-06"}, Level::kStrongly},
    LevelCase{"Alias", Person("W-1", kQuill, {Born("1980-05-06")}), {"MARSH", "TAMSIN", "1980-05-06"}, Level::kStrongly},
    LevelCase{"SecondDate", Person("W-1", kQuill, {Born("1979-01-02"), Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kStrongly},
    LevelCase{"OtherNationality", [] { auto e = Person("W-1", kQuill, {Born("1980-05-06")}); e.nationalities = {"UTO"}; return e; }(),
              {"QUILL", "TAMSIN ORLA", "1980-05-06", "", "XXA"}, Level::kStrongly},
    LevelCase{"OtherSex", [] { auto e = Person("W-1", kQuill, {Born("1980-05-06")}); e.sex = Sex::kF; return e; }(),
              {"QUILL", "TAMSIN ORLA", "1980-05-06", "M"}, Level::kReviewed},
    LevelCase{"FirstOfJanuaryIsWeak", Person("W-1", kQuill, {Born("1980-01-01")}), {"QUILL", "TAMSIN ORLA", "1980-01-01"}, Level::kReviewed},
    LevelCase{"YearOfEntry", Person("W-1", kQuill, {Born("1980")}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kReviewed},
    LevelCase{"YearOfQuery", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1980"}, Level::kReviewed},
    LevelCase{"YearAndMonth", Person("W-1", kQuill, {Born("1980-05")}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kReviewed},
    LevelCase{"Range", Person("W-1", kQuill, {Born("1979", "1981")}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kReviewed},
    LevelCase{"WideRange", Person("W-1", kQuill, {Born("1970", "1985")}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kReviewed},
    LevelCase{"CircaYearBefore", Person("W-1", kQuill, {Born("1981", nullptr, true)}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kReviewed},
    LevelCase{"CircaYearAfter", Person("W-1", kQuill, {Born("1979-12-31", nullptr, true)}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kReviewed},
    LevelCase{"MononymAndDate", Person("W-1", kQuill, {Born("1980-05-06")}), {"HERON", "", "1980-05-06"}, Level::kReviewed},
    LevelCase{"MononymAsGivenName", Person("W-1", kQuill, {Born("1980-05-06")}), {"FNU", "HERON", "1980-05-06"}, Level::kReviewed}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(NameWithoutBirthDate, WatchLevelTest, testing::Values(
    LevelCase{"NoneInEntry", Person("W-1", kQuill), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kReviewed},
    LevelCase{"NoneInQuery", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", ""}, Level::kReviewed},
    LevelCase{"CommonName", Person("W-1", {{"KHAN", "MOHAMMED"}}), {"KHAN", "MOHAMMED", ""}, Level::kNone},
    LevelCase{"OneLetterDiffers", Person("W-1", kQuill), {"QUILL", "TAMKIN ORLA", ""}, Level::kNone},
    LevelCase{"Mononym", Person("W-1", kQuill), {"HERON", "", ""}, Level::kNone}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(ErrorsInBirthDates, WatchLevelTest, testing::Values(
    LevelCase{"OneDigitOfTheDay", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1980-05-07"}, Level::kReviewed},
    LevelCase{"DayAndMonthSwapped", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1980-06-05"}, Level::kReviewed},
    LevelCase{"OneDigitOfTheYear", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1960-05-06"}, Level::kReviewed},
    LevelCase{"DigitsOfTheYearSwapped", Person("W-1", kQuill, {Born("1967-05-06")}), {"QUILL", "TAMSIN ORLA", "1976-05-06"}, Level::kReviewed}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(Contradictions, WatchLevelTest, testing::Values(
    LevelCase{"OtherDay", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1980-09-17"}, Level::kNone},
    LevelCase{"NextYear", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1981-07-09"}, Level::kNone},
    LevelCase{"NextYearOfYear", Person("W-1", kQuill, {Born("1980")}), {"QUILL", "TAMSIN ORLA", "1981-05-06"}, Level::kNone},
    LevelCase{"OtherMonth", Person("W-1", kQuill, {Born("1980-04")}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kNone},
    LevelCase{"JustOutsideRange", Person("W-1", kQuill, {Born("1979", "1981")}), {"QUILL", "TAMSIN ORLA", "1982-01-01"}, Level::kNone},
    LevelCase{"CircaTwoYears", Person("W-1", kQuill, {Born("1978", nullptr, true)}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kNone},
    LevelCase{"OtherYear", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "1982-07-06"}, Level::kNotFound},
    LevelCase{"OutsideRange", Person("W-1", kQuill, {Born("1979", "1981")}), {"QUILL", "TAMSIN ORLA", "1983-01-01"}, Level::kNotFound},
    LevelCase{"CircaThreeYears", Person("W-1", kQuill, {Born("1977", nullptr, true)}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kNotFound},
    LevelCase{"OtherName", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMARA", "1980-05-06"}, Level::kNotFound},
    LevelCase{"NoName", Person("W-1", kQuill, {Born("1980-05-06")}), {"", "", "1980-05-06"}, Level::kNotFound}),
    [](const auto& test) { return std::string(test.param.label); });

WatchEntry WithDocument(std::string number, std::string_view issuer) {
  WatchEntry entry = Person("W-1", kQuill, {Born("1980-05-06")});
  entry.documents = {{std::move(number), CountryCode(issuer)}};
  return entry;
}

INSTANTIATE_TEST_SUITE_P(Documents, WatchLevelTest, testing::Values(
    LevelCase{"NumberAndIssuer", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("a-0123 4567", "UTO")}}, Level::kStrongly},
    LevelCase{"IssuerUnknownInEntry", WithDocument("A01234567", ""), {"OTHER", "NAME", "", "", "", {Passport("A01234567", "UTO")}}, Level::kStrongly},
    LevelCase{"IssuerUnknownInQuery", WithDocument("A01234567", "UTO"), {"", "", "", "", "", {Passport("A01234567")}}, Level::kStrongly},
    LevelCase{"BirthDateAgrees", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "1980-05-06", "", "", {Passport("A01234567", "UTO")}}, Level::kStrongly},
    LevelCase{"BirthDateVetoes", WithDocument("A01234567", "UTO"), {"QUILL", "TAMSIN ORLA", "1991-07-08", "", "", {Passport("A01234567", "UTO")}}, Level::kNotFound},
    LevelCase{"OneCharacterMisread", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("AO1234567", "UTO")}}, Level::kReviewed},
    LevelCase{"TwoCharactersMisread", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("AOI234567", "UTO")}}, Level::kNotFound},
    LevelCase{"IssuersDiffer", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("A01234567", "XXA")}}, Level::kNotFound},
    LevelCase{"OtherNumber", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("A01234568", "UTO")}}, Level::kNotFound},
    LevelCase{"EmptyNumber", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("--")}}, Level::kNotFound},
    LevelCase{"ShortNumberIsWeak", WithDocument("1234", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("1234", "UTO")}}, Level::kNone},
    LevelCase{"SecondDocument", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("B7"), Passport("A01234567", "UTO")}}, Level::kStrongly}),
    [](const auto& test) { return std::string(test.param.label); });

// No word or score ever takes a child for an offender.
INSTANTIATE_TEST_SUITE_P(Children, WatchLevelTest, testing::Values(
    LevelCase{"ConcernNeverMeetsAChildByName", Person("W-1", kQuill, {Born("1980-05-06")}), {"QUILL", "TAMSIN ORLA", "", "", "", {}, true}, Level::kNotFound},
    LevelCase{"ConcernNeverMeetsAChildByDocument", WithDocument("A01234567", "UTO"), {"OTHER", "NAME", "", "", "", {Passport("A01234567", "UTO")}, true}, Level::kNotFound},
    LevelCase{"SponsorOfConcernNeverMeetsAChild", [] { auto e = WithDocument("A01234567", ""); e.kind = WatchKind::kSponsorOfConcern; return e; }(),
              {"QUILL", "TAMSIN ORLA", "1980-05-06", "", "", {Passport("A01234567")}, true}, Level::kNotFound},
    LevelCase{"LostDocumentIsNoPerson", [] { auto e = WithDocument("A01234567", ""); e.kind = WatchKind::kLostDocument; return e; }(),
              {"QUILL", "TAMSIN ORLA", "1980-05-06", "", "", {Passport("A01234567")}}, Level::kNotFound},
    LevelCase{"EntryThatMayBeUnder18", Person("W-1", kQuill, {Born("2008-11-23")}), {"QUILL", "TAMSIN ORLA", "2008-11-23"}, Level::kNotFound},
    LevelCase{"EntryOfExactly18", Person("W-1", kQuill, {Born("2008-11-22")}), {"QUILL", "TAMSIN ORLA", "2008-11-22"}, Level::kStrongly},
    LevelCase{"EntryWhoseYearMayBeUnder18", Person("W-1", kQuill, {Born("2008")}), {"QUILL", "TAMSIN ORLA", "2008-01-02"}, Level::kNotFound},
    LevelCase{"OneOfSeveralDatesMayBeUnder18", Person("W-1", kQuill, {Born("1980-05-06"), Born("2010")}), {"QUILL", "TAMSIN ORLA", "1980-05-06"}, Level::kNotFound},
    LevelCase{"CircaMayBeUnder18", Person("W-1", kQuill, {Born("2007", nullptr, true)}), {"QUILL", "TAMSIN ORLA", "2007-02-02"}, Level::kNotFound},
    LevelCase{"DayThatCountsIsEarlier", Person("W-1", kQuill, {Born("2008-11-22")}),
              {"QUILL", "TAMSIN ORLA", "2008-11-22", "", "", {}, false, MakeDate(2026, 11, 21)}, Level::kNotFound},
    LevelCase{"ChildAtRiskIsFound", Child("W-1", kQuill, {Born("2014-03-02")}), {"QUILL", "TAMSIN ORLA", "2014-03-02", "", "", {}, true}, Level::kStrongly},
    LevelCase{"ChildAtRiskIsNoAdult", Child("W-1", kQuill, {Born("2014-03-02")}), {"QUILL", "TAMSIN ORLA", "2014-03-02", "", "", {}, false}, Level::kNotFound}),
    [](const auto& test) { return std::string(test.param.label); });

// Whoever may be 17 on the day: never a person of concern, whatever else agrees.
TEST(WatchIndexTest, NobodyWhoMayBeSeventeenIsOfConcern) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 500; ++i) {
    WatchEntry entry = Person("W-1", kQuill, {});
    entry.documents = {{"A01234567", CountryCode()}};
    if (random() % 2) entry.kind = WatchKind::kSponsorOfConcern;
    const Date born{kToday.days - static_cast<std::int32_t>(random() % (30 * 365))};
    PartialDate stated = ToPartial(born);
    if (random() % 3 == 0) stated.day = 0;
    if (random() % 3 == 0) stated.day = stated.month = 0;
    if (random() % 4) entry.dates_of_birth = {{stated, stated, random() % 3 == 0}};
    const bool may_be_child = AgesBetween(stated, kToday, kToday).youngest < 18;
    const WatchIndex index({entry}, random() % 2 ? std::optional(kToday) : std::nullopt);
    const Asked asked{"QUILL", "TAMSIN ORLA", ToString(stated), "", "", {Passport("A01234567")}, may_be_child, kToday};
    const bool may_match = !may_be_child && !MayBeChild(entry, kToday);
    EXPECT_EQ(asked.In(index).size(), may_match ? 1u : 0u) << ToString(stated);
  }
}

TEST(WatchIndexTest, BestFirstThenById) {
  const WatchIndex index({Person("W-3", kQuill), Person("W-2", kQuill, {Born("1980")}), Person("W-1", kQuill),
                          Person("W-4", kQuill, {Born("1980-05-06")}), Person("W-5", {{"MARSH", "ORLA"}})});
  EXPECT_THAT(Ids(Asked{"QUILL", "TAMSIN ORLA", "1980-05-06"}.In(index)), ElementsAre("W-4", "W-2", "W-1", "W-3"));
}

TEST(WatchIndexTest, TermsShowBothValues) {
  WatchEntry entry = WithDocument("A01234567", "UTO");
  entry.sex = Sex::kF;
  entry.nationalities = {"XXA", "UTO"};
  const std::vector<WatchMatch> matches =
      Asked{"Quill", "Tamsin Orla", "1980-05-06", "F", "UTO", {Passport("a01234567", "UTO")}}.In(WatchIndex({entry}));
  ASSERT_EQ(matches.size(), 1u);
  std::vector<std::string> shown;
  for (const MatchTerm& term : matches[0].terms) shown.push_back(term.term + ": " + term.query + " = " + term.entry);
  EXPECT_THAT(shown, ElementsAre("document: a01234567 UTO = A01234567 UTO", "name: Tamsin Orla Quill = TAMSIN ORLA QUILL",
                                 "date_of_birth: 1980-05-06 = 1980-05-06", "sex: F = F", "nationality: UTO = XXA UTO"));
}

TEST(WatchIndexTest, OfTwoNumbersTheBetterCounts) {
  WatchEntry entry = WithDocument("A01234567", "");
  entry.documents.push_back({"B7654321", CountryCode("UTO")});
  const Asked asked{"OTHER", "NAME", "", "", "", {Passport("A01234567"), Passport("B7654321", "UTO")}};
  const std::vector<WatchMatch> matches = asked.In(WatchIndex({entry}));
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(matches[0].score, weights::kNumberAndIssuer + weights::kNameDiffers);
}

TEST(WatchIndexTest, RareNamesSayMore) {
  std::vector<WatchEntry> entries = {Person("W-rare", {{"QUILL", "TAMSIN"}}), Person("W-common", {{"ABLE", "SAM"}})};
  for (int i = 0; i < 5'000; ++i) {
    entries.push_back(Person("X-" + std::to_string(i), {{"ABLE", "SAM " + std::to_string(i)}}));
  }
  const WatchIndex index(std::move(entries));
  const std::int32_t rare = Asked{"QUILL", "TAMSIN"}.In(index).front().score;
  const std::int32_t common = Asked{"ABLE", "SAM"}.In(index).front().score;
  EXPECT_GT(rare, common);
  EXPECT_LT(rare, kStrong) << "a name alone is never strong";
  EXPECT_LT(common, kReview) << "a common name alone is not even for review";
}

TEST(WatchIndexTest, EntriesPastTheirReviewAreLeftOut) {
  WatchEntry past = Person("W-1", kQuill), due = Person("W-2", kQuill), open = Person("W-3", kQuill);
  past.review_by = MakeDate(2026, 11, 21);
  due.review_by = kToday;
  EXPECT_THAT(Ids(Asked{"QUILL", "TAMSIN ORLA"}.In(WatchIndex({past, due, open}, kToday))), ElementsAre("W-2", "W-3"));
  EXPECT_EQ(WatchIndex({past, due, open}).size(), 3u) << "without a day all are kept";
}

TEST(WatchIndexTest, EmptyListFindsNobody) {
  EXPECT_THAT(Asked({"QUILL", "TAMSIN", "1980-05-06"}).In(WatchIndex()), IsEmpty());
  EXPECT_FALSE(WatchIndex().HasLostDocuments());
  EXPECT_EQ(WatchIndex().FindLostDocument(Passport("A1")), nullptr);
}

TEST(WatchIndexTest, LostDocuments) {
  WatchEntry lost = WithDocument("A01234567", "UTO");
  lost.entry = "W-2";
  lost.kind = WatchKind::kLostDocument;
  WatchEntry first = lost;
  first.entry = "W-1";
  WatchEntry person = WithDocument("B7654321", "UTO");
  person.entry = "W-3";
  const WatchIndex index({lost, first, person});
  ASSERT_NE(index.FindLostDocument(Passport("a0123-4567", "UTO")), nullptr);
  EXPECT_EQ(index.FindLostDocument(Passport("A01234567", "UTO"))->entry, "W-1");
  EXPECT_NE(index.FindLostDocument(Passport("A01234567")), nullptr);
  EXPECT_EQ(index.FindLostDocument(Passport("A01234567", "XXA")), nullptr);
  EXPECT_EQ(index.FindLostDocument(Passport("B7654321", "UTO")), nullptr) << "an entry of another kind";
  EXPECT_EQ(index.FindLostDocument(Passport("")), nullptr);
  EXPECT_TRUE(index.HasLostDocuments());
}

}  // namespace
}  // namespace landfall
