#include "app/commands/rules_explain.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "app/exit_code.h"
#include "app/find_flights.h"
#include "app/output/flag_json.h"
#include "app/session.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "pipeline/facts/flight_facts.h"
#include "pipeline/parse/times.h"
#include "rules/nearest_change.h"
#include "rules/tree_walk.h"
#include "rules/words.h"
#include "storage/fact_codec.h"

namespace landfall::app {
namespace {

// A value of the record as a sentence says it.
std::string ValueWords(std::string json) {
  if (json == "null" || json == "\"unknown\"") return "not known";
  if (json == "true") return "yes";
  if (json == "false") return "no";
  if (json.size() >= 2 && json.front() == '"') json = json.substr(1, json.size() - 2);
  std::replace(json.begin(), json.end(), '_', ' ');
  return json;
}

std::string_view OutcomeWords(Outcome outcome) {
  return outcome == Outcome::kTrue ? "yes" : outcome == Outcome::kFalse ? "no" : "not known";
}

// ", it is 4"; nothing of a fact that is the whole term.
std::string ValuesText(const Term& term) {
  if (term.values.size() == 1) {
    const std::string words = ValueWords(term.values[0].json);
    return term.values[0].fact == term.text || words == OutcomeWords(term.outcome) ? "" : ", it is " + words;
  }
  std::string text;
  for (const TermValue& value : term.values) text += ", " + value.fact + " is " + ValueWords(value.json);
  return text;
}

void AppendTermLines(const std::vector<Term>& terms, std::string_view word, const std::string& indent, std::string& out) {
  for (const Term& term : terms) {
    out += indent + std::string(word) + term.text + ": " + std::string(OutcomeWords(term.outcome)) + ValuesText(term);
    if (!term.source.empty()) out += " (" + term.source + ")";
    out += '\n';
    for (const std::string& event : term.evidence) out += indent + "    counted: " + event + "\n";
    AppendTermLines(term.terms, "", indent + "    ", out);
  }
}

// One rule on one flight, by the facts stored with it.
class FlightExplainer {
 public:
  FlightExplainer(const Session& session, const rules::RuleSet& rule_set, const rules::Rule& rule,
                  const FlightState& state)
      : session_(session), rule_set_(rule_set), rule_(rule), state_(state), table_(rule_set.windows()) {}

  // Prints; NotFound for a traveller who is not on the flight.
  absl::Status Print(const std::optional<std::string>& traveller, bool as_json) {
    RETURN_IF_ERROR(ReadFacts());
    MakeContext();
    std::vector<Hit> hits;
    if (!traveller) hits = Hits();
    const bool is_hit = !hits.empty();
    if (!is_hit) {
      ASSIGN_OR_RETURN(const std::vector<std::uint32_t> rows, RowsFor(traveller));
      for (const std::uint32_t row : rows) hits.push_back(ExplainRow(row));
    }
    if (!as_json) PrintHeader(is_hit, traveller.has_value());
    for (const Hit& hit : hits) {
      const std::string text = as_json ? Json(hit) : Text(hit);
      std::fputs(text.c_str(), stdout);
    }
    return absl::OkStatus();
  }

 private:
  using Rule = rules::Rule;

  // Those stored with the flight's assessment. If they are of another list of travellers, made again.
  absl::Status ReadFacts() {
    FactTable made(rule_set_.windows());
    FlightState assessed = state_;
    if (state_.cancelled || state_.replaced_by) assessed.travellers.clear();
    context_ = AddFlightFacts(assessed, *session_.reference, session_.configuration, rule_set_.profile().parameters, made);
    ASSIGN_OR_RETURN(const std::optional<std::string> stored, session_.database->FindFacts(state_.key));
    if (stored) RETURN_IF_ERROR(DecodeFacts(*stored, table_));
    if (stored && table_.rows() == made.rows()) return absl::OkStatus();
    std::fprintf(stderr, "landfall rules: no facts are stored for this list of travellers: they are made again\n");
    table_ = std::move(made);
    return absl::OkStatus();
  }

  std::string RefOf(std::uint32_t row) const { return TravellerName(state_, context_.row_traveller[row]); }

  void MakeContext() {
    hit_context_.flight = state_.key;
    hit_context_.on = state_.t0_date;
    hit_context_.traveller_ref = [this](std::uint32_t row) { return RefOf(row); };
    hit_context_.source = [this](FactId fact, std::uint32_t row) {
      return FactSource(fact, context_.row_traveller[row], state_, context_);
    };
  }

  std::vector<Hit> Hits() {
    rules::RuleOutcomes outcomes;
    rule_set_.Evaluate(table_, outcomes);
    std::vector<Hit> hits = rule_set_.Hits(table_, outcomes, 0, hit_context_);
    std::erase_if(hits, [this](const Hit& hit) { return hit.rule != rule_.id; });
    return hits;
  }

  absl::StatusOr<std::vector<std::uint32_t>> RowsFor(const std::optional<std::string>& traveller) const {
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < table_.rows(); ++row) {
      const FactColumn& child = table_.Column(FactId::pax_child);
      const bool is_child = child.IsKnown(row) && child.small[row] != 0;
      if (traveller ? RefOf(row) == *traveller : is_child) rows.push_back(row);
    }
    if (traveller && rows.empty())
      return absl::NotFoundError(absl::StrFormat("no traveller %s is on this flight", *traveller));
    return rows;
  }

  Hit ExplainRow(std::uint32_t row) const {
    Hit hit;
    rules::Explain(rule_, rule_set_.profile(), table_, row, hit_context_, hit);
    hit.profile = std::string(rule_set_.hash());
    hit.travellers = {RefOf(row)};
    hit.party = RefOf(table_.PartyRows(table_.PartyOf(row)).first);
    return hit;
  }

  std::optional<std::uint32_t> RowOf(const Hit& hit) const {
    for (std::uint32_t row = 0; row < table_.rows() && !hit.travellers.empty(); ++row) {
      if (RefOf(row) == hit.travellers.front()) return row;
    }
    return table_.rows() == 0 ? std::nullopt : std::optional<std::uint32_t>(0);
  }

  std::string Nearest(const Hit& hit) const {
    const std::optional<std::uint32_t> row = RowOf(hit);
    return row ? rules::NearestChange(rule_, rule_set_.profile(), rules::TableRowView(table_, *row)) : "";
  }

  Outcome OutcomeOf(const Hit& hit) const {
    const std::optional<std::uint32_t> row = RowOf(hit);
    return row ? rules::EvaluateRule(rule_, rule_set_.profile(), rules::TableRowView(table_, *row)) : Outcome::kUnknown;
  }

  void PrintHeader(bool is_hit, bool one_traveller) const {
    std::printf("%s on %s: %s\n  %s\n", rule_.id.c_str(), ToString(state_.key).c_str(),
                is_hit          ? "hit"
                : one_traveller ? "as it is for this traveller"
                                : "no hit",
                rule_.title.c_str());
    if (rule_.status != rules::RuleStatus::kLive)
      std::printf("  The rule is %s: what it finds is not shown to teams.\n",
                  std::string(rules::kStatusWords[static_cast<std::size_t>(rule_.status)]).c_str());
    if (!is_hit && !one_traveller && RowsFor(std::nullopt)->empty()) std::printf("  No child is on this flight.\n");
  }

  std::string Text(const Hit& hit) const {
    std::string who;
    for (const std::string& traveller : hit.travellers) who += (who.empty() ? "" : ", ") + traveller;
    std::string out = "\n  ";
    if (!who.empty()) out += (hit.travellers.size() == 1 ? "traveller " : "travellers ") + who + ": ";
    if (!hit.id.empty()) {
      out += hit.id + ", " + hit.text + "\n";
    } else {
      const Outcome outcome = OutcomeOf(hit);
      out += outcome == Outcome::kTrue      ? "the rule fires\n"
             : outcome == Outcome::kUnknown ? "could not be judged, something is not known\n"
                                            : "the rule does not fire\n";
    }
    AppendTermLines(hit.when, "because ", "    ", out);
    AppendTermLines(hit.unless, "unless  ", "    ", out);
    const std::string nearest = Nearest(hit);
    if (!nearest.empty()) out += "    " + nearest + "\n";
    return out;
  }

  std::string Json(const Hit& hit) const {
    std::string out;
    {
      JsonObject object(out);
      if (hit.id.empty()) object.Begin("hit") += "null";
      object.Field("hit", hit.id);
      object.Field("rule", hit.rule);
      object.Field("profile", hit.profile);
      object.Field("level", hit.level);
      object.Field("severity", hit.severity);
      object.Field("points", hit.points);
      object.Field("family", hit.family);
      object.Field("flight", state_.key.number);
      object.Field("party", hit.party);
      object.Field("travellers", hit.travellers);
      object.Field("now", state_.now);
      object.Field("text", hit.text);
      AppendTermsJson(hit.when, object.Begin("when"));
      AppendTermsJson(hit.unless, object.Begin("unless"));
      object.Field("nearest_change", Nearest(hit));
    }
    return out + "\n";
  }

  const Session& session_;
  const rules::RuleSet& rule_set_;
  const Rule& rule_;
  const FlightState& state_;
  FactTable table_;
  FlightContext context_;
  rules::HitContext hit_context_;
};

absl::StatusOr<const rules::Rule*> FindRule(const rules::Profile& profile, const std::string& id) {
  std::vector<std::string> ids;
  for (const rules::Rule& rule : profile.rules) {
    if (rule.id == id) return &rule;
    ids.push_back(rule.id);
  }
  return absl::InvalidArgumentError(
      absl::StrFormat("profile %s has no rule %s%s", profile.id, id, rules::DidYouMean(id, ids)));
}

}  // namespace

absl::StatusOr<int> ExplainRule(const std::string& flight, const std::string& date, const std::string& rule,
                                const ParsedOptions& options) {
  const std::optional<std::string> number = NormaliseFlightNumber(flight);
  if (!number) return absl::InvalidArgumentError(absl::StrFormat("'%s' is no flight number: write ZZ101", flight));
  const std::optional<Date> day = ParseDate(date);
  if (!day) return absl::InvalidArgumentError(absl::StrFormat("'%s' is no date: write 2026-11-22", date));
  const std::string format = options.Get("--format", "table");
  if (format != "table" && format != "json") return absl::InvalidArgumentError("--format is table or json");
  SessionOptions session_options = SessionOptionsFrom(options);
  session_options.create_store = false;
  ASSIGN_OR_RETURN(const Session session, OpenSession(session_options));
  const rules::RuleSet& rule_set = *session.rule_sets.front();
  ASSIGN_OR_RETURN(const rules::Rule* const found, FindRule(rule_set.profile(), rule));
  ASSIGN_OR_RETURN(const std::vector<FlightState> flights, FindFlights(session, *number, *day));
  if (flights.empty()) {
    std::fprintf(stderr, "No flight %s departs or arrives on %s in this store.\n", number->c_str(), date.c_str());
    return kDone;
  }
  const std::optional<std::string> traveller =
      options.Has("--traveller") ? std::optional(options.Get("--traveller")) : std::nullopt;
  for (const FlightState& state : flights) {
    RETURN_IF_ERROR(FlightExplainer(session, rule_set, *found, state).Print(traveller, format == "json"));
  }
  return kDone;
}

}  // namespace landfall::app
