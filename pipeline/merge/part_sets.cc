#include "pipeline/merge/part_sets.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace landfall {
namespace {

constexpr std::size_t kRangesNamed = 8;

std::string SetName(const Message& list) {
  const std::string revision = list.revision ? std::to_string(*list.revision) : "";
  return list.sender + '\0' + list.part->ref + '\0' + revision;
}

std::string RangeText(std::int64_t first, std::int64_t last) {
  return first == last ? std::to_string(first) : absl::StrFormat("%d-%d", first, last);
}

// The numbers from 1 to `last` that are not in `seen`, as ranges; not all of them if there are many.
std::vector<std::string> Gaps(const std::set<std::int32_t>& seen, std::int32_t last) {
  std::vector<std::string> gaps;
  std::int64_t next = 1;
  for (const std::int32_t part : seen) {
    if (part > last || gaps.size() > kRangesNamed) break;
    if (part > next) gaps.push_back(RangeText(next, std::int64_t{part} - 1));
    next = std::max<std::int64_t>(next, std::int64_t{part} + 1);
  }
  if (next <= last) gaps.push_back(RangeText(next, last));
  if (gaps.size() > kRangesNamed) {
    gaps.resize(kRangesNamed);
    gaps.push_back("more");
  }
  return gaps;
}

}  // namespace

std::uint32_t PartSets::Add(const Message& list, std::uint32_t number) {
  if (!list.part) {
    newest_.reset();
    return number;
  }
  std::string name = SetName(list);
  const auto [it, begins] = sets_.try_emplace(name);
  Parts& set = it->second;
  if (begins) {
    newest_ = std::move(name);
    set.number = number;
  }
  set.seen.insert(list.part->seq);
  if (list.part->last) set.last = std::max(set.last, list.part->seq);
  if (list.sent_at) set.latest = std::max(set.latest.value_or(*list.sent_at), *list.sent_at);
  return set.number;
}

std::optional<Instant> PartSets::latest() const { return newest_ ? newest().latest : std::nullopt; }

bool PartSets::HasNoGap() const {
  if (!newest_) return true;
  const std::set<std::int32_t>& seen = newest().seen;
  return *seen.begin() == 1 && *seen.rbegin() == static_cast<std::int32_t>(seen.size());
}

bool PartSets::IsComplete() const { return !newest_ || (HasNoGap() && *newest().seen.rbegin() == newest().last); }

std::string PartSets::Missing() const {
  if (IsComplete()) return "";
  const Parts& set = newest();
  const std::int32_t highest = std::max(set.last, *set.seen.rbegin());
  const std::vector<std::string> gaps = Gaps(set.seen, highest);
  std::vector<std::string> problems;
  if (!gaps.empty()) {
    const bool is_one = gaps.size() == 1 && gaps.front().find('-') == std::string::npos;
    problems.push_back(absl::StrFormat("%s %s of %s%d did not come", is_one ? "part" : "parts",
                                       absl::StrJoin(gaps, ", "), set.last == 0 ? "at least " : "", highest));
  }
  if (set.last == 0) {
    problems.push_back(absl::StrFormat("none of the %d part(s) that came is marked as the last",
                                       static_cast<int>(set.seen.size())));
  } else if (highest > set.last) {
    problems.push_back(absl::StrFormat("part %d came, and part %d is marked as the last", highest, set.last));
  }
  return absl::StrJoin(problems, "; ") + ": ask the sender to send the list again";
}

}  // namespace landfall
