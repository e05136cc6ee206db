#include "app/commands/screen.h"

#include <poll.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "app/clock.h"
#include "app/commands/import.h"
#include "app/exit_code.h"
#include "app/input_file.h"
#include "app/options.h"
#include "app/output/flag_json.h"
#include "app/output/flight_text.h"
#include "app/output/marked_bytes.h"
#include "app/output/standard_output.h"
#include "app/profile_watch.h"
#include "app/session.h"
#include "app/watch_folder.h"
#include "model/result.h"
#include "pipeline/merge/load_flight.h"
#include "pipeline/pipeline.h"
#include "pipeline/reference/import.h"
#include "pipeline/reference/load.h"

namespace landfall::app {
namespace {

using Clock = std::chrono::steady_clock;

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall screen [options] FILE...\n       landfall screen [options] --watch DIR [FILE...]\n"
      "       landfall screen [options] --rescreen",
      "Takes in messages (NDJSON, PAXLST or PNRGOV; gzip and zstd are expanded; - is standard input), keeps them safely,\n"
      "assesses every flight they name, and prints the flagged flights, best first. The same message twice has one effect.\n"
      "Flights that have not landed are assessed again first, if reference records were imported since.\n"
      "Nothing here decides about a person.",
      "landfall screen --data /tmp/store samples/day/messages/*",
      {kDataOption,
       kConfigOption,
       {"--profile", "FILE", "rule profile (default: the ones published in the store, else the built-in one)", true},
       {"--all", "", "print the flights without hits, too"},
       {"--reassess", "", "assess again the flights of messages that were taken in before: after records or rules changed "
                          "(with --profile always)"},
      {"--rescreen", "", "may go without a FILE: only flights that have not landed are assessed again, after an import"},
      {"--watch", "DIR", "keep taking in new files of this folder, until interrupted; a --profile that changes is used from the "
                          "next file on"},
      {"--watch-records", "DIR", "with --watch: also import new files of this folder, named KIND or KIND.anything, and assess "
                                 "again what has not landed"},
       {"--poll-ms", "N", "milliseconds between two looks at it (default 1000)"},
       kFormatOption,
       kThreadsOption,
       {"--progress-ms", "N", "milliseconds between progress lines (default 200 on a terminal, else 2000)"},
       kFailOnOption}};
  return spec;
}

struct ScreenOptions {
  SessionOptions session;
  std::vector<std::string> files;
  std::string format;
  bool all = false;
  bool reassess = false;
  std::string watch;  // A folder; empty: none.
  std::string watch_records;  // Likewise.
  int poll_ms = 1'000;
  std::chrono::milliseconds progress_every{0};
  FailOn fail_on;
};

absl::StatusOr<ScreenOptions> OptionsFrom(const ParsedOptions& parsed) {
  ScreenOptions options;
  options.files = parsed.positional;
  options.watch = parsed.Get("--watch");
  if (parsed.Has("--watch") && options.watch.empty()) return absl::InvalidArgumentError("--watch needs a folder");
  options.watch_records = parsed.Get("--watch-records");
  if (!options.watch_records.empty() && options.watch.empty()) {
    return absl::InvalidArgumentError("--watch-records goes with --watch");
  }
  ASSIGN_OR_RETURN(const std::int64_t poll_ms, IntegerOption(parsed, "--poll-ms", options.poll_ms, 1, 3'600'000));
  options.poll_ms = static_cast<int>(poll_ms);
  if (options.files.empty() && options.watch.empty() && !parsed.Has("--rescreen")) {
    return absl::InvalidArgumentError("name at least one FILE (- is standard input; see --help)");
  }
  options.session = SessionOptionsFrom(parsed);
  ASSIGN_OR_RETURN(options.session.threads, ThreadsOption(parsed));
  ASSIGN_OR_RETURN(const std::int64_t progress_ms,
                   IntegerOption(parsed, "--progress-ms", ::isatty(STDERR_FILENO) ? 200 : 2'000, 0, 3'600'000));
  options.progress_every = std::chrono::milliseconds(progress_ms);
  options.all = parsed.Has("--all");
  options.reassess = parsed.Has("--reassess") || parsed.Has("--profile");
  ASSIGN_OR_RETURN(options.format, FormatOption(parsed));
  ASSIGN_OR_RETURN(options.fail_on, FailOn::From(parsed));
  return options;
}

// Tells how far the job is: often on a terminal, a plain line now and then elsewhere.
class ProgressPrinter {
 public:
  ProgressPrinter(std::uint64_t bytes_total, std::chrono::milliseconds every)
      : bytes_total_(bytes_total), every_(every), on_terminal_(::isatty(STDERR_FILENO)) {}

  void Print(const Progress& progress, std::uint64_t bytes_before) {
    const auto now = Clock::now();
    if (now - last_ < every_) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const double done = static_cast<double>(bytes_before + progress.bytes_read);
    std::string line = absl::StrFormat("on disk: %d messages, %d travellers, %.0f travellers/s",
                                       progress.counts.messages.stored + progress.counts.messages.duplicates,
                                       progress.counts.travellers.read,
                                       static_cast<double>(progress.counts.travellers.read) / seconds);
    if (bytes_total_ > 0 && done > 0) {
      absl::StrAppendFormat(&line, ", about %.0f s left",
                            seconds * (static_cast<double>(bytes_total_) - done) / done);
    }
    std::fprintf(stderr, on_terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
    printed_ = true;
  }
  void Finish() const {
    if (on_terminal_ && printed_) std::fputs("\r\033[K", stderr);
  }

 private:
  std::uint64_t bytes_total_;
  std::chrono::milliseconds every_;
  bool on_terminal_;
  bool printed_ = false;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_ = started_;
};

void PrintQuarantined(const QuarantinedRecord& record) {
  std::string line;
  AppendJson(record, line);
  std::fprintf(stderr, "%s\n", line.c_str());
}

absl::Status RunInputs(const ScreenOptions& options, Pipeline& pipeline) {
  // A wrong name among many costs nothing: all are looked at before the first is read. One is open at a time.
  std::uint64_t bytes_total = 0;
  for (const std::string& name : options.files) {
    ASSIGN_OR_RETURN(const std::uint64_t bytes, InputFile::Look(name));
    bytes_total += bytes;
  }
  ProgressPrinter printer(bytes_total, options.progress_every);
  std::uint64_t bytes_before = 0;
  for (const std::string& name : options.files) {
    ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(name));
    MessageReader reader(name, input.descriptor(), InputLimits{});
    const auto on_progress = [&](const Progress& progress) { printer.Print(progress, bytes_before); };
    const absl::Status status = pipeline.Run(reader, on_progress, PrintQuarantined);
    printer.Finish();
    RETURN_IF_ERROR(status);
    bytes_before += reader.bytes_read();
  }
  return absl::OkStatus();
}

// Prints flags one by one as they come, best first.
class FlagPrinter {
 public:
  FlagPrinter(const std::string& format, const Session& session) : format_(format), session_(session) {
    if (format_ == "csv") std::fputs(FlagCsvHeader().c_str(), stdout);
    if (format_ == "json") std::fputs("[", stdout);
  }
  absl::Status Print(const FlightFlag& flag) {
    std::string text;
    ++printed_;
    if (format_ == "table") {
      ASSIGN_OR_RETURN(const std::optional<FlightState> state,
                       LoadFlight(*session_.database, session_.configuration, *session_.reference, flag.key));
      if (!state) return absl::DataLossError(absl::StrFormat("flight %s has a flag but no messages", ToString(flag.key)));
      text = FlagText(printed_, flag, *state);
    } else if (format_ == "csv") {
      AppendFlagCsv(flag, text);
    } else {
      if (format_ == "json") text = printed_ > 1 ? ",\n" : "\n";
      AppendFlagJson(flag, text);
      if (format_ == "ndjson") text += '\n';
    }
    return WriteOut(text);
  }
  void Finish() const {
    if (format_ == "json") std::fputs("\n]\n", stdout);
  }

 private:
  const std::string& format_;
  const Session& session_;
  std::size_t printed_ = 0;
};

std::string BalanceLine(std::string_view what, const Balance& balance) {
  return absl::StrFormat("%-11s %d read = %d stored + %d duplicates + %d quarantined\n", std::string(what), balance.read,
                         balance.stored, balance.duplicates, balance.quarantined);
}

void PrintSummary(const Counts& counts, const FlagBook::Totals& totals, double seconds) {
  std::string text = BalanceLine("messages", counts.messages) + BalanceLine("travellers", counts.travellers);
  absl::StrAppendFormat(&text, "flights     %d named, %d flagged, %d undecided, %d sampled\n", totals.flights,
                        totals.flagged, totals.undecided, totals.sampled);
  absl::StrAppendFormat(&text, "time        %.2f s, %.0f travellers/s\n", seconds,
                        static_cast<double>(counts.travellers.read) / std::max(seconds, 1e-9));
  std::fputs(text.c_str(), stderr);
}

// How the run ends, once all is told.
absl::StatusOr<int> ExitCodeOfRun(const ScreenOptions& options, const Counts& counts, const FlagBook::Totals& totals) {
  if (!counts.messages.Holds() || !counts.travellers.Holds()) {
    return absl::InternalError("the balance of read and stored does not hold: please report this");
  }
  const std::uint64_t quarantined = counts.messages.quarantined + counts.travellers.quarantined;
  if (options.fail_on.IsMet({{"quarantined", quarantined},
                             {"findings", std::max(counts.findings, totals.findings)},
                             {"flagged", totals.flagged},
                             {"undecided", totals.undecided}})) {
    return kCheckFailed;
  }
  return quarantined > 0 ? kQuarantined : kDone;
}

absl::StatusOr<int> ScreenFiles(const ScreenOptions& options, const Session& session, Pipeline& pipeline) {
  const auto started = Clock::now();
  RETURN_IF_ERROR(RunInputs(options, pipeline));
  const double seconds = std::chrono::duration<double>(Clock::now() - started).count();

  FlagPrinter printer(options.format, session);
  ASSIGN_OR_RETURN(const FlagBook::Totals totals,
                   pipeline.flags().Visit(*session.database, options.all,
                                          [&](const FlightFlag& flag) { return printer.Print(flag); }));
  printer.Finish();
  PrintSummary(pipeline.counts(), totals, seconds);
  return ExitCodeOfRun(options, pipeline.counts(), totals);
}

// Set by SIGINT and SIGTERM: the file that is being taken in is finished, then the run ends. The same signal again ends it
// at once, which loses nothing that was acknowledged.
volatile std::sig_atomic_t stop_signal = 0;

void CatchStopSignals() {
  struct sigaction action {};
  action.sa_handler = [](int signal) { stop_signal = signal; };
  action.sa_flags = SA_RESETHAND;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

// Over the records of now: what has not landed and was assessed with others is assessed again.
absl::StatusOr<std::unique_ptr<Pipeline>> StartPipeline(const ScreenOptions& options, const Session& session) {
  PipelineOptions pipeline_options;
  pipeline_options.threads = options.session.threads;
  pipeline_options.reassess_duplicates = options.reassess;
  auto pipeline = std::make_unique<Pipeline>(*session.database, session.configuration, session.reference, session.rule_sets,
                                             pipeline_options);
  RETURN_IF_ERROR(pipeline->Start());
  ASSIGN_OR_RETURN(const Pipeline::Rescreened again, pipeline->Rescreen());
  if (again.flights > 0) {
    std::fprintf(stderr, "rescreened  %llu flights that have not landed, with the records of now; %llu with another result\n",
                 static_cast<unsigned long long>(again.flights), static_cast<unsigned long long>(again.changed));
  }
  return pipeline;
}

// "watchlist.2026-11-22.ndjson" is a file of watch entries.
std::optional<ReferenceKind> KindOfFile(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return FromText<ReferenceKind>(name.substr(0, name.find('.')));
}

// Takes in files one by one as they come, and prints the flagged flights that each names.
class Watcher {
 public:
  Watcher(const ScreenOptions& options, Session& session, std::unique_ptr<Pipeline> pipeline)
      : options_(options),
        session_(session),
        pipeline_(std::move(pipeline)),
        printer_(options.format, session),
        profiles_(options.session.profiles) {}

  absl::Status Run() {
    for (const std::string& file : options_.files) {
      if (stop_signal == 0) RETURN_IF_ERROR(Take(file));
    }
    RETURN_IF_ERROR(PrintNamed().status());  // Those assessed again at the start.
    WatchFolder folder(options_.watch), records(options_.watch_records);
    while (stop_signal == 0) {
      if (!options_.watch_records.empty()) RETURN_IF_ERROR(TakeRecords(records));
      SwapRules();
      ASSIGN_OR_RETURN(const std::vector<std::string> files, folder.Look());
      for (const std::string& file : files) {
        if (stop_signal == 0) RETURN_IF_ERROR(Take(file));
      }
      if (stop_signal == 0) ::poll(nullptr, 0, options_.poll_ms);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<int> Finish() {
    printer_.Finish();
    const double seconds = std::chrono::duration<double>(Clock::now() - started_).count();
    ASSIGN_OR_RETURN(const FlagBook::Totals totals,
                     named_.Visit(*session_.database, false, [](const FlightFlag&) { return absl::OkStatus(); }));
    PrintSummary(CountsSoFar(), totals, seconds);
    std::fprintf(stderr, "%s", absl::StrFormat("files       %d taken in, %d refused\n", taken_, refused_).c_str());
    ASSIGN_OR_RETURN(const int exit_code, ExitCodeOfRun(options_, CountsSoFar(), totals));
    if (stop_signal == SIGINT) return kInterrupted;
    return exit_code != kCheckFailed && refused_ > 0 ? kWrongUsage : exit_code;
  }

 private:
  // A profile that changed is used from the next file on; of one that is wrong the old one stays in use.
  void SwapRules() {
    if (!profiles_.HasChanged()) return;
    absl::StatusOr<RuleSets> fresh = profiles_.Load();
    if (!fresh.ok()) {
      std::fprintf(stderr, "landfall screen: the rules stay as they were: %s\n", std::string(fresh.status().message()).c_str());
      return;
    }
    for (const auto& set : *fresh) {
      std::fprintf(stderr, "rules: %s %s from now on\n", set->profile().id.c_str(), std::string(set->hash()).c_str());
    }
    session_.rule_sets = *fresh;  // For the pipeline that a change of the records makes.
    pipeline_->UseRules(*std::move(fresh));
  }

  // A file at fault is told and passed over; an error is the store's.
  absl::Status Take(const std::string& name) {
    const Counts before = CountsSoFar();
    absl::Status status = RunOne(name);
    if (!status.ok() && !absl::IsInvalidArgument(status) && !absl::IsNotFound(status)) return status;
    ASSIGN_OR_RETURN(const FlagBook::Totals totals, PrintNamed());
    ++(status.ok() ? taken_ : refused_);
    if (!status.ok()) std::fprintf(stderr, "landfall screen: %s\n", std::string(status.message()).c_str());
    std::fprintf(stderr, "%s\n", FileLine(name, before, totals).c_str());
    return absl::OkStatus();
  }

  absl::Status RunOne(const std::string& name) {
    ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(name));
    MessageReader reader(name, input.descriptor(), InputLimits{});
    return pipeline_->Run(reader, {}, PrintQuarantined);
  }

  Counts CountsSoFar() const {
    Counts counts = before_;
    counts.Add(pipeline_->counts());
    return counts;
  }

  // Prints the flights that were named since the last call, and forgets them.
  absl::StatusOr<FlagBook::Totals> PrintNamed() {
    const FlagBook named = pipeline_->TakeFlags();
    ASSIGN_OR_RETURN(const FlagBook::Totals totals,
                     named.Visit(*session_.database, options_.all,
                                 [&](const FlightFlag& flag) { return printer_.Print(flag); }));
    std::fflush(stdout);
    named_.Add(named);
    return totals;
  }

  // Imports what is new in the folder, as `landfall import` does. Every batch of messages is assessed with one state of the
  // records: they change between two files, never within one.
  absl::Status TakeRecords(WatchFolder& folder) {
    ASSIGN_OR_RETURN(const std::vector<std::string> files, folder.Look());
    bool any = false;
    for (const std::string& file : files) {
      absl::StatusOr<ImportSummary> imported = ImportOne(file);
      if (!imported.ok() && !absl::IsInvalidArgument(imported.status()) && !absl::IsNotFound(imported.status())) {
        return imported.status();
      }
      any = any || (imported.ok() && imported->stored > 0);
      std::fprintf(stderr, "%s\n",
                   imported.ok() ? absl::StrFormat("%s: %d records read, %d stored, %d quarantined", Escaped(file),
                                                   imported->read, imported->stored, imported->quarantined).c_str()
                                 : ("landfall screen: " + std::string(imported.status().message())).c_str());
    }
    if (!any) return absl::OkStatus();
    ASSIGN_OR_RETURN(session_.reference, LoadReferences(*session_.database));
    before_ = CountsSoFar();
    ASSIGN_OR_RETURN(pipeline_, StartPipeline(options_, session_));
    return PrintNamed().status();
  }

  absl::StatusOr<ImportSummary> ImportOne(const std::string& file) {
    const std::optional<ReferenceKind> kind = KindOfFile(file);
    if (!kind) return absl::InvalidArgumentError(absl::StrFormat("%s: its name does not begin with a kind of record", Escaped(file)));
    ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(file));
    const ImportOptions options{*kind, file, Today(), PrintQuarantined, {}};
    return ImportRecords(options, input.descriptor(), *session_.database);
  }

  std::string FileLine(const std::string& name, const Counts& before, const FlagBook::Totals& totals) const {
    const Counts now = CountsSoFar();
    return absl::StrFormat("%s: %d messages read, %d stored, %d duplicates, %d quarantined; %d travellers; "
                           "%d flights named, %d flagged, %d undecided",
                           Escaped(name), now.messages.read - before.messages.read,
                           now.messages.stored - before.messages.stored,
                           now.messages.duplicates - before.messages.duplicates,
                           now.messages.quarantined - before.messages.quarantined,
                           now.travellers.read - before.travellers.read, totals.flights, totals.flagged,
                           totals.undecided);
  }

  const ScreenOptions& options_;
  Session& session_;
  std::unique_ptr<Pipeline> pipeline_;
  Counts before_;  // Of pipelines before this one.
  FlagPrinter printer_;
  ProfileWatch profiles_;
  FlagBook named_;  // By any file so far.
  std::uint64_t taken_ = 0, refused_ = 0;
  Clock::time_point started_ = Clock::now();
};

absl::StatusOr<int> Screen(const ScreenOptions& options) {
  ASSIGN_OR_RETURN(Session session, OpenSession(options.session));
  ASSIGN_OR_RETURN(std::unique_ptr<Pipeline> pipeline, StartPipeline(options, session));
  if (options.watch.empty()) return ScreenFiles(options, session, *pipeline);
  CatchStopSignals();
  Watcher watcher(options, session, std::move(pipeline));
  RETURN_IF_ERROR(watcher.Run());
  return watcher.Finish();
}

}  // namespace

int RunScreen(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  absl::StatusOr<ScreenOptions> options = OptionsFrom(*parsed.options);
  if (!options.ok()) {
    std::fprintf(stderr, "landfall screen: %s\n", std::string(options.status().message()).c_str());
    return kWrongUsage;
  }
  const absl::StatusOr<int> exit_code = Screen(*options);
  if (exit_code.ok()) return *exit_code;
  std::fprintf(stderr, "landfall screen: %s\n", std::string(exit_code.status().message()).c_str());
  return ExitCodeOf(exit_code.status());
}

}  // namespace landfall::app
