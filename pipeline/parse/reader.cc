#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "model/result.h"
#include "pipeline/parse/byte_source.h"
#include "pipeline/parse/framer.h"
#include "pipeline/parse/parse.h"

namespace landfall {

struct MessageReader::State {
  State(std::string name, int from, const InputLimits& limits, std::size_t bytes)
      : file(name), source(std::move(name), from, limits), chunk_bytes(std::max<std::size_t>(bytes, 1)), framer(limits) {}

  absl::Status Fill(InputChunk& chunk, std::size_t least, std::size_t most);

  const std::string file;
  ByteSource source;
  const std::size_t chunk_bytes;
  Framer framer;
  std::string carry;  // Read, and not yet part of a whole message.
  bool at_end = false;
};

MessageReader::MessageReader(std::string file, int descriptor, const InputLimits& limits, std::size_t chunk_bytes)
    : state_(std::make_unique<State>(std::move(file), descriptor, limits, chunk_bytes)) {}
MessageReader::~MessageReader() = default;

std::uint64_t MessageReader::bytes_read() const { return state_->source.bytes_taken(); }

// Makes the chunk hold the carry and what comes behind it: up to `most` bytes in all, and fewer, but `least`, if no more
// have come: a live stream's message is not kept waiting for others, which join each other while the store is busy.
absl::Status MessageReader::State::Fill(InputChunk& chunk, std::size_t least, std::size_t most) {
  if (chunk.capacity < most) {
    chunk.buffer = std::make_unique<char[]>(most + kMessagePadding);
    chunk.capacity = most;
  }
  std::memcpy(chunk.buffer.get(), carry.data(), carry.size());
  chunk.size = carry.size();
  while (!at_end && chunk.size < most && (chunk.size < least || source.HasMore())) {
    ASSIGN_OR_RETURN(const std::size_t got, source.Read(chunk.buffer.get() + chunk.size, most - chunk.size));
    at_end = got == 0;
    chunk.size += got;
  }
  std::memset(chunk.buffer.get() + chunk.size, 0, kMessagePadding);
  return absl::OkStatus();
}

absl::StatusOr<bool> MessageReader::Next(InputChunk& chunk) {
  State& state = *state_;
  chunk.file = state.file;
  chunk.messages.clear();
  while (true) {
    // What is long and not yet whole is looked at again only when it has grown by a share: the work stays linear.
    const std::size_t held = state.carry.size();
    const std::size_t least = held + 1 + (held > state.chunk_bytes ? held / 4 : 0);
    const std::size_t most = std::max({least, state.chunk_bytes, std::min(held * 2, state.framer.most_bytes())});
    RETURN_IF_ERROR(state.Fill(chunk, least, most));
    const std::string_view data(chunk.buffer.get(), chunk.size);
    const std::size_t cut = state.framer.Cut(data, state.at_end, chunk.messages);
    state.carry.assign(data.substr(cut));
    if (!chunk.messages.empty()) return true;
    if (state.at_end) return false;
  }
}

}  // namespace landfall
