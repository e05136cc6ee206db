#include "tests/support/flight_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "absl/strings/str_format.h"
#include "pipeline/facts/visa_requirement.h"
#include "pipeline/merge/traveller_keys.h"
#include "pipeline/parse/parse.h"

namespace landfall::testing_support {
namespace {


// One message read by the real parser.
Message ParseLine(const Configuration& configuration, const std::string& line) {
  std::string padded = line + std::string(kMessagePadding, ' ');
  RawMessage raw;
  raw.format = SniffFormat(line);
  raw.bytes = std::string_view(padded).substr(0, line.size());
  MessageParser parser(configuration);
  ParsedInput out;
  parser.Parse("test", raw, out);
  for (const QuarantinedRecord& record : out.quarantined) ADD_FAILURE() << record.reason << "\n" << line;
  if (out.messages.empty()) return {};
  return std::move(out.messages.front());
}

std::string Value(const FactTable& table, const FactInfo& fact, std::size_t row) {
  const FactColumn& column = table.Column(fact.id);
  if (column.known.empty() || !column.IsKnown(row)) return "unknown";
  switch (fact.type) {
    case FactType::kBool: return column.small[row] != 0 ? "true" : "false";
    case FactType::kEnum: return std::string(fact.values[column.small[row]]);
    case FactType::kInt: return std::to_string(column.ints[row]);
    case FactType::kNum: return absl::StrFormat("%g", column.nums[row]);
    case FactType::kPeople: return "people";
    default: return std::string(table.Text(column.texts[row]));
  }
}

}  // namespace

Person& Person::Document(std::string_view type, std::string_view number, std::string_view issuer) {
  documents_.push_back(absl::StrFormat(R"({"type":"%s","number":"%s","issuer":"%s"})", std::string(type),
                                       std::string(number), std::string(issuer)));
  std::string list;
  for (const std::string& document : documents_) list += (list.empty() ? "" : ",") + document;
  return Set("documents", "[" + list + "]");
}

std::string Person::Json() const {
  std::string json;
  for (const auto& [field, value] : fields_) json += (json.empty() ? "\"" : ",\"") + field + "\":" + value;
  return "{" + json + "}";
}

std::size_t MadeFacts::RowOf(std::string_view ref) const {
  for (std::size_t row = 0; row < context_.row_traveller.size(); ++row) {
    if (TravellerName(state_, context_.row_traveller[row]) == ref) return row;
  }
  ADD_FAILURE() << "no traveller " << ref;
  return 0;
}

std::string MadeFacts::Of(std::string_view ref, std::string_view fact) const {
  const FactInfo* const info = FindFact(fact);
  if (info == nullptr) {
    ADD_FAILURE() << "no fact " << fact;
    return "";
  }
  return Value(table_, *info, RowOf(ref));
}

std::string MadeFacts::SourceOf(std::string_view ref, std::string_view fact) const {
  return FactSource(FindFact(fact)->id, context_.row_traveller[RowOf(ref)], state_, context_);
}

std::vector<std::string> MadeFacts::FindingsOf(std::string_view ref) const {
  std::vector<std::string> codes;
  for (const Finding& finding : context_.findings) {
    if (finding.traveller == ref) codes.emplace_back(ToText(finding.code));
  }
  return codes;
}

std::string MadeFacts::Parties() const {
  std::string text;
  for (const Party& party : context_.parties) {
    if (!text.empty()) text += " |";
    for (const std::uint32_t member : party.members) text += (text.empty() ? "" : " ") + TravellerName(state_, member);
  }
  return text;
}

const Party& MadeFacts::PartyOf(std::string_view ref) const {
  return context_.parties[context_.travellers[context_.row_traveller[RowOf(ref)]].party];
}

FlightBuilder& FlightBuilder::Flies(std::string_view from, std::string_view to, std::string_view departs_at,
                                    std::string_view arrives_at) {
  from_ = from;
  to_ = to;
  departs_at_ = departs_at;
  arrives_at_ = arrives_at;
  return *this;
}

FlightBuilder& FlightBuilder::Record(ReferenceKind kind, std::string_view json) {
  records_.emplace_back(kind, json);
  return *this;
}

FlightBuilder& FlightBuilder::Requirements(std::string_view csv) {
  auto requirements = ParseVisaRequirements(csv);
  EXPECT_TRUE(requirements.ok()) << requirements.status();
  if (requirements.ok()) configuration.visa_requirements = *std::move(requirements);
  return *this;
}

FlightBuilder& FlightBuilder::Send(std::string_view kind, std::string_view fields,
                                   const std::vector<Person>& travellers) {
  std::string list;
  for (const Person& traveller : travellers) list += (list.empty() ? "" : ",") + traveller.Json();
  const int number = static_cast<int>(messages_.size()) + 1;
  messages_.push_back({absl::StrFormat(
      R"({"message_id":"M%d","sender":"ZZ","sent_at":"2026-11-21T23:%02d:00Z","kind":"%s","revision":%d,%s)"
      R"("flight":{"number":"ZZ101","from":"%s","to":"%s","departs_at":"%s","arrives_at":"%s"%s},"travellers":[%s]})",
      number, number, std::string(kind), number, std::string(fields), from_, to_, departs_at_, arrives_at_,
      flight_fields, list)});
  return *this;
}

FlightBuilder& FlightBuilder::Sends(std::string text) {
  messages_.push_back({std::move(text)});
  return *this;
}

FlightBuilder& FlightBuilder::Elsewhere(std::string_view vignette, std::uint32_t adult, double hours_apart) {
  FlightKey other{MakeDate(2026, 11, 22), "ZZ103", AirportCode(from_), AirportCode(to_)};
  elsewhere_.push_back({std::string(vignette), adult, other, static_cast<std::int64_t>(hours_apart * 3600)});
  return *this;
}

MadeFacts FlightBuilder::Facts() const {
  auto snapshot = std::make_shared<ReferenceSnapshot>();
  for (const auto& [kind, json] : records_) {
    const auto refused = snapshot->Add(kind, json);
    if (refused) ADD_FAILURE() << json << ": " << refused->reason;
  }
  snapshot->Build();
  std::unique_ptr<LiveFlight> live;
  std::uint64_t sequence = 0;
  for (const Sent& sent : messages_) {
    const auto message = std::make_shared<const Message>(ParseLine(configuration, sent.line));
    if (!live) live = std::make_unique<LiveFlight>(message->flight.Key(), configuration);
    live->Apply(message, KeysOf(*message, *snapshot), ++sequence, nullptr);
  }
  MadeFacts made;
  made.snapshot_ = snapshot;
  if (!live) {
    ADD_FAILURE() << "no message";
    return made;
  }
  made.state_ = live->State();
  made.state_.elsewhere = elsewhere_;
  made.context_ = AddFlightFacts(made.state_, *snapshot, configuration, parameters, made.table_);
  return made;
}

FlightState FlightBuilder::State() const { return Facts().state(); }

}  // namespace landfall::testing_support
