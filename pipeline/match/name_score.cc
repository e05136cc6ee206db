#include "pipeline/match/name_score.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "pipeline/match/name/edit_distance.h"
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

double StrengthOfEdits(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  const int allowed = EditsAllowed(shorter);
  if (allowed >= 1 && IsWithinEdits(a, b, 1)) return shorter >= 5 ? weights::kOneEdit : weights::kOneEditOfFew;
  return allowed >= 2 && IsWithinEdits(a, b, 2) ? weights::kTwoEdits : 0;
}

// 0 for tokens that do not match.
double StrengthOf(const Unit& a, const Unit& b) {
  const double most = a.is_join() || b.is_join() ? weights::kJoined : 1;
  if (a.text == b.text) return most;
  double strength = StrengthOfEdits(a.text, b.text);
  if (!a.skeleton.empty() && a.skeleton == b.skeleton) strength = std::max(strength, weights::kSameSkeleton);
  if (strength < weights::kNickname && ShareGroup(NicknameGroups(a.text), NicknameGroups(b.text))) {
    strength = weights::kNickname;
  }
  if (a.may_be_cut && a.text.size() >= 2 && b.text.starts_with(a.text)) strength = std::max(strength, weights::kBeginning);
  const bool initial = (a.text.size() == 1 && !a.is_join()) || (b.text.size() == 1 && !b.is_join());
  if (strength == 0 && initial && a.text.front() == b.text.front()) strength = weights::kInitial;
  return strength * most;
}

struct Aligned {
  const Unit* query;
  const Unit* entry;
  double strength, rarity;
};

class Alignment {
 public:
  Alignment(const NameForm& query, const NameForm& entry, bool may_be_cut, const TokenShare& share)
      : query_(query), entry_(entry), may_be_cut_(may_be_cut), share_(share) {}

  NameScore Score() {
    const Units query = UnitsOf(query_, may_be_cut_), entry = UnitsOf(entry_, false);
    std::vector<Aligned> pairs;
    for (const Unit& q : query) {
      for (const Unit& e : entry) {
        if (const double strength = StrengthOf(q, e); strength > 0) pairs.push_back({&q, &e, strength, RarityOf(q, e)});
      }
    }
    Choose(std::move(pairs));
    return Sum();
  }

 private:
  double RarityOfText(std::string_view text) const {
    return -std::log10(std::max(weights::kRarestShare, std::min(1.0, share_(text))));
  }
  // The commoner of the two spellings counts: an error makes a common name look rare.
  double RarityOf(const Unit& q, const Unit& e) const { return std::min(RarityOf(query_, q), RarityOf(entry_, e)); }
  double RarityOf(const NameForm& form, const Unit& unit) const {
    if (!unit.is_join()) return RarityOfText(unit.text);
    double rarity = 0;
    for (std::uint32_t i = unit.first; i <= unit.last; ++i) {
      if (form.Counts(i)) rarity += RarityOfText(form.token(i));
    }
    return std::max(rarity, RarityOfText(unit.text));
  }

  // Best first. Of equal ones the one that consumes more: a join explains more than its part.
  void Choose(std::vector<Aligned> pairs) {
    std::stable_sort(pairs.begin(), pairs.end(), [](const Aligned& a, const Aligned& b) {
      return a.strength * a.rarity > b.strength * b.rarity;
    });
    for (const Aligned& pair : pairs) {
      const bool free = std::none_of(chosen_.begin(), chosen_.end(), [&](const Aligned& taken) {
        return pair.query->Overlaps(*taken.query) || pair.entry->Overlaps(*taken.entry);
      });
      if (free) chosen_.push_back(pair);
    }
  }

  static std::size_t Left(const NameForm& form, const std::vector<Aligned>& chosen, const Unit* Aligned::*side) {
    std::size_t left = 0;
    for (std::uint32_t i = 0; i < form.size(); ++i) {
      const bool consumed = std::any_of(chosen.begin(), chosen.end(), [&](const Aligned& pair) {
        return i >= (pair.*side)->first && i <= (pair.*side)->last;
      });
      if (!consumed && form.Counts(i)) ++left;
    }
    return left;
  }

  NameScore Sum() const {
    NameScore score;
    score.is_mononym = query_.counted() == 1 || entry_.counted() == 1;
    const std::size_t left_query = Left(query_, chosen_, &Aligned::query);
    const std::size_t left_entry = Left(entry_, chosen_, &Aligned::entry);
    const bool one_pair = chosen_.size() == 1 && !chosen_[0].query->is_join() && !chosen_[0].entry->is_join();
    double weight = 1, strengths = 0;
    const Aligned* worst = nullptr;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      if (i >= 2) weight *= weights::kFurtherToken;
      score.points += (one_pair ? weights::kMononym : weights::kRarity) * weight * chosen_[i].strength * chosen_[i].rarity;
      strengths += chosen_[i].strength;
      if (worst == nullptr || chosen_[i].strength < worst->strength) worst = &chosen_[i];
    }
    if (!chosen_.empty() && !one_pair) score.points += weights::kName * strengths / static_cast<double>(chosen_.size());
    if (worst != nullptr && worst->strength < weights::kJoined) {
      score.worst = weights::kWorstToken * (1 - worst->strength);
      score.worst_query = std::string(worst->query->text);
      score.worst_entry = std::string(worst->entry->text);
    }
    const std::size_t contradicting = std::min(left_query, left_entry);
    std::size_t extra = std::max(left_query, left_entry) - contradicting;
    if (may_be_cut_ && left_entry > left_query) extra = 0;
    score.against = weights::kContradiction * static_cast<double>(contradicting) + weights::kExtraToken * static_cast<double>(extra);
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

}  // namespace landfall
