#include "pipeline/reference/snapshot.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
#include <deque>
#include <tuple>
#include <utility>

#include "absl/hash/hash.h"
#include "model/digest.h"
#include "pipeline/match/hash_index.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/people_keys.h"
#include "pipeline/match/person_score.h"
#include "pipeline/reference/person_index.h"
#include "pipeline/reference/record_parser.h"

namespace landfall {
namespace {

constexpr std::size_t kKinds = std::size(EnumText<ReferenceKind>::kWords);
// A consent names the flight by its departure; the arrival is the same day or the next, two zones apart at most.
constexpr std::int32_t kMostDaysAfterDeparture = 2;

std::uint64_t HashOf(std::string_view text) { return static_cast<std::uint64_t>(absl::HashOf(text)); }

std::uint64_t ScheduleHash(std::string_view number, AirportCode from, AirportCode to, Date departs_on) {
  return static_cast<std::uint64_t>(absl::HashOf(number, from, to, departs_on.days));
}

// A hash of the content of records, in whatever order they come.
struct ContentSum {
  std::uint64_t low = 0, high = 0;

  void Add(const Digest128& digest) {
    std::uint64_t part = 0;
    std::memcpy(&part, digest.data(), sizeof(part));
    low += part;
    std::memcpy(&part, digest.data() + sizeof(part), sizeof(part));
    high += part;
  }
};

Digest128 DigestOf(ReferenceKind kind, std::string_view id, std::string_view json) {
  std::string text(ToText(kind));
  text.append(1, '\0').append(id).append(1, '\0').append(json);
  return Blake2b128(text);
}

// The records of one kind, the last of each id.
template <typename T>
struct Records {
  std::deque<T> all;  // Elements never move.
  absl::flat_hash_map<std::string, std::uint32_t> numbers;
  std::vector<Digest128> digests;

  void Put(const std::string& id, const Digest128& digest, T record) {
    const auto [it, is_new] = numbers.try_emplace(id, static_cast<std::uint32_t>(all.size()));
    if (is_new) {
      all.push_back(std::move(record));
      digests.push_back(digest);
    } else {
      all[it->second] = std::move(record);
      digests[it->second] = digest;
    }
  }

  // Frees what only more records would need.
  void Seal(ContentSum& sum) {
    for (const Digest128& digest : digests) sum.Add(digest);
    digests = {};
    numbers = {};
  }
};

bool IsValidOn(const Vignette& vignette, Date arrival) {
  return (!vignette.valid_from || *vignette.valid_from <= arrival) &&
         (!vignette.valid_until || arrival <= *vignette.valid_until);
}

// The one that counts of two: valid on arrival, then issued last, then by number.
const Vignette* BetterOf(const Vignette* a, const Vignette* b, Date arrival) {
  if (a == nullptr) return b;
  const auto rank = [arrival](const Vignette& v) {
    return std::tuple(!IsValidOn(v, arrival), -static_cast<std::int64_t>(v.issued.value_or(Date{INT32_MIN}).days),
                      std::string_view(v.number));
  };
  return rank(*b) < rank(*a) ? b : a;
}

// Another birth date, and neither name nor passport in common.
bool IsSomebodyElse(const Person& holder, const Traveller& traveller) {
  if (!holder.date_of_birth || !traveller.date_of_birth ||
      Compatible(*holder.date_of_birth, *traveller.date_of_birth)) {
    return false;
  }
  if (SameFullName(holder.surname, holder.given_names, traveller.surname, traveller.given_names)) return false;
  const std::string number = NumberKey(holder.document);
  return number.empty() || std::ranges::none_of(traveller.documents, [&](const Document& document) {
    return NumberKey(document.number) == number;
  });
}

bool ListsFlight(const GroupRecord& group, std::string_view number, Date departs_on) {
  return group.flights.empty() || std::ranges::any_of(group.flights, [&](const NamedFlight& flight) {
    return flight.number == number && (!flight.departs_on || *flight.departs_on == departs_on);
  });
}

bool IsFor(const ConsentRecord& consent, Date arrival) {
  if (consent.valid_until && *consent.valid_until < arrival) return false;
  if (!consent.flight || !consent.flight->departs_on) return true;
  const std::int32_t days = arrival.days - consent.flight->departs_on->days;
  return days >= -1 && days <= kMostDaysAfterDeparture;
}

// Of equal dates refused comes first, then pending, approved, none.
int VettingRank(Vetting vetting) {
  switch (vetting) {
    case Vetting::kRefused: return 0;
    case Vetting::kPending: return 1;
    case Vetting::kApproved: return 2;
    case Vetting::kNone: return 3;
    case Vetting::kUnknown: return 4;
  }
  return 4;
}

const CheckRecord* LaterOf(const CheckRecord* a, const CheckRecord* b) {
  if (a == nullptr) return b;
  const auto rank = [](const CheckRecord& check) {
    return std::tuple(-static_cast<std::int64_t>(check.vetted_on.value_or(Date{INT32_MIN}).days),
                      VettingRank(check.vetting), std::string_view(check.check));
  };
  return rank(*b) < rank(*a) ? b : a;
}

// One that has not ended comes first, then the one that began last.
const CareRecord* CurrentOf(const CareRecord* a, const CareRecord* b) {
  if (a == nullptr) return b;
  const auto rank = [](const CareRecord& care) {
    return std::tuple(care.until.has_value(), -static_cast<std::int64_t>(care.since.value_or(Date{INT32_MIN}).days),
                      std::string_view(care.register_id));
  };
  return rank(*b) < rank(*a) ? b : a;
}

bool Contains(const std::vector<std::string>& list, std::string_view value) {
  return std::ranges::find(list, value) != list.end();
}

// Flights and routes name what is targeted; ports narrow it, or stand alone for every flight.
bool Targets(const CampaignRecord& campaign, std::string_view flight_number, std::string_view route,
             std::string_view port, Date on) {
  if (campaign.from_date && on < *campaign.from_date) return false;
  if (campaign.until_date && *campaign.until_date < on) return false;
  if (!campaign.ports.empty() && !Contains(campaign.ports, port)) return false;
  if (campaign.flights.empty() && campaign.routes.empty()) return true;
  return Contains(campaign.flights, flight_number) || Contains(campaign.routes, route);
}

bool SharePhone(const VisaSponsor& sponsor, const SponsorRecord& record) {
  const std::string phone = PhoneKey(sponsor.phone);
  return !phone.empty() && std::ranges::any_of(record.phones, [&](const std::string& p) { return PhoneKey(p) == phone; });
}

bool ShareAddress(const VisaSponsor& sponsor, const SponsorRecord& record) {
  const std::string address = sponsor.address ? AddressKey(*sponsor.address) : std::string();
  if (address.empty()) return false;
  if (record.address && AddressKey(*record.address) == address) return true;
  return std::ranges::any_of(record.addresses, [&](const Address& a) { return AddressKey(a) == address; });
}

// A strong name match with birth date, telephone or address.
bool SameByName(const VisaSponsor& sponsor, const SponsorRecord& record) {
  const Person& a = sponsor.person;
  const Person& b = record.person;
  if (!SameFullName(a.surname, a.given_names, b.surname, b.given_names)) return false;
  if (a.date_of_birth && b.date_of_birth) return Compatible(*a.date_of_birth, *b.date_of_birth);
  return SharePhone(sponsor, record) || ShareAddress(sponsor, record);
}

bool SameBySpelling(const VisaSponsor& sponsor, const SponsorRecord& record) {
  const Person& a = sponsor.person;
  const Person& b = record.person;
  if (a.date_of_birth && b.date_of_birth) return IsOtherSpelling(ViewOf(a), ViewOf(b));
  return (SharePhone(sponsor, record) || ShareAddress(sponsor, record)) && AreNamesakes(ViewOf(a), ViewOf(b));
}

bool SameByDocument(const VisaSponsor& sponsor, const SponsorRecord& record) {
  const Person& a = sponsor.person;
  const Person& b = record.person;
  if (a.date_of_birth && b.date_of_birth && !Compatible(*a.date_of_birth, *b.date_of_birth)) return false;
  return NumberKey(a.document) == NumberKey(b.document) && (a.issuer.empty() || b.issuer.empty() || a.issuer == b.issuer);
}

}  // namespace

struct ReferenceSnapshot::Tables {
  RecordParser parser;
  std::array<std::size_t, kKinds> counts{};

  Records<Vignette> vignettes;
  Records<WatchEntry> watch;
  Records<SponsorRecord> sponsors;
  Records<ScheduleRecord> schedule;
  Records<GroupRecord> groups;
  Records<InstitutionRecord> institutions;
  Records<AddressRecord> addresses;
  Records<CheckRecord> checks;
  Records<ConsentRecord> consents;
  Records<CareRecord> care;
  Records<CampaignRecord> campaigns;
  std::array<Records<std::monostate>, kKinds> kept;  // Only counted so far, by kind.

  HashIndex vignette_numbers;
  PersonIndex holders{FileSpellings::kYes};
  PersonIndex named_adults{FileSpellings::kYes};  // Numbered 2 * vignette + adult.
  HashIndex sponsor_ids, sponsor_documents, sponsor_names;
  HashIndex sponsor_spellings;  // By birth date and spelling, by telephone, and by address.
  HashIndex check_sponsors;
  PersonIndex check_children;
  HashIndex group_locators, group_names;
  PersonIndex group_people;
  HashIndex address_keys, institution_keys;
  PersonIndex consent_children;
  PersonIndex care_children{FileSpellings::kYes};
  HashIndex schedule_keys;

  void Put(ReferenceKind kind, ParsedRecord parsed, const Digest128& digest);
  void Count();
  ContentSum Seal();
  void IndexVignettes();
  void IndexSponsors();
  void IndexGroups();
  void IndexPlaces();
  void IndexChildren();

  const Vignette* FindByNumber(const Traveller& traveller, Date arrival) const;
  const SponsorRecord* FindSponsorBySpelling(const VisaSponsor& sponsor) const;
};

void ReferenceSnapshot::Tables::Put(ReferenceKind kind, ParsedRecord parsed, const Digest128& digest) {
  const auto put = [&](auto& records) {
    using Record = typename std::remove_reference_t<decltype(records.all)>::value_type;
    records.Put(parsed.id, digest, std::get<Record>(std::move(parsed.record)));
  };
  switch (kind) {
    case ReferenceKind::kVignettes: put(vignettes); break;
    case ReferenceKind::kWatchlist: put(watch); break;
    case ReferenceKind::kSponsors: put(sponsors); break;
    case ReferenceKind::kSchedule: put(schedule); break;
    case ReferenceKind::kGroups: put(groups); break;
    case ReferenceKind::kInstitutions: put(institutions); break;
    case ReferenceKind::kAddresses: put(addresses); break;
    case ReferenceKind::kChecks: put(checks); break;
    case ReferenceKind::kConsents: put(consents); break;
    case ReferenceKind::kCareRegister: put(care); break;
    case ReferenceKind::kCampaigns: put(campaigns); break;
    case ReferenceKind::kBorderEvents:
    case ReferenceKind::kReferrals:
    case ReferenceKind::kJudgements:
    case ReferenceKind::kDispositions: put(kept[static_cast<std::size_t>(kind)]); break;
  }
}

void ReferenceSnapshot::Tables::Count() {
  for (std::size_t i = 0; i < kKinds; ++i) counts[i] = kept[i].all.size();
  const auto set = [this](ReferenceKind kind, std::size_t count) { counts[static_cast<std::size_t>(kind)] = count; };
  set(ReferenceKind::kVignettes, vignettes.all.size());
  set(ReferenceKind::kWatchlist, watch.all.size());
  set(ReferenceKind::kSponsors, sponsors.all.size());
  set(ReferenceKind::kSchedule, schedule.all.size());
  set(ReferenceKind::kGroups, groups.all.size());
  set(ReferenceKind::kInstitutions, institutions.all.size());
  set(ReferenceKind::kAddresses, addresses.all.size());
  set(ReferenceKind::kChecks, checks.all.size());
  set(ReferenceKind::kConsents, consents.all.size());
  set(ReferenceKind::kCareRegister, care.all.size());
  set(ReferenceKind::kCampaigns, campaigns.all.size());
}

ContentSum ReferenceSnapshot::Tables::Seal() {
  ContentSum sum;
  vignettes.Seal(sum);
  watch.Seal(sum);
  sponsors.Seal(sum);
  schedule.Seal(sum);
  groups.Seal(sum);
  institutions.Seal(sum);
  addresses.Seal(sum);
  checks.Seal(sum);
  consents.Seal(sum);
  care.Seal(sum);
  campaigns.Seal(sum);
  for (Records<std::monostate>& records : kept) records.Seal(sum);
  return sum;
}

void ReferenceSnapshot::Tables::IndexVignettes() {
  for (std::uint32_t i = 0; i < vignettes.all.size(); ++i) {
    const Vignette& vignette = vignettes.all[i];
    vignette_numbers.Add(HashOf(NumberKey(vignette.number)), i);
    holders.Add(vignette.holder, i);
    for (std::uint32_t adult = 0; adult < vignette.adults.size(); ++adult) {
      named_adults.Add(vignette.adults[adult].person, 2 * i + adult);
    }
  }
  vignette_numbers.Seal();
  holders.Seal();
  named_adults.Seal();
}

void ReferenceSnapshot::Tables::IndexSponsors() {
  for (std::uint32_t i = 0; i < sponsors.all.size(); ++i) {
    const Person& person = sponsors.all[i].person;
    sponsor_ids.Add(HashOf(sponsors.all[i].sponsor_id), i);
    if (const std::string key = NumberKey(person.document); !key.empty()) sponsor_documents.Add(HashOf(key), i);
    for (const std::string& key : FullNameKeys(person.surname, person.given_names)) sponsor_names.Add(HashOf(key), i);
    const NameForms forms = FormsOf(person.surname, person.given_names);
    for (const std::uint64_t key : SpellingKeysOf(forms, person.date_of_birth)) sponsor_spellings.Add(key, i);
    for (const std::string& phone : sponsors.all[i].phones) sponsor_spellings.Add(PhoneHash(phone), i);
    if (sponsors.all[i].address) sponsor_spellings.Add(AddressHash(*sponsors.all[i].address), i);
    for (const Address& address : sponsors.all[i].addresses) sponsor_spellings.Add(AddressHash(address), i);
  }
  sponsor_spellings.Seal();
  sponsor_ids.Seal();
  sponsor_documents.Seal();
  sponsor_names.Seal();
}

void ReferenceSnapshot::Tables::IndexGroups() {
  for (std::uint32_t i = 0; i < groups.all.size(); ++i) {
    const GroupRecord& group = groups.all[i];
    for (const std::string& locator : group.locators) group_locators.Add(HashOf(NumberKey(locator)), i);
    for (const std::string& name : {group.group, group.name}) {
      if (const std::string key = NumberKey(name); !key.empty()) group_names.Add(HashOf(key), i);
    }
    for (const Person& person : group.leaders) group_people.Add(person, i);
    for (const Person& person : group.members) group_people.Add(person, i);
  }
  group_locators.Seal();
  group_names.Seal();
  group_people.Seal();
}

void ReferenceSnapshot::Tables::IndexPlaces() {
  for (std::uint32_t i = 0; i < addresses.all.size(); ++i) {
    address_keys.Add(HashOf(AddressKey(addresses.all[i].address)), i);
  }
  for (std::uint32_t i = 0; i < institutions.all.size(); ++i) {
    institution_keys.Add(HashOf(AddressKey(institutions.all[i].address)), i);
  }
  for (std::uint32_t i = 0; i < schedule.all.size(); ++i) {
    const ScheduleRecord& flight = schedule.all[i];
    schedule_keys.Add(ScheduleHash(flight.number, flight.from, flight.to, flight.departs_on), i);
  }
  address_keys.Seal();
  institution_keys.Seal();
  schedule_keys.Seal();
}

void ReferenceSnapshot::Tables::IndexChildren() {
  for (std::uint32_t i = 0; i < checks.all.size(); ++i) {
    const CheckRecord& check = checks.all[i];
    if (!check.sponsor_id.empty()) check_sponsors.Add(HashOf(check.sponsor_id), i);
    check_children.Add(check.child, i);
  }
  for (std::uint32_t i = 0; i < consents.all.size(); ++i) consent_children.Add(consents.all[i].child, i);
  for (std::uint32_t i = 0; i < care.all.size(); ++i) care_children.Add(care.all[i].child, i);
  check_sponsors.Seal();
  check_children.Seal();
  consent_children.Seal();
  care_children.Seal();
}

const Vignette* ReferenceSnapshot::Tables::FindByNumber(const Traveller& traveller, Date arrival) const {
  const Vignette* best = nullptr;
  for (const Document& document : traveller.documents) {
    if (document.type != "V") continue;
    const std::string key = NumberKey(document.number);
    if (key.empty()) continue;
    for (const std::uint32_t number : vignette_numbers.Find(HashOf(key))) {
      const Vignette& vignette = vignettes.all[number];
      if (NumberKey(vignette.number) == key && !IsSomebodyElse(vignette.holder, traveller)) {
        best = BetterOf(best, &vignette, arrival);
      }
    }
  }
  return best;
}

// Another spelling of the name, and beside it the whole birth date, a telephone number or an address. The most alike.
const SponsorRecord* ReferenceSnapshot::Tables::FindSponsorBySpelling(const VisaSponsor& sponsor) const {
  const Person& person = sponsor.person;
  SpellingKeys keys = SpellingKeysOf(FormsOf(person.surname, person.given_names), person.date_of_birth);
  if (!sponsor.phone.empty()) keys.push_back(PhoneHash(sponsor.phone));
  if (sponsor.address) keys.push_back(AddressHash(*sponsor.address));
  const SponsorRecord* best = nullptr;
  std::int32_t best_score = 0;
  for (const std::uint64_t key : keys) {
    for (const std::uint32_t number : key == 0 ? std::span<const std::uint32_t>() : sponsor_spellings.Find(key)) {
      const SponsorRecord& record = sponsors.all[number];
      if (!SameBySpelling(sponsor, record)) continue;
      const std::int32_t score = ScorePersons(ViewOf(person), ViewOf(record.person)).score;
      const bool is_better = best == nullptr || score > best_score ||
                             (score == best_score && record.sponsor_id < best->sponsor_id);
      if (!is_better) continue;
      best = &record;
      best_score = score;
    }
  }
  return best;
}

ReferenceSnapshot::ReferenceSnapshot() : tables_(std::make_shared<Tables>()) {}

std::optional<QuarantinedRecord> ReferenceSnapshot::Add(ReferenceKind kind, std::string_view json) {
  auto parsed = tables_->parser.Parse(kind, json);
  if (auto* refused = std::get_if<QuarantinedRecord>(&parsed)) return std::move(*refused);
  ParsedRecord& record = std::get<ParsedRecord>(parsed);
  const Digest128 digest = DigestOf(kind, record.id, json);
  tables_->Put(kind, std::move(record), digest);
  return std::nullopt;
}

void ReferenceSnapshot::Build(std::optional<Date> watch_today) {
  Tables& tables = *tables_;
  tables.Count();
  const ContentSum sum = tables.Seal();
  version_ = ToHex({reinterpret_cast<const char*>(&sum), sizeof(sum)});
  static std::atomic<std::uint64_t> built = 0;
  serial_ = ++built;
  tables.IndexVignettes();
  tables.IndexSponsors();
  tables.IndexGroups();
  tables.IndexPlaces();
  tables.IndexChildren();
  watch_ = WatchIndex({std::make_move_iterator(tables.watch.all.begin()), std::make_move_iterator(tables.watch.all.end())},
                      watch_today);
  tables.watch.all.clear();
}

bool ReferenceSnapshot::IsLoaded(ReferenceKind kind) const { return Count(kind) > 0; }

std::size_t ReferenceSnapshot::Count(ReferenceKind kind) const {
  return tables_->counts[static_cast<std::size_t>(kind)];
}

ReferenceSnapshot::FoundVignette ReferenceSnapshot::FindVignette(const Traveller& traveller, Date arrival) const {
  const Tables& tables = *tables_;
  if (tables.vignettes.all.empty()) return {};
  if (const Vignette* by_number = tables.FindByNumber(traveller, arrival)) return {by_number, Basis::kNumber};
  const Vignette* best = nullptr;
  PersonKeys keys = DocumentKeysOf(traveller);
  tables.holders.ForEachByDocument(keys, [&](std::uint32_t number) {
    const Vignette& vignette = tables.vignettes.all[number];
    if (SameDocument(vignette.holder, traveller)) best = BetterOf(best, &vignette, arrival);
  });
  if (best != nullptr) return {best, Basis::kDocument};
  AddNameKeys(traveller, keys);
  tables.holders.ForEachByName(keys, [&](std::uint32_t number) {
    const Vignette& vignette = tables.vignettes.all[number];
    if (SameNameAndBirth(vignette.holder, traveller)) best = BetterOf(best, &vignette, arrival);
  });
  if (best != nullptr) return {best, Basis::kNameAndBirth};
  std::int32_t best_score = 0;
  tables.holders.ForEachBySpelling(traveller, [&](std::uint32_t number) {
    const Vignette& vignette = tables.vignettes.all[number];
    if (&vignette == best || !IsOtherSpelling(vignette.holder, traveller)) return;
    // The holder who is most alike; of one holder's several, the one that counts.
    const std::int32_t score = ScorePersons(ViewOf(vignette.holder), ViewOf(traveller)).score;
    if (best != nullptr && score < best_score) return;
    best = best == nullptr || score > best_score ? &vignette : BetterOf(best, &vignette, arrival);
    best_score = score;
  });
  return {best, best != nullptr ? Basis::kOtherSpelling : Basis::kNameAndBirth};
}

bool ReferenceSnapshot::IsNamedAdult(const Traveller& traveller) const {
  const Tables& tables = *tables_;
  bool found = false;
  if (tables.vignettes.all.empty()) return found;
  tables.named_adults.ForEachCandidate(PersonKeysOf(traveller), [&](std::uint32_t number) {
    found = found || IsSame(tables.vignettes.all[number / 2].adults[number % 2].person, traveller);
  });
  if (found) return found;
  tables.named_adults.ForEachBySpelling(traveller, [&](std::uint32_t number) {
    found = found || IsOtherSpelling(tables.vignettes.all[number / 2].adults[number % 2].person, traveller);
  });
  return found;
}

const SponsorRecord* ReferenceSnapshot::FindSponsor(const VisaSponsor& sponsor) const {
  const Tables& tables = *tables_;
  const auto first = [&](const HashIndex& index, std::string_view key, auto is_same) -> const SponsorRecord* {
    if (key.empty()) return nullptr;
    for (const std::uint32_t number : index.Find(HashOf(key))) {
      if (is_same(tables.sponsors.all[number])) return &tables.sponsors.all[number];
    }
    return nullptr;
  };
  const auto by_id = [&](const SponsorRecord& record) { return record.sponsor_id == sponsor.sponsor_id; };
  const auto by_document = [&](const SponsorRecord& record) { return SameByDocument(sponsor, record); };
  const auto by_name = [&](const SponsorRecord& record) { return SameByName(sponsor, record); };
  if (const SponsorRecord* found = first(tables.sponsor_ids, sponsor.sponsor_id, by_id)) return found;
  const std::string document = NumberKey(sponsor.person.document);
  if (const SponsorRecord* found = first(tables.sponsor_documents, document, by_document)) return found;
  for (const std::string& key : FullNameKeys(sponsor.person.surname, sponsor.person.given_names)) {
    if (const SponsorRecord* found = first(tables.sponsor_names, key, by_name)) return found;
  }
  return tables.FindSponsorBySpelling(sponsor);
}

const CheckRecord* ReferenceSnapshot::FindCheck(std::string_view sponsor_id, const Traveller* child) const {
  const Tables& tables = *tables_;
  const CheckRecord* best = nullptr;
  if (!sponsor_id.empty()) {
    for (const std::uint32_t number : tables.check_sponsors.Find(HashOf(sponsor_id))) {
      const CheckRecord& check = tables.checks.all[number];
      if (check.sponsor_id == sponsor_id) best = LaterOf(best, &check);
    }
  }
  if (child == nullptr || tables.checks.all.empty()) return best;
  tables.check_children.ForEachCandidate(PersonKeysOf(*child), [&](std::uint32_t number) {
    const CheckRecord& check = tables.checks.all[number];
    // A check of this child with another carer says nothing of this one.
    const bool other_carer = !sponsor_id.empty() && !check.sponsor_id.empty() && check.sponsor_id != sponsor_id;
    if (!other_carer && IsSame(check.child, *child)) best = LaterOf(best, &check);
  });
  return best;
}

const GroupRecord* ReferenceSnapshot::FindGroup(std::string_view locator, std::string_view group_name,
                                                const Traveller& traveller, std::string_view flight_number,
                                                Date departs_on) const {
  const Tables& tables = *tables_;
  if (tables.groups.all.empty()) return nullptr;
  const GroupRecord* best = nullptr;
  const auto consider = [&](const GroupRecord& group, bool is_named) {
    if (!is_named || !ListsFlight(group, flight_number, departs_on)) return;
    if (best == nullptr || group.group < best->group) best = &group;
  };
  if (const std::string key = NumberKey(locator); !key.empty()) {
    for (const std::uint32_t number : tables.group_locators.Find(HashOf(key))) {
      const GroupRecord& group = tables.groups.all[number];
      consider(group, std::ranges::any_of(group.locators, [&](const auto& l) { return NumberKey(l) == key; }));
    }
  }
  if (best != nullptr) return best;
  if (const std::string key = NumberKey(group_name); !key.empty()) {
    for (const std::uint32_t number : tables.group_names.Find(HashOf(key))) {
      const GroupRecord& group = tables.groups.all[number];
      consider(group, NumberKey(group.group) == key || NumberKey(group.name) == key);
    }
  }
  if (best != nullptr) return best;
  tables.group_people.ForEachCandidate(PersonKeysOf(traveller), [&](std::uint32_t number) {
    const GroupRecord& group = tables.groups.all[number];
    const auto is_traveller = [&](const Person& person) { return IsSame(person, traveller); };
    consider(group, std::ranges::any_of(group.leaders, is_traveller) || std::ranges::any_of(group.members, is_traveller));
  });
  return best;
}

const AddressRecord* ReferenceSnapshot::FindAddress(const Address& address) const {
  const std::string key = AddressKey(address);
  if (key.empty()) return nullptr;
  for (const std::uint32_t number : tables_->address_keys.Find(HashOf(key))) {
    const AddressRecord& record = tables_->addresses.all[number];
    if (AddressKey(record.address) == key) return &record;
  }
  return nullptr;
}

const InstitutionRecord* ReferenceSnapshot::FindInstitution(const Address& address) const {
  const std::string key = AddressKey(address);
  if (key.empty()) return nullptr;
  for (const std::uint32_t number : tables_->institution_keys.Find(HashOf(key))) {
    const InstitutionRecord& record = tables_->institutions.all[number];
    if (AddressKey(record.address) == key) return &record;
  }
  return nullptr;
}

const ConsentRecord* ReferenceSnapshot::FindConsent(const Traveller& child, const Traveller& adult,
                                                    Date arrival) const {
  const Tables& tables = *tables_;
  if (tables.consents.all.empty()) return nullptr;
  const ConsentRecord* best = nullptr;
  tables.consent_children.ForEachCandidate(PersonKeysOf(child), [&](std::uint32_t number) {
    const ConsentRecord& consent = tables.consents.all[number];
    if (!IsFor(consent, arrival) || !IsSame(consent.child, child) || !IsSame(consent.adult, adult)) return;
    if (best == nullptr || consent.consent < best->consent) best = &consent;
  });
  return best;
}

const CareRecord* ReferenceSnapshot::FindCare(const Traveller& child) const {
  const Tables& tables = *tables_;
  if (tables.care.all.empty()) return nullptr;
  const CareRecord* best = nullptr;
  tables.care_children.ForEachCandidate(PersonKeysOf(child), [&](std::uint32_t number) {
    const CareRecord& care = tables.care.all[number];
    if (IsSame(care.child, child)) best = CurrentOf(best, &care);
  });
  if (best != nullptr) return best;
  tables.care_children.ForEachBySpelling(child, [&](std::uint32_t number) {
    const CareRecord& care = tables.care.all[number];
    if (IsOtherSpelling(care.child, child)) best = CurrentOf(best, &care);
  });
  return best;
}

const CampaignRecord* ReferenceSnapshot::FindCampaign(std::string_view flight_number, std::string_view route,
                                                      std::string_view port, Date on) const {
  const CampaignRecord* best = nullptr;
  for (const CampaignRecord& campaign : tables_->campaigns.all) {
    if (!Targets(campaign, flight_number, route, port, on)) continue;
    if (best == nullptr || campaign.campaign < best->campaign) best = &campaign;
  }
  return best;
}

const ScheduleRecord* ReferenceSnapshot::FindSchedule(std::string_view number, AirportCode from, AirportCode to,
                                                      Date departs_on) const {
  for (const std::uint32_t index : tables_->schedule_keys.Find(ScheduleHash(number, from, to, departs_on))) {
    const ScheduleRecord& flight = tables_->schedule.all[index];
    if (flight.number == number && flight.from == from && flight.to == to && flight.departs_on == departs_on) {
      return &flight;
    }
  }
  return nullptr;
}

}  // namespace landfall
