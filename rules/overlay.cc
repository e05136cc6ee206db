#include "rules/overlay.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_format.h"
#include "rules/checker.h"
#include "rules/parser.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

template <typename T>
void Prepend(std::vector<T>& to, std::vector<T>&& first) {
  to.insert(to.begin(), std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
}

// Makes one file of an overlay and its base: the base's blocks first. What changes rules of the base is taken out of the
// overlay's rules and checked.
class Merger {
 public:
  Merger(ParsedFile& overlay, ParsedFile base, std::string_view base_id,
         std::vector<Diagnostic>& diagnostics)
      : overlay_(overlay), base_(std::move(base)), base_id_(base_id), diagnostics_(diagnostics) {}

  // The changes, in the order of the overlay.
  std::vector<Rule> Merge() && {
    CheckNames();
    for (std::size_t i = 0; i < base_.profile.rules.size(); ++i)
      number_of_.emplace(base_.profile.rules[i].id, i);
    TakeChanges();
    MergeHeader();
    Prepend(overlay_.profile.lists, std::move(base_.profile.lists));
    Prepend(overlay_.profile.defines, std::move(base_.profile.defines));
    Prepend(overlay_.profile.rules, std::move(base_.profile.rules));
    Prepend(overlay_.rules, std::move(base_.rules));
    return std::move(changes_);
  }

 private:
  void Report(Position position, std::string message, bool warning = false) {
    diagnostics_.push_back({position, "", std::move(message), warning});
  }

  void CheckNames() {
    absl::flat_hash_set<std::string> lists, defines;
    for (const ListDefinition& list : base_.profile.lists) lists.insert(list.name);
    for (const Define& define : base_.profile.defines) defines.insert(define.name);
    for (const ListDefinition& list : overlay_.profile.lists) {
      if (lists.contains(list.name))
        Report(list.position, absl::StrFormat("list @%s is one of %s, which an overlay may not change "
                                              "- choose another name",
                                              list.name, base_id_));
    }
    for (const Define& define : overlay_.profile.defines) {
      if (defines.contains(define.name))
        Report(define.position, absl::StrFormat("define %s is one of %s, which an overlay may not "
                                                "change - choose another name",
                                                define.name, base_id_));
    }
  }

  void TakeChanges() {
    std::vector<Rule> own;
    std::vector<RulePlaces> own_places;
    for (std::size_t i = 0; i < overlay_.profile.rules.size(); ++i) {
      Rule& rule = overlay_.profile.rules[i];
      const auto found = number_of_.find(rule.id);
      if (rule.is_change) {
        TakeChange(rule, overlay_.rules[i], found == number_of_.end() ? nullptr : &base_.profile.rules[found->second]);
        changes_.push_back(std::move(rule));
        continue;
      }
      if (found != number_of_.end()) {
        Report(rule.position, absl::StrFormat("rule %s is one of %s: an overlay may change its points and route "
                                              "only - remove the other lines, or choose another id",
                                              rule.id, base_id_));
      }
      own.push_back(std::move(rule));
      own_places.push_back(std::move(overlay_.rules[i]));
    }
    overlay_.profile.rules = std::move(own);
    overlay_.rules = std::move(own_places);
  }

  void TakeChange(const Rule& change, const RulePlaces& places, Rule* base) {
    if (base == nullptr) {
      std::vector<std::string> ids;
      for (const Rule& rule : base_.profile.rules) ids.push_back(rule.id);
      return Report(change.position,
                    absl::StrFormat("missing 'when' - %s has no rule %s that this could change%s", base_id_,
                                    change.id, DidYouMean(change.id, ids)));
    }
    CheckLines(change, places, *base);
    if (change.gives_points) TakePoints(change, places, *base);
    if (!change.route.empty()) base->route = change.route;
    if (places.lines.lines.empty() && places.tests.empty())
      Report(change.position, "this changes nothing of the base - give points or route, or remove it", true);
  }

  void CheckLines(const Rule& change, const RulePlaces& places, const Rule& base) {
    if (change.title != base.title)
      Report(change.position, absl::StrFormat("an overlay may not change the title of a rule of the base: \"%s\"", base.title));
    for (const auto& [name, place] : places.lines.lines) {
      if (name == "points" || name == "route") continue;
      Report(place, absl::StrFormat("an overlay may not change '%s' of a rule of the base, only points and route - "
                                    "remove this line",
                                    name));
    }
    for (const Position place : places.tests)
      Report(place, "an overlay may not change the tests of a rule of the base - remove this line");
  }

  void TakePoints(const Rule& change, const RulePlaces& places, Rule& base) {
    if (change.points > base.points) {
      const Position* const place = places.lines.Find("points");
      return Report(place == nullptr ? change.position : *place,
                    absl::StrFormat("an overlay may only lower points: the base gives %d", base.points));
    }
    base.points = change.points;
  }

  void MergeHeader() {
    Profile& own = overlay_.profile;
    Profile& base = base_.profile;
    own.parameters = base.parameters;
    own.sample_share = base.sample_share;
    if (own.effective && base.effective &&
        (own.effective->first < base.effective->first || base.effective->second < own.effective->second)) {
      const Position* const place = overlay_.profile_lines.Find("effective");
      Report(place == nullptr ? Position{1, 1} : *place,
             absl::StrFormat("this period is not inside that of %s, %s .. %s", base_id_,
                             ToString(base.effective->first), ToString(base.effective->second)));
    }
    if (!own.effective) own.effective = base.effective;
    if (!own.review_by) own.review_by = base.review_by;
    for (std::string Profile::*line : {&Profile::purpose, &Profile::legal, &Profile::owner, &Profile::approver}) {
      if ((own.*line).empty()) own.*line = base.*line;
    }
  }

  ParsedFile& overlay_;
  ParsedFile base_;
  const std::string base_id_;
  std::vector<Diagnostic>& diagnostics_;
  absl::flat_hash_map<std::string, std::size_t> number_of_;  // Of the base's rules.
  std::vector<Rule> changes_;
};

struct Base {
  ProfileSource source;
  std::shared_ptr<const Profile> profile;
};

// The base, or what is wrong with it.
std::string FindBase(const std::string& id, const BaseReader& read_base, Base& base) {
  absl::StatusOr<ProfileSource> source =
      read_base ? read_base(id) : absl::NotFoundError("nothing is known of other profiles here");
  if (!source.ok())
    return absl::StrFormat("the profile %s that this extends cannot be read: %s", id,
                           std::string(source.status().message()));
  base.source = *std::move(source);
  if (!ParseFile(base.source.text).profile.extends.empty())
    return absl::StrFormat("%s extends another profile itself - an overlay rests on a whole profile", id);
  const LoadResult loaded = LoadProfile(base.source.text, base.source.read_list);
  if (!loaded.ok()) {
    const auto first = std::find_if(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                                    [](const Diagnostic& d) { return !d.warning; });
    return absl::StrFormat("the profile %s that this extends has errors, the first in line %d: %s", id,
                           first->position.line, first->message);
  }
  base.profile = loaded.profile;
  if (base.profile->id != id)
    return absl::StrFormat("the profile found for %s calls itself %s", id, base.profile->id);
  return {};
}

// The overlay on its base, checked. `changes`: what it changes of the base's rules.
ParsedFile Merged(std::string_view text, const Base& base, std::vector<Rule>& changes,
                  std::vector<Diagnostic>& diagnostics) {
  ParsedFile overlay = ParseFile(text);
  diagnostics = std::move(overlay.diagnostics);
  ParsedFile base_file = ParseFile(base.source.text);
  std::vector<Diagnostic> known;  // It was checked before.
  CheckProfile(base_file, known);
  for (std::size_t i = 0; i < base_file.profile.lists.size(); ++i)
    base_file.profile.lists[i] = base.profile->lists[i];
  const std::size_t base_rules = base_file.profile.rules.size();
  changes = Merger(overlay, std::move(base_file), base.profile->id, diagnostics).Merge();
  CheckProfile(overlay, diagnostics, base_rules);
  return overlay;
}

// The overlay as it was written, checked: a second merging, of which the base's part is dropped.
std::shared_ptr<const Profile> AsWritten(std::string_view text, const Base& base) {
  std::vector<Diagnostic> known;
  std::vector<Rule> changes;
  Profile merged = std::move(Merged(text, base, changes, known).profile);
  Profile own = std::move(ParseFile(text).profile);
  const auto tail = [](auto& all, std::size_t skip) {
    return std::remove_reference_t<decltype(all)>(std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(skip)),
                                       std::make_move_iterator(all.end()));
  };
  own.lists = tail(merged.lists, base.profile->lists.size());
  own.defines = tail(merged.defines, base.profile->defines.size());
  std::vector<Rule> checked = tail(merged.rules, base.profile->rules.size());
  // The order of the file, of rules and changes alike.
  for (Rule& rule : own.rules) {
    std::vector<Rule>& from = rule.is_change ? changes : checked;
    for (Rule& candidate : from) {
      if (candidate.id != rule.id) continue;
      rule = std::move(candidate);
      candidate.id.clear();
      break;
    }
  }
  return std::make_shared<const Profile>(std::move(own));
}

}  // namespace

LoadResult LoadOverlay(std::string_view text, const ListReader& read_list, const BaseReader& read_base) {
  LoadResult result;
  ParsedFile file = ParseFile(text);
  Base base;
  std::string problem = FindBase(file.profile.extends, read_base, base);
  if (!problem.empty()) {
    result.diagnostics = std::move(file.diagnostics);
    result.diagnostics.push_back({{1, 1}, "", std::move(problem)});
    Attribute(file, result.diagnostics);
    return result;
  }
  std::vector<Rule> changes;
  file = Merged(text, base, changes, result.diagnostics);
  if (!HasError(result.diagnostics)) {
    for (std::size_t i = 0; i < base.profile->lists.size(); ++i) file.profile.lists[i].is_read = true;
    ReadListFiles(file.profile, read_list, result.diagnostics);
  }
  Attribute(file, result.diagnostics);
  if (HasError(result.diagnostics)) return result;
  for (std::size_t i = 0; i < base.profile->lists.size(); ++i)
    file.profile.lists[i].is_read = base.profile->lists[i].is_read;
  file.profile.base_hash = ProfileHash(*base.profile);
  file.profile.base_rules = base.profile->rules.size();
  file.profile.as_written = AsWritten(text, base);
  result.profile = std::make_shared<const Profile>(std::move(file.profile));
  return result;
}

}  // namespace landfall::rules
