#pragma once

// The front door of machine-readable zones (ICAO Doc 9303): the two or three lines of OCR text at the foot of a travel
// document or a visa. Text is cut into blocks by MrzBlocks, and ParseMrz reads a block.
//
// Nothing is mended: an O where a digit belongs is refused, and a check digit that does not fit is reported with the zone.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/date.h"
#include "model/enum_text.h"
#include "model/finding.h"
#include "model/fixed_text.h"
#include "model/traveller.h"

namespace landfall {

// Identity cards of 3 x 30 and 2 x 36 characters, passports of 2 x 44, visas of 2 x 44 and 2 x 36 (parts 5, 6, 4 and 7).
enum class MrzForm : std::uint8_t { kTd1, kTd2, kTd3, kMrvA, kMrvB };
template <>
struct EnumText<MrzForm> {
  static constexpr std::string_view kWords[] = {"TD1", "TD2", "TD3", "MRV-A", "MRV-B"};
};

// A check digit: what stands in the zone beside what the field gives.
struct MrzCheck {
  std::string field;  // number, date_of_birth, expires, optional or composite.
  std::string sent;   // One character.
  std::string computed;
  bool ok = false;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "field", self.field);
    visit(2, "sent", self.sent);
    visit(3, "computed", self.computed);
    visit(4, "ok", self.ok);
  }
  friend bool operator==(const MrzCheck&, const MrzCheck&) = default;
};

struct MrzZone {
  MrzForm form = MrzForm::kTd3;
  // The type is the document code as it stands (P, PM, ID, V ...). A filler inside the number is a blank.
  Document document;
  std::string surname;  // The primary identifier: of one name alone, that name.
  std::string given_names;
  std::optional<PartialDate> date_of_birth;
  std::optional<Sex> sex;
  CountryCode nationality;  // As it stands if it is no code we know; the same holds for the document's issuer.
  // As it stands, without the fillers around it. The two fields of TD1 are parted by a blank.
  std::string optional;
  // The name fills its field, so there may be more of it: compare as a prefix.
  bool name_truncated = false;
  std::vector<MrzCheck> checks;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "form", self.form);
    visit(2, "document", self.document);
    visit(3, "surname", self.surname);
    visit(4, "given_names", self.given_names);
    visit(5, "date_of_birth", self.date_of_birth);
    visit(6, "sex", self.sex);
    visit(7, "nationality", self.nationality);
    visit(8, "optional", self.optional);
    visit(9, "name_truncated", self.name_truncated);
    visit(10, "checks", self.checks);
  }
  friend bool operator==(const MrzZone&, const MrzZone&) = default;
};

// Lines between blank ones, as they were sent, and where they stood.
struct MrzBlock {
  struct Line {
    std::string text;          // Without the blanks at its ends. Of a line too long for a zone, the beginning.
    std::uint64_t size = 0;    // Of the line, also where the text was cut.
    std::uint64_t indent = 0;  // Blanks before the text.
  };
  std::uint64_t offset = 0;  // Of its first line in the file.
  std::uint64_t line = 1;    // From 1.
  std::vector<Line> lines;   // Those beyond the fourth are counted only.
  std::uint64_t line_count = 0;
};

// Cuts text that comes piece by piece into blocks, in constant memory. Lines end in LF, CRLF or CR; a byte order mark at
// the beginning is passed over. One thread.
class MrzBlocks {
 public:
  // Adds the blocks that end in these bytes.
  void Add(std::string_view bytes, std::vector<MrzBlock>& blocks);
  // No more bytes will come.
  void End(std::vector<MrzBlock>& blocks);

 private:
  void AddText(std::string_view text);
  void EndLine(std::vector<MrzBlock>& blocks);
  void EndBlock(std::vector<MrzBlock>& blocks);

  MrzBlock block_;
  std::string text_;        // The beginning of the line that has not ended yet,
  std::uint64_t size_ = 0;  // and how long it is so far.
  bool is_blank_ = true;
  bool after_cr_ = false;
  std::uint64_t offset_ = 0;       // Of the next byte.
  std::uint64_t line_offset_ = 0;  // Of this line's first byte.
  std::uint64_t line_ = 1;
};

// Reads a zone. Lower case is read as upper case. InvalidArgument says which line of the zone, which column, what is
// wrong, and what to do. Any thread.
//
// Years have two digits. An expiry is of this century, always. A birth is the latest that does not lie after `on` (the
// date of the flight); without `on`, after the document's expiry, so that what is in doubt is a child and not a person of
// a hundred; and where the document has no expiry, or one from 2080 on (it never expires, or did before 2000), after 2029:
// the clock is not asked. A date that does not exist, and a birth of an unknown year, is absent; a month or day that is
// not known (<< or 00) makes the birth date partial.
absl::StatusOr<MrzZone> ParseMrz(const MrzBlock& block, std::optional<Date> on = std::nullopt);

// What to report of a block that ParseMrz refused. `file` is its name.
QuarantinedRecord QuarantinedZone(std::string_view file, const MrzBlock& block, const absl::Status& why);

// The zone as one line of JSON, without the line end. Absent fields are left out.
void AppendJson(const MrzZone& zone, std::string& out);

}  // namespace landfall
