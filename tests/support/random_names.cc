#include "tests/support/random_names.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace landfall::testing_support {
namespace {

constexpr const char* kSyllables[] = {
    "A",   "BA",  "BE",  "BO",  "CHA", "CHI", "DA",  "DE",  "DHU", "DI",  "E",   "FA",  "FI",  "GA",  "GHA", "GO",
    "HA",  "HU",  "I",   "JA",  "JO",  "KA",  "KHA", "KI",  "KU",  "LA",  "LE",  "LI",  "LO",  "MA",  "ME",  "MI",
    "MO",  "NA",  "NE",  "NI",  "NO",  "O",   "PA",  "PE",  "PHI", "QA",  "QUI", "RA",  "RE",  "RI",  "RO",  "SA",
    "SE",  "SHA", "SHI", "SO",  "SU",  "TA",  "TE",  "THA", "TI",  "TO",  "TSE", "TU",  "U",   "VA",  "VI",  "WA",
    "WE",  "XI",  "YA",  "YE",  "YU",  "ZA",  "ZE",  "ZHO", "ZU",  "MM",  "N",   "R",   "S",   "L",   "SKI", "OV"};
constexpr const char* kCommon[] = {"MOHAMMED", "AHMED",  "MARIA", "ANNA",  "WILLIAM", "BILL",  "YUSUF", "JOSEPH", "LI",
                                   "WEI",      "XU",     "KHAN",  "OLEG",  "IHOR",    "IGOR",  "PETROV", "PETROVA", "LEE",
                                   "NGUYEN",   "THI",    "SMITH", "JONES", "GARCIA",  "SILVA", "KIM",    "AMINA", "HASSAN"};
constexpr const char* kParticles[] = {"AL", "EL", "BIN", "IBN", "DE", "LA", "VAN", "DER", "E", "Y", "DA", "DOS"};

}  // namespace

NameWorld::NameWorld(std::uint64_t seed, std::size_t tokens) : random_(seed) {
  for (const char* const token : kCommon) tokens_.emplace_back(token);
  while (tokens_.size() < tokens + std::size(kCommon)) tokens_.push_back(MakeToken());
}

std::string NameWorld::MakeToken() {
  std::string token;
  const std::size_t syllables = 2 + Pick(3);
  for (std::size_t i = 0; i < syllables; ++i) {
    token += kSyllables[Pick(std::size(kSyllables))];
    // Most names have more consonants than vowels.
    if (Pick(2) == 0) token += "BDFGKLMNNPRRSSTV"[Pick(16)];
  }
  return token;
}

// A few tokens are everywhere, most are rare: as in lists of real people.
const std::string& NameWorld::PickToken() {
  const double u = std::uniform_real_distribution<double>(0, 1)(random_);
  const auto size = static_cast<double>(tokens_.size());
  // Half of Zipf's law, half even.
  const double at = Pick(2) == 0 ? std::exp(u * std::log(size)) - 1 : u * size;
  return tokens_[std::min(tokens_.size() - 1, static_cast<std::size_t>(at))];
}

WatchName NameWorld::MakeName() {
  WatchName name{PickToken(), PickToken()};
  if (Pick(3) != 0) name.given_names += " " + PickToken();
  if (Pick(12) == 0) name.given_names += " " + PickToken();
  if (Pick(10) == 0) name.surname = std::string(kParticles[Pick(std::size(kParticles))]) + " " + name.surname;
  if (Pick(25) == 0) name.surname = std::string(kParticles[Pick(std::size(kParticles))]) + " " + name.surname;
  if (Pick(60) == 0) name.given_names = name.given_names.substr(0, 1);
  if (Pick(80) == 0) name.surname.clear();
  if (Pick(120) == 0) name = {PickToken(), ""};
  return name;
}

PartialDate NameWorld::MakeBirthDate() {
  PartialDate date{static_cast<std::int16_t>(1940 + Pick(65)), static_cast<std::uint8_t>(1 + Pick(12)),
                   static_cast<std::uint8_t>(1 + Pick(28))};
  if (Pick(20) == 0) date.day = 0;
  if (Pick(20) == 0) date.day = date.month = 0;
  return date;
}

WatchEntry NameWorld::MakeEntry(std::size_t number) {
  WatchEntry entry;
  entry.entry = "W-" + std::to_string(number);
  entry.names.push_back(MakeName());
  if (Pick(8) == 0) entry.names.push_back(MakeName());
  const PartialDate born = MakeBirthDate();
  if (Pick(20) != 0) entry.dates_of_birth.push_back({born, born, Pick(30) == 0});
  if (Pick(60) == 0) entry.dates_of_birth.push_back({{1970, 0, 0}, {static_cast<std::int16_t>(1971 + Pick(9)), 0, 0}, false});
  if (Pick(4) == 0) {
    std::string digits = std::to_string(10'000'000 + Pick(50'000'000));
    entry.documents.push_back({"B" + digits, CountryCode(Pick(3) == 0 ? "" : "UTO")});
  }
  return entry;
}

std::string NameWorld::Typo(std::string text) {
  if (text.empty()) return text;
  const std::size_t at = Pick(text.size());
  const char letter = static_cast<char>('A' + Pick(26));
  switch (Pick(4)) {
    case 0: text[at] = letter; break;
    case 1: text.insert(at, 1, letter); break;
    case 2: if (text.size() > 2) text.erase(at, 1); break;
    default: if (at + 1 < text.size()) std::swap(text[at], text[at + 1]); break;
  }
  return text;
}

namespace {

void Replace(std::string& text, std::string_view from, std::string_view to) {
  if (const std::size_t at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
}

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : text) {
    if (c == ' ') words.emplace_back();
    else words.back() += c;
  }
  return words;
}

}  // namespace

WatchName NameWorld::Altered(const WatchName& name, Error error) {
  WatchName altered = name;
  switch (error) {
    case Error::kNone: break;
    case Error::kTwoTypos: altered.given_names = Typo(altered.given_names); [[fallthrough]];
    case Error::kTypo: {
      std::string& field = Pick(2) == 0 || altered.given_names.empty() ? altered.surname : altered.given_names;
      field = Typo(field);
      break;
    }
    case Error::kTransliteration:
      for (std::string* field : {&altered.surname, &altered.given_names}) {
        Replace(*field, "KH", "H"); Replace(*field, "Q", "K"); Replace(*field, "J", "Y"); Replace(*field, "OU", "U");
        Replace(*field, "DH", "D"); Replace(*field, "TSE", "ZE"); Replace(*field, "W", "V"); Replace(*field, "PH", "F");
      }
      break;
    case Error::kTruncation: {
      std::string& field = altered.given_names.empty() ? altered.surname : altered.given_names;
      field = field.substr(0, std::max<std::size_t>(2, field.size() - Pick(5)));
      break;
    }
    case Error::kSwap: std::swap(altered.surname, altered.given_names); break;
    case Error::kJoin: {
      std::string all = altered.surname + " " + altered.given_names;
      const std::vector<std::string> words = Words(all);
      const std::size_t at = Pick(words.size());
      all.clear();
      for (std::size_t i = 0; i < words.size(); ++i) all += words[i] + (i == at ? "" : " ");
      altered = {all, ""};
      break;
    }
    case Error::kNickname: Replace(altered.given_names, "WILLIAM", "BILL"); Replace(altered.given_names, "JOSEPH", "YUSUF"); break;
    case Error::kInitial: altered.given_names = altered.given_names.substr(0, 1); break;
    case Error::kDropped: altered.given_names = Words(altered.given_names).front(); break;
  }
  return altered;
}

PartialDate NameWorld::AlteredDate(PartialDate date) {
  switch (Pick(5)) {
    case 0: if (date.day != 0 && date.day <= 12) std::swap(date.day, date.month); break;
    case 1: date.year = static_cast<std::int16_t>(date.year + (Pick(2) == 0 ? 1 : -1)); break;
    case 2: date.year = static_cast<std::int16_t>(date.year + 10 * (Pick(2) == 0 ? 1 : -1)); break;
    case 3: date.day = 0; break;
    default: date.year = static_cast<std::int16_t>(date.year + static_cast<int>(Pick(9)) - 4); break;
  }
  return date;
}

}  // namespace landfall::testing_support
