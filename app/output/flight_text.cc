#include "app/output/flight_text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "pipeline/assess/points.h"
#include "pipeline/places/places.h"

namespace landfall::app {
namespace {

std::string_view SuggestionWords(const FlightFlag& flag) {
  if (flag.hits.empty() && flag.undecided.empty() && flag.sampled) return "Sampled: check that nothing was missed";
  switch (flag.suggested) {
    case Suggestion::kMeet: return "MEET";
    case Suggestion::kUndecided: return "UNDECIDED: a person must look";
    case Suggestion::kConsider: return "CONSIDER";
    case Suggestion::kNoAction: return "No action suggested";
  }
  return "";
}

std::string Name(const Traveller& traveller) {
  if (traveller.given_names.empty()) return traveller.surname.empty() ? "(no name sent)" : traveller.surname;
  if (traveller.surname.empty()) return traveller.given_names;
  return traveller.surname + ", " + traveller.given_names;
}

// "aged 12"; "aged 17 or 18" for a partial birth date; empty without one.
std::string AgeWords(const Traveller& traveller, const FlightState& state) {
  if (!traveller.date_of_birth) return "";
  const int days_either_way = state.port_known ? 0 : 1;
  const AgeRange age = AgesBetween(*traveller.date_of_birth, Date{state.t0_date.days - days_either_way},
                                   Date{state.t0_date.days + days_either_way});
  if (age.youngest == age.oldest) return absl::StrFormat("aged %d", age.youngest);
  return absl::StrFormat("aged %d to %d", age.youngest, age.oldest);
}

std::string Describe(const Traveller& traveller, const FlightState& state) {
  std::string text = Name(traveller);
  if (const std::string age = AgeWords(traveller, state); !age.empty()) text += ", " + age;
  if (!traveller.seat.empty()) text += ", seat " + traveller.seat;
  return text;
}

std::optional<std::size_t> FindTraveller(const FlightState& state, std::string_view name) {
  for (std::size_t i = 0; i < state.travellers.size(); ++i) {
    if (TravellerName(state, i) == name) return i;
  }
  return std::nullopt;
}

std::string Header(const FlightFlag& flag, const FlightState& state) {
  const bool arrives = flag.direction == Direction::kArrival;
  const Instant when = arrives ? flag.arrives_at.value_or(state.t0) : state.t0;
  std::string text = absl::StrFormat("%s  %s to %s, %s %s", flag.key.number, std::string(flag.key.from.view()),
                                     std::string(flag.key.to.view()), arrives ? "arrives" : "departs",
                                     LocalTime(when, state.port));
  if (!flag.terminal.empty()) text += ", terminal " + flag.terminal;
  return text;
}

std::string_view OutcomeWords(Outcome outcome) {
  switch (outcome) {
    case Outcome::kTrue: return "yes";
    case Outcome::kFalse: return "no";
    case Outcome::kUnknown: return "not known";
  }
  return "";
}

void AppendTermLines(const std::vector<Term>& terms, std::string_view lead, std::string& out) {
  for (const Term& term : terms) {
    absl::StrAppendFormat(&out, "%s%s: %s", std::string(lead), term.text, std::string(OutcomeWords(term.outcome)));
    if (!term.source.empty()) out += " (" + term.source + ")";
    out += '\n';
    for (const std::string& evidence : term.evidence) out += "                  " + evidence + "\n";
  }
}

void AppendHitText(const Hit& hit, const FlightState& state, std::string& out) {
  absl::StrAppendFormat(&out, "     %s  %s, %+d points: %s\n", hit.rule, std::string(ToText(hit.severity)), hit.points,
                        hit.text);
  for (const std::string& name : hit.travellers) {
    const std::optional<std::size_t> index = FindTraveller(state, name);
    absl::StrAppendFormat(&out, "        %s  %s\n", name,
                          index ? Describe(*state.travellers[*index].merged, state) : "(no longer on the list)");
  }
  AppendTermLines(hit.when, "          because ", out);
  AppendTermLines(hit.unless, "          unless  ", out);
}

void AppendUndecidedText(const FlightFlag& flag, std::string& out) {
  for (const UndecidedParty& party : flag.undecided) {
    absl::StrAppendFormat(&out, "     UNDECIDED  traveller %s: %s\n", absl::StrJoin(party.travellers, ", "),
                          party.reason);
  }
}

std::string TravellerLine(const FlightState& state, std::size_t index, const TravellerContext& context) {
  const FlightTraveller& known = state.travellers[index];
  std::string line = absl::StrFormat("    %-8s %-6s %s", TravellerName(state, index), context.is_child ? "child" : "",
                                     Describe(*known.merged, state));
  if (known.merged->type != TravellerType::kPassenger) {
    line += absl::StrFormat(" [%s]", std::string(ToText(known.merged->type)));
  }
  if (known.boarded) line += *known.boarded ? ", on board" : ", NOT on board";
  if (context.vignette.vignette != nullptr) line += ", vignette " + context.vignette.vignette->number;
  return line + "\n";
}

}  // namespace

std::string LocalTime(Instant instant, AirportCode airport) {
  return absl::FormatTime("%d %b %H:%M", absl::FromUnixSeconds(instant.seconds), ZoneOf(airport));
}

std::string FlagText(std::size_t place, const FlightFlag& flag, const FlightState& state) {
  std::string out = absl::StrFormat("%3d. %s\n     %s", place, Header(flag, state), std::string(SuggestionWords(flag)));
  if (!flag.hits.empty()) absl::StrAppendFormat(&out, " (%d points)", flag.points);
  absl::StrAppendFormat(&out, "; %d %s on the flight\n", flag.children, flag.children == 1 ? "child" : "children");
  for (const Hit& hit : flag.hits) AppendHitText(hit, state, out);
  AppendUndecidedText(flag, out);
  return out + "\n";
}

std::string FlightText(const FlightFlag& flag, const FlightState& state, const FlightContext& context) {
  std::string out = FlagText(1, flag, state);
  absl::StrAppendFormat(&out, "Data: %s%s%s\n", state.api_complete ? "complete" : "not shown to be complete",
                        state.closed_out ? ", closed out" : "", state.cancelled ? ", CANCELLED" : "");
  if (state.replaced_by) out += "Moved: now " + ToString(*state.replaced_by) + "\n";
  if (state.replaces) out += "Moved: before " + ToString(*state.replaces) + "\n";
  for (const bool with_children : {true, false}) {
    out += with_children ? "\nParties with children\n" : "\nEverybody else\n";
    for (const Party& party : context.parties) {
      const bool has_child = std::any_of(party.members.begin(), party.members.end(), [&](std::uint32_t member) {
        return context.travellers[member].is_child;
      });
      if (has_child != with_children) continue;
      if (with_children) {
        absl::StrAppendFormat(&out, "  Party of %d (linked by %s)\n", static_cast<int>(party.members.size()),
                              std::string(ToText(party.basis)));
      }
      for (const std::uint32_t member : party.members) {
        out += TravellerLine(state, member, context.travellers[member]);
      }
    }
  }
  if (!flag.findings.empty()) out += "\nDoubts about the data\n";
  for (const Finding& finding : flag.findings) {
    absl::StrAppendFormat(&out, "    %s %s %s: %s\n", finding.traveller, finding.field,
                          std::string(ToText(finding.code)), finding.problem);
  }
  return out;
}

}  // namespace landfall::app
