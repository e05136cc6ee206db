#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "pipeline/parse/edifact/framing.h"
#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/parse.h"

namespace landfall {
namespace {

constexpr std::size_t kPadding = 64;  // Readable behind every message: simdjson's SIMDJSON_PADDING.

bool IsBlank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

std::uint64_t CountLines(std::string_view text) {
  return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace

struct MessageReader::State {
  std::string file;
  int descriptor;
  InputLimits limits;
  std::size_t chunk_bytes;

  std::string carry;         // Read, and not yet part of a whole message.
  std::uint64_t offset = 0;  // Of the carry's first byte in the file.
  std::uint64_t line = 1;    // Of the same.
  bool at_end = false;
  bool is_sniffed = false;
  InputFormat format = InputFormat::kNdjson;
  bool has_framed = false;  // An interchange was found.
  bool skipping = false;  // The rest of a line, or interchange, that was cut at the limit.
  std::atomic<std::uint64_t> bytes_read = 0;

  absl::Status Fill(InputChunk& chunk, std::size_t target);
  std::size_t Frame(InputChunk& chunk);
  std::size_t FrameNdjson(InputChunk& chunk);
  std::size_t FrameEdifact(InputChunk& chunk);
  std::size_t FrameUnknown(InputChunk& chunk);
  std::size_t SkipLine(std::string_view data);
  void Advance(std::string_view consumed) {
    offset += consumed.size();
    line += CountLines(consumed);
  }
  std::size_t limit() const { return format == InputFormat::kEdifact ? limits.interchange_bytes : limits.line_bytes; }
};

MessageReader::MessageReader(std::string file, int descriptor, const InputLimits& limits, std::size_t chunk_bytes)
    : state_(std::make_unique<State>()) {
  state_->file = std::move(file);
  state_->descriptor = descriptor;
  state_->limits = limits;
  state_->chunk_bytes = std::max<std::size_t>(chunk_bytes, 1);
}
MessageReader::~MessageReader() = default;

std::uint64_t MessageReader::bytes_read() const { return state_->bytes_read; }

// Makes the chunk hold the carry and what can be read on top, up to `target` bytes.
absl::Status MessageReader::State::Fill(InputChunk& chunk, std::size_t target) {
  target = std::max(target, carry.size() + 1);
  if (chunk.capacity < target) {
    chunk.buffer = std::make_unique<char[]>(target + kPadding);
    chunk.capacity = target;
  }
  std::memcpy(chunk.buffer.get(), carry.data(), carry.size());
  chunk.size = carry.size();
  while (!at_end && chunk.size < target) {
    const ssize_t got = ::read(descriptor, chunk.buffer.get() + chunk.size, target - chunk.size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return absl::UnavailableError(absl::StrFormat("reading %s at byte %d failed: %s", file,
                                                    bytes_read.load(), std::strerror(errno)));
    }
    at_end = got == 0;
    chunk.size += static_cast<std::size_t>(got);
    bytes_read += static_cast<std::uint64_t>(got);
  }
  std::memset(chunk.buffer.get() + chunk.size, 0, kPadding);
  return absl::OkStatus();
}

// Bytes up to and with the next line end, or all.
std::size_t MessageReader::State::SkipLine(std::string_view data) {
  const std::size_t end = data.find('\n');
  if (end == std::string_view::npos) return data.size();
  skipping = false;
  return end + 1;
}

// All of these return how many bytes were dealt with.
std::size_t MessageReader::State::FrameNdjson(InputChunk& chunk) {
  const std::string_view data(chunk.buffer.get(), chunk.size);
  std::size_t at = skipping ? SkipLine(data) : 0;
  Advance(data.substr(0, at));
  while (at < data.size()) {
    const char* const found = static_cast<const char*>(std::memchr(data.data() + at, '\n', data.size() - at));
    const bool is_whole = found != nullptr || at_end;
    const std::size_t end = found != nullptr ? static_cast<std::size_t>(found - data.data()) : data.size();
    const std::size_t size = end - at;
    if (size > limits.line_bytes) {
      chunk.messages.push_back({format, offset, line, data.substr(at, limits.line_bytes), true});
      skipping = found == nullptr;
      const std::size_t next = found != nullptr ? end + 1 : data.size();
      Advance(data.substr(at, next - at));
      at = next;
      continue;
    }
    if (!is_whole) break;
    std::string_view text = data.substr(at, size);
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (!IsBlank(text)) chunk.messages.push_back({format, offset, line, text, false});
    const std::size_t next = std::min(end + 1, data.size());
    offset += next - at;
    line += found != nullptr ? 1 : 0;
    at = next;
  }
  return at;
}

std::size_t MessageReader::State::FrameEdifact(InputChunk& chunk) {
  const std::string_view data(chunk.buffer.get(), chunk.size);
  std::size_t at = 0;
  while (at < data.size()) {
    const edifact::InterchangeFrame frame = edifact::NextInterchange(data.substr(at), at_end, limits);
    const bool is_too_long = !frame.complete && data.size() - at > limits.interchange_bytes;
    if (!frame.complete && !is_too_long) {
      if (!at_end) break;
      // What stands behind the last interchange. Where there was none, it is handed over to be refused with a reason.
      if (!has_framed) chunk.messages.push_back({format, offset, line, data.substr(at), false});
      has_framed = true;
      Advance(data.substr(at));
      return data.size();
    }
    const std::size_t begin = at + frame.begin;
    const std::size_t end = is_too_long ? data.size() : at + frame.end;
    Advance(data.substr(at, begin - at));
    // The rest of an interchange that was cut at the limit has no envelope; what has one is another.
    const bool is_rest = skipping && edifact::BehindTag(data, begin, "UNA") == edifact::kNowhere &&
                         edifact::BehindTag(data, begin, "UNB") == edifact::kNowhere;
    if (!is_rest) chunk.messages.push_back({format, offset, line, data.substr(begin, end - begin), is_too_long});
    has_framed = true;
    skipping = is_too_long;
    Advance(data.substr(begin, end - begin));
    at = end;
  }
  return at;
}

std::size_t MessageReader::State::FrameUnknown(InputChunk& chunk) {
  // One entry for the whole file; the rest is passed over.
  const std::string_view data(chunk.buffer.get(), chunk.size);
  if (!skipping) chunk.messages.push_back({format, offset, line, data, false});
  skipping = true;
  Advance(data);
  return data.size();
}

std::size_t MessageReader::State::Frame(InputChunk& chunk) {
  switch (format) {
    case InputFormat::kNdjson: return FrameNdjson(chunk);
    case InputFormat::kEdifact: return FrameEdifact(chunk);
    case InputFormat::kUnknown: break;
  }
  return FrameUnknown(chunk);
}

absl::StatusOr<bool> MessageReader::Next(InputChunk& chunk) {
  State& state = *state_;
  chunk.file = state.file;
  chunk.messages.clear();
  std::size_t target = state.chunk_bytes;
  while (true) {
    RETURN_IF_ERROR(state.Fill(chunk, target));
    if (!state.is_sniffed) {
      // A short first piece may not tell yet.
      constexpr std::size_t kTelling = 4'096;
      if (chunk.size < kTelling && !state.at_end) {
        target = std::max(target, kTelling);
        state.carry.assign(chunk.buffer.get(), chunk.size);
        continue;
      }
      state.format = SniffFormat({chunk.buffer.get(), std::min(chunk.size, kTelling)});
      state.is_sniffed = true;
    }
    const std::size_t consumed = state.Frame(chunk);
    state.carry.assign(chunk.buffer.get() + consumed, chunk.size - consumed);
    if (!chunk.messages.empty()) return true;
    if (state.at_end) return false;
    // Not one whole message yet: more, up to the limit of one.
    if (consumed == 0) target = std::min(target * 2, state.limit() + state.chunk_bytes) + 1;
  }
}

}  // namespace landfall
