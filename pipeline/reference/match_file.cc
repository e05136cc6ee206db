#include "pipeline/reference/match_file.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "pipeline/match/name/name_form.h"
#include "pipeline/match/name_key.h"
#include "pipeline/reference/record_fields.h"
#include "pipeline/reference/record_parser.h"
#include "pipeline/reference/watch_csv.h"

namespace landfall {
namespace {

using namespace records;  // NOLINT: its words are the vocabulary of this file.

constexpr int kAdultYears = 18;

struct Line {
  std::uint64_t offset = 0, number = 1;
  std::string_view text;
};

// Calls `use(line)` for every line that is not blank.
template <typename Use>
void ForEachLine(std::string_view text, Use use) {
  std::uint64_t number = 1;
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view trimmed = Trim(text.substr(begin, end - begin));
    if (!trimmed.empty()) use(Line{static_cast<std::uint64_t>(trimmed.data() - text.data()), number, trimmed});
    begin = end + 1;
  }
}

void Refuse(std::string_view file, const Line& line, QuarantinedRecord refused, const OnRefused& on_refused) {
  refused.position = {std::string(file), line.offset, line.number};
  if (on_refused) on_refused(refused);
}

void Refuse(std::string_view file, const Line& line, QuarantineCode code, std::string reason,
            const OnRefused& on_refused) {
  QuarantinedRecord refused;
  refused.code = code;
  refused.reason = std::move(reason);
  Refuse(file, line, std::move(refused), on_refused);
}

// Watch entries as they come, the last of each id.
class EntryList {
 public:
  EntryList(std::string_view file, Date today, const OnRefused& on_refused)
      : file_(file), today_(today), on_refused_(on_refused) {}

  void Take(const Line& line, std::string_view json) {
    auto parsed = parser_.Parse(ReferenceKind::kWatchlist, json, today_);
    if (auto* refused = std::get_if<QuarantinedRecord>(&parsed)) {
      Refuse(file_, line, std::move(*refused), on_refused_);
      return;
    }
    WatchEntry& entry = std::get<WatchEntry>(std::get<ParsedRecord>(parsed).record);
    const auto [it, is_new] = numbers_.try_emplace(entry.entry, entries_.size());
    if (is_new) entries_.push_back(std::move(entry));
    else entries_[it->second] = std::move(entry);
  }
  std::vector<WatchEntry> Release() { return std::move(entries_); }

 private:
  std::string_view file_;
  Date today_;
  const OnRefused& on_refused_;
  RecordParser parser_;
  absl::flat_hash_map<std::string, std::size_t> numbers_;
  std::vector<WatchEntry> entries_;
};

Document ReadQueryDocument(simdjson::dom::object from, JsonContext& context) {
  Document document;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, simdjson::dom::element value) {
    switch (hash) {
      case KeyHash("type"): document.type = ReadText(value, key, context); return true;
      case KeyHash("number"): document.number = ReadText(value, key, context); return true;
      case KeyHash("issuer"): document.issuer = ReadCountry(value, key, context); return true;
      default: return false;
    }
  });
  return document;
}

MatchQuery ReadQuery(simdjson::dom::object from, JsonContext& context) {
  MatchQuery query;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, simdjson::dom::element value) {
    switch (hash) {
      case KeyHash("id"): query.id = ReadText(value, key, context); return true;
      case KeyHash("name"):
      case KeyHash("surname"): query.surname = ReadText(value, key, context); return true;
      case KeyHash("given_names"): query.given_names = ReadText(value, key, context); return true;
      case KeyHash("date_of_birth"): query.date_of_birth = ReadPartialDate(value, key, context); return true;
      case KeyHash("sex"): query.sex = ReadEnum<Sex>(value, key, context); return true;
      case KeyHash("nationality"): query.nationality = ReadCountry(value, key, context); return true;
      case KeyHash("documents"):
        ReadObjects(value, key, context, [&](simdjson::dom::object item) {
          query.documents.push_back(ReadQueryDocument(item, context));
        });
        return true;
      default: return false;
    }
  });
  return query;
}

bool IsSomebody(const MatchQuery& query) {
  return !FormsOf(query.surname, query.given_names).empty() ||
         std::ranges::any_of(query.documents, [](const Document& d) { return !NumberKey(d.number).empty(); });
}

}  // namespace

std::vector<WatchEntry> ReadWatchList(std::string_view file, std::string_view text, Date today,
                                      const OnRefused& on_refused) {
  EntryList entries(file, today, on_refused);
  if (!LooksLikeCsv(text)) {
    ForEachLine(text, [&](const Line& line) { entries.Take(line, line.text); });
    return entries.Release();
  }
  WatchCsvReader reader(text);
  WatchCsvReader::Record record;
  while (reader.Next(record)) {
    const Line line{record.offset, record.line, record.raw};
    if (record.problem.empty()) entries.Take(line, record.json);
    else Refuse(file, line, QuarantineCode::kBadRecord, std::move(record.problem), on_refused);
  }
  return entries.Release();
}

WatchQuery MatchQuery::AsWatchQuery(Date on) const {
  WatchQuery query;
  query.surname = surname;
  query.given_names = given_names;
  query.name_may_be_cut = MayBeCut(surname, given_names);
  query.date_of_birth = date_of_birth;
  query.sex = sex;
  query.nationality = nationality.view();
  query.documents = &documents;
  query.may_be_child = date_of_birth && AgesBetween(*date_of_birth, on, on).youngest < kAdultYears;
  query.on = on;
  return query;
}

void ForEachMatchQuery(std::string_view file, std::string_view text, const OnRefused& on_refused,
                       const std::function<void(const MatchQuery&)>& use) {
  simdjson::dom::parser parser;
  const InputLimits limits;
  ForEachLine(text, [&](const Line& line) {
    simdjson::dom::element root;
    simdjson::dom::object from;
    if (const auto error = parser.parse(line.text.data(), line.text.size()).get(root)) {
      Refuse(file, line, QuarantineCode::kNotJson, simdjson::error_message(error), on_refused);
      return;
    }
    if (root.get_object().get(from) != simdjson::SUCCESS) {
      Refuse(file, line, QuarantineCode::kNotObject, "JSON, but no object: a query is {...}", on_refused);
      return;
    }
    std::vector<Finding> findings;
    records::JsonContext context{&limits, &findings, false, ""};
    const MatchQuery query = ReadQuery(from, context);
    if (context.has_duplicate_key) {
      Refuse(file, line, QuarantineCode::kDuplicateKey, "a key comes twice in one object: send each key once", on_refused);
    } else if (query.id.empty() || !IsSomebody(query)) {
      Refuse(file, line, QuarantineCode::kBadRecord, "`id` is missing, or there is neither a name nor a document",
             on_refused);
    } else {
      use(query);
    }
  });
}

}  // namespace landfall
