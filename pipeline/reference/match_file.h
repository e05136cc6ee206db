#pragma once

// Watch lists and queries read straight from files, for comparing without a store.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/reference_records.h"
#include "pipeline/match/watch_index.h"

namespace landfall {

using OnRefused = std::function<void(const QuarantinedRecord&)>;

// The entries of a list in NDJSON or CSV, the last of each id. `file` is the name to report.
std::vector<WatchEntry> ReadWatchList(std::string_view file, std::string_view text, Date today,
                                      const OnRefused& on_refused);

// A person asked about, with the bytes that a WatchQuery points to.
struct MatchQuery {
  std::string id;
  std::string surname, given_names;
  std::optional<PartialDate> date_of_birth;
  std::optional<Sex> sex;
  CountryCode nationality;
  std::vector<Document> documents;

  // Valid while this lives. `on` decides who may be a child: nobody without a birth date.
  WatchQuery AsWatchQuery(Date on) const;
};

// The queries of an NDJSON text, in order: {"id","surname","given_names","date_of_birth","sex","nationality",
// "documents":[{"type","number","issuer"}]} or {"id","name"}. One without an id, or with neither name nor document, is
// refused.
void ForEachMatchQuery(std::string_view file, std::string_view text, const OnRefused& on_refused,
                       const std::function<void(const MatchQuery&)>& use);

}  // namespace landfall
