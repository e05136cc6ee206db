#pragma once

// A watch list as CSV, turned into the records of the NDJSON form, so that both go one way.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// RFC 4180 with any line end: quoted fields may hold separators, quotes ("" for one) and line ends. Points into the
// text; one thread.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text);

  struct Row {
    std::uint64_t offset = 0;  // Of its first byte.
    std::uint64_t line = 1;
    std::string_view raw;      // Without its line end.
    std::vector<std::string> fields;
    std::string problem;       // Why it is no row; then it is one line, and reading goes on behind that.
  };
  // The next row that is not blank; false at the end.
  bool Next(Row& row);

 private:
  bool EndsLine(std::size_t i) const;
  bool ReadFields(Row& row);
  void TakeLine(Row& row, std::string problem);

  std::string_view text_;
  std::size_t at_ = 0;
  std::uint64_t line_ = 1;
};

// Reads the columns id, name, aliases, weak_aliases, dob, nationality, passport, gender, program, in any order; id and
// name must be there. In a value `|` separates several; of a birth date `~` is circa, `a..b` a range, `00` an unknown
// part; a passport is number@country.
class WatchCsvReader {
 public:
  explicit WatchCsvReader(std::string_view text);

  struct Record {
    std::uint64_t offset = 0;
    std::uint64_t line = 1;
    std::string_view raw;
    std::string json;     // Of a person_of_concern, in the shape of docs/NDJSON.md.
    std::string problem;  // Why there is none.
  };
  // False at the end. A header that lacks a column is one record with a problem, and then the end.
  bool Next(Record& record);

 private:
  bool ReadHeader(Record& record);

  CsvReader csv_;
  CsvReader::Row row_;
  std::vector<std::optional<std::size_t>> columns_;  // Where each column stands.
  std::size_t width_ = 0;
  bool has_header_ = false;
  bool ended_ = false;
};

// True if the text begins like CSV with a header and not like JSON.
bool LooksLikeCsv(std::string_view text);

}  // namespace landfall
