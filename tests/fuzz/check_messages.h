#pragma once

// What holds for any bytes that are taken for messages.

#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/parse/framer.h"
#include "pipeline/parse/parse.h"
#include "tests/fuzz/require.h"

namespace landfall {

// A message and its place, apart from the buffer it was framed in.
struct Framed {
  InputFormat format;
  std::uint64_t offset, line;
  std::string bytes;
  bool too_long;
  friend bool operator==(const Framed&, const Framed&) = default;
};

// Frames bytes that come in pieces of this size.
inline std::vector<Framed> Frame(std::string_view bytes, std::size_t piece) {
  const InputLimits limits;
  Framer framer(limits);
  std::vector<Framed> framed;
  std::string held;
  for (std::size_t at = 0; at < bytes.size() || at == 0; at += piece) {
    held += bytes.substr(at, piece);
    std::vector<RawMessage> raw;
    const std::size_t cut = framer.Cut(held, at + piece >= bytes.size(), raw);
    Require(cut <= held.size());
    for (const RawMessage& message : raw) {
      framed.push_back({message.format, message.offset, message.line, std::string(message.bytes), message.too_long});
    }
    held.erase(0, cut);
  }
  Require(held.empty());
  return framed;
}

inline ParsedInput Parse(std::string_view bytes, InputFormat format) {
  static const Configuration configuration;
  static MessageParser parser(configuration);
  std::string padded(bytes);
  padded.resize(bytes.size() + kMessagePadding);
  RawMessage raw;
  raw.format = format;
  raw.bytes = std::string_view(padded).substr(0, bytes.size());
  ParsedInput out;
  parser.Parse("fuzz", raw, out);
  return out;
}

// Every raw message ends as messages or in quarantine; every message has an id; every refusal has a reason; and what is
// written as JSON reads back as an equal message.
inline void CheckMessage(std::string_view bytes, InputFormat format) {
  const ParsedInput parsed = Parse(bytes, format);
  Require(!parsed.messages.empty() || !parsed.quarantined.empty());
  for (const QuarantinedRecord& record : parsed.quarantined) {
    Require(!record.reason.empty());
    std::string json;
    AppendJson(record, json);
  }
  for (const Message& message : parsed.messages) {
    Require(!message.message_id.empty());
    std::string json;
    AppendJson(message, json);
    const ParsedInput again = Parse(json, InputFormat::kNdjson);
    Require(again.messages.size() == 1 && again.messages.front() == message);
  }
  static const Configuration configuration;
  RawMessage raw;
  raw.format = format;
  raw.bytes = bytes;
  Require(BytesToKeep(raw, configuration).size() == bytes.size());
}

// Where messages begin and end does not rest on the pieces in which the bytes come.
inline void CheckStream(std::string_view bytes) {
  const std::vector<Framed> framed = Frame(bytes, bytes.size() + 1);
  Require(Frame(bytes, bytes.size() / 9 + 5) == framed);
  for (const Framed& message : framed) {
    Require(message.offset + message.bytes.size() <= bytes.size());
    Require(bytes.substr(message.offset, message.bytes.size()) == message.bytes);
    CheckMessage(message.bytes, message.format);
  }
}

}  // namespace landfall
