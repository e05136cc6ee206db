#include "pipeline/match/oracle.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <set>
#include <utility>

#include "pipeline/match/latin.h"
#include "pipeline/match/name/nicknames.h"

namespace landfall {
namespace {

// ---- Words: tokens of a name, as the table of words has them.

const std::set<std::string>& Particles() {
  static const std::set<std::string> words = {"AL", "EL", "UL",    "BIN", "BEN", "IBN", "BINT", "DE",  "DA",
                                              "DO", "DOS", "DAS",  "DEL", "DELLA", "DI", "LA",  "LE",  "LES",
                                              "VAN", "VON", "DER", "DEN", "TER", "TE",  "Y",    "E"};
  return words;
}

bool IsOneOf(const std::string& word, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* w) { return word == w; });
}

bool EndsWith(const std::string& word, const std::string& end) {
  return word.size() >= end.size() && word.compare(word.size() - end.size(), end.size(), end) == 0;
}

std::vector<std::string> SplitField(std::string_view field, Spelling spelling) {
  std::vector<std::string> tokens;
  std::string token;
  for (const char sent : ToAscii(field, spelling)) {
    const auto c = static_cast<unsigned char>(sent);
    if (c == '\'' || c == '`') continue;
    if (c < 128 && std::isalnum(c) != 0) {
      token += static_cast<char>(std::toupper(c));
      continue;
    }
    if (!token.empty()) tokens.push_back(token);
    token.clear();
  }
  if (!token.empty()) tokens.push_back(token);
  std::vector<std::string> kept;
  for (const std::string& t : tokens) {
    if (!IsOneOf(t, {"FNU", "LNU", "UNKNOWN", "NFN", "XXX"})) kept.push_back(t);
  }
  return kept;
}

// The last token of the whole name stays, whatever it says.
void DropSeparateTitles(std::vector<std::string>& field, const std::vector<std::string>& other) {
  const auto all = [&] { return field.size() + other.size(); };
  while (!field.empty() && all() > 1 && IsOneOf(field.back(), {"MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF", "DR"})) {
    field.pop_back();
  }
  while (!field.empty() && all() > 1 && IsOneOf(field.front(), {"MR", "MRS", "MS", "MISS", "MSTR", "DR"})) {
    field.erase(field.begin());
  }
}

void DropGluedTitle(std::vector<std::string>& field, bool given_names) {
  if (field.empty()) return;
  std::string& last = field.back();
  for (const char* const title : {"MISS", "MSTR", "MRS", "CHD", "INF", "MR", "MS"}) {
    const std::string text = title;
    if (!EndsWith(last, text) || last.size() < text.size() + 3) continue;
    if (text == "MS" && (!given_names || IsOneOf(last, {"ABRAMS", "ADAMS", "HARMS", "ILHAMS", "JAMS", "SAMS", "SHAMS",
                                                        "SIMMS", "SIMS", "THOMS", "WILLIAMS"}))) {
      continue;
    }
    last.resize(last.size() - text.size());
    return;
  }
}

std::string WithoutEscapes(const std::string& token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    out += token[i];
    if ((token[i] == 'U' || token[i] == 'N') && token.compare(i + 1, 2, "XX") == 0) i += 2;
  }
  return out;
}

using Tokens = std::vector<std::string>;

// Every way to write the name.
std::set<Tokens> SpellingsOf(std::string_view surname, std::string_view given_names) {
  std::set<Tokens> spellings;
  for (const Spelling spelling : {Spelling::kPlain, Spelling::kIcao, Spelling::kSlavic}) {
    const bool cyrillic = HasCyrillic(surname) || HasCyrillic(given_names);
    if (spelling == Spelling::kSlavic && !cyrillic) continue;
    for (const bool drop_glued : {true, false}) {
      Tokens first = SplitField(surname, spelling), second = SplitField(given_names, spelling);
      DropSeparateTitles(second, first);
      if (drop_glued) DropGluedTitle(second, true);
      DropSeparateTitles(first, second);
      if (drop_glued) DropGluedTitle(first, false);
      first.insert(first.end(), second.begin(), second.end());
      if (first.empty()) continue;
      spellings.insert(first);
      for (std::string& token : first) token = WithoutEscapes(token);
      spellings.insert(first);
    }
  }
  return spellings;
}

// ---- Units: what one side of a pair may be.

struct Unit {
  std::string text, skeleton;
  std::size_t from = 0, to = 0;  // Consumes the tokens from..to-1.
  bool last_of_cut_field = false;
  bool join() const { return to - from > 1; }
};

std::string Replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// By marking, one group after the other, what the words replace: small letters are done and not looked at again.
std::string SkeletonByTheWords(const std::string& token) {
  if (token.size() < 3) return "";
  std::string written;
  for (std::size_t i = 0; i < token.size();) {
    static const std::pair<const char*, char> kRules[] = {
        {"SHCH", 'S'}, {"TSCH", 'S'}, {"SCH", 'S'}, {"TCH", 'S'}, {"SH", 'S'}, {"CH", 'S'}, {"ZH", 'S'}, {"CZ", 'S'},
        {"SZ", 'S'},   {"TS", 'S'},   {"TZ", 'S'},  {"KH", 'K'},  {"CK", 'K'}, {"QU", 'K'}, {"PH", 'F'}, {"TH", 'T'},
        {"DH", 'D'},   {"GH", 'G'}};
    bool found = false;
    for (const auto& [letters, becomes] : kRules) {
      const std::string rule = letters;
      if (token.compare(i, rule.size(), rule) != 0) continue;
      written += becomes;
      i += rule.size();
      found = true;
      break;
    }
    if (!found) written += token[i++];
  }
  written = Replaced(written, "C", "K");
  written = Replaced(written, "Q", "K");
  written = Replaced(written, "X", "KS");
  written = Replaced(written, "W", "V");
  written = Replaced(written, "Z", "S");
  written = Replaced(written, "J", "Y");
  std::string bare;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const bool vowel = std::string("AEIOUY").find(written[i]) != std::string::npos;
    if (i == 0) bare += vowel ? 'A' : written[i];
    else if (!vowel && written[i] != 'H') bare += written[i];
  }
  bare.erase(std::unique(bare.begin(), bare.end()), bare.end());
  return bare.size() < 2 ? "" : bare;
}

struct SlowName {
  std::vector<Unit> units;
  std::size_t count = 0;  // Base tokens that are no particles.
};

SlowName UnitsOf(const Tokens& tokens, bool may_be_cut) {
  SlowName name;
  const auto particle = [](const std::string& t) { return Particles().count(t) > 0; };
  const bool only_particles = std::all_of(tokens.begin(), tokens.end(), particle);
  for (std::size_t from = 0; from < tokens.size(); ++from) {
    std::string text;
    for (std::size_t to = from + 1; to <= std::min(from + 3, tokens.size()); ++to) {
      text += tokens[to - 1];
      const bool base = to == from + 1;
      if (base && particle(text) && !only_particles) continue;
      name.count += base ? 1 : 0;
      name.units.push_back({text, SkeletonByTheWords(text), from, to, may_be_cut && base && to == tokens.size()});
    }
  }
  return name;
}

// ---- The pair.

// The whole matrix, by the definition.
std::size_t OsaDistance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

bool EditsAgree(const std::string& a, const std::string& b) {
  const std::size_t shorter = std::min(a.size(), b.size()), longer = std::max(a.size(), b.size());
  const std::size_t k = shorter <= 3 ? 0 : shorter <= 7 ? 1 : 2;
  if (longer - shorter > k) return false;
  return k == 0 ? a == b : OsaDistance(a, b) <= k;
}

bool NicknamesAgree(const std::string& a, const std::string& b) {
  for (const std::uint16_t one : NicknameGroups(a)) {
    for (const std::uint16_t other : NicknameGroups(b)) {
      if (one == other) return true;
    }
  }
  return false;
}

enum class Agreement : std::uint8_t { kNone, kInitial, kFull };

Agreement Compare(const Unit& a, const Unit& b) {
  if (a.text == b.text) return Agreement::kFull;
  if (!a.skeleton.empty() && a.skeleton == b.skeleton) return Agreement::kFull;
  if (EditsAgree(a.text, b.text) || NicknamesAgree(a.text, b.text)) return Agreement::kFull;
  if (a.last_of_cut_field && a.text.size() >= 2 && b.text.compare(0, a.text.size(), a.text) == 0) return Agreement::kFull;
  const bool initial = a.text[0] == b.text[0] && ((a.text.size() == 1 && !a.join()) || (b.text.size() == 1 && !b.join()));
  return initial ? Agreement::kInitial : Agreement::kNone;
}

// ---- The name.

struct Agreed {
  const Unit* a;
  const Unit* b;
  bool full;
};

bool Apart(const Unit& a, const Unit& b) { return a.to <= b.from || b.to <= a.from; }

bool NamesAgree(const SlowName& a, const SlowName& b) {
  const std::size_t needed = std::min({std::size_t{2}, a.count, b.count});
  std::vector<Agreed> pairs;
  for (const Unit& one : a.units) {
    for (const Unit& other : b.units) {
      const Agreement agreement = Compare(one, other);
      if (agreement == Agreement::kFull && needed == 1) return true;
      if (agreement != Agreement::kNone) pairs.push_back({&one, &other, agreement == Agreement::kFull});
    }
  }
  if (needed < 2) return false;
  for (const Agreed& first : pairs) {
    if (!first.full) continue;
    for (const Agreed& second : pairs) {
      if (Apart(*first.a, *second.a) && Apart(*first.b, *second.b)) return true;
    }
  }
  return false;
}

// ---- The birth date.

bool YearsLookAlike(const std::string& a, const std::string& b) {
  std::vector<std::size_t> different;
  for (std::size_t i = 0; i < 4; ++i) {
    if (a[i] != b[i]) different.push_back(i);
  }
  if (different.size() == 1) return true;
  return different.size() == 2 && different[1] == different[0] + 1 && a[different[0]] == b[different[1]] &&
         a[different[1]] == b[different[0]];
}

std::string FourDigits(int year) {
  std::string text = std::to_string(year);
  return std::string(4 - std::min<std::size_t>(4, text.size()), '0') + text;
}

bool BirthDatesAgree(const std::vector<WatchBirthDate>& listed, const std::optional<PartialDate>& asked) {
  if (!asked || listed.empty()) return true;
  for (const WatchBirthDate& date : listed) {
    const int margin = date.circa ? 2 : 1;
    if (date.from.year - margin <= asked->year && asked->year <= date.to.year + margin) return true;
    const bool one_day = date.from == date.to && date.from.day != 0 && asked->day != 0;
    if (one_day && date.from.day == asked->day && date.from.month == asked->month &&
        YearsLookAlike(FourDigits(date.from.year), FourDigits(asked->year))) {
      return true;
    }
  }
  return false;
}

// ---- The document.

std::string BareNumber(std::string_view number) {
  std::string bare;
  for (const char sent : ToAscii(number)) {
    if (const auto c = static_cast<unsigned char>(sent); c < 128 && std::isalnum(c) != 0) {
      bare += static_cast<char>(std::toupper(c));
    }
  }
  return bare;
}

bool Confusable(char a, char b) {
  for (const char* const pair : {"0O", "1I", "2Z", "5S", "8B"}) {
    if ((a == pair[0] && b == pair[1]) || (a == pair[1] && b == pair[0])) return true;
  }
  return false;
}

bool NumbersAgree(const std::string& a, const std::string& b) {
  if (a.empty() || a.size() != b.size()) return false;
  std::size_t confused = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (!Confusable(a[i], b[i])) return false;
    ++confused;
  }
  return confused <= 1;
}

struct SlowDocument {
  std::string number;
  CountryCode issuer;
};

// ---- Who may be compared with whom.

bool MayBeUnder18(const std::vector<WatchBirthDate>& dates, Date on) {
  for (const WatchBirthDate& date : dates) {
    Date latest = date.to.Latest();
    if (date.circa) latest = MakeDate(date.to.year + 1, 12, 31);
    if (AgeInYears(latest, on) < 18) return true;
  }
  return false;
}

}  // namespace

struct MatchOracle::Listed {
  std::string id;
  WatchKind kind;
  std::vector<SlowName> names;
  std::vector<WatchBirthDate> born;
  std::vector<SlowDocument> documents;
  std::optional<Date> review_by;
};

MatchOracle::MatchOracle(const std::vector<WatchEntry>& entries, std::optional<Date> today) : today_(today) {
  for (const WatchEntry& entry : entries) {
    if (today && entry.review_by && *entry.review_by < *today) continue;
    Listed listed{entry.entry, entry.kind, {}, entry.dates_of_birth, {}, entry.review_by};
    for (const WatchName& name : entry.names) {
      for (const Tokens& tokens : SpellingsOf(name.surname, name.given_names)) {
        listed.names.push_back(UnitsOf(tokens, false));
      }
    }
    for (const WatchDocument& document : entry.documents) {
      listed.documents.push_back({BareNumber(document.number), document.issuer});
    }
    listed_.push_back(std::move(listed));
  }
}

MatchOracle::~MatchOracle() = default;

std::vector<std::string> MatchOracle::Find(const WatchQuery& query) const {
  std::vector<SlowName> names;
  for (const Tokens& tokens : SpellingsOf(query.surname, query.given_names)) {
    names.push_back(UnitsOf(tokens, query.name_may_be_cut));
  }
  std::vector<SlowDocument> documents;
  if (query.documents != nullptr) {
    for (const Document& document : *query.documents) documents.push_back({BareNumber(document.number), document.issuer});
  }
  if (!query.document.empty()) documents.push_back({BareNumber(query.document), CountryCode()});
  const std::optional<Date> on = query.on ? query.on : today_;

  const auto names_agree = [&](const Listed& entry) {
    for (const SlowName& name : names) {
      for (const SlowName& listed : entry.names) {
        if (NamesAgree(name, listed)) return true;
      }
    }
    return false;
  };
  const auto documents_agree = [&](const Listed& entry) {
    for (const SlowDocument& document : documents) {
      for (const SlowDocument& listed : entry.documents) {
        const bool issuers = document.issuer.empty() || listed.issuer.empty() || document.issuer == listed.issuer;
        if (issuers && NumbersAgree(document.number, listed.number)) return true;
      }
    }
    return false;
  };
  const auto may_compare = [&](const Listed& entry) {
    if (on && entry.review_by && *entry.review_by < *on) return false;
    if (query.may_be_child) return entry.kind == WatchKind::kChildAtRisk;
    if (entry.kind != WatchKind::kPersonOfConcern && entry.kind != WatchKind::kSponsorOfConcern) return false;
    return !on || !MayBeUnder18(entry.born, *on);
  };

  std::vector<std::string> found;
  for (const Listed& entry : listed_) {
    if (!may_compare(entry) || !BirthDatesAgree(entry.born, query.date_of_birth)) continue;
    if (names_agree(entry) || documents_agree(entry)) found.push_back(entry.id);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace landfall
