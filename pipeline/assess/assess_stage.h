#pragma once

#include <memory>
#include <vector>

#include "pipeline/batch.h"
#include "pipeline/configuration.h"
#include "rules/rule_set.h"

namespace landfall {

using RuleSets = std::vector<std::shared_ptr<const rules::RuleSet>>;

// A flight's facts are made, the rules run over them, and what is to be stored is encoded. Parallel: reads only what
// the batch pinned.
class AssessStage {
 public:
  // Borrows the configuration. At least one rule set.
  AssessStage(const Configuration& configuration, RuleSets rule_sets);
  ~AssessStage();

  // Other rules from the next batch on. Not while one is applied.
  void UseRules(RuleSets rule_sets);

  // Fills flags and store.
  void Apply(Batch& batch) const;

 private:
  struct Scratch;  // Tables and outcomes of one thread, kept between batches.
  struct PerThread;
  void Assess(const Batch& batch, std::size_t set, Scratch& scratch, std::vector<FlightFlag>& flags,
              std::vector<std::string>* facts, std::vector<FlightPeopleRows>* people) const;

  const Configuration& configuration_;
  RuleSets rule_sets_;
  std::vector<HashKey> sample_keys_;
  std::unique_ptr<PerThread> per_thread_;
};

// A flag without hits: what is known before any rule ran.
FlightFlag BeginFlag(const FlightState& state);
// Completes a flag from its hits: order, points, suggestion. `parameters` of each profile that ran.
void FinishFlag(const std::vector<ProfileParameters>& parameters, const std::vector<HashKey>& sample_keys,
                FlightFlag& flag);

}  // namespace landfall
