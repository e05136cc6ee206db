#pragma once

// The front door of parsing: bytes of any supported format become messages, or quarantine entries that say where and why.
// docs/FORMATS.md names what is read. Nothing is lost: every message of the input ends in one of the two lists, and so
// does every traveller.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/finding.h"
#include "model/message.h"
#include "pipeline/configuration.h"

namespace landfall {

enum class InputFormat : std::uint8_t { kNdjson, kEdifact, kUnknown };

// Looks at the first bytes: `{` or `[` begins NDJSON; UNA, UNB, UNH or a Type-B header EDIFACT.
InputFormat SniffFormat(std::string_view head);

// Readable behind every message: what simdjson may read (its SIMDJSON_PADDING).
inline constexpr std::size_t kMessagePadding = 64;

// One message's worth of bytes (a line of NDJSON, an EDIFACT interchange), as framed by MessageReader.
struct RawMessage {
  InputFormat format = InputFormat::kNdjson;
  std::uint64_t offset = 0;  // Of `bytes` in the file; in its expanded text, if it is compressed.
  std::uint64_t line = 1;    // From 1.
  std::string_view bytes;    // Into the chunk's buffer. At least kMessagePadding readable bytes follow.
  // The frame was cut at a limit: `bytes` holds its first part only, and the rest was skipped.
  bool too_long = false;
};

// What one raw message held. Messages stand in the order sent.
struct ParsedInput {
  std::vector<Message> messages;
  // Messages and travellers that were set aside. One about a traveller has travellers = 1; one about a message as many
  // as could be counted.
  std::vector<QuarantinedRecord> quarantined;

  void Clear() {
    messages.clear();
    quarantined.clear();
  }
};

// Parses raw messages. Keeps buffers between calls, so: one parser per thread. Borrows the configuration.
class MessageParser {
 public:
  explicit MessageParser(const Configuration& configuration);
  ~MessageParser();
  MessageParser(const MessageParser&) = delete;
  MessageParser& operator=(const MessageParser&) = delete;

  // Adds to `out`. `file` is the name to report.
  void Parse(std::string_view file, const RawMessage& raw, ParsedInput& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The bytes of a message that was set aside, as far as they may be kept: no payment card's number, and of a PNRGOV message
// nothing that is not read from one. The same length.
std::string BytesToKeep(const RawMessage& raw, const Configuration& configuration);

// A piece of input: whole raw messages and the buffer they point into.
struct InputChunk {
  std::string file;
  std::unique_ptr<char[]> buffer;
  std::size_t size = 0;
  std::size_t capacity = 0;
  std::vector<RawMessage> messages;
};

// Frames a stream of bytes into chunks of whole messages, in constant memory. One thread.
class MessageReader {
 public:
  // Reads from a file descriptor, which it borrows, expanding gzip and zstd; `file` is the name to report.
  MessageReader(std::string file, int descriptor, const InputLimits& limits, std::size_t chunk_bytes = 1u << 20);
  ~MessageReader();
  MessageReader(const MessageReader&) = delete;
  MessageReader& operator=(const MessageReader&) = delete;

  // Fills `chunk` with the next messages: about chunk_bytes of them, at least one. False at the end. A failing read, or
  // compressed data that is damaged or a bomb, is an error that names the file; blank lines are no messages.
  absl::StatusOr<bool> Next(InputChunk& chunk);

  // Of the file as it lies there, compressed or not: what compares with its size.
  std::uint64_t bytes_read() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The message as one line of NDJSON, without the line end, in the shape of docs/NDJSON.md: fields in a fixed order,
// absent ones left out. Reading it back gives an equal message.
void AppendJson(const Message& message, std::string& out);
void AppendJson(const QuarantinedRecord& record, std::string& out);

}  // namespace landfall
