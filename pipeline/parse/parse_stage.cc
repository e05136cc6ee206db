#include "pipeline/parse/parse_stage.h"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace landfall {
namespace {

// Moves the travellers that were set aside to the messages they stood in: a flight with a traveller who could not be read
// must never look settled. What one raw message gave is in [first_message, ...) and [first_record, ...).
void FileSetAside(std::size_t first_message, std::size_t first_record, Batch& batch) {
  ParsedInput& parsed = batch.parsed;
  batch.travellers_set_aside.resize(parsed.messages.size());
  // Records mostly stand in the order of their messages: the search goes on where the last one ended.
  std::size_t next = first_message;
  const auto goes_to_message = [&](const QuarantinedRecord& record) {
    if (!IsAboutTraveller(record.code)) return false;
    const std::size_t count = parsed.messages.size() - first_message;
    for (std::size_t step = 0; step < count; ++step) {
      const std::size_t i = first_message + (next - first_message + step) % count;
      Message& message = parsed.messages[i];
      if (message.message_id != record.message_id) continue;
      next = i;
      message.set_aside.push_back({record.traveller, "", FindingCode::kBadValue, record.reason});
      batch.travellers_set_aside[i].push_back(record);
      return true;
    }
    return false;
  };
  const auto begin = parsed.quarantined.begin() + static_cast<std::ptrdiff_t>(first_record);
  parsed.quarantined.erase(std::remove_if(begin, parsed.quarantined.end(), goes_to_message), parsed.quarantined.end());
}

}  // namespace

struct ParseStage::Parsers {
  explicit Parsers(const Configuration& configuration)
      : parsers([&configuration] { return std::make_unique<MessageParser>(configuration); }) {}
  tbb::enumerable_thread_specific<std::unique_ptr<MessageParser>> parsers;
};

ParseStage::ParseStage(const Configuration& configuration) : parsers_(std::make_unique<Parsers>(configuration)) {}
ParseStage::~ParseStage() = default;

void ParseStage::Apply(Batch& batch) const {
  MessageParser& parser = *parsers_->parsers.local();
  for (const RawMessage& raw : batch.chunk.messages) {
    const std::size_t first_message = batch.parsed.messages.size();
    const std::size_t first_record = batch.parsed.quarantined.size();
    parser.Parse(batch.chunk.file, raw, batch.parsed);
    FileSetAside(first_message, first_record, batch);
  }
  batch.messages.reserve(batch.parsed.messages.size());
  for (Message& message : batch.parsed.messages) {
    batch.contents.push_back(ContentHash(message));
    batch.keys.push_back(std::make_shared<const MessageKeys>(KeysOf(message, *batch.reference)));
    batch.messages.push_back(std::make_shared<const Message>(std::move(message)));
  }
  batch.parsed.messages.clear();
}

}  // namespace landfall
