#include "pipeline/match/watch_part.h"

#include <algorithm>
#include <utility>

#include "pipeline/match/birth_score.h"
#include "pipeline/match/name_key.h"

namespace landfall {
namespace {

char WithoutConfusion(char c) {
  switch (c) {
    case 'O': return '0';
    case 'I': return '1';
    case 'Z': return '2';
    case 'S': return '5';
    case 'B': return '8';
    default: return c;
  }
}

std::uint32_t NumberHash(std::string_view number) {
  std::string folded(number);
  std::ranges::transform(folded, folded.begin(), WithoutConfusion);
  return static_cast<std::uint32_t>(HashText(folded, 3) >> 32);
}

bool IsOfConcern(WatchKind kind) {
  return kind == WatchKind::kPersonOfConcern || kind == WatchKind::kSponsorOfConcern;
}

}  // namespace

NumberMatch CompareNumbers(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || a.empty()) return NumberMatch::kNone;
  int confused = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    if (WithoutConfusion(a[i]) != WithoutConfusion(b[i]) || ++confused > 1) return NumberMatch::kNone;
  }
  return confused == 0 ? NumberMatch::kExact : NumberMatch::kConfusable;
}

namespace {

WatchPart::Limits LimitsOf(const WatchEntry& entry) {
  WatchPart::Limits limits{entry.review_by, std::nullopt, NameIndex::IsFiledUnderDates(entry)};
  for (const WatchBirthDate& date : entry.dates_of_birth) {
    const Date last = DaysOf(date).last;
    if (!limits.latest_birth || *limits.latest_birth < last) limits.latest_birth = last;
  }
  return limits;
}

}  // namespace

WatchPart::WatchPart(std::vector<WatchEntry> entries) : entries_(std::move(entries)) {
  std::vector<std::vector<KeyEntry>> documents(1), lost_documents(1);
  limits_.reserve(entries_.size());
  for (std::uint32_t i = 0; i < entries_.size(); ++i) {
    const WatchEntry& entry = entries_[i];
    limits_.push_back(LimitsOf(entry));
    auto& numbers = entry.kind == WatchKind::kLostDocument ? lost_documents.front() : documents.front();
    for (const WatchDocument& document : entry.documents) {
      const std::string key = NumberKey(document.number);
      if (!key.empty()) numbers.push_back({NumberHash(key), i});
    }
    if (entry.kind == WatchKind::kChildAtRisk) children_.Add(i, entry);
    if (IsOfConcern(entry.kind)) concern_.Add(i, entry);
  }
  children_.Seal();
  concern_.Seal();
  documents_.Seal(std::move(documents));
  lost_documents_.Seal(std::move(lost_documents));
}

const WatchEntry* WatchPart::Find(std::string_view id) const {
  const auto it = std::ranges::lower_bound(entries_, id, {}, [](const WatchEntry& e) { return std::string_view(e.entry); });
  return it != entries_.end() && it->entry == id ? &*it : nullptr;
}

std::span<const KeyEntry> WatchPart::FindNumber(std::string_view number) const {
  return documents_.Find(NumberHash(number));
}

std::span<const KeyEntry> WatchPart::FindLostNumber(std::string_view number) const {
  return lost_documents_.Find(NumberHash(number));
}

std::size_t WatchPart::bytes() const {
  return children_.bytes() + concern_.bytes() + documents_.bytes() + lost_documents_.bytes() +
         limits_.capacity() * sizeof(Limits);
}

}  // namespace landfall
