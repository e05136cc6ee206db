#include "pipeline/merge/live_flight.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_format.h"

namespace landfall {
namespace {

constexpr std::size_t kFindingsKept = 1'000;  // As those of the fold.

// Streams in the order in which messages of one instant are folded.
int StreamOf(MessageKind kind) {
  switch (kind) {
    case MessageKind::kBooking: return 0;
    case MessageKind::kCrew: return 2;
    case MessageKind::kCloseOut: return 3;
    default: return 1;
  }
}

std::int32_t PartOf(const Message& message) { return message.part ? message.part->seq : 0; }

// Inside a stream.
auto StreamOrder(const Message& message) { return std::tuple(message.revision, message.sent_at, PartOf(message)); }

}  // namespace

std::string LiveFlight::StreamName(const Message& message) {
  return static_cast<char>('0' + StreamOf(message.kind)) + message.sender;
}

bool LiveFlight::ComesBefore(const Received& a, const Received& b) {
  const Message& x = *a.step.message;
  const Message& y = *b.step.message;
  if (a.time != b.time) return a.time < b.time;
  if (const int by_stream = StreamOf(x.kind) - StreamOf(y.kind)) return by_stream < 0;
  if (const int by_sender = x.sender.compare(y.sender)) return by_sender < 0;
  return std::tuple_cat(StreamOrder(x), std::tuple(a.sequence)) < std::tuple_cat(StreamOrder(y), std::tuple(b.sequence));
}

void LiveFlight::NoteLate(const Message& message) {
  const auto stream = streams_.find(StreamName(message));
  if (stream == streams_.end() || *message.revision >= stream->second.revision || late_.size() >= kFindingsKept) return;
  late_.push_back({"", "revision", FindingCode::kRevisionLate,
                   absl::StrFormat("revision %d came after revision %d and does not overwrite it", *message.revision,
                                   stream->second.revision)});
}

// Gives the message its time in its stream. False if it does not come after everything received before.
bool LiveFlight::Append(Received& received) {
  const Message& message = *received.step.message;
  if (!message.revision) {
    // Without a sending time, receipt decides.
    received.time = message.sent_at.value_or(latest_);
  } else {
    received.time = message.sent_at.value_or(Instant{0});
    const auto [it, is_first] = streams_.try_emplace(StreamName(message));
    Stream& stream = it->second;
    if (!is_first) {
      const auto last = std::tuple(std::optional(stream.revision), stream.sent_at, stream.part);
      if (StreamOrder(message) < last) return false;
      received.time = std::max(received.time, stream.time);
      received.step.previous_revision = stream.revision;
    }
    stream = {*message.revision, received.time, message.sent_at, PartOf(message)};
  }
  return received_.empty() || !ComesBefore(received, received_.back());
}

void LiveFlight::Apply(std::shared_ptr<const Message> message, std::shared_ptr<const MessageKeys> keys,
                       std::uint64_t sequence, const LiveFlight* moved_from) {
  travellers_ += message->travellers.size();
  if (message->revision) NoteLate(*message);
  if (moved_from != nullptr && message->travellers.empty()) {
    moved_from_.try_emplace(moved_from->key_);
    TakeAgain(*moved_from);
  }
  Received received{{std::move(message), std::move(keys), std::nullopt, nullptr}, sequence, {}};
  if (!Append(received)) is_in_order_ = false;
  latest_ = std::max(latest_, received.step.message->sent_at.value_or(latest_));
  received_.push_back(std::move(received));
}

void LiveFlight::TakeAgain(const LiveFlight& moved_from) {
  const auto it = moved_from_.find(moved_from.key_);
  if (it == moved_from_.end()) return;
  std::shared_ptr<const FlightFold>& taken = it->second;
  if (taken != nullptr) travellers_ -= taken->CountEntries();
  taken = std::make_shared<const FlightFold>(moved_from.Fold());
  travellers_ += taken->CountEntries();
  is_in_order_ = false;
}

void LiveFlight::SetReplacedBy(const FlightKey& flight, std::optional<Instant> sent_at) {
  if (replaced_by_ && replaced_at_ && sent_at && *sent_at < *replaced_at_) return;
  replaced_by_ = flight;
  replaced_at_ = sent_at;
}

// Times of streams first, which need each stream in its order; then all of them.
void LiveFlight::Sort() const {
  absl::flat_hash_map<std::string, std::vector<Received*>> by_stream;
  for (Received& received : received_) {
    if (received.step.message->revision) by_stream[StreamName(*received.step.message)].push_back(&received);
  }
  for (auto& [name, stream] : by_stream) {
    std::sort(stream.begin(), stream.end(), [](const Received* a, const Received* b) {
      return std::tuple_cat(StreamOrder(*a->step.message), std::tuple(a->sequence)) <
             std::tuple_cat(StreamOrder(*b->step.message), std::tuple(b->sequence));
    });
    const Received* before = nullptr;
    for (Received* const received : stream) {
      received->time = received->step.message->sent_at.value_or(Instant{0});
      received->step.previous_revision.reset();
      if (before != nullptr) {
        received->time = std::max(received->time, before->time);
        received->step.previous_revision = before->step.message->revision;
      }
      before = received;
    }
    streams_.at(name).time = before->time;
  }
  std::sort(received_.begin(), received_.end(), ComesBefore);
}

FlightFold::Step LiveFlight::StepOf(const Received& received) const {
  FlightFold::Step step = received.step;
  if (!step.message->replaces) return step;
  const auto from = moved_from_.find(*step.message->replaces);
  if (from != moved_from_.end()) step.moved_from = from->second.get();
  return step;
}

void LiveFlight::Settle() const {
  if (!is_in_order_) {
    Sort();
    fold_ = FlightFold(key_, *configuration_);
    folded_ = 0;
    is_in_order_ = true;
  }
  for (; folded_ < received_.size(); ++folded_) fold_.Apply(StepOf(received_[folded_]));
}

std::vector<FlightFold::Step> LiveFlight::Steps() const {
  Settle();
  std::vector<FlightFold::Step> steps;
  steps.reserve(received_.size());
  for (const Received& received : received_) steps.push_back(StepOf(received));
  return steps;
}

const FlightFold& LiveFlight::Fold() const {
  Settle();
  return fold_;
}

FlightState LiveFlight::State(std::optional<Instant> known_at) const {
  FlightState state = Fold().State(known_at);
  state.replaced_by = replaced_by_;
  if (replaced_at_) state.now = std::max(state.now, *replaced_at_);
  state.findings.insert(state.findings.end(), late_.begin(), late_.end());
  return state;
}

}  // namespace landfall
