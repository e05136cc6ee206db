#pragma once

// Cuts a stream of bytes into raw messages: lines of NDJSON, interchanges of EDIFACT.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "pipeline/configuration.h"
#include "pipeline/parse/parse.h"

namespace landfall {

// The bytes come piece by piece, and what was not dealt with comes again at the beginning of the next piece. The first
// bytes tell the format; a line of JSON between interchanges, and an interchange between lines, are still found.
class Framer {
 public:
  explicit Framer(const InputLimits& limits) : limits_(limits) {}

  // Adds the messages that are whole at the beginning of `data` to `messages`, which point into it. Returns how many bytes
  // were dealt with. `at_end`: no more bytes will come, so all of them are.
  std::size_t Cut(std::string_view data, bool at_end, std::vector<RawMessage>& messages);

  // No message needs more bytes than this to be seen whole or found too long.
  std::size_t most_bytes() const;

 private:
  struct Piece {
    std::string_view data;
    bool at_end;
    std::vector<RawMessage>& messages;
    std::size_t at = 0;  // What stands before is dealt with.
    std::optional<std::size_t> next_json = {};  // Where the last search for a line of JSON ended.
  };
  // These deal with the next piece; false if that takes more bytes.
  bool Sniff(const Piece& piece);
  bool CutNext(Piece& piece);
  bool CutLine(Piece& piece);
  bool CutInterchange(Piece& piece);
  bool CutUnknown(Piece& piece);

  enum class Found { kNothing, kInterchange, kNeedsMore };
  Found CutInterchangeAmongLines(Piece& piece);
  void Add(Piece& piece, InputFormat format, std::size_t size, bool too_long) const;
  void AddLinesBefore(Piece& piece, std::size_t end);
  std::size_t NextJson(Piece& piece) const;
  void PassOver(Piece& piece, std::size_t end);

  InputLimits limits_;
  bool is_sniffed_ = false;
  InputFormat format_ = InputFormat::kNdjson;
  std::uint64_t offset_ = 0;  // Of the first byte not dealt with.
  std::uint64_t line_ = 1;
  std::size_t searched_ = 0;   // That many bytes behind it hold no line end.
  bool skips_line_ = false;    // The rest of a line that was cut at the limit follows.
  bool skips_rest_ = false;    // The same of an interchange, or of a file of no known format.
  bool has_framed_ = false;    // An interchange was found.
  std::uint64_t barren_before_ = 0;  // Nothing that begins before this offset is an interchange: it was searched for.
};

}  // namespace landfall
