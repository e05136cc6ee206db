#include "app/synth/world_writer.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <memory>
#include <queue>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "app/synth/messages.h"
#include "app/synth/paxlst_writer.h"
#include "model/result.h"
#include "pipeline/parse/parse.h"

namespace landfall::app {
namespace {

constexpr std::size_t kFlushBytes = 1u << 20;
// The first message of a flight comes a day before it departs; a day begins up to 14 hours before it does in UTC.
constexpr std::int64_t kAheadSeconds = (24 + 14 + 2) * 3'600;

// A file that is written piece by piece.
class OutputFile {
 public:
  static absl::StatusOr<std::unique_ptr<OutputFile>> Open(std::string path) {
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return absl::UnavailableError(absl::StrFormat("cannot write %s: %s", path, std::strerror(errno)));
    return std::unique_ptr<OutputFile>(new OutputFile(std::move(path), file));
  }
  ~OutputFile() {
    if (file_ != nullptr) std::fclose(file_);
  }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  // What is added here is written sooner or later: call FlushIfLarge now and then, and Close at the end.
  std::string& text() { return text_; }
  std::uint64_t bytes() const { return bytes_; }

  absl::Status FlushIfLarge() { return text_.size() < kFlushBytes ? absl::OkStatus() : Flush(); }
  absl::Status Close() {
    RETURN_IF_ERROR(Flush());
    const bool is_closed = std::fclose(std::exchange(file_, nullptr)) == 0;
    return is_closed ? absl::OkStatus() : Failed();
  }

 private:
  OutputFile(std::string path, std::FILE* file) : path_(std::move(path)), file_(file) { text_.reserve(2 * kFlushBytes); }

  absl::Status Flush() {
    if (std::fwrite(text_.data(), 1, text_.size(), file_) != text_.size()) return Failed();
    bytes_ += text_.size();
    text_.clear();
    return absl::OkStatus();
  }
  absl::Status Failed() const {
    return absl::UnavailableError(absl::StrFormat("writing %s failed: %s", path_, std::strerror(errno)));
  }

  std::string path_;
  std::FILE* file_;
  std::string text_;
  std::uint64_t bytes_ = 0;
};

class WorldWriter {
 public:
  WorldWriter(const World& world, std::string folder) : world_(world), folder_(std::move(folder)) {}

  absl::StatusOr<WrittenWorld> Write() {
    RETURN_IF_ERROR(MakeFolders());
    world_.AddBackground(lines_);
    while (true) {
      QueueDaysInReach();
      if (queue_.empty()) break;
      const Due due = queue_.top();
      queue_.pop();
      RETURN_IF_ERROR(Send(due));
      RETURN_IF_ERROR(WriteLines(false));
    }
    RETURN_IF_ERROR(WriteLines(true));
    RETURN_IF_ERROR(WriteConfiguration());
    for (auto& [name, file] : files_) {
      RETURN_IF_ERROR(file->Close());
      written_.bytes += file->bytes();
    }
    return written_;
  }

 private:
  struct Due {
    Instant at;
    std::uint64_t serial;
    Sending sending;

    friend bool operator>(const Due& a, const Due& b) {
      return std::tie(a.at, a.serial, a.sending) > std::tie(b.at, b.serial, b.sending);
    }
  };

  absl::Status MakeFolders() {
    std::error_code error;
    std::filesystem::create_directories(folder_ + "/messages", error);
    if (!error) return absl::OkStatus();
    return absl::UnavailableError(absl::StrFormat("cannot make the folder %s/messages: %s", folder_, error.message()));
  }

  // Every day of which something may be due before what is next in the queue.
  void QueueDaysInReach() {
    for (; next_day_ < world_.options().days; ++next_day_) {
      const std::int64_t begins = (world_.FirstDay().days + next_day_) * std::int64_t{86'400};
      if (!queue_.empty() && queue_.top().at.seconds < begins - kAheadSeconds) return;
      QueueDay(next_day_);
    }
  }

  void QueueDay(int day) {
    const auto flights = static_cast<std::uint64_t>(world_.options().flights);
    const std::uint64_t first = static_cast<std::uint64_t>(day) * flights;
    for (std::uint64_t serial = first; serial < first + flights; ++serial) {
      const FlightOutline outline = world_.Outline(serial);
      for (const Sending sending : kSendings) {
        if (const auto at = SentAt(outline, sending)) queue_.push({*at, serial, sending});
      }
      ++written_.flights;
    }
    world_.AddOrdinaryFlights(day, lines_);
  }

  // People are made for the bookings a day before, again for the lists, and then kept until the close-out.
  absl::Status Send(const Due& due) {
    if (due.sending == Sending::kBookings) return SendMessages(world_.Plan(due.serial, nullptr), due.sending);
    auto plan = boarding_.find(due.serial);
    if (plan == boarding_.end()) {
      plan = boarding_.emplace(due.serial, world_.Plan(due.serial, &lines_)).first;
      written_.travellers += plan->second.travellers.size();
    }
    RETURN_IF_ERROR(SendMessages(plan->second, due.sending));
    if (due.sending == Sending::kCloseOut) boarding_.erase(plan);
    return absl::OkStatus();
  }

  absl::Status SendMessages(const FlightPlan& plan, Sending sending) {
    const Carrier& carrier = *plan.outline.carrier;
    const bool is_paxlst = carrier.channel == Channel::kPaxlst && sending != Sending::kBookings;
    const std::string_view suffix = sending == Sending::kBookings ? "-bookings.ndjson" : is_paxlst ? ".edi" : ".ndjson";
    ASSIGN_OR_RETURN(OutputFile* const file, File(absl::StrFormat("messages/%s%s", std::string(carrier.code), std::string(suffix))));
    for (const Message& message : MakeMessages(plan, sending)) {
      if (is_paxlst) {
        RETURN_IF_ERROR(AppendPaxlst(message, OptionsFor(plan.outline), file->text()));
      } else {
        AppendJson(message, file->text());
        file->text() += '\n';
      }
      ++written_.messages;
    }
    return file->FlushIfLarge();
  }

  // Most flights in plain segments; some as teletype, some with other separators, as in the real traffic.
  PaxlstOptions OptionsFor(const FlightOutline& outline) {
    PaxlstOptions options;
    options.control_ref = absl::StrFormat("%09d", ++control_ref_);
    if (outline.slot % 4 == 1) {
      options.type_b_shell = true;
      options.wrap_columns = 64;
    }
    if (outline.slot % 5 == 2) options.separators = ":*.? #";
    return options;
  }

  // Reference records and the truth, as far as they have come together.
  absl::Status WriteLines(bool at_end) {
    for (std::size_t i = 0; i < lines_.records.size(); ++i) {
      RETURN_IF_ERROR(Drain(lines_.records[i], EnumText<ReferenceKind>::kWords[i], at_end));
    }
    return Drain(lines_.truth, "truth", at_end);
  }

  absl::Status Drain(std::string& lines, std::string_view name, bool at_end) {
    if (lines.empty() || (!at_end && lines.size() < kFlushBytes)) return absl::OkStatus();
    ASSIGN_OR_RETURN(OutputFile* const file, File(absl::StrFormat("%s.ndjson", std::string(name))));
    file->text() += lines;
    lines.clear();
    return file->FlushIfLarge();
  }

  absl::Status WriteConfiguration() {
    ASSIGN_OR_RETURN(OutputFile* const table, File("visa_requirements.csv"));
    table->text() += "nationality,document,from,until\n"
                     "# Illustrative: which nationals need entry clearance in the synthetic world. No statement about the law.\n";
    for (const Country& country : Countries()) {
      if (country.needs_visa) table->text() += absl::StrFormat("%s,,2026-01-01,\n", std::string(country.code));
    }
    ASSIGN_OR_RETURN(OutputFile* const configuration, File("landfall.toml"));
    configuration->text() += "own_country = \"GBR\"\nvisa_requirements = \"visa_requirements.csv\"\n";
    return absl::OkStatus();
  }

  absl::StatusOr<OutputFile*> File(const std::string& name) {
    std::unique_ptr<OutputFile>& file = files_[name];
    if (file == nullptr) {
      ASSIGN_OR_RETURN(file, OutputFile::Open(folder_ + "/" + name));
    }
    return file.get();
  }

  const World& world_;
  std::string folder_;
  std::priority_queue<Due, std::vector<Due>, std::greater<>> queue_;
  absl::flat_hash_map<std::uint64_t, FlightPlan> boarding_;
  std::map<std::string, std::unique_ptr<OutputFile>> files_;
  ReferenceLines lines_;
  int next_day_ = 0;
  int control_ref_ = 0;
  WrittenWorld written_;
};

}  // namespace

absl::StatusOr<WrittenWorld> WriteWorld(const World& world, const std::string& folder) {
  return WorldWriter(world, folder).Write();
}

}  // namespace landfall::app
