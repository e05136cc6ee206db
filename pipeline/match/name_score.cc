#include "pipeline/match/name_score.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"
#include "pipeline/match/weights.h"

namespace landfall {

// pipeline/match/name/token_shares.csv, compiled in.
std::string_view TokenSharesCsv();

namespace {

const absl::flat_hash_map<std::string_view, double>& ShippedShares() {
  static const auto* const shares = [] {
    constexpr double kPerHundredThousand = 1e-5;
    auto* made = new absl::flat_hash_map<std::string_view, double>;
    const std::string_view text = TokenSharesCsv();
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = text.substr(begin, end - begin);
      const std::size_t comma = line.find(',');
      if (comma != std::string_view::npos && line.front() != '#') {
        made->emplace(line.substr(0, comma), std::atof(std::string(line.substr(comma + 1)).c_str()) * kPerHundredThousand);
      }
      begin = end + 1;
    }
    return made;
  }();
  return *shares;
}

struct Unit {
  std::string_view text;
  std::uint32_t first, last;
  bool may_be_cut = false;
  std::string skeleton;

  bool is_join() const { return first != last; }
  bool Overlaps(const Unit& other) const { return first <= other.last && other.first <= last; }
};
using Units = absl::InlinedVector<Unit, 12>;

// Joins of a name of many tokens say no more than its tokens do.
constexpr std::size_t kMostTokensJoined = 12, kMostTokens = 40;

Units UnitsOf(const NameForm& form, bool may_be_cut) {
  Units units;
  const std::size_t size = std::min(form.size(), kMostTokens);
  for (std::uint32_t i = 0; i < size; ++i) {
    if (form.Counts(i)) units.push_back({form.token(i), i, i, may_be_cut && i + 1 == form.size(), SkeletonOf(form.token(i))});
  }
  if (size > kMostTokensJoined) return units;
  for (std::uint32_t count = 2; count <= 3; ++count) {
    for (std::uint32_t i = 0; i + count <= size; ++i) {
      units.push_back({form.Join(i, count), i, i + count - 1, false, SkeletonOf(form.Join(i, count))});
    }
  }
  return units;
}

// From 0 to 1: how much of the longer text is the same in the same order. Two swapped letters are one that differs.
double Likeness(std::string_view a, std::string_view b) {
  constexpr std::size_t kMostLetters = 64;
  a = a.substr(0, kMostLetters);
  b = b.substr(0, kMostLetters);
  using Row = std::array<std::uint8_t, kMostLetters + 1>;
  Row before_last{}, last{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<std::uint8_t>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<std::uint8_t>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      int cell = std::min({last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), last[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cell = std::min(cell, before_last[j - 2] + 1);
      row[j] = static_cast<std::uint8_t>(cell);
    }
    before_last = last;
    last = row;
  }
  return 1 - static_cast<double>(last[b.size()]) / static_cast<double>(std::max(a.size(), b.size()));
}

bool IsInitial(const Unit& unit) { return unit.text.size() == 1 && !unit.is_join(); }

double LikenessOf(const Unit& a, const Unit& b) {
  if (a.text == b.text) return 1;
  const double letters = Likeness(a.text, b.text);
  double likeness = letters;
  if (!a.skeleton.empty() && a.skeleton == b.skeleton) {
    likeness = std::max(likeness, weights::kSameSkeleton + (1 - weights::kSameSkeleton) / 2 * letters);
  }
  if (likeness < weights::kNickname && ShareGroup(NicknameGroups(a.text), NicknameGroups(b.text))) {
    likeness = weights::kNickname;
  }
  if (a.may_be_cut && a.text.size() >= 2 && b.text.starts_with(a.text)) likeness = std::max(likeness, weights::kBeginning);
  if ((IsInitial(a) || IsInitial(b)) && a.text.front() == b.text.front()) likeness = std::max(likeness, weights::kInitial);
  return likeness;
}

struct Aligned {
  const Unit* query;
  const Unit* entry;
  double likeness, rarity;

  // The letters that differ; what counts as alike for a reason differs by less.
  double letters() const {
    return (1 - likeness) * static_cast<double>(std::max(query->text.size(), entry->text.size()));
  }
  // From 0 to 1: what part of its rarity a pair earns.
  double share() const { return std::max(0.0, (likeness - weights::kUnlike) / (1 - weights::kUnlike)); }
  double worth() const { return share() * rarity; }
};

class Alignment {
 public:
  Alignment(const NameForm& query, const NameForm& entry, bool may_be_cut, const TokenShare& share)
      : query_(query), entry_(entry), may_be_cut_(may_be_cut), share_(share) {}

  NameScore Score() {
    const Units query = UnitsOf(query_, may_be_cut_), entry = UnitsOf(entry_, false);
    std::vector<Aligned> pairs;
    for (const Unit& q : query) {
      for (const Unit& e : entry) AddPair(q, e, pairs);
    }
    Choose(std::move(pairs));
    return Sum();
  }

 private:
  void AddPair(const Unit& q, const Unit& e, std::vector<Aligned>& pairs) const {
    constexpr double kLeastOfJoin = 0.75;
    if (q.is_join() && e.is_join()) return;
    double likeness = LikenessOf(q, e);
    if (q.is_join() || e.is_join()) {
      if (likeness < kLeastOfJoin) return;
      likeness *= weights::kJoined;
    }
    // An error makes a common name look rare, and so does running two together.
    double rarity = q.is_join()   ? RarityOf(query_, q)
                    : e.is_join() ? RarityOf(entry_, e)
                                  : std::min(RarityOf(query_, q), RarityOf(entry_, e));
    if (IsInitial(q) || IsInitial(e)) rarity = std::min(rarity, weights::kInitialRarity);
    pairs.push_back({&q, &e, likeness, rarity});
  }

  double RarityOfText(std::string_view text) const {
    return -std::log10(std::max(weights::kRarestShare, std::min(1.0, share_(text))));
  }
  double RarityOf(const NameForm& form, const Unit& unit) const {
    if (!unit.is_join()) return RarityOfText(unit.text);
    double rarity = 0;
    for (std::uint32_t i = unit.first; i <= unit.last; ++i) {
      if (form.Counts(i)) rarity += RarityOfText(form.token(i));
    }
    return rarity;
  }

  // The most alike first.
  void Choose(std::vector<Aligned> pairs) {
    std::stable_sort(pairs.begin(), pairs.end(), [](const Aligned& a, const Aligned& b) {
      return std::tuple(a.likeness, a.rarity) > std::tuple(b.likeness, b.rarity);
    });
    for (const Aligned& pair : pairs) {
      const bool free = std::none_of(chosen_.begin(), chosen_.end(), [&](const Aligned& taken) {
        return pair.query->Overlaps(*taken.query) || pair.entry->Overlaps(*taken.entry);
      });
      if (free) chosen_.push_back(pair);
    }
    std::stable_sort(chosen_.begin(), chosen_.end(),
                     [](const Aligned& a, const Aligned& b) { return a.worth() > b.worth(); });
  }

  // How many tokens no pair has taken.
  static std::size_t Left(const NameForm& form, const std::vector<Aligned>& chosen, const Unit* Aligned::*side) {
    std::size_t left = 0;
    for (std::uint32_t i = 0; i < std::min(form.size(), kMostTokens); ++i) {
      const bool taken = std::any_of(chosen.begin(), chosen.end(), [&](const Aligned& pair) {
        return i >= (pair.*side)->first && i <= (pair.*side)->last;
      });
      if (!taken && form.Counts(i)) ++left;
    }
    return left;
  }

  double PointsOfOrder() const {
    std::vector<Aligned> in_order = chosen_;
    std::sort(in_order.begin(), in_order.end(),
              [](const Aligned& a, const Aligned& b) { return a.query->first < b.query->first; });
    // Going round once, the tokens of the entry may step back once.
    std::size_t steps_back = 0;
    for (std::size_t i = 0; i < in_order.size(); ++i) {
      const std::size_t next = (i + 1) % in_order.size();
      steps_back += in_order[i].entry->first > in_order[next].entry->first ? 1 : 0;
    }
    if (steps_back > 1) return weights::kOtherOrder;
    return !in_order.empty() && in_order.front().entry->first > in_order.back().entry->first ? weights::kSwapped : 0;
  }

  double PointsOfRarity() const {
    std::size_t agreeing = 0;
    double sum = 0, weight = 1, shares = 0;
    for (const Aligned& pair : chosen_) {
      if (pair.share() <= 0) continue;
      agreeing += pair.query->is_join() || pair.entry->is_join() ? 2 : 1;
      if (&pair - chosen_.data() >= 2) weight *= weights::kFurtherToken;
      sum += weight * pair.worth();
      shares += pair.share();
    }
    if (agreeing < 2) return weights::kMononym * sum;
    return weights::kName * std::min(1.0, shares / 2) + weights::kRarity * sum;
  }

  NameScore Sum() const {
    NameScore score;
    score.points = PointsOfRarity();
    const Aligned* worst = nullptr;
    for (const Aligned& pair : chosen_) {
      if (pair.likeness < 1) score.against += weights::kLetter * std::pow(pair.letters(), weights::kLetterPower);
      if (worst == nullptr || pair.likeness < worst->likeness) worst = &pair;
    }
    if (worst != nullptr && worst->likeness < 1) {
      score.worst = weights::kWorstToken * (1 - worst->likeness);
      score.worst_query = std::string(worst->query->text);
      score.worst_entry = std::string(worst->entry->text);
    }
    const std::size_t left_query = Left(query_, chosen_, &Aligned::query);
    // What a cut took away is no evidence.
    const std::size_t left_entry = may_be_cut_ ? 0 : Left(entry_, chosen_, &Aligned::entry);
    score.against += weights::kExtraToken * static_cast<double>(left_query + left_entry) + PointsOfOrder();
    return score;
  }

  const NameForm& query_;
  const NameForm& entry_;
  const bool may_be_cut_;
  const TokenShare& share_;
  std::vector<Aligned> chosen_;
};

}  // namespace

double ShippedTokenShare(std::string_view token) {
  const auto& shares = ShippedShares();
  const auto it = shares.find(token);
  return it == shares.end() ? weights::kRarestShare : it->second;
}

NameScore ScoreNames(const NameForms& query, const NameForms& entry, bool may_be_cut, const TokenShare& share) {
  NameScore best;
  bool any = false;
  for (const NameForm& q : query) {
    for (const NameForm& e : entry) {
      NameScore score = Alignment(q, e, may_be_cut, share).Score();
      if (!any || score.total() > best.total()) best = std::move(score);
      any = true;
    }
  }
  return best;
}

std::int32_t ScoreNamePair(std::string_view a, std::string_view b) {
  const NameForms forms_a = FormsOf({}, a), forms_b = FormsOf({}, b);
  const NameScore score = ScoreNames(forms_a, forms_b, false, ShippedTokenShare);
  return static_cast<std::int32_t>(std::lround(score.total() + weights::kOneToOne));
}

}  // namespace landfall
