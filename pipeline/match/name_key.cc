#include "pipeline/match/name_key.h"

#include <algorithm>

#include "absl/container/inlined_vector.h"
#include "pipeline/match/latin.h"
#include "pipeline/match/name/token_list.h"
#include "pipeline/match/name/word_list.h"

namespace landfall {
namespace {

// Run together with the next token as often as not, but never left out.
constexpr WordList kPrefixes({"AB", "ABD", "ABDEL", "ABDUL", "ABOU", "ABU", "D", "MAC", "MC", "O", "SAN", "ST", "UMM"});

std::string SortedKey(absl::InlinedVector<std::string_view, 12> tokens) {
  std::ranges::sort(tokens);
  std::size_t size = tokens.size();
  for (const std::string_view token : tokens) size += token.size();
  std::string key;
  key.reserve(size);
  for (const std::string_view token : tokens) {
    if (!key.empty()) key += ' ';
    key += token;
  }
  return key;
}

std::string PlainKey(const TokenList& tokens) {
  return SortedKey({tokens.all().begin(), tokens.all().end()});
}

bool JoinsNext(std::string_view token) { return kParticles.Contains(token) || kPrefixes.Contains(token); }

void AppendJoined(Words words, std::vector<std::string>& joined) {
  std::string word;
  for (const std::string_view token : words) {
    word += token;
    if (JoinsNext(token)) continue;
    joined.push_back(std::move(word));
    word.clear();
  }
  if (!word.empty()) joined.push_back(std::move(word));
}

// Particles run together with what follows them in their field.
std::string JoinedKey(const TokenList& tokens) {
  std::vector<std::string> joined;
  AppendJoined(tokens.surname(), joined);
  AppendJoined(tokens.given_names(), joined);
  return SortedKey({joined.begin(), joined.end()});
}

// Without the particles that only link; empty if fewer than two tokens would be left.
std::string BareKey(const TokenList& tokens) {
  absl::InlinedVector<std::string_view, 12> bare;
  for (const std::string_view token : tokens.all()) {
    if (!kParticles.Contains(token)) bare.push_back(token);
  }
  return bare.size() < 2 ? std::string() : SortedKey(std::move(bare));
}

void AppendNew(std::string key, std::vector<std::string>& keys) {
  if (!key.empty() && std::ranges::find(keys, key) == keys.end()) keys.push_back(std::move(key));
}

void AppendKeys(TokenList& tokens, std::vector<std::string>& keys) {
  tokens.FoldTransliterations();
  AppendNew(PlainKey(tokens), keys);
  if (!std::ranges::any_of(tokens.all(), JoinsNext)) return;
  AppendNew(JoinedKey(tokens), keys);
  AppendNew(BareKey(tokens), keys);
}

std::string RunTogether(Words words) {
  std::string key;
  for (const std::string_view word : words) key += word;
  return key;
}

struct Ending {
  std::string_view feminine, masculine;
};
// Longest first. Written as the transliteration of ICAO 9303 and as English usage have them.
constexpr Ending kEndings[] = {
    {"SKAIA", "SKII"}, {"SKAYA", "SKY"}, {"SKAJA", "SKIJ"}, {"SKAYA", "SKIY"}, {"SKAYA", "SKII"}, {"SKAIA", "SKY"},
    {"SKAYA", "SKI"},  {"SKAIA", "SKI"}, {"CKAIA", "CKII"}, {"CKAYA", "CKY"},  {"SKA", "SKI"},    {"CKA", "CKI"},
    {"DZKA", "DZKI"},  {"OVA", "OV"},    {"EVA", "EV"},     {"INA", "IN"},     {"YNA", "YN"},     {"OVA", ""},
    {"AIA", "YI"},     {"AYA", "Y"},
};
constexpr std::size_t kLeastStem = 3;

bool DiffersByEnding(std::string_view feminine, std::string_view masculine) {
  for (const Ending& ending : kEndings) {
    if (!feminine.ends_with(ending.feminine) || !masculine.ends_with(ending.masculine)) continue;
    const std::string_view stem = feminine.substr(0, feminine.size() - ending.feminine.size());
    if (stem.size() >= kLeastStem && stem == masculine.substr(0, masculine.size() - ending.masculine.size())) {
      return true;
    }
  }
  return false;
}

bool SameFamilyToken(std::string_view a, std::string_view b) {
  return a == b || DiffersByEnding(a, b) || DiffersByEnding(b, a);
}

// A token that says something about a family: no particle, no initial.
bool TellsFamily(std::string_view token) { return token.size() > 1 && !JoinsNext(token); }

bool HasDigit(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Country codes whose national numbers begin with a 0 that is not dialled after the code, and is written all the same.
constexpr std::string_view kTrunkZeroCodes[] = {"234", "233", "254", "880", "44", "27", "33", "49", "31",
                                                "32",  "61",  "64",  "91",  "92", "20", "84"};

std::string WithoutTrunkZero(std::string digits) {
  for (const std::string_view code : kTrunkZeroCodes) {
    if (digits.starts_with(code) && digits.size() > code.size() && digits[code.size()] == '0') {
      return digits.erase(code.size(), 1);
    }
  }
  return digits;
}

std::string DigitsOf(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

struct Abbreviation {
  std::string_view word, brief;
};
constexpr Abbreviation kAbbreviations[] = {
    {"APARTMENT", "FLAT"}, {"APT", "FLAT"},      {"AVENUE", "AVE"}, {"CLOSE", "CL"},  {"COURT", "CT"},
    {"CRESCENT", "CRES"},  {"DRIVE", "DR"},      {"GARDENS", "GDNS"}, {"LANE", "LN"}, {"PLACE", "PL"},
    {"ROAD", "RD"},        {"SAINT", "ST"},      {"SQUARE", "SQ"},  {"STREET", "ST"}, {"TERRACE", "TER"},
};

std::string_view Abbreviated(std::string_view word) {
  for (const Abbreviation& abbreviation : kAbbreviations) {
    if (word == abbreviation.word) return abbreviation.brief;
  }
  return word;
}

// The words of an address's lines without those of its postcode, which some senders repeat there.
std::vector<std::string> AddressWords(std::string_view text, std::string_view postcode) {
  const std::string ascii = IsAscii(text) ? std::string(text) : ToAscii(text);
  std::vector<std::string> words(1);
  for (const char c : ascii) {
    const char folded = kFold[static_cast<std::size_t>(c) & 127];
    if (folded > kVanish) words.back() += folded;
    if (folded == kSplit && !words.back().empty()) words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  // A postcode is written in one or two words.
  for (std::size_t i = 0; !postcode.empty() && i < words.size(); ++i) {
    const bool two = i + 1 < words.size() && words[i] + words[i + 1] == postcode;
    if (!two && words[i] != postcode) continue;
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(i);
    words.erase(begin, begin + (two ? 2 : 1));
  }
  for (std::string& word : words) word = std::string(Abbreviated(word));
  return words;
}

std::string JoinSorted(std::vector<std::string> words) {
  std::ranges::sort(words);
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::vector<std::string> NameTokens(std::string_view name) {
  const TokenList tokens({}, name);
  return {tokens.all().begin(), tokens.all().end()};
}

std::string FullNameKey(std::string_view surname, std::string_view given_names) {
  TokenList tokens(surname, given_names);
  tokens.FoldTransliterations();
  return PlainKey(tokens);
}

std::vector<std::string> FullNameKeys(std::string_view surname, std::string_view given_names) {
  TokenList tokens(surname, given_names);
  std::vector<std::string> keys;
  AppendKeys(tokens, keys);
  if (tokens.dropped_glued_title()) {
    TokenList as_sent(surname, given_names, GluedTitles::kKeep);
    AppendKeys(as_sent, keys);
  }
  return keys;
}

bool SameFullName(std::string_view surname_a, std::string_view given_a, std::string_view surname_b,
                  std::string_view given_b) {
  const std::vector<std::string> a = FullNameKeys(surname_a, given_a);
  const std::vector<std::string> b = FullNameKeys(surname_b, given_b);
  return std::ranges::find_first_of(a, b) != a.end();
}

std::string FamilyNameKey(std::string_view surname, std::string_view given_names) {
  TokenList tokens(surname, given_names);
  tokens.FoldTransliterations();
  return RunTogether(tokens.surname().empty() ? tokens.given_names() : tokens.surname());
}

bool SharesFamilyName(std::string_view surname_a, std::string_view surname_b) {
  TokenList a(surname_a, {});
  TokenList b(surname_b, {});
  a.FoldTransliterations();
  b.FoldTransliterations();
  if (a.all().empty() || b.all().empty()) return false;
  if (SameFamilyToken(RunTogether(a.all()), RunTogether(b.all()))) return true;
  for (const std::string_view token_a : a.all()) {
    for (const std::string_view token_b : b.all()) {
      if (TellsFamily(token_a) && TellsFamily(token_b) && SameFamilyToken(token_a, token_b)) return true;
    }
  }
  return false;
}

std::string NumberKey(std::string_view number) {
  std::string storage;
  if (!IsAscii(number)) number = storage = ToAscii(number);
  std::string key;
  key.reserve(number.size());
  for (const char c : number) {
    const char folded = kFold[static_cast<std::size_t>(c) & 127];
    if (folded > kVanish) key += folded;
  }
  return key;
}

std::string PhoneKey(std::string_view phone) {
  constexpr std::size_t kLeastDigits = 6;
  std::string text(phone);
  ReplaceAll(text, "(0)", "");
  std::string digits = DigitsOf(text);
  const std::size_t first = text.find_first_of("+0123456789");
  const bool plus = first != std::string::npos && text[first] == '+';
  if (!plus && digits.starts_with("00")) {
    digits = WithoutTrunkZero(digits.substr(2));
  } else if (plus) {
    digits = WithoutTrunkZero(std::move(digits));
  }
  if (digits.size() < kLeastDigits) return "";
  const bool one_digit = digits.find_first_not_of(digits[0]) == std::string::npos;
  return one_digit ? std::string() : digits;
}

std::string AddressKey(const Address& address) {
  const std::string postcode = NumberKey(address.postcode);
  std::vector<std::string> words = AddressWords(address.lines, postcode);
  if (postcode.empty()) {
    const std::vector<std::string> city = AddressWords(address.city, {});
    words.insert(words.end(), city.begin(), city.end());
    return JoinSorted(std::move(words));
  }
  // A house without a number is known by its name.
  std::vector<std::string> numbers;
  std::ranges::copy_if(words, std::back_inserter(numbers), HasDigit);
  return postcode + "|" + JoinSorted(numbers.empty() ? std::move(words) : std::move(numbers));
}

std::string EmailKey(std::string_view email) {
  std::string key;
  for (const char c : email) {
    if (c == ' ' || c == '\t') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  if (key.starts_with("mailto:")) key.erase(0, 7);
  if (key.find('@') == std::string::npos && key.find("//") != std::string::npos) {
    ReplaceAll(key, "//", "@");
    ReplaceAll(key, "..", "_");
    ReplaceAll(key, "./", "-");
  }
  return key.find('@') == std::string::npos ? std::string() : key;
}

}  // namespace landfall
