#include "pipeline/people/people_rows.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/escaping.h"
#include "pipeline/match/contact_text.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/people_keys.h"
#include "storage/bytes.h"
#include "storage/codec.h"
#include "storage/keys.h"

namespace landfall {
namespace {

constexpr std::size_t kIdBytes = 8;
constexpr std::size_t kKeyBytes = sizeof(Digest128);

std::string Prefix(PeopleRow row, std::string_view rest) {
  std::string prefix(1, static_cast<char>(row));
  return prefix.append(rest);
}

std::optional<Digest128> TakeKey(std::string_view& bytes) {
  if (bytes.size() < kKeyBytes) return std::nullopt;
  Digest128 key;
  std::copy_n(bytes.begin(), kKeyBytes, key.begin());
  bytes.remove_prefix(kKeyBytes);
  return key;
}

// Passports first, then the one that expires last.
const Document* BestDocument(const Traveller& traveller) {
  const Document* best = nullptr;
  const auto rank = [](const Document& document) {
    return std::tuple(document.type != "P", document.expires ? -static_cast<std::int64_t>(document.expires->days) : 0,
                      NumberKey(document.number));
  };
  for (const Document& document : traveller.documents) {
    if (document.type == "V" || document.type == "R" || NumberKey(document.number).empty()) continue;
    if (best == nullptr || rank(document) < rank(*best)) best = &document;
  }
  return best;
}

// Only what tells a person again: a sighting is no second copy of the record.
Message SlimMessage(const FlightState& state, std::size_t index) {
  const Traveller& from = *state.travellers[index].merged;
  Message message;
  message.flight.number = state.key.number;
  message.flight.from = state.key.from;
  message.flight.to = state.key.to;
  message.flight.arrives_at = state.flight.arrives_at;
  message.flight.departs_at = state.flight.departs_at;
  Traveller traveller;
  traveller.ref = TravellerName(state, index);
  traveller.surname = from.surname;
  traveller.given_names = from.given_names;
  traveller.date_of_birth = from.date_of_birth;
  traveller.sex = from.sex;
  traveller.nationality = from.nationality;
  traveller.documents = from.documents;
  traveller.contacts = from.contacts;
  traveller.address = from.address;
  message.travellers.push_back(std::move(traveller));
  return message;
}

// Writes the rows of one flight.
class Writer {
 public:
  Writer(const HashKey& key, const FlightState& state, const FlightContext& context, const Configuration& configuration)
      : key_(key), state_(state), context_(context), configuration_(configuration) {}

  void Put(std::uint32_t index) {
    const Traveller& traveller = *state_.travellers[index].merged;
    const std::string name = TravellerName(state_, index);
    const IdentityKey identity = IdentityOf(key_, state_.key, name, traveller);
    PutSighting(identity, index, name);
    for (const Document& document : traveller.documents) {
      const std::string number = NumberKey(document.number);
      if (number.empty() || document.type == "R") continue;
      PutFinder(document.type == "V" ? FinderSort::kVisa : FinderSort::kDocument, number, identity);
    }
    const TravellerContext& known = context_.travellers[index];
    if (known.is_child && known.vignette.vignette != nullptr) {
      PutFinder(FinderSort::kVisa, NumberKey(known.vignette.vignette->number), identity);
    }
    if (traveller.date_of_birth && traveller.date_of_birth->IsWhole()) {
      PutFinder(FinderSort::kBirthDate, BirthText(*traveller.date_of_birth), identity);
    }
    PutContacts(identity, traveller, known);
  }
  std::vector<std::pair<std::string, std::string>> Take() { return std::move(rows_); }

 private:
  void PutSighting(const IdentityKey& identity, std::uint32_t index, const std::string& name) {
    std::string row = SightingPrefix(AsBytes(identity));
    AppendFlightKey(state_.key, row);
    row.append(AsBytes(KeyedHash128(key_, name)).substr(0, kIdBytes));
    std::string value;
    EncodeMessage(SlimMessage(state_, index), value);
    rows_.emplace_back(std::move(row), std::move(value));
  }

  void PutFinder(FinderSort sort, std::string_view text, const IdentityKey& identity) {
    std::string row = FinderPrefix(key_, sort, text);
    row.append(AsBytes(identity));
    rows_.emplace_back(std::move(row), "");
  }

  void PutContact(ContactSort sort, std::string_view text, std::string_view role, const IdentityKey& identity) {
    if (text.empty()) return;
    std::string row = ContactPrefix(AsBytes(ContactKeyOf(key_, sort, text)));
    row.append(AsBytes(identity));
    AppendFlightKey(state_.key, row);
    row.append(role.substr(0, 1));
    std::string value;
    AppendSized(value, role);
    AppendSized(value, text);
    rows_.emplace_back(std::move(row), std::move(value));
  }

  void PutContacts(const IdentityKey& identity, const Traveller& traveller, const TravellerContext& known) {
    for (const Contact& contact : traveller.contacts) {
      if (contact.kind != ContactKind::kPhone) continue;
      PutContact(ContactSort::kPhone, E164Of(contact.value, configuration_.own_country), "own", identity);
    }
    if (const Address* const address = DeclaredAddress(traveller, configuration_)) {
      PutContact(ContactSort::kAddress, NormalAddressOf(*address), "declared", identity);
    }
    if (!known.is_child) return;
    const Vignette* const vignette = known.vignette.vignette;
    if (vignette != nullptr && vignette->sponsor) PutSponsor(identity, *vignette->sponsor, known.sponsor);
    if (traveller.escort_form && traveller.escort_form->collected_by) {
      PutReach(identity, traveller.escort_form->collected_by->phone, traveller.escort_form->collected_by->address, "receiver");
    }
  }

  void PutReach(const IdentityKey& identity, std::string_view phone, const Boxed<Address>& address, std::string_view role) {
    PutContact(ContactSort::kPhone, E164Of(phone, configuration_.own_country), role, identity);
    if (address) PutContact(ContactSort::kAddress, NormalAddressOf(*address), role, identity);
  }

  // By the register, which knows a sponsor in any spelling; else by what the vignette states.
  void PutSponsor(const IdentityKey& identity, const VisaSponsor& sponsor, const SponsorRecord* record) {
    std::string text;
    const Person& person = sponsor.person;
    if (record != nullptr || !sponsor.sponsor_id.empty()) {
      text = "id " + (record != nullptr ? record->sponsor_id : sponsor.sponsor_id);
    } else if (const std::string number = NumberKey(person.document); !number.empty()) {
      text = "document " + number;
    } else if (const std::string name = FullNameKey(person.surname, person.given_names); !name.empty() && person.date_of_birth) {
      text = "name " + name + " " + ToString(*person.date_of_birth);
    }
    PutContact(ContactSort::kSponsor, text, "sponsor", identity);
    PutReach(identity, sponsor.phone, sponsor.address, "sponsor");
  }

  const HashKey& key_;
  const FlightState& state_;
  const FlightContext& context_;
  const Configuration& configuration_;
  std::vector<std::pair<std::string, std::string>> rows_;
};

}  // namespace

IdentityKey IdentityOf(const HashKey& key, const FlightKey& flight, std::string_view traveller_name,
                       const Traveller& traveller) {
  std::string text;
  if (const Document* const document = BestDocument(traveller)) {
    text = "document";
    AppendSized(text, NumberKey(document->number));
    AppendSized(text, document->issuer.view());
    AppendSized(text, traveller.date_of_birth ? ToString(*traveller.date_of_birth) : "");
  } else {
    text = "traveller";
    AppendFlightKey(flight, text);
    AppendSized(text, traveller_name);
  }
  return KeyedHash128(key, text);
}

Digest128 ContactKeyOf(const HashKey& key, ContactSort sort, std::string_view text) {
  return KeyedHash128(key, std::string("contact") + static_cast<char>(sort) + std::string(text));
}

std::string PeopleId(char letter, const Digest128& key) {
  return std::string(1, letter) + "-" + ToHex(AsBytes(key).substr(0, kIdBytes));
}

std::optional<std::string> ParsePeopleId(char letter, std::string_view id) {
  constexpr std::string_view kHex = "0123456789abcdef";
  if (id.size() != 2 + 2 * kIdBytes || id[0] != letter || id[1] != '-') return std::nullopt;
  id.remove_prefix(2);
  if (id.find_first_not_of(kHex) != std::string_view::npos) return std::nullopt;
  return absl::HexStringToBytes(absl::string_view(id.data(), id.size()));
}

std::string BirthText(const PartialDate& date) { return ToString(date); }

std::string SightingPrefix(std::string_view beginning_of_identity) {
  return Prefix(PeopleRow::kSighting, beginning_of_identity);
}

std::optional<SightingKey> ParseSightingKey(std::string_view key) {
  if (key.empty() || key.front() != static_cast<char>(PeopleRow::kSighting)) return std::nullopt;
  key.remove_prefix(1);
  const std::optional<Digest128> identity = TakeKey(key);
  if (!identity) return std::nullopt;
  std::optional<FlightKey> flight = TakeFlightKey(key);
  if (!flight || key.size() != kIdBytes) return std::nullopt;
  return SightingKey{*identity, *std::move(flight)};
}

std::string FinderPrefix(const HashKey& key, FinderSort sort, std::string_view text) {
  return Prefix(PeopleRow::kFinder,
                AsBytes(KeyedHash128(key, std::string("finder") + static_cast<char>(sort) + std::string(text))));
}

std::optional<IdentityKey> IdentityOfFinder(std::string_view key) {
  if (key.size() != 1 + 2 * kKeyBytes) return std::nullopt;
  key.remove_prefix(1 + kKeyBytes);
  return TakeKey(key);
}

std::string ContactPrefix(std::string_view beginning_of_contact) {
  return Prefix(PeopleRow::kContact, beginning_of_contact);
}

std::optional<ContactKey> ParseContactKey(std::string_view key) {
  if (key.empty() || key.front() != static_cast<char>(PeopleRow::kContact)) return std::nullopt;
  key.remove_prefix(1);
  const std::optional<Digest128> contact = TakeKey(key);
  const std::optional<Digest128> identity = contact ? TakeKey(key) : std::nullopt;
  if (!identity) return std::nullopt;
  std::optional<FlightKey> flight = TakeFlightKey(key);
  if (!flight || key.size() != 1) return std::nullopt;
  return ContactKey{*contact, {*identity, *std::move(flight)}};
}

std::optional<ContactValue> ParseContactValue(std::string_view value) {
  ByteReader reader(value);
  std::string_view role, text;
  if (!reader.Sized(role) || !reader.Sized(text)) return std::nullopt;
  return ContactValue{std::string(role), std::string(text)};
}

std::string JudgementPrefixOf(const IdentityKey& a) { return Prefix(PeopleRow::kJudgement, AsBytes(a)); }

std::string JudgementPrefix(const IdentityKey& a, const IdentityKey& b) {
  return JudgementPrefixOf(std::min(a, b)).append(AsBytes(std::max(a, b)));
}

std::vector<std::pair<std::string, std::string>> PeopleRowsOf(const HashKey& key, const FlightState& state,
                                                              const FlightContext& context,
                                                              const Configuration& configuration) {
  Writer writer(key, state, context, configuration);
  for (const Party& party : context.parties) {
    const bool has_child = std::ranges::any_of(party.members, [&](std::uint32_t member) {
      return context.travellers[member].is_child;
    });
    if (!has_child) continue;
    for (const std::uint32_t member : party.members) writer.Put(member);
  }
  return writer.Take();
}

}  // namespace landfall
