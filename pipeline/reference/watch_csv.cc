#include "pipeline/reference/watch_csv.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/json_writer.h"
#include "model/reference_records.h"
#include "pipeline/parse/times.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

enum Column : std::size_t { kId, kName, kAliases, kWeakAliases, kBirth, kNationality, kPassport, kGender, kProgram };
constexpr std::array<std::string_view, 9> kColumns = {"id",          "name",     "aliases", "weak_aliases", "dob",
                                                      "nationality", "passport", "gender",  "program"};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view WithoutMark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

// The values that `|` separates, without blank ones.
std::vector<std::string_view> Values(std::string_view text) {
  std::vector<std::string_view> values;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    if (const std::string_view value = Trim(text.substr(0, end)); !value.empty()) values.push_back(value);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return values;
}

// 1960-00-00 is 1960.
std::string_view WithoutUnknownParts(std::string_view date) {
  while (date.ends_with("-00")) date.remove_suffix(3);
  return date;
}

// A list in JSON, item by item.
class JsonList {
 public:
  explicit JsonList(std::string& out) : out_(out) { out_ += '['; }
  ~JsonList() { out_ += ']'; }
  JsonList(const JsonList&) = delete;
  JsonList& operator=(const JsonList&) = delete;
  std::string& Next() {
    if (!first_) out_ += ',';
    first_ = false;
    return out_;
  }

 private:
  std::string& out_;
  bool first_ = true;
};

// "SURNAME, Given"; a name in natural order stays whole: which part is the surname cannot be told, and matching does not
// ask.
void AppendName(std::string_view name, std::string& out) {
  const std::size_t comma = name.find(',');
  JsonObject object(out);
  object.Field("surname", Trim(name.substr(0, comma)));
  if (comma != std::string_view::npos) object.Field("given_names", Trim(name.substr(comma + 1)));
}

void AppendBirthDate(std::string_view text, std::string& out) {
  const bool circa = text.starts_with('~');
  if (circa) text.remove_prefix(1);
  const std::size_t dots = text.find("..");
  if (!circa && dots == std::string_view::npos) {
    AppendJsonString(WithoutUnknownParts(text), out);
    return;
  }
  JsonObject object(out);
  object.Field("from", WithoutUnknownParts(Trim(text.substr(0, dots))));
  object.Field("to", WithoutUnknownParts(Trim(dots == std::string_view::npos ? text : text.substr(dots + 2))));
  if (circa) object.Field("circa", true);
}

// As a code if a table knows it, else as it stands: the reader of records finds that worth a remark.
void AppendCountry(std::string_view name, std::string& out) {
  const auto country = FindCountryByName(name);
  AppendJsonString(country ? country->view() : name, out);
}

void AppendPassport(std::string_view passport, std::string& out) {
  const std::size_t at = passport.rfind('@');
  JsonObject object(out);
  object.Field("number", Trim(passport.substr(0, at)));
  if (at == std::string_view::npos) return;
  const std::string_view country = Trim(passport.substr(at + 1));
  if (!country.empty()) AppendCountry(country, object.Begin("issuer"));
}

template <typename Append>
void AppendList(std::string_view name, std::string_view values, JsonObject& object, Append append) {
  const std::vector<std::string_view> list = Values(values);
  if (list.empty()) return;
  JsonList items(object.Begin(name));
  for (const std::string_view value : list) append(value, items.Next());
}

std::string EntryJson(const std::array<std::string_view, kColumns.size()>& values) {
  std::string json;
  {
    JsonObject entry(json);
    entry.Field("entry", Trim(values[kId]));
    entry.Field("kind", ToText(WatchKind::kPersonOfConcern));
    entry.Field("reason", Trim(values[kProgram]));
    std::string names(values[kName]);
    for (const std::string_view more : {values[kAliases], values[kWeakAliases]}) names.append("|").append(more);
    AppendList("names", names, entry, AppendName);
    AppendList("dates_of_birth", values[kBirth], entry, AppendBirthDate);
    entry.Field("sex", Trim(values[kGender]));
    AppendList("nationalities", values[kNationality], entry, AppendCountry);
    AppendList("documents", values[kPassport], entry, AppendPassport);
  }
  return json;
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
}

// A line ends at LF, CR LF or CR; of CR LF the LF counts.
bool CsvReader::EndsLine(std::size_t i) const {
  return text_[i] == '\n' || (text_[i] == '\r' && (i + 1 >= text_.size() || text_[i + 1] != '\n'));
}

bool CsvReader::Next(Row& row) {
  for (; at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'); ++at_) line_ += EndsLine(at_);
  if (at_ >= text_.size()) return false;
  row.offset = at_;
  row.line = line_;
  row.fields.assign(1, "");
  row.problem.clear();
  if (!ReadFields(row)) {
    TakeLine(row, "a quote is never closed, or text stands behind a closing one: double every quote inside a value");
  }
  return true;
}

// False if a quote stays open to the end of the text, or has text behind it: so one that was forgotten costs its own
// line, not every line to the next quote. Nothing is consumed then.
bool CsvReader::ReadFields(Row& row) {
  bool quoted = false, was_quoted = false;
  std::uint64_t line = line_;
  std::size_t i = at_;
  for (; i < text_.size(); ++i) {
    const char c = text_[i];
    line += EndsLine(i);
    if (quoted) {
      if (c != '"') {
        row.fields.back() += c;
      } else if (i + 1 < text_.size() && text_[i + 1] == '"') {
        row.fields.back() += '"';
        ++i;
      } else {
        quoted = false;
        was_quoted = true;
      }
    } else if (c == ',') {
      row.fields.emplace_back();
      was_quoted = false;
    } else if (c == '\n' || c == '\r') {
      break;
    } else if (was_quoted) {
      return false;
    } else if (c == '"' && row.fields.back().empty()) {
      quoted = true;
    } else {
      row.fields.back() += c;
    }
  }
  if (quoted) return false;
  row.raw = text_.substr(at_, i - at_);
  at_ = i;
  line_ = i < text_.size() && EndsLine(i) ? line - 1 : line;  // The line end is skipped, and counted, before the next row.
  return true;
}

void CsvReader::TakeLine(Row& row, std::string problem) {
  const std::size_t end = std::min(text_.find_first_of("\r\n", at_), text_.size());
  row.raw = text_.substr(at_, end - at_);
  row.fields.clear();
  row.problem = std::move(problem);
  at_ = end;  // The line end is skipped, and counted, before the next row.
}

WatchCsvReader::WatchCsvReader(std::string_view text) : csv_(text), columns_(kColumns.size()) {}

bool WatchCsvReader::ReadHeader(Record& record) {
  has_header_ = true;
  if (!csv_.Next(row_)) {
    ended_ = true;
    return false;
  }
  width_ = row_.fields.size();
  for (std::size_t i = 0; i < row_.fields.size(); ++i) {
    const auto column = std::ranges::find(kColumns, Trim(row_.fields[i]));
    if (column != kColumns.end()) columns_[static_cast<std::size_t>(column - kColumns.begin())] = i;
  }
  if (columns_[kId] && columns_[kName]) return false;
  ended_ = true;
  record = {row_.offset, row_.line, row_.raw, "", "the header lacks the column `id` or `name`: send both"};
  return true;
}

bool WatchCsvReader::Next(Record& record) {
  if (!has_header_ && ReadHeader(record)) return true;
  if (ended_ || !csv_.Next(row_)) return false;
  record = {row_.offset, row_.line, row_.raw, "", std::move(row_.problem)};
  if (!record.problem.empty()) return true;
  if (row_.fields.size() != width_) {
    record.problem = absl::StrFormat("%d fields where the header has %d: put values with a comma in quotes",
                                     static_cast<int>(row_.fields.size()), static_cast<int>(width_));
    return true;
  }
  std::array<std::string_view, kColumns.size()> values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (columns_[i]) values[i] = row_.fields[*columns_[i]];
  }
  record.json = EntryJson(values);
  return true;
}

bool LooksLikeCsv(std::string_view text) {
  text = Trim(WithoutMark(text));
  const std::string_view head = text.substr(0, text.find_first_of("\r\n"));
  if (head.starts_with('{') || head.starts_with('[')) return false;
  CsvReader csv(head);
  CsvReader::Row row;
  if (!csv.Next(row)) return false;
  return std::ranges::any_of(row.fields, [](const std::string& field) {
    return std::ranges::find(kColumns, Trim(field)) != kColumns.end();
  });
}

}  // namespace landfall
