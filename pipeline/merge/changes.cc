#include "pipeline/merge/changes.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace landfall {
namespace {

using IndexById = absl::flat_hash_map<std::uint32_t, std::size_t>;

IndexById ById(const FlightState& state) {
  IndexById index;
  for (std::size_t i = 0; i < state.travellers.size(); ++i) index.emplace(state.travellers[i].id, i);
  return index;
}

std::string NameText(std::string_view surname, std::string_view given_names) {
  if (surname.empty() || given_names.empty()) return std::string(surname.empty() ? given_names : surname);
  return absl::StrFormat("%s, %s", std::string(surname), std::string(given_names));
}

std::string NameText(const Traveller& traveller) { return NameText(traveller.surname, traveller.given_names); }

std::string BirthText(const Traveller& traveller) {
  return traveller.date_of_birth ? ToString(*traveller.date_of_birth) : "";
}

// In an order of their own: another order of the same documents is no change.
std::string DocumentsText(const Traveller& traveller) {
  std::vector<std::string> documents;
  for (const Document& document : traveller.documents) {
    std::vector<std::string> parts;
    for (const std::string& part : {document.type, document.number, std::string(document.issuer.view())}) {
      if (!part.empty()) parts.push_back(part);
    }
    if (document.expires) parts.push_back("until " + ToString(*document.expires));
    documents.push_back(absl::StrJoin(parts, " "));
  }
  std::sort(documents.begin(), documents.end());
  return absl::StrJoin(documents, "; ");
}

std::string LocatorText(const Traveller& traveller) { return traveller.booking ? traveller.booking->locator : ""; }
std::string SeatText(const Traveller& traveller) { return traveller.seat; }

std::string ReceiverText(const Traveller& traveller) {
  if (!traveller.escort_form || !traveller.escort_form->collected_by) return "";
  const HandoverPerson& receiver = *traveller.escort_form->collected_by;
  std::string text = NameText(receiver.surname, receiver.given_names);
  for (const std::string& part : {receiver.document, receiver.phone}) {
    if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
  }
  return text;
}

std::string BoardedText(const std::optional<bool>& boarded) {
  return !boarded ? "" : *boarded ? "on board" : "not on board";
}

// By child's id, the ids of the adults of its party.
std::map<std::uint32_t, std::set<std::uint32_t>> Companions(const FlightView& view) {
  std::map<std::uint32_t, std::set<std::uint32_t>> companions;
  for (const Party& party : *view.parties) {
    std::set<std::uint32_t> adults;
    for (const std::uint32_t member : party.members) {
      if (!view.is_child[member]) adults.insert(view.state->travellers[member].id);
    }
    for (const std::uint32_t member : party.members) {
      if (view.is_child[member]) companions[view.state->travellers[member].id] = adults;
    }
  }
  return companions;
}

// The names of those in `ids` who are not in `others`.
std::string NamesOfOthers(const std::set<std::uint32_t>& ids, const std::set<std::uint32_t>& others,
                          const FlightState& state, const IndexById& index) {
  std::vector<std::string> names;
  for (const std::uint32_t id : ids) {
    if (!others.contains(id)) names.push_back(NameText(*state.travellers[index.at(id)].merged));
  }
  return absl::StrJoin(names, "; ");
}

void AddFlightChanges(const FlightState& before, const FlightState& after, std::vector<Change>& changes) {
  const auto add = [&changes](ChangeKind kind, std::string was, std::string is) {
    if (was != is) changes.push_back({kind, "", "", std::move(was), std::move(is)});
  };
  const auto time = [](const std::optional<Instant>& at) { return at ? ToString(*at) : std::string(); };
  const auto yes = [](bool value) { return std::string(value ? "yes" : "no"); };
  // Of a flight that was not known before, its times are no change.
  if (!before.key.number.empty()) {
    add(ChangeKind::kDeparture, time(before.flight.departs_at), time(after.flight.departs_at));
    add(ChangeKind::kArrival, time(before.flight.arrives_at), time(after.flight.arrives_at));
    add(ChangeKind::kTerminal, before.flight.terminal, after.flight.terminal);
  }
  add(ChangeKind::kCancelled, yes(before.cancelled), yes(after.cancelled));
  add(ChangeKind::kClosedOut, yes(before.closed_out), yes(after.closed_out));
  add(ChangeKind::kComplete, yes(before.api_complete), yes(after.api_complete));
}

void AddTravellerChanges(const Traveller& before, const Traveller& after, const Change& about,
                         std::vector<Change>& changes) {
  static constexpr std::pair<ChangeKind, std::string (*)(const Traveller&)> kTexts[] = {
      {ChangeKind::kReceiver, ReceiverText},    {ChangeKind::kName, NameText},
      {ChangeKind::kBirthDate, BirthText},      {ChangeKind::kDocuments, DocumentsText},
      {ChangeKind::kBooking, LocatorText},      {ChangeKind::kSeat, SeatText}};
  for (const auto& [kind, text] : kTexts) {
    std::string was = text(before), is = text(after);
    if (was != is) changes.push_back({kind, about.traveller, about.name, std::move(was), std::move(is)});
  }
}

}  // namespace

std::vector<Change> ChangesBetween(const FlightView& before, const FlightView& after) {
  std::vector<Change> changes;
  AddFlightChanges(*before.state, *after.state, changes);
  const IndexById index_before = ById(*before.state), index_after = ById(*after.state);
  for (std::size_t i = 0; i < before.state->travellers.size(); ++i) {
    const FlightTraveller& known = before.state->travellers[i];
    if (index_after.contains(known.id)) continue;
    changes.push_back({ChangeKind::kRemoved, TravellerName(*before.state, i), NameText(*known.merged), "", ""});
  }
  const auto companions_before = Companions(before), companions_after = Companions(after);
  for (std::size_t i = 0; i < after.state->travellers.size(); ++i) {
    const FlightTraveller& known = after.state->travellers[i];
    Change about{ChangeKind::kAdded, TravellerName(*after.state, i), NameText(*known.merged), "", ""};
    const auto old = index_before.find(known.id);
    if (old == index_before.end()) {
      changes.push_back(about);
    } else {
      const auto with_before = companions_before.find(known.id), with_after = companions_after.find(known.id);
      if (with_before != companions_before.end() && with_after != companions_after.end() &&
          with_before->second != with_after->second) {
        changes.push_back({ChangeKind::kCompanions, about.traveller, about.name,
                           NamesOfOthers(with_before->second, with_after->second, *before.state, index_before),
                           NamesOfOthers(with_after->second, with_before->second, *after.state, index_after)});
      }
      AddTravellerChanges(*before.state->travellers[old->second].merged, *known.merged, about, changes);
    }
    std::string was = old == index_before.end() ? "" : BoardedText(before.state->travellers[old->second].boarded);
    std::string is = BoardedText(known.boarded);
    if (was != is) {
      changes.push_back({ChangeKind::kBoarded, about.traveller, about.name, std::move(was), std::move(is)});
    }
  }
  return changes;
}

std::string ToString(const Change& change) {
  std::string who = change.name.empty() ? change.traveller : change.name + " (" + change.traveller + ")";
  const auto text = [&change](std::string_view what) {
    return absl::StrFormat("%s %s%s%s", std::string(what), change.after.empty() ? "no longer known" : change.after,
                           change.before.empty() ? "" : ", before ", change.before);
  };
  const bool is_yes = change.after == "yes";
  switch (change.kind) {
    case ChangeKind::kAdded: return who + ": added";
    case ChangeKind::kRemoved: return who + ": removed";
    case ChangeKind::kCompanions:
      if (change.before.empty()) return who + ": an adult joined its party: " + change.after;
      if (change.after.empty()) return who + ": an adult left its party: " + change.before;
      return who + ": " + change.before + " replaced by " + change.after + " as adult of its party";
    case ChangeKind::kReceiver: return who + ": " + text("to be collected by");
    case ChangeKind::kName: return who + ": " + text("name");
    case ChangeKind::kBirthDate: return who + ": " + text("born");
    case ChangeKind::kDocuments: return who + ": " + text("documents");
    case ChangeKind::kBooking: return who + ": " + text("booking");
    case ChangeKind::kSeat: return who + ": " + text("seat");
    case ChangeKind::kBoarded: return who + ": " + text("at close-out");
    case ChangeKind::kDeparture: return text("departs");
    case ChangeKind::kArrival: return text("arrives");
    case ChangeKind::kTerminal: return text("terminal");
    case ChangeKind::kCancelled: return is_yes ? "the flight is cancelled" : "the flight goes after all";
    case ChangeKind::kClosedOut: return is_yes ? "closed out" : "no longer closed out";
    case ChangeKind::kComplete: return is_yes ? "the data are complete" : "the data are no longer complete";
  }
  return "";
}

}  // namespace landfall
