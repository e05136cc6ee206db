// Rules over columns: how many rule evaluations a second one thread makes.
//
//   BM_EvaluateRules/rules:N    4,096 travellers on 16 flights, N rules of four conditions, a third
//   of them shared BM_EvaluateFlight/rules:N   one flight of 400 BM_WalkRules/rules:N        the
//   same by the tree walk, for comparison BM_CompileRules/rules:N     from a checked profile
//
// Data are synthetic, of fixed seed, with the shares of values that passengers have: one in ten a
// child, a fifth of the facts unknown. Items are rule evaluations: rules times rows.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <string>

#include "absl/strings/str_format.h"
#include "rules/profile.h"
#include "rules/rule_set.h"
#include "rules/tree_walk.h"

namespace landfall::rules {
namespace {

constexpr std::size_t kRows = 4096, kRowsOfFlight = 256, kRowsOfLargeFlight = 400;

// Conditions as in the profile for child protection, their numbers varied so that most are
// distinct.
std::string ConditionText(std::mt19937& random) {
  const auto below = [&random](unsigned bound) { return static_cast<int>(random() % bound); };
  switch (below(12)) {
    case 0:
      return absl::StrFormat("pax.age < %d", below(18));
    case 1:
      return absl::StrFormat("booking.lead_hours < %d", 12 * below(20));
    case 2:
      return "pax.one_way = true";
    case 3:
      return "booking.payment = cash";
    case 4:
      return absl::StrFormat("party.adults <= %d", below(4));
    case 5:
      return "escort.relationship in [not_related, unknown]";
    case 6:
      return absl::StrFormat("sponsor.distinct_children(90 days) >= %d", below(8));
    case 7:
      return "sponsor.close_relative is not true";
    case 8:
      return absl::StrFormat("flight.arrival_local_hour in %d..23", below(23));
    case 9:
      return absl::StrFormat("(pax.stay_days > %d or visa.kind in [none, other])", below(90));
    case 10:
      return absl::StrFormat("flight.port = \"%s\"", below(2) == 0 ? "LHR" : "LGW");
    default:
      return absl::StrFormat("(count m in party.members where (m.age < %d)) >= 2", 5 + below(13));
  }
}

std::string ProfileText(int rules) {
  std::mt19937 random(1);
  std::string text = "profile bench \"bench\" version 1\n";
  for (int i = 0; i < rules; ++i) {
    text += absl::StrFormat(
        "\nrule R-%d \"r\"\n  level passenger\n  severity low\n  points 1\n  when\n    pax.child",
        i);
    for (int term = 0; term < 3; ++term) text += "\n    and " + ConditionText(random);
    text += "\n  unless\n    party.organised_group = true or " + ConditionText(random) +
            "\n  why \"w\"\n  source \"s\"\n  justify age: \"j\"\n  fairness \"f\"\n  review_by "
            "2027-01-01\n";
  }
  return text;
}

std::shared_ptr<const Profile> LoadBenchProfile(int rules) {
  const std::string text = ProfileText(rules);
  LoadResult result = LoadProfile(text, nullptr);
  if (result.ok()) return result.profile;
  for (const Diagnostic& diagnostic : result.diagnostics)
    std::cerr << Format(diagnostic, "bench.rules", text);
  std::abort();
}

class TableFiller {
 public:
  explicit TableFiller(FactTable& table) : table_(table) {}

  void Fill(std::size_t rows, std::size_t rows_of_flight) {
    while (table_.rows() < rows) {
      if (table_.rows() % rows_of_flight == 0) table_.AddFlight();
      table_.AddParty();
      const std::size_t left = rows_of_flight - table_.rows() % rows_of_flight;
      for (std::size_t people = std::min<std::size_t>(Below(4) + 1, left); people > 0; --people)
        AddPerson();
    }
  }

 private:
  std::uint32_t Below(std::uint32_t bound) { return static_cast<std::uint32_t>(random_() % bound); }
  bool Known() { return Below(5) != 0; }

  void AddPerson() {
    const std::uint32_t row = table_.AddRow();
    const bool is_child = Below(10) == 0;
    table_.SetBool(row, FactId::pax_child, is_child);
    if (Known()) table_.SetInt(row, FactId::pax_age, is_child ? Below(18) : 18 + Below(60));
    if (Known()) table_.SetNum(row, FactId::booking_lead_hours, Below(2000) / 4.0);
    if (Known()) table_.SetBool(row, FactId::pax_one_way, Below(4) == 0);
    if (Known()) table_.SetEnum(row, FactId::booking_payment, static_cast<std::uint8_t>(Below(6)));
    if (Known())
      table_.SetEnum(row, FactId::escort_relationship, static_cast<std::uint8_t>(Below(6)));
    if (Known()) table_.SetEnum(row, FactId::visa_kind, static_cast<std::uint8_t>(Below(7)));
    if (Known()) table_.SetBool(row, FactId::sponsor_close_relative, Below(2) == 0);
    if (Known()) table_.SetInt(row, FactId::pax_stay_days, Below(120));
    for (const auto& [fact, window] : table_.windows()) {
      if (Known()) table_.SetWindow(row, fact, window, Below(6));
    }
    const std::uint32_t party = table_.PartyOf(row), flight = table_.FlightOf(row);
    table_.SetInt(row, FactId::party_adults, party % 4);
    table_.SetBool(row, FactId::party_organised_group, party % 50 == 0);
    table_.SetInt(row, FactId::flight_arrival_local_hour, flight % 24);
    table_.SetText(row, FactId::flight_port, flight % 3 == 0 ? "LGW" : "LHR");
  }

  FactTable& table_;
  std::mt19937 random_{2};
};

void CheckAgainstTreeWalk(const RuleSet& rule_set, const FactTable& table,
                          const RuleOutcomes& outcomes) {
  for (std::size_t rule = 0; rule < rule_set.profile().rules.size(); rule += 7) {
    for (std::size_t row = 0; row < table.rows(); row += 31) {
      const bool fires = (outcomes.rules[rule].fires[row / 64] >> (row % 64)) & 1;
      const Outcome walked = EvaluateRule(rule_set.profile().rules[rule], rule_set.profile(),
                                          TableRowView(table, row));
      if (fires != (walked == Outcome::kTrue)) std::abort();
    }
  }
}

void Evaluate(benchmark::State& state, std::size_t rows, std::size_t rows_of_flight) {
  const RuleSet rule_set(LoadBenchProfile(static_cast<int>(state.range(0))));
  FactTable table(rule_set.windows());
  TableFiller(table).Fill(rows, rows_of_flight);
  RuleOutcomes outcomes;
  for (auto _ : state) {
    rule_set.Evaluate(table, outcomes);
    benchmark::DoNotOptimize(outcomes.rules.data());
  }
  CheckAgainstTreeWalk(rule_set, table, outcomes);
  state.SetItemsProcessed(state.iterations() * state.range(0) *
                          static_cast<std::int64_t>(table.rows()));
  state.counters["travellers/s"] = benchmark::Counter(
      static_cast<double>(table.rows()), benchmark::Counter::kIsIterationInvariantRate);
}

void BM_EvaluateRules(benchmark::State& state) { Evaluate(state, kRows, kRowsOfFlight); }
BENCHMARK(BM_EvaluateRules)->ArgName("rules")->Arg(50)->Arg(200)->Arg(1000);

void BM_EvaluateFlight(benchmark::State& state) {
  Evaluate(state, kRowsOfLargeFlight, kRowsOfLargeFlight);
}
BENCHMARK(BM_EvaluateFlight)->ArgName("rules")->Arg(50)->Arg(1000);

void BM_WalkRules(benchmark::State& state) {
  const RuleSet rule_set(LoadBenchProfile(static_cast<int>(state.range(0))));
  FactTable table(rule_set.windows());
  TableFiller(table).Fill(kRows, kRowsOfFlight);
  for (auto _ : state) {
    for (const Rule& rule : rule_set.profile().rules) {
      for (std::size_t row = 0; row < table.rows(); ++row) {
        benchmark::DoNotOptimize(EvaluateRule(rule, rule_set.profile(), TableRowView(table, row)));
      }
    }
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) *
                          static_cast<std::int64_t>(table.rows()));
}
BENCHMARK(BM_WalkRules)->ArgName("rules")->Arg(50);

void BM_CompileRules(benchmark::State& state) {
  const std::shared_ptr<const Profile> profile = LoadBenchProfile(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(RuleSet(profile));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_CompileRules)->ArgName("rules")->Arg(300)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace landfall::rules
