// The columns against the tree walk: random rules over random rows, outcome by outcome.
// LANDFALL_LONG=N runs N times as many; LANDFALL_SEED fixes the seed that a failure printed.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "model/fact_table.h"
#include "rules/profile.h"
#include "rules/rule_set.h"
#include "rules/tree_walk.h"

namespace landfall::rules {
namespace {

constexpr int kRulesOfProfile = 40;

int FromEnvironment(const char* name, int otherwise) {
  const char* const value = std::getenv(name);
  return value == nullptr ? otherwise : std::atoi(value);
}

class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}
  int Below(int bound) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(bound)); }
  bool Chance(int percent) { return Below(100) < percent; }
  template <typename T>
  const T& Of(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(Below(static_cast<int>(values.size())))];
  }

 private:
  std::mt19937 engine_;
};

// Values that rules and rows both draw from, so that comparisons come out both ways.
const std::vector<std::string>& TextsOf(FactType type) {
  static const std::vector<std::string> texts = {"ZZ101", "agency-1", "agency-2", "T2", "", "T5"};
  static const std::vector<std::string> countries = {"GBR", "NGA", "FRA", "XXA", "VNM", "ALB"};
  static const std::vector<std::string> airports = {"LHR", "LOS", "CDG", "LGW", "HAN", "TIA"};
  static const std::vector<std::string> carriers = {"ZZ", "YY", "ZZZ", "1A", "B2", "XYZ"};
  static const std::vector<std::string> routes = {"LOS-LHR", "CDG-LHR", "HAN-LGW",
                                                  "TIA-LGW", "LOS-LGW", "LHR-LOS"};
  switch (type) {
    case FactType::kCountry:
      return countries;
    case FactType::kAirport:
      return airports;
    case FactType::kCarrier:
      return carriers;
    case FactType::kRoute:
      return routes;
    default:
      return texts;
  }
}
const std::vector<std::int64_t> kInts = {-1,
                                         0,
                                         1,
                                         2,
                                         3,
                                         5,
                                         12,
                                         17,
                                         18,
                                         90,
                                         std::numeric_limits<std::int64_t>::max(),
                                         std::numeric_limits<std::int64_t>::min()};
const std::vector<double> kNums = {-12.5, -0.0, 0, 0.5, 1, 2, 2.5, 12, 33, 1e300};
const std::vector<std::string> kNumLiterals = {"-12.5", "0.0",  "0.5",  "1.0",
                                               "2.0",   "2.50", "12.0", "33.0"};
const std::vector<std::string> kWindows = {"90 days", "12 hours", "1 year, including_this",
                                           "84 days"};

// Conditions in the text of the language, right by construction.
class RuleWriter {
 public:
  explicit RuleWriter(Random& random) : random_(random) {}

  // What the quantifiers of the next conditions may cost: a rule has a limit.
  void SetBudget(std::int64_t cost) { budget_ = cost; }
  // From now on there is a define without quantifiers, which may stand in bodies too.
  void UsePlain(std::int64_t dots) { plain_dots_ = dots; }

  std::string Condition(int depth) {
    if (depth == 0) return Comparison();
    switch (random_.Below(8)) {
      case 0:
      case 1:
        return Chain(" and ", depth);
      case 2:
      case 3:
        return Chain(" or ", depth);
      case 4:
        return "not (" + Condition(depth - 1) + ")";
      case 5:
        return "(" + Condition(depth - 1) + ") " + Is();
      case 6:
        return in_body_ ? Comparison() : Quantified();
      default:
        return Comparison();
    }
  }

 private:
  std::string Chain(const std::string& word, int depth) {
    std::string text = "(" + Condition(depth - 1) + ")";
    for (int i = random_.Below(3) + 1; i > 0; --i) text += word + "(" + Condition(depth - 1) + ")";
    return text;
  }

  std::string Is() {
    static const std::vector<std::string> words = {"is true",      "is not true",   "is false",
                                                   "is not false", "is known",      "is not known",
                                                   "is unknown",   "is not unknown"};
    return random_.Of(words);
  }

  std::string Comparison() {
    if (plain_dots_ && random_.Chance(6)) return "plain";
    switch (random_.Below(7)) {
      case 0:
        return BoolComparison();
      case 1:
      case 2:
        return Number(2) + " " + Operator() + " " + Number(2);
      case 3:
        return EnumComparison();
      case 4:
        return TextComparison();
      case 5:
        return NumberSet();
      default:
        return AnyFact() + (random_.Chance(50) ? " is known" : " is unknown");
    }
  }

  std::string BoolComparison() {
    const std::string fact = Fact({FactType::kBool});
    if (random_.Chance(40)) return fact;
    if (random_.Chance(30)) return fact + " = " + Fact({FactType::kBool});
    if (random_.Chance(30)) return fact + " in [true" + (random_.Chance(50) ? ", false]" : "]");
    return random_.Chance(50) ? fact + " = false" : fact + " " + Is();
  }

  std::string EnumComparison() {
    const FactInfo& fact = FactOf({FactType::kEnum});
    const auto word = [&] { return "\"" + std::string(random_.Of(fact.values)) + "\""; };
    const std::string name = Use(fact);
    if (random_.Chance(20)) return name + " = " + Use(fact);
    if (random_.Chance(50)) return name + (random_.Chance(50) ? " = " : " != ") + word();
    std::string set = "[" + word();
    for (int i = random_.Below(7); i > 0; --i) set += ", " + word();
    return name + (random_.Chance(50) ? " in " : " not in ") + set + "]";
  }

  std::string TextComparison() {
    static const std::vector<FactType> types = {FactType::kText, FactType::kCountry,
                                                FactType::kAirport, FactType::kCarrier,
                                                FactType::kRoute};
    const FactType type = random_.Of(types);
    const std::string name = Fact({type});
    const auto word = [&] { return "\"" + random_.Of(TextsOf(type)) + "\""; };
    const std::string in = random_.Chance(70) ? " in " : " not in ";
    switch (random_.Below(5)) {
      case 0:
        return name + " = " + word();
      case 1:
        return name + " != " + word();
      case 2:
        return name + " = " + Fact({type});
      case 3:
        return name + in + "@" + ListOf(type);
      default:
        break;
    }
    std::string set = "[" + word();
    for (int i = random_.Below(6); i > 0; --i) set += ", " + word();
    return name + in + set + "]";
  }

  std::string ListOf(FactType type) {
    if (random_.Chance(15)) return "empty_" + std::string(TypeName(type));
    return std::string(TypeName(type)) + (random_.Chance(50) ? "s" : "_many");
  }
  static std::string_view TypeName(FactType type) {
    static constexpr std::string_view names[] = {"bool",    "int",     "num",     "text",
                                                 "country", "airport", "carrier", "route"};
    return names[static_cast<std::size_t>(type)];
  }

  std::string NumberSet() {
    const std::string number = Number(1);
    const std::string in = random_.Chance(70) ? " in " : " not in ";
    if (random_.Chance(30)) return number + in + (random_.Chance(50) ? "@ints" : "@nums");
    if (random_.Chance(50)) return number + in + NumberLiteral() + ".." + NumberLiteral();
    std::string set = "[" + NumberLiteral();
    for (int i = random_.Below(6); i > 0; --i) set += ", " + NumberLiteral();
    return number + in + set + "]";
  }

  std::string NumberLiteral() {
    return random_.Chance(60) ? std::to_string(std::max(random_.Of(kInts),
                                                        -std::numeric_limits<std::int64_t>::max()))
                              : random_.Of(kNumLiterals);
  }

  std::string Number(int depth) {
    if (depth == 0 || random_.Chance(60)) {
      return random_.Chance(70) ? Fact({FactType::kInt, FactType::kNum}) : NumberLiteral();
    }
    static const std::vector<std::string> operators = {" + ", " - ", " * ", " / "};
    return "(" + Number(depth - 1) + random_.Of(operators) + Number(depth - 1) + ")";
  }

  std::string Operator() {
    static const std::vector<std::string> operators = {"=", "!=", "<", "<=", ">", ">="};
    return random_.Of(operators);
  }

  std::string Quantified() {
    static const std::vector<std::string> words = {"any", "every", "no", "count"};
    const std::string word = random_.Of(words);
    in_body_ = true;
    // Most bodies speak of the member alone, as most rules do; the others need every pair.
    own_facts_percent_ = random_.Chance(75) ? 100 : 60;
    list_ = random_.Chance(70) ? "party.members" : "flight.passengers";
    const std::string text =
        word + " p in " + list_ + " where (" + Condition(random_.Below(2)) + ")";
    in_body_ = false;
    auto dots = std::count(text.begin(), text.end(), '.');  // At least as many as facts.
    for (std::size_t at = 0; (at = text.find("plain", at)) != std::string::npos; ++at) {
      dots += *plain_dots_;
    }
    const auto cost = dots * (list_ == "party.members" ? 99 : 900) + 60;
    if (cost > budget_) return Comparison();
    budget_ -= cost;
    if (word != "count") return "(" + text + ")";
    return random_.Chance(70) ? "(" + text + ") " + Operator() + " " + Number(0)
                              : Number(1) + " " + Operator() + " (" + text + ")";
  }

  const FactInfo& FactOf(const std::vector<FactType>& types) {
    while (true) {
      const FactInfo& fact = random_.Of(Facts());
      if (std::find(types.begin(), types.end(), fact.type) == types.end()) continue;
      if (fact.name == "pax.family_name_key") continue;  // Compared with name keys only.
      return fact;
    }
  }
  std::string Fact(const std::vector<FactType>& types) { return Use(FactOf(types)); }
  std::string AnyFact() {
    return random_.Chance(5) ? "party.members"
                             : Fact({FactType::kBool, FactType::kInt, FactType::kNum,
                                     FactType::kText, FactType::kCountry, FactType::kEnum});
  }

  // In a body, of the member or of the row.
  std::string Use(const FactInfo& fact) {
    const std::string window = fact.is_window ? "(" + random_.Of(kWindows) + ")" : "";
    std::string name(fact.name);
    if (in_body_ && fact.level == FactLevel::kTraveller && random_.Chance(own_facts_percent_)) {
      name = "p." + (fact.subject == "pax" ? name.substr(4) : name);
    }
    return name + window;
  }

  Random& random_;
  bool in_body_ = false;
  int own_facts_percent_ = 100;
  std::optional<std::int64_t> plain_dots_;  // Of that define.
  std::int64_t budget_ = 0;
  std::string list_;
};

std::string ListLines() {
  std::string text;
  for (const auto& [word, type] :
       std::vector<std::pair<std::string, FactType>>{{"text", FactType::kText},
                                                     {"country", FactType::kCountry},
                                                     {"airport", FactType::kAirport},
                                                     {"carrier", FactType::kCarrier},
                                                     {"route", FactType::kRoute}}) {
    const std::vector<std::string>& values = TextsOf(type);
    text +=
        absl::StrFormat("list @%ss : %s = [\"%s\", \"%s\"]\n", word, word, values[0], values[3]);
    // More values than are compared one by one.
    text += absl::StrFormat("list @%s_many : %s = [\"%s\", \"%s\", \"%s\", \"%s\", \"%s\"]\n", word,
                            word, values[0], values[1], values[2], values[4], values[5]);
    text += absl::StrFormat("list @empty_%s : %s = []\n", word, word);
  }
  return text + "list @ints : int = [0, 2, 17, 18, 90, -1]\nlist @nums : num = [0.5, 2.0, 12.0]\n";
}

std::string RandomProfile(Random& random) {
  RuleWriter writer(random);
  std::string text = "profile random \"random\" version 1\n\n" + ListLines() + "\n";
  const std::string plain = writer.Condition(1);
  text += "define plain = " + plain + "\n";
  writer.UsePlain(std::count(plain.begin(), plain.end(), '.'));
  writer.SetBudget(3'000);
  text += "define early = " + writer.Condition(1) + "\ndefine late = early or " + "(" +
          writer.Condition(0) + ")\n";
  for (int i = 0; i < kRulesOfProfile; ++i) {
    writer.SetBudget(5'000);
    static const std::vector<std::string> levels = {"passenger", "party", "flight"};
    text += absl::StrFormat(
        "\nrule R-%d \"random\"\n  level %s\n  severity low\n  points 1\n  when\n    %s\n", i,
        random.Of(levels), writer.Condition(random.Below(4)));
    if (random.Chance(50)) {
      text += "  unless\n    " +
              (random.Chance(20) ? std::string("late") : writer.Condition(random.Below(3))) + "\n";
    }
    text += "  why \"random\"\n  source \"test\"\n";
    for (const std::string_view word : {"age", "sex", "nationality", "nationality-proxy"}) {
      text += absl::StrFormat("  justify %s: \"test\"\n", std::string(word));
    }
    text += "  fairness \"test\"\n  review_by 2027-02-01\n";
  }
  return text;
}

std::shared_ptr<const Profile> Load(const std::string& text) {
  LoadResult result = LoadProfile(text, nullptr);
  for (const Diagnostic& diagnostic : result.diagnostics) {
    if (!diagnostic.warning) ADD_FAILURE() << Format(diagnostic, "random.rules", text);
  }
  return result.profile;
}

void SetRandomly(Random& random, const FactInfo& fact, std::uint32_t row, FactTable& table) {
  switch (fact.type) {
    case FactType::kBool:
      return table.SetBool(row, fact.id, random.Chance(50));
    case FactType::kEnum:
      return table.SetEnum(
          row, fact.id,
          static_cast<std::uint8_t>(random.Below(static_cast<int>(fact.values.size()))));
    case FactType::kInt:
      return table.SetInt(row, fact.id, random.Of(kInts));
    case FactType::kNum:
      return table.SetNum(row, fact.id, random.Of(kNums));
    case FactType::kPeople:
      return;
    default:
      return table.SetText(row, fact.id, random.Of(TextsOf(fact.type)));
  }
}

void CopyFact(const FactInfo& fact, std::uint32_t from, std::uint32_t to, FactTable& table) {
  if (fact.is_window || fact.type == FactType::kPeople) return;
  const FactColumn& column = table.Column(fact.id);
  if (!column.IsKnown(from)) return table.SetUnknown(to, fact.id);
  switch (fact.type) {
    case FactType::kBool:
      return table.SetBool(to, fact.id, column.small[from] != 0);
    case FactType::kEnum:
      return table.SetEnum(to, fact.id, column.small[from]);
    case FactType::kInt:
      return table.SetInt(to, fact.id, column.ints[from]);
    case FactType::kNum:
      return table.SetNum(to, fact.id, column.nums[from]);
    default:
      return table.SetText(to, fact.id, std::string(table.Text(column.texts[from])));
  }
}

// Facts of party and flight are the same in all rows of each, as the facts stage makes them.
void AddRandomRow(Random& random, FactTable& table) {
  const std::uint32_t row = table.AddRow();
  const std::uint32_t of_party = table.PartyRows(table.PartyOf(row)).first;
  const std::uint32_t of_flight = table.FlightRows(table.FlightOf(row)).first;
  for (const FactInfo& fact : Facts()) {
    const std::uint32_t first = fact.level == FactLevel::kTraveller ? row
                                : fact.level == FactLevel::kParty   ? of_party
                                                                    : of_flight;
    if (first != row)
      CopyFact(fact, first, row, table);
    else if (!fact.is_window && random.Chance(65))
      SetRandomly(random, fact, row, table);
  }
  for (const auto& [fact, window] : table.windows()) {
    if (Info(fact).level == FactLevel::kTraveller && random.Chance(65)) {
      table.SetWindow(row, fact, window, random.Below(5));
    }
  }
}

void FillTable(Random& random, std::size_t rows, FactTable& table) {
  table.Clear();
  while (table.rows() < rows) {
    table.AddFlight();
    for (int parties = random.Below(12) + 1; parties > 0 && table.rows() < rows; --parties) {
      table.AddParty();
      for (int people = random.Below(5) + 1; people > 0; --people) AddRandomRow(random, table);
    }
  }
}

bool Bit(const std::vector<std::uint64_t>& bits, std::size_t row) {
  return (bits[row / 64] >> (row % 64)) & 1;
}

struct Tallied {
  std::int64_t compared = 0, fired = 0, unknown = 0;
};

void CompareWithTreeWalk(const RuleSet& rule_set, const FactTable& table,
                         const RuleOutcomes& outcomes, Tallied& tallied) {
  const Profile& profile = rule_set.profile();
  ASSERT_EQ(outcomes.rules.size(), profile.rules.size());
  for (std::size_t rule = 0; rule < profile.rules.size(); ++rule) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const Outcome slow = EvaluateRule(profile.rules[rule], profile, TableRowView(table, row));
      const bool fires = Bit(outcomes.rules[rule].fires, row),
                 unknown = Bit(outcomes.rules[rule].unknown, row);
      const Outcome fast = fires ? Outcome::kTrue : unknown ? Outcome::kUnknown : Outcome::kFalse;
      ASSERT_TRUE(slow == fast && !(fires && unknown))
          << "row " << row << " of " << table.rows() << ": tree walk " << ToText(slow)
          << ", columns " << ToText(fast) << "\nwhen "
          << CanonicalText(*profile.rules[rule].when, &profile) << "\nunless "
          << (profile.rules[rule].unless ? CanonicalText(*profile.rules[rule].unless, &profile)
                                         : "-");
      ++tallied.compared;
      tallied.fired += fires ? 1 : 0;
      tallied.unknown += unknown ? 1 : 0;
    }
    // No bits beyond the last row.
    for (std::size_t row = table.rows(); row < outcomes.rules[rule].fires.size() * 64; ++row) {
      ASSERT_FALSE(Bit(outcomes.rules[rule].fires, row) || Bit(outcomes.rules[rule].unknown, row));
    }
  }
}

TEST(DifferentialTest, ColumnsAgreeWithTheTreeWalk) {
  const int rounds = 30 * FromEnvironment("LANDFALL_LONG", 1);
  const auto seed = static_cast<std::uint32_t>(FromEnvironment("LANDFALL_SEED", 20261122));
  std::cout << "seed " << seed << "\n";
  Random random(seed);
  Tallied tallied;
  RuleOutcomes outcomes;  // Kept: rounds leave their bits behind for the next.
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    const std::shared_ptr<const Profile> profile = Load(RandomProfile(random));
    ASSERT_NE(profile, nullptr);
    const RuleSet rule_set(profile);
    // A window that the table has no column for is unknown.
    std::vector<std::pair<FactId, Window>> windows = rule_set.windows();
    if (random.Chance(30) && !windows.empty()) windows.pop_back();
    FactTable table(windows);
    FillTable(random, static_cast<std::size_t>(random.Below(150) + 1), table);
    rule_set.Evaluate(table, outcomes);
    CompareWithTreeWalk(rule_set, table, outcomes, tallied);
  }
  std::cout << tallied.compared << " rule-rows, " << tallied.fired << " fired, " << tallied.unknown
            << " unknown\n";
  EXPECT_GE(tallied.compared, 100'000);
  EXPECT_GE(tallied.fired, tallied.compared / 20);
  EXPECT_GE(tallied.unknown, tallied.compared / 20);
}

// More rows than are evaluated together, with parties that lie across the border.
TEST(DifferentialTest, LargeTablesAgreeToo) {
  Random random(77);
  const std::shared_ptr<const Profile> profile = Load(R"(profile large "large" version 1

rule R-1 "party"
  level party
  severity low
  points 1
  when
    (any p in party.members where (p.child and p.one_way = true)) and (count p in party.members where (p.bags >= 2)) < 2
  why "w"
  source "s"
  fairness "f"
  review_by 2027-02-01

rule R-2 "traveller"
  level passenger
  severity low
  points 1
  when
    pax.child or pax.bags + pax.transit_points > 5 or booking.agency in ["agency-1", "agency-2", "T2", "T5", "X"]
  why "w"
  source "s"
  fairness "f"
  review_by 2027-02-01
)");
  ASSERT_NE(profile, nullptr);
  const RuleSet rule_set(profile);
  FactTable table(rule_set.windows());
  FillTable(random, 5'000, table);
  RuleOutcomes outcomes;
  rule_set.Evaluate(table, outcomes);
  Tallied tallied;
  CompareWithTreeWalk(rule_set, table, outcomes, tallied);
  EXPECT_GE(tallied.compared, 10'000);
}

// The blocks of rules of a text in another order.
std::string Shuffled(const std::string& text, Random& random) {
  std::vector<std::string> blocks;
  std::size_t at = text.find("\nrule ");
  const std::string head = text.substr(0, at);
  while (at != std::string::npos) {
    const std::size_t next = text.find("\nrule ", at + 1);
    blocks.push_back(text.substr(at, next == std::string::npos ? next : next - at));
    at = next;
  }
  for (std::size_t i = blocks.size(); i > 1; --i) {
    std::swap(blocks[i - 1], blocks[static_cast<std::size_t>(random.Below(static_cast<int>(i)))]);
  }
  std::string result = head;
  for (const std::string& block : blocks) result += block;
  return result;
}

TEST(DifferentialTest, TheOrderOfRulesNeverMatters) {
  Random random(4711);
  for (int round = 0; round < 4; ++round) {
    const std::string text = RandomProfile(random);
    const std::shared_ptr<const Profile> profile = Load(text), other = Load(Shuffled(text, random));
    ASSERT_TRUE(profile != nullptr && other != nullptr);
    const RuleSet rules(profile), shuffled(other);
    FactTable table(rules.windows());
    FillTable(random, 120, table);
    RuleOutcomes outcomes, others;
    rules.Evaluate(table, outcomes);
    shuffled.Evaluate(table, others);
    for (std::size_t i = 0; i < profile->rules.size(); ++i) {
      const auto same = std::find_if(other->rules.begin(), other->rules.end(),
                                     [&](const Rule& rule) { return rule.id == profile->rules[i].id; });
      ASSERT_NE(same, other->rules.end());
      const auto j = static_cast<std::size_t>(same - other->rules.begin());
      ASSERT_EQ(outcomes.rules[i].fires, others.rules[j].fires) << profile->rules[i].id;
      ASSERT_EQ(outcomes.rules[i].unknown, others.rules[j].unknown) << profile->rules[i].id;
    }
    // Nor that of the hits.
    HitContext context;
    context.on = MakeDate(2026, 11, 22);
    context.traveller_ref = [](std::uint32_t row) { return std::to_string(row); };
    const auto told = [](const std::vector<Hit>& hits) {
      std::vector<std::string> lines;
      for (const Hit& hit : hits) lines.push_back(hit.rule + " " + hit.party + " " + (hit.travellers.empty() ? "" : hit.travellers[0]));
      return lines;
    };
    ASSERT_EQ(told(rules.Hits(table, outcomes, 0, context)), told(shuffled.Hits(table, others, 0, context)));
  }
}

TEST(DifferentialTest, AnEmptyTableHasNoOutcomes) {
  Random random(1);
  const std::shared_ptr<const Profile> profile = Load(RandomProfile(random));
  ASSERT_NE(profile, nullptr);
  const RuleSet rule_set(profile);
  RuleOutcomes outcomes;
  rule_set.Evaluate(FactTable(rule_set.windows()), outcomes);
  ASSERT_EQ(outcomes.rules.size(), profile->rules.size());
  EXPECT_TRUE(outcomes.rules[0].fires.empty());
}

}  // namespace
}  // namespace landfall::rules
