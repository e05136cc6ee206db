#include "app/output/flag_json.h"

#include <string_view>
#include <vector>

#include "app/output/csv.h"
#include "app/output/json_list.h"
#include "model/json_writer.h"

namespace landfall::app {
namespace {

void AppendText(const std::string& text, std::string& out) { AppendJsonString(text, out); }

void AppendTerm(const Term& term, std::string& out) {
  JsonObject object(out);
  object.Field("term", term.text);
  object.Field("outcome", term.outcome);
  if (term.values.size() == 1) {
    object.Begin("value") += term.values.front().json;
  } else if (term.values.size() > 1) {
    JsonObject values(object.Begin("values"));
    for (const TermValue& value : term.values) values.Begin(value.fact) += value.json;
  }
  object.Field("source", term.source);
  object.Field("evidence", term.evidence);
  if (!term.terms.empty()) AppendList(term.terms, object.Begin("terms"), AppendTerm);
}

void AppendHit(const Hit& hit, std::string& out) {
  JsonObject object(out);
  object.Field("hit", hit.id);
  object.Field("rule", hit.rule);
  object.Field("profile", hit.profile);
  object.Field("level", hit.level);
  object.Field("severity", hit.severity);
  object.Field("points", hit.points);
  object.Field("family", hit.family);
  object.Field("route", hit.route);
  object.Field("party", hit.party);
  AppendList(hit.travellers, object.Begin("travellers"), AppendText);
  object.Field("text", hit.text);
  AppendList(hit.when, object.Begin("when"), AppendTerm);
  AppendList(hit.unless, object.Begin("unless"), AppendTerm);
}

void AppendUndecided(const UndecidedParty& party, std::string& out) {
  JsonObject object(out);
  AppendList(party.travellers, object.Begin("travellers"), AppendText);
  object.Field("reason", party.reason);
}

}  // namespace

void AppendTermsJson(const std::vector<Term>& terms, std::string& out) { AppendList(terms, out, AppendTerm); }

void AppendFlagJson(const FlightFlag& flag, std::string& out) {
  JsonObject object(out);
  object.Field("flag", flag.id);
  object.Field("flight", flag.key.number);
  object.Field("direction", flag.direction);
  object.Field("from", flag.key.from);
  object.Field("to", flag.key.to);
  object.Field("departs_on", flag.key.departs_on);
  object.Field("arrives_at", flag.arrives_at);
  object.Field("terminal", flag.terminal);
  object.Field("suggested", flag.suggested);
  object.Field("points", flag.points);
  object.Field("children", flag.children);
  object.Field("pinned", flag.pinned);
  object.Field("sampled", flag.sampled);
  AppendList(flag.hits, object.Begin("hits"), AppendHit);
  AppendList(flag.undecided, object.Begin("undecided"), AppendUndecided);
  AppendList(flag.findings, object.Begin("findings"), AppendJsonObject<Finding>);
}

std::string FlagCsvHeader() {
  return "flag,flight,direction,from,to,departs_on,arrives_at,suggested,points,children,sampled,rules,texts\n";
}

void AppendFlagCsv(const FlightFlag& flag, std::string& out) {
  std::string rules, texts;
  for (const Hit& hit : flag.hits) {
    rules += (rules.empty() ? "" : " ") + hit.rule;
    texts += (texts.empty() ? "" : "; ") + hit.text;
  }
  const std::vector<std::string> fields = {
      flag.id,
      flag.key.number,
      std::string(ToText(flag.direction)),
      std::string(flag.key.from.view()),
      std::string(flag.key.to.view()),
      ToString(flag.key.departs_on),
      flag.arrives_at ? ToString(*flag.arrives_at) : "",
      std::string(ToText(flag.suggested)),
      std::to_string(flag.points),
      std::to_string(flag.children),
      flag.sampled ? "yes" : "no",
      rules,
      texts};
  AppendCsvRow(fields, out);
}

}  // namespace landfall::app
