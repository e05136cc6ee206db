// People over time: told in flights, through the real pipeline and a real store.

#include "pipeline/people/people_book.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "pipeline/pipeline.h"
#include "pipeline/reference/load.h"
#include "rules/built_in.h"
#include "rules/profile.h"
#include "tests/storage/temp_store.h"
#include "tests/support/flight_builder.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using testing_support::Person;
using testing_support::TemporaryFolder;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// One flight ZZ101 a day, by its day of November 2026.
std::string Flight(int day, const std::vector<Person>& travellers) {
  const std::string d = (day < 10 ? "0" : "") + std::to_string(day);
  std::string json = R"({"message_id":"M)" + d + std::to_string(travellers.size()) + R"(","sender":"ZZ","sent_at":"2026-11-)" + d +
                     R"(T01:00:00Z","kind":"check_in","flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-)" +
                     d + R"(T10:00:00Z","arrives_at":"2026-11-)" + d + R"(T16:00:00Z"},"travellers":[)";
  for (const Person& person : travellers) json += (&person == &travellers.front() ? "" : ",") + person.Json();
  return json + "]}\n";
}

class World {
 public:
  World() : database_(store_.MustOpen()) {
    configuration_.people_key = database_->KeyFor("people");
    const rules::LoadResult loaded = rules::LoadProfile(rules::BuiltInProfileText(), rules::BuiltInListReader());
    rules_ = {std::make_shared<const rules::RuleSet>(loaded.profile)};
  }

  World& Import(ReferenceKind kind, const std::string& id, const std::string& json) {
    StoreBatch batch;
    batch.PutReference(kind, id, json);
    EXPECT_TRUE(database_->Commit(batch).ok());
    return *this;
  }
  World& Screen(const std::vector<std::string>& lines, int threads = 2) {
    std::string text;
    for (const std::string& line : lines) text += line;
    const std::string path = folder_.Write("in.ndjson", text);
    reference_ = LoadReferences(*database_).value();
    PipelineOptions options;
    options.threads = threads;
    options.batch_bytes = 2'000;
    Pipeline pipeline(*database_, configuration_, reference_, rules_, options);
    EXPECT_TRUE(pipeline.Start().ok());
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    MessageReader reader(path, descriptor, InputLimits{}, 2'000);
    const absl::Status status = pipeline.Run(reader, {}, {});
    EXPECT_TRUE(status.ok()) << status;
    ::close(descriptor);
    return *this;
  }

  PeopleBook Book() const { return PeopleBook(*database_, configuration_, *reference_); }
  IdentityKey Key(const std::string& number) const {
    const std::vector<IdentityKey> found = Book().WithNumber(number).value();
    EXPECT_THAT(found, SizeIs(1)) << number;
    return found.empty() ? IdentityKey{} : found.front();
  }
  PersonFile Of(const std::string& number) const { return Of(Key(number)); }
  PersonFile Of(const IdentityKey& key) const {
    const auto file = Book().Find(key).value();
    EXPECT_TRUE(file.has_value());
    return file.value_or(PersonFile());
  }
  // The document numbers of the identities joined, in order of first travel.
  std::vector<std::string> Joined(const std::string& number) const {
    std::vector<std::string> numbers;
    for (const Identity& identity : Of(number).identities) {
      numbers.push_back(identity.sightings.front().stated.documents.front().number);
    }
    return numbers;
  }
  LinkState StateOf(const std::string& a, const std::string& b) const {
    const IdentityKey key_a = Key(a), key_b = Key(b);
    for (const PeopleLink& link : Of(key_a).links) {
      if (std::minmax(link.a, link.b) == std::minmax(key_a, key_b)) return link.state;
    }
    ADD_FAILURE() << "no link between " << a << " and " << b;
    return LinkState::kProposed;
  }
  absl::Status Judge(const std::string& a, const std::string& b, Verdict verdict) {
    StoreBatch batch;
    EXPECT_TRUE(Book().Judge(Key(a), Key(b), verdict, "OQ", "seen", Instant{1}, batch).ok());
    return database_->Commit(batch);
  }
  absl::Status Undo(const std::string& a, const std::string& b) {
    StoreBatch batch;
    const absl::Status status = Book().Undo(Key(a), Key(b), "OQ", "mistaken", Instant{2}, batch);
    return status.ok() ? database_->Commit(batch) : status;
  }
  Database& database() { return *database_; }

 private:
  TempStore store_;
  TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
  Configuration configuration_;
  RuleSets rules_;
  std::shared_ptr<const ReferenceSnapshot> reference_;
};

Person Child(std::string passport, std::string surname = "TEIKORIBO", std::string given = "EKODUNU", std::string born = "2014-03-02") {
  return Person("1").Named(surname, given).Born(born).Passport(passport).Booked("K3P7QX");
}
Person Aunt() { return Person("2").Named("FENWICK", "MARL").Born("1985-02-02").Passport("X9000001").Booked("K3P7QX"); }

Person WithPhone(Person person) { return person.Set("contacts", R"([{"kind":"phone","value":"+442079460312"}])"); }

// What is told of a person, in words: for comparing two files.
std::string Told(const PersonFile& file) {
  std::string text = file.id + ":";
  for (const Identity& identity : file.identities) {
    text += " " + identity.id();
    for (const IdentitySighting& sighting : identity.sightings) text += " " + ToString(sighting.flight) + "/" + sighting.traveller;
  }
  for (const PeopleLink& link : file.links) {
    text += "\n" + PeopleId('P', link.a) + " " + PeopleId('P', link.b) + " " + std::to_string(link.score) + " " +
            std::string(ToText(link.state));
  }
  for (const Identity& other : file.others) text += "\nother " + other.id();
  return text;
}

struct OverTime {
  const char* label;
  Person first, later;
  std::vector<std::string> joined;  // Of the later one.
};
class OverTimeTest : public testing::TestWithParam<OverTime> {};
TEST_P(OverTimeTest, Joins) {
  World world;
  world.Screen({Flight(1, {GetParam().first, Aunt()}), Flight(20, {GetParam().later, Aunt()})});
  EXPECT_EQ(world.Joined("N0000002"), GetParam().joined);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, OverTimeTest,
    testing::Values(
        OverTime{"NewPassport", Child("N0000001"), Child("N0000002"), {"N0000001", "N0000002"}},
        OverTime{"NewPassportAndSpelling", Child("N0000001"), Child("N0000002", "TEIKORIBO", "EKODUNOO"), {"N0000002"}},
        OverTime{"NewPassportAndSpellingWithTheSameVisa", Child("N0000001").Document("V", "VG77"),
                 Child("N0000002", "TEIKORIBO", "EKODUNOO").Document("V", "VG77"), {"N0000001", "N0000002"}},
        OverTime{"TwinsOnTwoFlightsOfOneFamily", WithPhone(Child("N0000001", "OSMAN", "AMINA")),
                 WithPhone(Child("N0000002", "OSMAN", "AMIRA")), {"N0000002"}},
        OverTime{"ACommonNameAndTheSamePhone", WithPhone(Child("N0000001", "KHAN", "MUHAMMED")),
                 WithPhone(Child("N0000002", "KHAN", "MUHAMMED")), {"N0000001", "N0000002"}},
        OverTime{"ACommonNameSexAndNationality", Child("N0000001", "KHAN", "MUHAMMED").Text("sex", "M").From("UTO"),
                 Child("N0000002", "KHAN", "MUHAMMED").Text("sex", "M").From("UTO"), {"N0000002"}},
        OverTime{"ChangedSurnameInAPassportWithTheSameVisa", Child("N0000001").Document("V", "VG77"),
                 Child("N0000002", "FENWICK").Document("V", "VG77"), {"N0000001", "N0000002"}},
        OverTime{"ChangedSurnameAlone", Child("N0000001"), Child("N0000002", "FENWICK"), {"N0000002"}},
        OverTime{"BothNamesOther", Child("N0000001"), Child("N0000002", "FENWICK", "MARL"), {"N0000002"}},
        OverTime{"AnotherBirthDate", Child("N0000001"), Child("N0000002", "TEIKORIBO", "EKODUNU", "2014-09-25"), {"N0000002"}},
        OverTime{"ACommonName", Child("N0000001", "KHAN", "MUHAMMED"), Child("N0000002", "KHAN", "MUHAMMED"), {"N0000002"}}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(PeopleBookTest, AChangedSurnameAloneIsForReview) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()}), Flight(20, {Child("N0000002", "FENWICK"), Aunt()})});
  EXPECT_EQ(world.StateOf("N0000001", "N0000002"), LinkState::kProposed);
  EXPECT_THAT(world.Of("N0000001").links[0].terms,
              Contains(AllOf(Field(&MatchTerm::term, "surname"), Field(&MatchTerm::points, -14))));
}

TEST(PeopleBookTest, OneDocumentIsOneIdentityOverItsFlights) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()}), Flight(9, {Child("N0000001", "TEIKORIBO", "EKODUNOO"), Aunt()})});
  const PersonFile file = world.Of("N0000001");
  ASSERT_THAT(file.identities, SizeIs(1));
  EXPECT_THAT(file.identities[0].sightings, SizeIs(2));
  EXPECT_EQ(file.id, file.identities[0].id());
}

TEST(PeopleBookTest, TheIdIsThatOfTheFirstJourneyAndStays) {
  World world;
  world.Screen({Flight(5, {Child("N0000001"), Aunt()})});
  const std::string before = world.Of("N0000001").id;
  world.Screen({Flight(20, {Child("N0000002"), Aunt()})});
  EXPECT_EQ(world.Of("N0000002").id, before);
  EXPECT_EQ(world.Of("N0000001").id, before);
}

TEST(PeopleBookTest, ChildAndGrownUpAreOnePerson) {
  World world;
  // Of age on the tenth; the brother is a child on both days.
  const Person brother = Person("3").Named("TEIKORIBO", "JEMI").Born("2018-01-01").Passport("B0000001").Booked("K3P7QX");
  world.Screen({Flight(1, {Child("N0000001", "TEIKORIBO", "EKODUNU", "2008-11-10")}),
                Flight(20, {Child("N0000002", "TEIKORIBO", "EKODUNU", "2008-11-10"), brother})});
  EXPECT_THAT(world.Joined("N0000002"), ElementsAre("N0000001", "N0000002"));
}

TEST(PeopleBookTest, TwoWithACommonNameAndNoDocumentDoNotJoin) {
  World world;
  const Person child = Child("").Without("documents").Named("KHAN", "MUHAMMED");
  world.Screen({Flight(1, {child, Aunt()}), Flight(20, {child, Aunt()})});
  const auto found = world.Book().WithName("KHAN", "MUHAMMED", *ParsePartialDate("2014-03-02")).value();
  ASSERT_THAT(found, SizeIs(2));
  const PersonFile a = world.Of(found[0]), b = world.Of(found[1]);
  EXPECT_NE(a.id, b.id);
  EXPECT_THAT(a.identities, SizeIs(1));
  // For a person to look at.
  ASSERT_THAT(a.links, SizeIs(1));
  EXPECT_EQ(a.links[0].state, LinkState::kProposed);
}

TEST(PeopleBookTest, TwinsOnOneFlightAreTwo) {
  World world;
  const Person twin = Person("3").Named("TEIKORIBO", "EKODUNA").Born("2014-03-02").Passport("N0000003").Booked("K3P7QX");
  // Alone on a later flight, each joins itself, and the other is kept apart by the flight they shared.
  world.Screen({Flight(1, {Child("N0000001"), twin}), Flight(20, {Child("N0000002")})});
  EXPECT_THAT(world.Joined("N0000002"), ElementsAre("N0000001", "N0000002"));
  EXPECT_THAT(world.Joined("N0000003"), ElementsAre("N0000003"));
}

TEST(PeopleBookTest, AdultsWithoutAChildAreNotKept) {
  World world;
  world.Screen({Flight(1, {Aunt(), Child("N0000001").Booked("OTHER1").Named("QUILL", "ORLA")})});
  EXPECT_THAT(world.Book().WithNumber("X9000001").value(), IsEmpty());
  EXPECT_THAT(world.Book().WithNumber("N0000001").value(), SizeIs(1));
}

TEST(PeopleBookTest, ACorrectedPassportLeavesNobodyBehind) {
  World world;
  std::string correction = Flight(1, {Child("N0000002"), Aunt()});
  correction.replace(correction.find("\"M01"), 4, "\"U01").replace(correction.find("T01:00"), 6, "T02:00");
  world.Screen({Flight(1, {Child("N0000001"), Aunt()})});
  const IdentityKey before = world.Key("N0000001");
  world.Screen({correction});
  EXPECT_FALSE(world.Book().Find(before).value().has_value());
  EXPECT_THAT(world.Of("N0000002").identities, SizeIs(1));
}

TEST(PeopleBookTest, EvidenceHasBothValuesAndAddsUp) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()}), Flight(20, {Child("N0000002", "TEIKORIBO", "EKODUNOO"), Aunt()})});
  const PersonFile file = world.Of("N0000001");
  ASSERT_THAT(file.links, SizeIs(1));
  std::int32_t sum = 0;
  for (const MatchTerm& term : file.links[0].terms) sum += term.points;
  EXPECT_EQ(sum, file.links[0].score);
  EXPECT_THAT(file.links[0].terms, Contains(AllOf(Field(&MatchTerm::term, "date_of_birth"), Field(&MatchTerm::query, "2014-03-02"),
                                                  Field(&MatchTerm::entry, "2014-03-02"))));
}

// ---- Judgements.

TEST(JudgementTest, SameJoinsAndUndoRestores) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()}), Flight(20, {Child("N0000002", "FENWICK"), Aunt()})});
  const std::string before = Told(world.Of("N0000002"));
  ASSERT_TRUE(world.Judge("N0000001", "N0000002", Verdict::kSame).ok());
  EXPECT_THAT(world.Joined("N0000002"), ElementsAre("N0000001", "N0000002"));
  EXPECT_EQ(world.StateOf("N0000001", "N0000002"), LinkState::kSame);
  ASSERT_TRUE(world.Undo("N0000002", "N0000001").ok());  // In either order.
  EXPECT_EQ(Told(world.Of("N0000002")), before);
  // The words stay on record.
  const auto judgements = world.Book().Judgements(world.Key("N0000001"), world.Key("N0000002")).value();
  ASSERT_THAT(judgements, SizeIs(1));
  EXPECT_EQ(judgements[0].by, "OQ");
  EXPECT_EQ(judgements[0].undone_reason, "mistaken");
}

TEST(JudgementTest, DifferentPartsAndUndoRestores) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()}), Flight(20, {Child("N0000002"), Aunt()})});
  const std::string before = Told(world.Of("N0000002"));
  ASSERT_TRUE(world.Judge("N0000001", "N0000002", Verdict::kDifferent).ok());
  EXPECT_THAT(world.Joined("N0000002"), ElementsAre("N0000002"));
  EXPECT_THAT(world.Joined("N0000001"), ElementsAre("N0000001"));
  ASSERT_TRUE(world.Undo("N0000001", "N0000002").ok());
  EXPECT_EQ(Told(world.Of("N0000002")), before);
}

TEST(JudgementTest, NotSureJoinsNothingByThatLink) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()}), Flight(20, {Child("N0000002"), Aunt()})});
  ASSERT_TRUE(world.Judge("N0000001", "N0000002", Verdict::kNotSure).ok());
  EXPECT_THAT(world.Joined("N0000002"), ElementsAre("N0000002"));
}

TEST(JudgementTest, DifferentHoldsAgainstAChainOfEvidence) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()}), Flight(9, {Child("N0000003"), Aunt()}),
                Flight(20, {Child("N0000002"), Aunt()})});
  EXPECT_THAT(world.Joined("N0000002"), SizeIs(3));
  ASSERT_TRUE(world.Judge("N0000001", "N0000002", Verdict::kDifferent).ok());
  // The third belongs to one of the two, and every way of asking says to which.
  const std::vector<std::string> one = world.Joined("N0000001"), two = world.Joined("N0000002");
  EXPECT_EQ(one.size() + two.size(), 3u);
  EXPECT_EQ(world.Joined("N0000003"), one.size() == 2 ? one : two);
}

TEST(JudgementTest, TheLatestWordHoldsAndUndoBringsBackTheOneBefore) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()}), Flight(20, {Child("N0000002", "FENWICK"), Aunt()})});
  ASSERT_TRUE(world.Judge("N0000001", "N0000002", Verdict::kSame).ok());
  ASSERT_TRUE(world.Judge("N0000002", "N0000001", Verdict::kDifferent).ok());
  EXPECT_EQ(world.StateOf("N0000001", "N0000002"), LinkState::kDifferent);
  ASSERT_TRUE(world.Undo("N0000001", "N0000002").ok());
  EXPECT_EQ(world.StateOf("N0000001", "N0000002"), LinkState::kSame);
  ASSERT_TRUE(world.Undo("N0000001", "N0000002").ok());
  EXPECT_EQ(world.StateOf("N0000001", "N0000002"), LinkState::kProposed);
  EXPECT_EQ(world.Undo("N0000001", "N0000002").code(), absl::StatusCode::kNotFound);
}

// Whatever is judged, in whatever order: with all of it taken back, everything is as it was.
TEST(JudgementTest, UndoingEverythingRestoresEverything) {
  std::mt19937_64 random(SeedOr(20261128));
  World world;
  const std::vector<std::string> numbers = {"N0000001", "N0000002", "N0000003", "N0000004", "N0000005"};
  world.Screen({Flight(1, {Child(numbers[0]), Aunt()}), Flight(4, {Child(numbers[1]), Aunt()}),
                Flight(8, {Child(numbers[2], "FENWICK"), Aunt()}), Flight(12, {Child(numbers[3], "TEIKORIBO", "EKODUNOO"), Aunt()}),
                Flight(16, {Child(numbers[4], "FENWICK", "EKODUNU"), Aunt()})});
  const auto all = [&] {
    std::vector<std::string> told;
    for (const std::string& number : numbers) told.push_back(Told(world.Of(number)));
    return told;
  };
  const std::vector<std::string> before = all();
  for (int round = 0; round < 8; ++round) {
    std::vector<std::pair<std::string, std::string>> judged;
    for (int i = 0; i < 6; ++i) {
      const std::size_t a = random() % numbers.size(), b = (a + 1 + random() % (numbers.size() - 1)) % numbers.size();
      ASSERT_TRUE(world.Judge(numbers[a], numbers[b], static_cast<Verdict>(random() % 3)).ok());
      judged.emplace_back(numbers[a], numbers[b]);
      // Symmetric: each member tells the same person.
      for (const Identity& identity : world.Of(numbers[a]).identities) {
        EXPECT_EQ(world.Of(identity.key).id, world.Of(numbers[a]).id);
      }
    }
    std::shuffle(judged.begin(), judged.end(), random);
    for (const auto& [a, b] : judged) ASSERT_TRUE(world.Undo(a, b).ok());
    EXPECT_EQ(all(), before);
  }
}

TEST(PeopleBookTest, NeitherThreadsNorTheOrderOfMessagesMatter) {
  std::vector<std::string> lines;
  for (int day = 1; day <= 12; ++day) {
    lines.push_back(Flight(day, {Child("N000000" + std::to_string(day % 4 + 1), day % 3 == 0 ? "FENWICK" : "TEIKORIBO"), Aunt()}));
  }
  // The ids are those of the store's own key: what is compared is which documents, flights and links there are.
  const auto shape = [](World& world) {
    std::string text;
    for (const char* number : {"N0000001", "N0000002", "N0000003", "N0000004", "X9000001"}) {
      const PersonFile file = world.Of(number);
      std::vector<std::string> parts;
      for (const Identity& identity : file.identities) {
        for (const IdentitySighting& s : identity.sightings) parts.push_back(ToString(s.flight) + s.stated.documents.front().number);
      }
      for (const PeopleLink& link : file.links) parts.push_back(std::to_string(link.score) + std::string(ToText(link.state)));
      std::ranges::sort(parts);
      for (const std::string& part : parts) text += part + " ";
      text += "\n";
    }
    return text;
  };
  World forth, back;
  forth.Screen(lines, 1);
  std::ranges::reverse(lines);
  back.Screen(lines, 4);
  EXPECT_EQ(shape(forth), shape(back));
}

// ---- Contacts and sponsors.

TEST(ContactTest, OnePhoneAndAddressOverTime) {
  World world;
  const auto with = [](Person person, const char* phone, const char* lines, const char* postcode) {
    return person.Set("contacts", std::string(R"([{"kind":"phone","value":")") + phone + "\"}]")
        .Set("address", std::string(R"({"lines":")") + lines + R"(","city":"LONDON","postcode":")" + postcode + R"(","country":"GBR"})");
  };
  world.Screen({Flight(1, {with(Child("N0000001"), "020 7946 0312", "14 LARKSPUR MEWS", "SE5 4KV")}),
                Flight(20, {with(Child("N0000007", "QUILL", "ORLA", "2013-01-01"), "+44 20 7946 0312", "14, Larkspur Mews", "se54kv")})});
  const auto all_of = [&](ContactSort sort, const std::string& text) {
    const HashKey key = world.database().KeyFor("people");
    return world.Book().FindContact(sort, AsBytes(ContactKeyOf(key, sort, text))).value();
  };
  const auto phone = all_of(ContactSort::kPhone, "+442079460312");
  ASSERT_TRUE(phone.has_value());
  EXPECT_THAT(phone->uses, SizeIs(2));
  EXPECT_NE(phone->uses[0].identity, phone->uses[1].identity);
  EXPECT_EQ(phone->uses[0].role, "own");
}

TEST(ContactTest, OneSponsorOfTwoChildrenInAnySpelling) {
  World world;
  const auto visa = [](const std::string& number, const std::string& holder, const std::string& born, const std::string& given) {
    return R"({"vignette":")" + number + R"(","holder":{"surname":")" + holder + R"(","given_names":"EKODUNU","date_of_birth":")" + born +
           R"("},"sponsor":{"surname":"KHAN","given_names":")" + given + R"(","date_of_birth":"1970-01-09"}})";
  };
  world.Import(ReferenceKind::kSponsors, "SP-1", R"({"sponsor_id":"SP-1","surname":"KHAN","given_names":"MOHAMED","date_of_birth":"1970-01-09"})");
  world.Import(ReferenceKind::kVignettes, "VG1", visa("VG1", "TEIKORIBO", "2014-03-02", "MUHAMMED"));
  world.Import(ReferenceKind::kVignettes, "VG2", visa("VG2", "QUILL", "2013-01-01", "MOHAMMAD"));
  world.Screen({Flight(1, {Child("N0000001")}), Flight(20, {Child("N0000007", "QUILL", "EKODUNU", "2013-01-01")})});
  const auto sponsor = world.Book().FindContact(
      ContactSort::kSponsor, AsBytes(ContactKeyOf(world.database().KeyFor("people"), ContactSort::kSponsor, "id SP-1"))).value();
  ASSERT_TRUE(sponsor.has_value());
  EXPECT_THAT(sponsor->uses, SizeIs(2));
}

// ---- The end of what is kept.

TEST(ForgetTest, TakesAwayWhoWasLastSeenBefore) {
  World world;
  world.Screen({Flight(1, {Child("N0000001")}), Flight(9, {Child("N0000003", "QUILL", "ORLA", "2013-01-01")}),
                Flight(20, {Child("N0000002")})});
  const std::uint64_t before = world.database().CountRows("people").value();
  const std::uint64_t taken = ForgetPeopleBefore(MakeDate(2026, 11, 10), world.database()).value();
  EXPECT_EQ(world.database().CountRows("people").value(), before - taken);
  EXPECT_THAT(world.Book().WithNumber("N0000001").value(), IsEmpty());
  EXPECT_THAT(world.Book().WithNumber("N0000003").value(), IsEmpty());
  EXPECT_THAT(world.Joined("N0000002"), ElementsAre("N0000002"));
  EXPECT_EQ(ForgetPeopleBefore(MakeDate(2026, 11, 10), world.database()).value(), 0u);
}

TEST(PeopleBookTest, NoKeyHoldsPersonalData) {
  World world;
  world.Screen({Flight(1, {Child("N0000001"), Aunt()})});
  EXPECT_TRUE(world.database()
                  .ForEachPeople("", [](std::string_view key, std::string_view) -> absl::StatusOr<bool> {
                    for (const char* text : {"TEIKORIBO", "EKODUNU", "N0000001", "2014-03-02", "FENWICK"}) {
                      EXPECT_EQ(key.find(text), std::string_view::npos);
                    }
                    return true;
                  })
                  .ok());
}

TEST(PeopleIdTest, ReadsBack) {
  const Digest128 key{1, 2, 3, 4, 5, 6, 7, 8, 9};
  EXPECT_EQ(PeopleId('P', key), "P-0102030405060708");
  EXPECT_EQ(ParsePeopleId('P', "P-0102030405060708"), std::string("\1\2\3\4\5\6\7\x8", 8));
  for (const char* id : {"", "P-", "P-0102", "T-0102030405060708", "P-010203040506070g", "P-01020304050607080"}) {
    EXPECT_FALSE(ParsePeopleId('P', id)) << id;
  }
}

}  // namespace
}  // namespace landfall
