#include "pipeline/quarantine/resubmit.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"

namespace landfall {
namespace {

// Bytes as a file, which is what a reader reads from.
class MemoryFile {
 public:
  static absl::StatusOr<MemoryFile> Make(std::string_view bytes) {
    MemoryFile file(::memfd_create("resubmitted", MFD_CLOEXEC));
    while (file.descriptor_ >= 0 && !bytes.empty()) {
      const ssize_t written = ::write(file.descriptor_, bytes.data(), bytes.size());
      if (written < 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (file.descriptor_ < 0 || !bytes.empty() || ::lseek(file.descriptor_, 0, SEEK_SET) != 0) {
      return absl::UnavailableError(
          absl::StrFormat("cannot keep what is sent again in memory: %s", std::strerror(errno)));
    }
    return file;
  }
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  MemoryFile(MemoryFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  MemoryFile& operator=(MemoryFile&&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  explicit MemoryFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

void NoteBatch(const Batch& batch, Resubmission& result) {
  result.counts.Add(batch.counts);
  result.refused = batch.quarantined;
  // A duplicate's travellers are as unread as they were when it came first.
  for (std::size_t i = 0; i < batch.messages.size(); ++i) {
    const bool is_taken_in =
        std::any_of(batch.accepted.begin(), batch.accepted.end(),
                    [&](const AcceptedMessage& accepted) { return accepted.message == batch.messages[i]; });
    if (is_taken_in) continue;  // Stands among the quarantined already.
    const std::vector<QuarantinedRecord>& unread = batch.travellers_set_aside[i];
    result.refused.insert(result.refused.end(), unread.begin(), unread.end());
  }
  result.flights = batch.named;
  std::sort(result.flights.begin(), result.flights.end());
  result.flights.erase(std::unique(result.flights.begin(), result.flights.end()), result.flights.end());
  result.accepted = result.refused.empty() && batch.counts.messages.read > 0;
}

}  // namespace

absl::StatusOr<Resubmission> Resubmit(const QuarantineEntry& entry, std::string_view bytes,
                                      const ResubmitOptions& options, Database& database,
                                      const Configuration& configuration,
                                      std::shared_ptr<const ReferenceSnapshot> reference, RuleSets rule_sets) {
  ASSIGN_OR_RETURN(const MemoryFile file, MemoryFile::Make(bytes));
  // Room for all of it and the end: one chunk is one batch, and one batch one atomic write.
  MessageReader reader(options.name, file.descriptor(), configuration.limits, bytes.size() + 1);
  PipelineOptions pipeline_options;
  pipeline_options.threads = options.threads;
  Pipeline pipeline(database, configuration, std::move(reference), std::move(rule_sets), pipeline_options);
  RETURN_IF_ERROR(pipeline.Start());

  Resubmission result;
  bool is_refused = false;
  const auto before_persist = [&](Batch& batch) -> absl::Status {
    NoteBatch(batch, result);
    is_refused = !result.accepted;
    if (is_refused) return absl::CancelledError("refused");
    batch.store.PutQuarantineClosing(entry, {QuarantineState::kResubmitted, options.name, options.now});
    return absl::OkStatus();
  };
  const absl::Status status = pipeline.Run(reader, {}, {}, before_persist);
  if (!status.ok() && !is_refused) return status;
  return result;
}

}  // namespace landfall
