#include "app/commands/query.h"

#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "app/commands/people.h"
#include "app/exit_code.h"
#include "app/find_flights.h"
#include "app/options.h"
#include "app/output/flag_json.h"
#include "app/output/flight_history.h"
#include "app/output/flight_text.h"
#include "app/session.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "pipeline/merge/load_flight.h"
#include "pipeline/parse/times.h"

namespace landfall::app {
namespace {

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall query flight NUMBER DATE [options]\n"
      "       landfall query traveller|sponsor|address|phone ... (landfall query traveller --help)",
      "Shows a flight: what is suggested and why, its parties with children first, then everybody else, and doubts about\n"
      "the data. DATE is the local departure date, else the arrival date; flights that fit are all shown. With --history:\n"
      "every message about it, oldest revision first, and what each changed.",
      "landfall query flight ZZ101 2026-11-22 --data /tmp/store",
      {kDataOption,
       kConfigOption,
       {"--format", "FORMAT", "table, json or ndjson"},
       {"--history", "", "every revision in order, and what changed in each"},
       {"--assessments", "", "what it came to with each state of the reference records, oldest first"}}};
  return spec;
}

struct FlightQuery {
  std::string number;
  Date date;
  std::string format;
  bool history = false;
  bool assessments = false;
};

absl::StatusOr<FlightQuery> QueryFrom(const ParsedOptions& parsed) {
  if (parsed.positional.size() != 3 || parsed.positional[0] != "flight") {
    return absl::InvalidArgumentError("use: landfall query flight NUMBER DATE (see --help)");
  }
  FlightQuery query;
  const std::optional<std::string> number = NormaliseFlightNumber(parsed.positional[1]);
  if (!number) {
    return absl::InvalidArgumentError(absl::StrFormat("'%s' is no flight number: write ZZ101", parsed.positional[1]));
  }
  query.number = *number;
  const std::optional<Date> date = ParseDate(parsed.positional[2]);
  if (!date) {
    return absl::InvalidArgumentError(absl::StrFormat("'%s' is no date: write 2026-11-22", parsed.positional[2]));
  }
  query.date = *date;
  query.history = parsed.Has("--history");
  query.assessments = parsed.Has("--assessments");
  ASSIGN_OR_RETURN(query.format, FormatOption(parsed, kFormatsButCsv));
  return query;
}

std::string FlightJson(const FlightFlag& flag, const FlightState& state) {
  std::string out;
  JsonObject object(out);
  AppendFlagJson(flag, object.Begin("flag"));
  object.Field("api_complete", state.api_complete);
  object.Field("closed_out", state.closed_out);
  object.Field("cancelled", state.cancelled);
  std::string& travellers = object.Begin("travellers");
  travellers += '[';
  for (std::size_t i = 0; i < state.travellers.size(); ++i) {
    if (i > 0) travellers += ',';
    Traveller traveller = *state.travellers[i].merged;
    traveller.boarded = state.travellers[i].boarded;
    AppendJsonObject(traveller, travellers);
  }
  travellers += ']';
  return out;
}

// Loud, since what follows looks like any other answer.
void WarnOfDistrust(const absl::Status& distrust) {
  std::fprintf(stderr,
               "landfall query: WARNING: this store cannot be trusted: %s.\n"
               "What is shown is what can still be read. Flights, travellers, hits and later messages may be missing:\n"
               "clear nobody by it. Nothing was changed.\n",
               std::string(distrust.message()).c_str());
}

// The view of a state, with the parties that its facts rest on.
FlightView ViewOf(const FlightState& state, const FlightContext& context) {
  FlightView view{&state, &context.parties, {}};
  for (const TravellerContext& traveller : context.travellers) view.is_child.push_back(traveller.is_child);
  return view;
}

// Every message of the flight, in the order of revisions, with what it changed.
absl::Status PrintHistory(const Session& session, const FlightQuery& query, const FlightState& flight) {
  const rules::RuleSet& rules = *session.rule_sets.front();
  FactTable table(rules.windows());
  FlightState before;
  FlightContext before_context;
  std::size_t number = 0;
  if (query.format == "table") std::printf("History of %s\n", ToString(flight.key).c_str());
  const auto print = [&](const Message& message, const FlightState& after) {
    table.Clear();
    FlightContext context = AddFlightFacts(after, *session.reference, session.configuration,
                                           rules.profile().parameters, table);
    const Revision revision{&message, after.travellers.size(),
                            ChangesBetween(ViewOf(before, before_context), ViewOf(after, context))};
    ++number;
    std::string line;
    if (query.format == "table") {
      line = RevisionText(number, revision);
    } else {
      AppendRevisionJson(after.key, number, revision, line);
      line += '\n';
    }
    std::fputs(line.c_str(), stdout);
    before = after;
    before_context = std::move(context);
  };
  RETURN_IF_ERROR(
      ForEachRevision(*session.database, session.configuration, *session.reference, flight.key, print).status());
  if (query.format != "table") return absl::OkStatus();
  if (flight.replaces) std::printf("Moved: before %s\n", ToString(*flight.replaces).c_str());
  if (flight.replaced_by) std::printf("Moved: now %s\n", ToString(*flight.replaced_by).c_str());
  std::printf("\n");
  return absl::OkStatus();
}

// What the flight came to with each snapshot of the reference records; the last is what holds.
absl::Status PrintAssessments(const Session& session, const FlightQuery& query, const FlightKey& flight) {
  ASSIGN_OR_RETURN(const std::vector<Database::Assessment> assessments, session.database->AssessmentsOf(flight));
  if (query.format == "table") std::printf("Assessments of %s\n", ToString(flight).c_str());
  for (const Database::Assessment& assessment : assessments) {
    const FlightFlag& flag = assessment.flag;
    if (query.format == "table") {
      std::string rules;
      for (const Hit& hit : flag.hits) rules += (rules.empty() ? "" : " ") + hit.rule;
      std::printf("  records %llu (%s), as of %s: %s, %d points%s%s\n",
                  static_cast<unsigned long long>(assessment.snapshot), flag.reference.substr(0, 12).c_str(),
                  ToString(flag.now).c_str(), std::string(ToText(flag.suggested)).c_str(), flag.points,
                  rules.empty() ? "" : ", ", rules.c_str());
      continue;
    }
    std::string line;
    {
      JsonObject object(line);
      object.Field("snapshot", assessment.snapshot);
      object.Field("reference", flag.reference);
      object.Field("now", flag.now);
      AppendFlagJson(flag, object.Begin("flag"));
    }
    std::printf("%s\n", line.c_str());
  }
  return absl::OkStatus();
}

absl::StatusOr<int> Query(const SessionOptions& session_options, const FlightQuery& query) {
  ASSIGN_OR_RETURN(const Session session, OpenSession(session_options));
  if (!session.distrust.ok()) WarnOfDistrust(session.distrust);
  const int done = session.distrust.ok() ? kDone : kUnavailable;
  ASSIGN_OR_RETURN(const std::vector<FlightState> flights, FindFlights(session, query.number, query.date));
  if (flights.empty()) {
    std::fprintf(stderr, "No flight %s departs or arrives on %s in this store.\n", query.number.c_str(),
                 ToString(query.date).c_str());
    if (query.format == "json") std::fputs("[\n]\n", stdout);
    return done;
  }
  if (query.format == "json" && !query.history && !query.assessments) std::fputs("[", stdout);
  for (const FlightState& state : flights) {
    if (query.assessments) {
      RETURN_IF_ERROR(PrintAssessments(session, query, state.key));
      continue;
    }
    if (query.history) {
      RETURN_IF_ERROR(PrintHistory(session, query, state));
      continue;
    }
    ASSIGN_OR_RETURN(const std::optional<FlightFlag> flag, session.database->FindFlag(state.key));
    if (!flag) return absl::DataLossError(absl::StrFormat("flight %s has no flag in the store", ToString(state.key)));
    if (query.format == "table") {
      FactTable table(session.rule_sets.front()->windows());
      const FlightContext context =
          AddFlightFacts(state, *session.reference, session.configuration,
                         session.rule_sets.front()->profile().parameters, table);
      std::fputs(FlightText(*flag, state, context).c_str(), stdout);
    } else {
      const bool is_list = query.format == "json";
      std::printf("%s%s%s", !is_list ? "" : &state == &flights.front() ? "\n" : ",\n", FlightJson(*flag, state).c_str(),
                  is_list ? "" : "\n");
    }
  }
  if (query.format == "json" && !query.history && !query.assessments) std::fputs("\n]\n", stdout);
  return done;
}

}  // namespace

int RunQuery(std::span<const std::string> arguments) {
  if (!arguments.empty() && IsPeopleQuery(arguments.front())) return RunPeopleQuery(arguments);
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::StatusOr<FlightQuery> query = QueryFrom(*parsed.options);
  if (!query.ok()) {
    std::fprintf(stderr, "landfall query: %s\n", std::string(query.status().message()).c_str());
    return kWrongUsage;
  }
  SessionOptions session = SessionOptionsFrom(*parsed.options);
  session.create_store = false;
  session.read_untrusted = true;
  const absl::StatusOr<int> exit_code = Query(session, *query);
  if (exit_code.ok()) return *exit_code;
  std::fprintf(stderr, "landfall query: %s\n", std::string(exit_code.status().message()).c_str());
  return ExitCodeOf(exit_code.status());
}

}  // namespace landfall::app
