#include "pipeline/assess/assess_stage.h"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/assess/points.h"
#include "pipeline/facts/flight_facts.h"
#include "pipeline/people/people_rows.h"
#include "storage/fact_codec.h"

namespace landfall {
namespace {

bool IsGone(const FlightState& state) { return state.cancelled || state.replaced_by.has_value(); }

void AddUndecided(const FlightState& state, FlightFlag& flag) {
  for (const Finding& lost : state.set_aside) {
    flag.undecided.push_back(
        {{lost.traveller}, absl::StrFormat("This traveller's data could not be read: %s", lost.problem)});
  }
}

// The bytes that were sent, as far as they may be kept, where they are still at hand. All records of one raw message together
// take a mebibyte of them, or the message once: ten thousand bad travellers of one message must not make ten thousand copies.
class KeptBytes {
 public:
  KeptBytes(const Batch& batch, const Configuration& configuration)
      : messages_(batch.chunk.messages), configuration_(configuration), taken_(messages_.size()) {}

  // Valid until the next call.
  std::string_view Take(const QuarantinedRecord& record) {
    const auto behind = std::upper_bound(
        messages_.begin(), messages_.end(), record.position.offset,
        [](std::uint64_t offset, const RawMessage& raw) { return offset < raw.offset; });
    if (behind == messages_.begin()) return {};
    const auto index = static_cast<std::size_t>(behind - messages_.begin()) - 1;
    const RawMessage& raw = messages_[index];
    if (record.position.offset >= raw.offset + std::max<std::size_t>(raw.bytes.size(), 1)) return {};
    if (taken_[index] > 0 && taken_[index] + raw.bytes.size() > kMostCopied) return {};
    taken_[index] += raw.bytes.size();
    if (raw.format == InputFormat::kNdjson) return raw.bytes;
    if (latest_ != &raw) kept_ = BytesToKeep(raw, configuration_);
    latest_ = &raw;
    return kept_;
  }

 private:
  static constexpr std::size_t kMostCopied = std::size_t{1} << 20;

  const std::vector<RawMessage>& messages_;
  const Configuration& configuration_;
  std::vector<std::size_t> taken_;  // Bytes, of each message.
  const RawMessage* latest_ = nullptr;
  std::string kept_;
};

void SortHits(std::vector<Hit>& hits) {
  std::stable_sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return std::tuple(-static_cast<int>(a.severity), -a.points, std::string_view(a.rule), std::string_view(a.party)) <
           std::tuple(-static_cast<int>(b.severity), -b.points, std::string_view(b.rule), std::string_view(b.party));
  });
}

}  // namespace

struct AssessStage::Scratch {
  explicit Scratch(const rules::RuleSet& rule_set) : table(rule_set.windows()) {}
  FactTable table;
  rules::RuleOutcomes outcomes;
};

struct AssessStage::PerThread {
  explicit PerThread(const RuleSets& sets)
      : scratch([&sets] {
          std::vector<Scratch> of_sets;
          for (const auto& set : sets) of_sets.emplace_back(*set);
          return of_sets;
        }) {}
  tbb::enumerable_thread_specific<std::vector<Scratch>> scratch;
};

AssessStage::AssessStage(const Configuration& configuration, RuleSets rule_sets)
    : configuration_(configuration),
      rule_sets_(std::move(rule_sets)),
      per_thread_(std::make_unique<PerThread>(rule_sets_)) {
  for (const auto& set : rule_sets_) sample_keys_.push_back(SampleKey(set->hash()));
}
AssessStage::~AssessStage() = default;

void AssessStage::UseRules(RuleSets rule_sets) {
  rule_sets_ = std::move(rule_sets);
  per_thread_ = std::make_unique<PerThread>(rule_sets_);
  sample_keys_.clear();
  for (const auto& set : rule_sets_) sample_keys_.push_back(SampleKey(set->hash()));
}

FlightFlag BeginFlag(const FlightState& state) {
  FlightFlag flag;
  flag.id = FlagId(state.key);
  flag.key = state.key;
  flag.direction = state.direction;
  flag.terminal = state.flight.terminal;
  flag.arrives_at = state.flight.arrives_at;
  flag.now = state.now;
  flag.findings = state.findings;
  if (!IsGone(state)) AddUndecided(state, flag);
  return flag;
}

void FinishFlag(const std::vector<ProfileParameters>& parameters, const std::vector<HashKey>& sample_keys,
                FlightFlag& flag) {
  SortHits(flag.hits);
  const FlightPoints points = PointsOf(flag.hits);
  flag.points = points.highest;
  flag.points_sum = points.sum;
  flag.critical = std::any_of(flag.hits.begin(), flag.hits.end(),
                              [](const Hit& hit) { return hit.severity == Severity::kCritical; });
  for (const ProfileParameters& of_profile : parameters) {
    flag.suggested = std::max(flag.suggested, Suggest(flag.hits, flag.points, !flag.undecided.empty(), of_profile));
  }
  for (std::size_t i = 0; flag.hits.empty() && i < parameters.size(); ++i) {
    flag.sampled = flag.sampled || IsSampled(flag.key, parameters[i].sample_share, sample_keys[i]);
  }
  std::sort(flag.findings.begin(), flag.findings.end());
  flag.findings.erase(std::unique(flag.findings.begin(), flag.findings.end()), flag.findings.end());
}

void AssessStage::Assess(const Batch& batch, std::size_t set, Scratch& scratch, std::vector<FlightFlag>& flags,
                         std::vector<std::string>* facts, std::vector<FlightPeopleRows>* people) const {
  const rules::RuleSet& rule_set = *rule_sets_[set];
  FactTable& table = scratch.table;
  table.Clear();
  std::vector<FlightContext> contexts;
  contexts.reserve(batch.flights.size());
  FlightState gone;  // A flight that will not come has nobody on board.
  for (const auto& state : batch.flights) {
    const FlightState* assessed = state.get();
    if (IsGone(*state)) {
      gone = *state;
      gone.travellers.clear();
      assessed = &gone;
    }
    contexts.push_back(AddFlightFacts(*assessed, *batch.reference, configuration_, rule_set.profile().parameters, table));
  }
  rule_set.Evaluate(table, scratch.outcomes);

  for (std::uint32_t i = 0; i < batch.flights.size(); ++i) {
    const FlightState& state = *batch.flights[i];
    const FlightContext& context = contexts[i];
    const auto [first, last] = table.FlightRows(i);
    rules::HitContext hit_context;
    hit_context.flight = state.key;
    hit_context.on = state.t0_date;
    hit_context.traveller_ref = [&, first = first](std::uint32_t row) {
      return TravellerName(state, context.row_traveller[row - first]);
    };
    hit_context.source = [&, first = first](FactId fact, std::uint32_t row) {
      return FactSource(fact, context.row_traveller[row - first], state, context);
    };
    hit_context.match_evidence = [&, first = first](FactId fact, std::uint32_t row) {
      return FactEvidence(fact, context.row_traveller[row - first], state, context);
    };
    FlightFlag& flag = flags[i];
    for (Hit& hit : rule_set.Hits(table, scratch.outcomes, i, hit_context)) flag.hits.push_back(std::move(hit));
    if (facts == nullptr) continue;
    // Children and findings are the same under every profile.
    for (const TravellerContext& traveller : context.travellers) flag.children += traveller.is_child ? 1 : 0;
    flag.findings.insert(flag.findings.end(), context.findings.begin(), context.findings.end());
    facts->push_back(EncodeFacts(table, i));
    if (configuration_.people_key && !IsGone(state)) {
      people->push_back({state.key, PeopleRowsOf(*configuration_.people_key, state, context, configuration_)});
    }
  }
}

void AssessStage::Apply(Batch& batch) const {
  std::vector<Scratch>& scratch = per_thread_->scratch.local();
  std::vector<ProfileParameters> parameters;
  std::vector<std::string> facts;
  for (const auto& state : batch.flights) batch.flags.push_back(BeginFlag(*state));
  for (std::size_t set = 0; set < rule_sets_.size(); ++set) {
    Assess(batch, set, scratch[set], batch.flags, set == 0 ? &facts : nullptr, &batch.people);
    parameters.push_back(rule_sets_[set]->profile().parameters);
  }
  for (FlightFlag& flag : batch.flags) {
    FinishFlag(parameters, sample_keys_, flag);
    flag.reference = batch.reference->version();
  }

  for (const AcceptedMessage& accepted : batch.accepted) {
    batch.store.PutMessage(*accepted.message, accepted.flight, accepted.content, accepted.sequence);
    if (!accepted.message->replaces || *accepted.message->replaces == accepted.flight) continue;
    Message link = *accepted.message;
    link.travellers.clear();
    batch.store.PutLink(*accepted.message->replaces, link, accepted.sequence);
  }
  for (std::size_t i = 0; i < batch.flights.size(); ++i) {
    batch.store.PutFlag(batch.flags[i]);
    if (batch.snapshot > 0) batch.store.PutAssessment(batch.flags[i], batch.snapshot);
    batch.store.PutFacts(batch.flights[i]->key, facts[i]);
  }
  KeptBytes kept(batch, configuration_);
  for (const QuarantinedRecord& record : batch.quarantined) {
    batch.store.PutQuarantined(record, kept.Take(record), batch.number);
  }
}

}  // namespace landfall
