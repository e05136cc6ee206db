#include "app/output/people_text.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_format.h"
#include "app/output/json_list.h"
#include "model/json_writer.h"

namespace landfall::app {
namespace {

std::string NameOf(const Traveller& stated) {
  std::string name = stated.surname;
  if (!name.empty() && !stated.given_names.empty()) name += ", ";
  name += stated.given_names;
  return name.empty() ? "(no name)" : name;
}

// In the order in which they were first stated.
std::vector<std::string> NamesOf(const Identity& identity) {
  std::vector<std::string> names;
  for (const IdentitySighting& sighting : identity.sightings) {
    std::string name = NameOf(sighting.stated);
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

std::string Joined(const std::vector<std::string>& texts, std::string_view between) {
  std::string out;
  for (const std::string& text : texts) {
    if (!out.empty()) out += between;
    out += text;
  }
  return out;
}

std::vector<std::string> NumbersOf(const Identity& identity, bool visas) {
  std::vector<std::string> numbers;
  for (const IdentitySighting& sighting : identity.sightings) {
    for (const Document& document : sighting.stated.documents) {
      if ((document.type == "V") != visas || document.number.empty()) continue;
      std::string number = document.number;
      if (!document.issuer.empty()) number += " " + std::string(document.issuer.view());
      if (std::ranges::find(numbers, number) == numbers.end()) numbers.push_back(std::move(number));
    }
  }
  return numbers;
}

void AppendIdentityText(const Identity& identity, std::string& out) {
  absl::StrAppendFormat(&out, "  %s  %s", identity.id(), Joined(NamesOf(identity), " / "));
  const Traveller& first = identity.sightings.front().stated;
  if (first.date_of_birth) out += ", born " + ToString(*first.date_of_birth);
  if (!first.nationality.empty()) out += ", " + std::string(first.nationality.view());
  for (const std::string& number : NumbersOf(identity, false)) out += ", document " + number;
  for (const std::string& number : NumbersOf(identity, true)) out += ", visa " + number;
  out += '\n';
  for (const IdentitySighting& sighting : identity.sightings) {
    absl::StrAppendFormat(&out, "      %s, traveller %s\n", ToString(sighting.flight), sighting.traveller);
  }
}

std::string_view Words(LinkState state) {
  switch (state) {
    case LinkState::kProposed: return "perhaps the same: a person should look";
    case LinkState::kJoined: return "the same, by evidence";
    case LinkState::kSame: return "the same, a person says";
    case LinkState::kDifferent: return "different, a person says";
    case LinkState::kNotSure: return "a person looked and is not sure";
    case LinkState::kApart: return "different: both on one flight";
  }
  return "";
}

void AppendLinkText(const PeopleLink& link, std::string& out) {
  absl::StrAppendFormat(&out, "  %s - %s: %s\n", PeopleId('P', link.a), PeopleId('P', link.b), std::string(Words(link.state)));
  for (const std::string& evidence : EvidenceOf(link.score, link.terms)) out += "      " + evidence + "\n";
  for (const PeopleJudgement& judgement : link.judgements) {
    absl::StrAppendFormat(&out, "      judged %s by %s at %s: %s\n", std::string(ToText(judgement.verdict)), judgement.by,
                          ToString(judgement.at), judgement.reason);
    if (!judgement.undone_at) continue;
    absl::StrAppendFormat(&out, "      taken back by %s at %s: %s\n", judgement.undone_by, ToString(*judgement.undone_at),
                          judgement.undone_reason);
  }
}

void AppendIdentityJson(const Identity& identity, std::string& out) {
  JsonObject object(out);
  object.Field("id", identity.id());
  object.Field("names", NamesOf(identity));
  const Traveller& first = identity.sightings.front().stated;
  object.Field("date_of_birth", first.date_of_birth);
  object.Field("sex", first.sex);
  object.Field("nationality", first.nationality);
  object.Field("documents", NumbersOf(identity, false));
  object.Field("visas", NumbersOf(identity, true));
  AppendList(identity.sightings, object.Begin("sightings"), [](const IdentitySighting& sighting, std::string& to) {
    JsonObject one(to);
    one.Field("flight", sighting.flight);
    one.Field("traveller", sighting.traveller);
  });
}

void AppendLinkJson(const PeopleLink& link, std::string& out) {
  JsonObject object(out);
  object.Field("a", PeopleId('P', link.a));
  object.Field("b", PeopleId('P', link.b));
  object.Field("state", link.state);
  object.Field("score", link.score);
  AppendList(link.terms, object.Begin("terms"), [](const MatchTerm& term, std::string& to) {
    JsonObject one(to);
    one.Field("term", term.term);
    one.Field("a", term.query);
    one.Field("b", term.entry);
    one.Field("points", term.points);
  });
  if (link.judgements.empty()) return;
  AppendList(link.judgements, object.Begin("judgements"), [](const PeopleJudgement& judgement, std::string& to) {
    JsonObject one(to);
    one.Field("result", judgement.verdict);
    one.Field("by", judgement.by);
    one.Field("reason", judgement.reason);
    one.Field("at", judgement.at);
    one.Field("undone_by", judgement.undone_by);
    one.Field("undone_reason", judgement.undone_reason);
    one.Field("undone_at", judgement.undone_at);
  });
}

std::string_view SortWords(ContactSort sort) {
  switch (sort) {
    case ContactSort::kPhone: return "telephone number";
    case ContactSort::kAddress: return "address";
    case ContactSort::kSponsor: return "sponsor";
  }
  return "";
}

}  // namespace

std::string PersonText(const PersonFile& person) {
  std::string out = absl::StrFormat("Person %s\n", person.id);
  for (const Identity& identity : person.identities) AppendIdentityText(identity, out);
  if (!person.links.empty()) out += "Links\n";
  for (const PeopleLink& link : person.links) AppendLinkText(link, out);
  if (!person.others.empty()) out += "Others whom the links name\n";
  for (const Identity& identity : person.others) AppendIdentityText(identity, out);
  if (person.truncated) out += "There are more than are looked at: this may not be all.\n";
  return out;
}

void AppendPersonJson(const PersonFile& person, std::string& out) {
  JsonObject object(out);
  object.Field("person", person.id);
  AppendList(person.identities, object.Begin("identities"), AppendIdentityJson);
  AppendList(person.links, object.Begin("links"), AppendLinkJson);
  AppendList(person.others, object.Begin("others"), AppendIdentityJson);
  object.Field("truncated", person.truncated);
}

std::string ContactText(const PeopleBook::Contact& contact) {
  std::set<std::string> people;
  for (const PeopleBook::Contact::Use& use : contact.uses) people.insert(use.identity);
  std::string out = absl::StrFormat("%s, %s %s: %d %s\n", contact.id, std::string(SortWords(contact.sort)), contact.text,
                                    people.size(), people.size() == 1 ? "identity" : "identities");
  for (const PeopleBook::Contact::Use& use : contact.uses) {
    absl::StrAppendFormat(&out, "  %s  %s (%s)\n", ToString(use.flight), use.identity, use.role);
  }
  if (contact.truncated) out += "There are more than are looked at: this may not be all.\n";
  return out;
}

void AppendContactJson(const PeopleBook::Contact& contact, std::string& out) {
  JsonObject object(out);
  object.Field("id", contact.id);
  object.Field("text", contact.text);
  AppendList(contact.uses, object.Begin("uses"), [](const PeopleBook::Contact::Use& use, std::string& to) {
    JsonObject one(to);
    one.Field("flight", use.flight);
    one.Field("identity", use.identity);
    one.Field("role", use.role);
  });
  object.Field("truncated", contact.truncated);
}

}  // namespace landfall::app
