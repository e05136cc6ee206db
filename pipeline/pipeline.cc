#include "pipeline/pipeline.h"

#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <atomic>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "model/result.h"
#include "pipeline/filter_scope.h"

namespace landfall {

Pipeline::Pipeline(Database& database, const Configuration& configuration,
                   std::shared_ptr<const ReferenceSnapshot> reference, RuleSets rule_sets, PipelineOptions options)
    : database_(database),
      options_(options),
      reference_(std::move(reference)),
      parse_(configuration),
      merge_(database, configuration, options.travellers_in_memory, options.reassess_duplicates),
      assess_(configuration, std::move(rule_sets)),
      persist_(database) {
  for (std::size_t i = 0; i < options_.batches_in_flight; ++i) batches_.push_back(std::make_unique<Batch>());
}

absl::Status Pipeline::Start() {
  ASSIGN_OR_RETURN(const Database::Snapshot latest, database_.LatestSnapshot());
  snapshot_is_stored_ = latest.number > 0 && latest.version == reference_->version();
  snapshot_ = snapshot_is_stored_ ? latest.number : latest.number + 1;
  ASSIGN_OR_RETURN(StorePosition position, FindPosition(database_, reference_->version()));
  to_rescreen_ = std::move(position.to_rescreen);
  return merge_.Rebuild(*reference_, position.known_at);
}

// With the first batch that is assessed with it: a snapshot that nothing was assessed with is none of the store's.
void Pipeline::PutSnapshot(Batch& batch) {
  if (snapshot_is_stored_ || snapshot_ == 0 || batch.flights.empty()) return;
  batch.store.PutSnapshot(snapshot_, reference_->version());
  snapshot_is_stored_ = true;
}

absl::StatusOr<Pipeline::Rescreened> Pipeline::Rescreen() {
  // As many flights as a batch of messages holds: what is in memory at once is bounded alike.
  constexpr std::size_t kFlightsInBatch = 16;
  std::size_t next = 0;
  const auto fill = [&](Batch& batch) -> absl::StatusOr<bool> {
    while (next < to_rescreen_.size() && batch.again.size() < kFlightsInBatch) batch.again.push_back(to_rescreen_[next++].flight);
    return !batch.again.empty();
  };
  absl::flat_hash_map<FlightKey, std::string> before;
  for (const PastAssessment& past : to_rescreen_) before.emplace(past.flight, past.outcome);
  Rescreened done;
  const auto compare = [&](Batch& batch) {
    for (const FlightFlag& flag : batch.flags) {
      const auto it = before.find(flag.key);
      if (it == before.end()) continue;
      ++done.flights;
      if (it->second != OutcomeOf(flag)) {
        ++done.changed;
        batch.named.push_back(flag.key);
      }
      before.erase(it);
    }
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(RunBatches(fill, {}, {}, compare));
  to_rescreen_.clear();
  return done;
}

// With at most as many batches in flight as the ring has, the oldest is done when its turn comes again.
Batch* Pipeline::TakeBatch() {
  Batch* const batch = batches_[batches_read_ % batches_.size()].get();
  batch->Clear();
  batch->number = ++batches_read_;
  batch->reference = reference_;
  batch->snapshot = snapshot_;
  return batch;
}

absl::Status Pipeline::Run(MessageReader& reader, const ProgressCallback& on_progress,
                           const QuarantineCallback& on_quarantine, const BeforePersist& before_persist) {
  const auto fill = [&reader](Batch& batch) -> absl::StatusOr<bool> {
    const absl::StatusOr<bool> more = reader.Next(batch.chunk);
    batch.bytes_read = reader.bytes_read();
    return more;
  };
  return RunBatches(fill, on_progress, on_quarantine, before_persist);
}

absl::Status Pipeline::RunBatches(const FillBatch& fill, const ProgressCallback& on_progress,
                                  const QuarantineCallback& on_quarantine, const BeforePersist& before_persist) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(options_.threads));
  // The first error of the store wins and stops the reading; batches behind it are not written. After an error of
  // reading, what was read before still goes its way, so that the pipeline and the store stay as one.
  absl::Status error, read_error;
  std::atomic<bool> failed = false;
  const auto fail = [&](absl::Status status) {
    if (!failed.exchange(true)) error = std::move(status);
  };
  // Static: what stands on this stack may be read only behind it, its address included.
  static char start_token = 0;
  char read_token = 0, merge_token = 0, persist_token = 0;

  const auto read = [&](tbb::flow_control& control) -> Batch* {
    HandOverAcquire(&start_token);
    FilterScope scope(nullptr, &read_token);
    if (failed) return control.stop(), nullptr;
    Batch* const batch = TakeBatch();
    scope.SetBatch(batch);
    const absl::StatusOr<bool> more = fill(*batch);
    if (!more.ok()) read_error = more.status();
    if (!more.ok() || !*more) return control.stop(), nullptr;
    return batch;
  };
  const auto parse = [&](Batch* batch) {
    const FilterScope scope(batch, nullptr);
    parse_.Apply(*batch);
    return batch;
  };
  const auto merge = [&](Batch* batch) {
    const FilterScope scope(batch, &merge_token);
    if (failed) return batch;
    if (absl::Status status = merge_.Apply(*batch); !status.ok()) fail(std::move(status));
    return batch;
  };
  const auto assess = [&](Batch* batch) {
    const FilterScope scope(batch, nullptr);
    if (!failed) assess_.Apply(*batch);
    return batch;
  };
  const auto persist_and_flag = [&](Batch* batch) {
    const FilterScope scope(batch, &persist_token);
    if (failed) return;
    if (before_persist) {
      if (absl::Status status = before_persist(*batch); !status.ok()) return fail(std::move(status));
    }
    PutSnapshot(*batch);
    if (absl::Status status = persist_.Apply(*batch); !status.ok()) return fail(std::move(status));
    merge_.SetPersisted(batch->number);
    flags_.Name(batch->named);
    counts_.Add(batch->counts);
    if (on_quarantine) {
      for (const QuarantinedRecord& record : batch->quarantined) on_quarantine(record);
    }
    if (on_progress) on_progress({counts_, batch->bytes_read});
  };

  const tbb::filter<void, void> stages =
      tbb::make_filter<void, Batch*>(tbb::filter_mode::serial_in_order, read) &
      tbb::make_filter<Batch*, Batch*>(tbb::filter_mode::parallel, parse) &
      tbb::make_filter<Batch*, Batch*>(tbb::filter_mode::serial_in_order, merge) &
      tbb::make_filter<Batch*, Batch*>(tbb::filter_mode::parallel, assess) &
      tbb::make_filter<Batch*, void>(tbb::filter_mode::serial_in_order, persist_and_flag);
  HandOverRelease(&start_token);  // The stages hold copies of the functions above.
  tbb::parallel_pipeline(options_.batches_in_flight, stages);
  for (char* token : {&read_token, &merge_token, &persist_token}) HandOverAcquire(token);
  return error.ok() ? read_error : error;
}

}  // namespace landfall
