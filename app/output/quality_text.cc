#include "app/output/quality_text.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "app/output/csv.h"
#include "app/output/marked_bytes.h"
#include "model/json_writer.h"

namespace landfall::app {
namespace {

// What a carrier does about a finding, in the order of FindingCode.
constexpr std::string_view kFindingAdvice[] = {
    "A field has a name we do not know. Use the names of the message specification.",
    "A value is not one the field may have. Send one of those the specification lists.",
    "A date is none. Send real dates, as YYYY-MM-DD or as the message format says.",
    "A time is none. Send times as the message format says.",
    "A local time fell in the hour that the clock repeats. Send times with their offset from UTC.",
    "A local time fell in the hour that the clock skips. Send times with their offset from UTC.",
    "A country code is none. Send the three letters of ISO 3166-1.",
    "A country's name is not known. Send its code of three letters.",
    "An airport code is not known. Send the three letters of IATA.",
    "A carrier code is not known. Send the IATA designator.",
    "A text is not in the character set the message declares. Send UTF-8, or declare the set that is used.",
    "A value was too long and was cut. Send one value in each field.",
    "A traveller has no birth date. Send the birth date in the travel document: without it a child may be missed.",
    "A birth date lies in the future. Check how years of two digits are filled up.",
    "A birth date makes the traveller older than 110. Check how years of two digits are filled up.",
    "A travel document had expired. Check the document again at the desk.",
    "A check digit of a machine-readable zone does not fit. Read the document again rather than type it.",
    "The length of stay differs from the dates. Send both from the same booking.",
    "A count that was declared differs from what was sent. Declare what the message holds.",
    "A reference in the trailer differs from that in the header. Send the same one in both.",
    "The separators of the message are declared in a wrong way. Send UNA with six characters, or none.",
    "The carrier of the flight differs from the prefix of its number. Send the operating carrier in both.",
    "Parts of a message did not come. Send every part, and mark the last.",
    "The leg that crosses the border had to be guessed. Mark the places of departure and arrival.",
    "The function code does not fit the message. Use the codes of the implementation guide.",
    "An older version came after a newer one. Send versions in order.",
    "Versions were left out. Number them one by one.",
    "The times of a flight changed without an update. Send an update when a flight is retimed.",
    "The date of a flight changed without an update. Send an update when a flight is moved to another day.",
    "A booking holds more than 99 travellers. Send one locator for each party.",
    "A name differs from that on a visa. Send names as they stand in the travel document.",
};
static_assert(std::size(kFindingAdvice) == std::size(EnumText<FindingCode>::kWords));

// The same for what was kept aside, in the order of QuarantineCode.
constexpr std::string_view kQuarantineAdvice[] = {
    "A message is not JSON in UTF-8, and was not read. Send one whole JSON object on each line.",
    "A message is JSON and no object, and was not read. Send one JSON object on each line.",
    "A message is longer than the limit, and was not read. Split it into parts.",
    "A message is nested too deep, and was not read. Follow the message specification.",
    "A message states a field twice, and was not read. State each once.",
    "A message has no id, and was not read. Give each message an id of its own.",
    "A message names no flight, and was not read. Name the flight.",
    "The flight of a message lacks a usable number, airport or time, and it was not read. Send all four.",
    "The kind of a message is not known, and it was not read. Send one that the specification lists.",
    "An id was used again for another message, which was not read. Give each message an id of its own.",
    "A message is in no format we read. Send NDJSON, PAXLST or PNRGOV.",
    "A message is not well-formed EDIFACT, and was not read. Check its separators and segments.",
    "A message holds placeholders that were not filled in, and was not read. Fill in the template.",
    "A message was cut short, and was not read. Send it whole, to its UNT and UNZ.",
    "A message has more parts than the limit, and was not read. Split it.",
    "A traveller has neither name nor document, and was not read. Send both.",
    "A traveller's data is not of the type it should be, and was not read. Follow the specification.",
    "A traveller's name holds control characters, and was not read. Send letters only.",
    "A reference record lacks a required part.",
    "A reference record names a child as a person of concern.",
    "A master crew list is not screened.",
    "A gate pass is not screened.",
    "This is not air traffic.",
    "A message of this kind is not read here.",
    "A flight does not touch this country.",
};
static_assert(std::size(kQuarantineAdvice) == std::size(EnumText<QuarantineCode>::kWords));

std::string Carrier(std::string_view carrier) { return carrier.empty() ? "-" : std::string(carrier); }

template <typename Code>
std::string CountsText(const std::map<Code, QualityCount>& by_code) {
  std::vector<std::string> parts;
  for (const auto& [code, count] : by_code)
    parts.push_back(absl::StrFormat("%s %d", std::string(ToText(code)), count.count));
  return absl::StrJoin(parts, "; ");
}

template <typename Code>
void AppendCounts(const std::map<Code, QualityCount>& by_code, std::string& out) {
  JsonObject object(out);
  for (const auto& [code, count] : by_code) object.Field(ToText(code), count.count);
}

bool IsPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' ||
         c == '-' || c == '/';
}

// A field of the specification: lower case, parts divided by points. What a sender calls a field of its own may be
// anything.
bool IsFieldName(std::string_view name) {
  return !name.empty() && name.size() <= 60 &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; });
}

bool IsPlainId(std::string_view id) { return id.size() <= 64 && std::all_of(id.begin(), id.end(), IsPlain); }

// "  12 times: ..." with fields and messages, most frequent first.
template <typename Code, std::size_t N>
std::string Points(const std::map<Code, QualityCount>& by_code, const std::string_view (&advice)[N],
                   bool names_fields) {
  std::vector<std::pair<Code, const QualityCount*>> sorted;
  for (const auto& [code, count] : by_code) sorted.emplace_back(code, &count);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second->count > b.second->count; });
  std::string text;
  for (const auto& [code, count] : sorted) {
    absl::StrAppendFormat(&text, "- %d %s (%s). %s\n", count->count, count->count == 1 ? "time" : "times",
                          std::string(ToText(code)), std::string(advice[static_cast<std::size_t>(code)]));
    std::vector<std::string> fields, messages;
    for (const auto& [field, times] : count->fields) {
      if (names_fields && IsFieldName(field)) fields.push_back(absl::StrFormat("%s (%d)", field, times));
    }
    for (const std::string& id : count->message_ids) {
      if (IsPlainId(id)) messages.push_back(id);
    }
    if (!fields.empty()) absl::StrAppendFormat(&text, "  Fields: %s.\n", absl::StrJoin(fields, ", "));
    if (!messages.empty())
      absl::StrAppendFormat(&text, "  For example in messages: %s.\n", absl::StrJoin(messages, ", "));
  }
  return text;
}

std::string Percent(std::uint64_t part, std::uint64_t whole) {
  const std::uint32_t per_mille = PerMille(part, whole);
  return absl::StrFormat("%d.%d %%", per_mille / 10, per_mille % 10);
}

}  // namespace

std::string QualityTable(const std::map<std::string, CarrierQuality>& by_carrier) {
  std::string text =
      absl::StrFormat("%-7s %5s %9s %10s %9s %11s %11s %8s %5s  %s\n", "carrier", "score", "messages", "travellers",
                      "findings", "messages q.", "travellers q.", "no birth", "open", "codes");
  for (const auto& [carrier, q] : by_carrier) {
    std::vector<std::string> codes;
    for (const std::string& part : {CountsText(q.findings_by_code), CountsText(q.quarantined_by_code)}) {
      if (!part.empty()) codes.push_back(part);
    }
    absl::StrAppendFormat(&text, "%-7s %5d %9d %10d %9d %11d %13d %8s %5d  %s\n", Carrier(carrier), q.Score(),
                          q.messages, q.travellers, q.findings, q.messages_quarantined, q.travellers_quarantined,
                          Percent(q.without_birth_date, q.api_travellers), q.quarantine_open,
                          absl::StrJoin(codes, "; "));
  }
  return text;
}

std::string QualityCsv(const std::map<std::string, CarrierQuality>& by_carrier) {
  std::string text =
      "carrier,score,messages,travellers,api_travellers,without_birth_date,findings,messages_quarantined,"
      "travellers_quarantined,quarantine_open,not_screened,findings_by_code,quarantined_by_code\n";
  for (const auto& [carrier, q] : by_carrier) {
    AppendCsvField(carrier, text);
    absl::StrAppendFormat(&text, ",%d,%d,%d,%d,%d,%d,%d,%d,%d,%d,%s,%s\n", q.Score(), q.messages, q.travellers,
                          q.api_travellers, q.without_birth_date, q.findings, q.messages_quarantined,
                          q.travellers_quarantined, q.quarantine_open, q.not_screened, CountsText(q.findings_by_code),
                          CountsText(q.quarantined_by_code));
  }
  return text;
}

void AppendQualityJson(std::string_view carrier, const CarrierQuality& q, std::string& out) {
  JsonObject object(out);
  object.Field("carrier", carrier);
  object.Field("score", q.Score());
  object.Field("messages", q.messages);
  object.Field("travellers", q.travellers);
  object.Field("api_travellers", q.api_travellers);
  object.Field("without_birth_date", q.without_birth_date);
  object.Field("without_birth_date_per_mille", PerMille(q.without_birth_date, q.api_travellers));
  object.Field("findings", q.findings);
  object.Field("messages_quarantined", q.messages_quarantined);
  object.Field("travellers_quarantined", q.travellers_quarantined);
  object.Field("quarantine_open", q.quarantine_open);
  object.Field("not_screened", q.not_screened);
  AppendCounts(q.findings_by_code, object.Begin("findings_by_code"));
  AppendCounts(q.quarantined_by_code, object.Begin("quarantined_by_code"));
}

std::string QualityLetter(std::string_view carrier, const CarrierQuality& q) {
  std::string text = absl::StrFormat(
      "To: %s, advance passenger data\nSubject: the quality of your messages\n\n"
      "We have taken in %d messages of yours with %d travellers. Their quality score is %d of 1000.\n\n",
      std::string(carrier), q.messages, q.travellers, q.Score());
  if (q.messages_quarantined + q.travellers_quarantined + q.findings + q.without_birth_date == 0) {
    return text + "We found nothing to mend. Thank you.\n";
  }
  if (!q.quarantined_by_code.empty()) {
    absl::StrAppendFormat(
        &text,
        "Not read: %d messages, and %d travellers with them or in others. These people could not be\n"
        "checked before arrival. Please mend this first, and send them again, each under a new id.\n%s\n",
        q.messages_quarantined, q.travellers_quarantined, Points(q.quarantined_by_code, kQuarantineAdvice, false));
  }
  if (q.without_birth_date > 0) {
    absl::StrAppendFormat(
        &text,
        "Without birth date: %d of %d travellers (%s). We protect children, and cannot tell a child without\n"
        "a birth date. Please send it for everybody.\n\n",
        q.without_birth_date, q.api_travellers, Percent(q.without_birth_date, q.api_travellers));
  }
  if (q.findings > 0) {
    absl::StrAppendFormat(&text, "Read, with doubts: %d.\n%s\n", q.findings,
                          Points(q.findings_by_code, kFindingAdvice, true));
  }
  return text + "This letter holds no personal data. The messages are named by the ids you gave them.\n";
}

}  // namespace landfall::app
