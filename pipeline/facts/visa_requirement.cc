#include "pipeline/facts/visa_requirement.h"

#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "model/result.h"
#include "pipeline/parse/times.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

absl::StatusOr<std::optional<Date>> ReadDate(std::string_view text, int line) {
  if (text.empty()) return std::optional<Date>();
  const std::optional<Date> date = ParseDate(text);
  if (!date) return absl::InvalidArgumentError(absl::StrFormat("line %d: '%s' is no date", line, std::string(text)));
  return date;
}

absl::StatusOr<VisaRequirement> ReadRow(std::string_view row, int line) {
  const std::vector<std::string> fields = absl::StrSplit(std::string(row), ',');
  if (fields.size() != 4) {
    return absl::InvalidArgumentError(
        absl::StrFormat("line %d: %d columns, not nationality,document,from,until", line, static_cast<int>(fields.size())));
  }
  VisaRequirement requirement;
  std::string_view nationality = Trim(fields[0]);
  if (nationality.starts_with('!')) {
    requirement.required = false;
    nationality.remove_prefix(1);
  }
  const std::optional<CountryCode> country = FindCountry(nationality);
  if (!country) {
    return absl::InvalidArgumentError(absl::StrFormat("line %d: '%s' is no country code", line, std::string(nationality)));
  }
  requirement.nationality = *country;
  requirement.document_type = std::string(Trim(fields[1]));
  ASSIGN_OR_RETURN(requirement.from, ReadDate(Trim(fields[2]), line));
  ASSIGN_OR_RETURN(requirement.until, ReadDate(Trim(fields[3]), line));
  return requirement;
}

bool Applies(const VisaRequirement& row, const Traveller& traveller, Date on) {
  if (row.nationality != traveller.nationality || (row.from && on < *row.from) || (row.until && on > *row.until)) {
    return false;
  }
  if (row.document_type.empty()) return true;
  for (const Document& document : traveller.documents) {
    if (document.type == row.document_type) return true;
  }
  return false;
}

}  // namespace

absl::StatusOr<std::vector<VisaRequirement>> ParseVisaRequirements(std::string_view csv) {
  std::vector<VisaRequirement> table;
  for (int line = 1; !csv.empty(); ++line) {
    const std::size_t end = csv.find('\n');
    const std::string_view row = Trim(csv.substr(0, end));
    csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
    if (row.empty() || row.front() == '#' || (table.empty() && row.starts_with("nationality,"))) continue;
    ASSIGN_OR_RETURN(VisaRequirement requirement, ReadRow(row, line));
    table.push_back(std::move(requirement));
  }
  return table;
}

std::optional<bool> IsVisaRequired(const Traveller& traveller, Date on, const std::vector<VisaRequirement>& table) {
  for (const Document& document : traveller.documents) {
    if (document.type == "R") return false;
  }
  if (traveller.nationality.empty() || table.empty()) return std::nullopt;
  bool required = false;
  for (const VisaRequirement& row : table) {
    if (!Applies(row, traveller, on)) continue;
    if (!row.required) return false;
    required = true;
  }
  return required;
}

}  // namespace landfall
