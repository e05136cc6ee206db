#pragma once

// The journey of a message, from bytes to a flagged flight: read -> parse -> merge -> assess -> persist -> flag.

#include <cstddef>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "pipeline/assess/assess_stage.h"
#include "pipeline/batch.h"
#include "pipeline/configuration.h"
#include "pipeline/flag/flag_book.h"
#include "pipeline/merge/merge_stage.h"
#include "pipeline/parse/parse_stage.h"
#include "pipeline/persist/persist_stage.h"
#include "pipeline/rescreen.h"

namespace landfall {

struct PipelineOptions {
  int threads = 2;
  std::size_t batch_bytes = 1u << 20;           // Of input: several flights' worth.
  std::size_t batches_in_flight = 6;            // What bounds memory, with the next.
  std::size_t travellers_in_memory = 150'000;   // Of flights kept between batches; the rest is in the store.
  bool reassess_duplicates = false;             // Assess again the flights of messages that came before.
};

// Tells how far a run has come, after each batch is on disk. Called on one thread at a time.
struct Progress {
  Counts counts;
  std::uint64_t bytes_read = 0;
};
using ProgressCallback = std::function<void(const Progress&)>;
// Called for every message or traveller that was set aside, in the order read, once that is on disk.
using QuarantineCallback = std::function<void(const QuarantinedRecord&)>;

// Called for every batch in order, before it is written. It may add to what the batch stores, in the same atomic write.
// An error of its own keeps the batch, and all behind it, from being written, and is what Run returns.
using BeforePersist = std::function<absl::Status(Batch&)>;

// One store, one set of rules, any number of inputs one after the other. Not thread-safe: it uses the threads itself.
class Pipeline {
 public:
  // Borrows the database and the configuration.
  Pipeline(Database& database, const Configuration& configuration, std::shared_ptr<const ReferenceSnapshot> reference,
           RuleSets rule_sets, PipelineOptions options);

  // Makes again from the store what the messages to come may depend on. To be called once, before Run.
  absl::Status Start();

  struct Rescreened {
    std::uint64_t flights = 0;  // Assessed again.
    std::uint64_t changed = 0;  // Of those: with another result. They count as named.
  };
  // Assesses again the flights that have not landed and were last assessed with other reference records, each once. After
  // Start. When it returns OK all of it is on disk; after an error it can be done again, and goes on where it stopped.
  absl::StatusOr<Rescreened> Rescreen();

  // Runs one input through all stages. When it returns OK, all of it is on disk. After an error what
  // was reported as progress is on disk, and the same input can be run again: it has no second effect. An error of the
  // input (InvalidArgument) leaves the pipeline fit to run the next one; after any other it is of no more use.
  // `before_persist` may be empty.
  absl::Status Run(MessageReader& reader, const ProgressCallback& on_progress, const QuarantineCallback& on_quarantine,
                   const BeforePersist& before_persist = {});

  // Other rules from the next input on.
  void UseRules(RuleSets rule_sets) { assess_.UseRules(std::move(rule_sets)); }

  const Counts& counts() const { return counts_; }
  const FlagBook& flags() const { return flags_; }
  // The flights named since the last call, or since the start; the pipeline begins a new book.
  FlagBook TakeFlags() { return std::exchange(flags_, {}); }

 private:
  // Fills the part of a batch that the rest is made from; false at the end.
  using FillBatch = std::function<absl::StatusOr<bool>(Batch&)>;
  Batch* TakeBatch();
  absl::Status RunBatches(const FillBatch& fill, const ProgressCallback& on_progress,
                          const QuarantineCallback& on_quarantine, const BeforePersist& before_persist);
  void PutSnapshot(Batch& batch);

  Database& database_;
  PipelineOptions options_;
  std::uint64_t snapshot_ = 0;        // Number of `reference_` in the store.
  bool snapshot_is_stored_ = false;
  std::vector<PastAssessment> to_rescreen_;
  std::shared_ptr<const ReferenceSnapshot> reference_;
  ParseStage parse_;
  MergeStage merge_;
  AssessStage assess_;
  PersistStage persist_;
  FlagBook flags_;
  Counts counts_;
  std::vector<std::unique_ptr<Batch>> batches_;  // A ring: a batch is free again when the one after it is read.
  std::uint64_t batches_read_ = 0;
};

}  // namespace landfall
