#include "pipeline/match/live_watch_list.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace landfall {
namespace {

const Date kToday = MakeDate(2026, 11, 22);

WatchEntry Entry(std::string id, std::string surname, std::string given_names) {
  WatchEntry entry;
  entry.entry = std::move(id);
  entry.names.push_back({std::move(surname), std::move(given_names)});
  return entry;
}

std::vector<std::string> Found(const WatchIndex& index, std::string_view surname, std::string_view given_names) {
  WatchQuery query;
  query.surname = surname;
  query.given_names = given_names;
  std::vector<std::string> ids;
  for (const WatchMatch& match : index.Find(query)) ids.push_back(match.entry->entry);
  return ids;
}

TEST(LiveWatchListTest, WhatIsAddedIsFoundAtOnce) {
  LiveWatchList list(WatchIndex({Entry("W-1", "QUILL", "TAMSIN")}));
  list.Change({Entry("W-2", "QUILL", "TAMSIN")});
  EXPECT_EQ(Found(*list.Pin(), "QUILL", "TAMSIN"), (std::vector<std::string>{"W-1", "W-2"}));
  EXPECT_EQ(list.Pin()->size(), 2u);
}

TEST(LiveWatchListTest, WhatIsRemovedIsFoundNoMore) {
  LiveWatchList list(WatchIndex({Entry("W-1", "QUILL", "TAMSIN"), Entry("W-2", "QUILL", "TAMSIN")}));
  list.Change({}, {"W-1", "W-9"});
  EXPECT_EQ(Found(*list.Pin(), "QUILL", "TAMSIN"), std::vector<std::string>{"W-2"});
  list.Change({Entry("W-3", "QUILL", "TAMSIN")});
  list.Change({}, {"W-3", "W-2"});
  EXPECT_TRUE(Found(*list.Pin(), "QUILL", "TAMSIN").empty());
  EXPECT_EQ(list.Pin()->size(), 0u);
}

TEST(LiveWatchListTest, AReplacedEntryHasItsNewNameOnly) {
  LiveWatchList list(WatchIndex({Entry("W-1", "QUILL", "TAMSIN")}));
  list.Change({Entry("W-1", "MARSH", "SEVERIN")});
  EXPECT_TRUE(Found(*list.Pin(), "QUILL", "TAMSIN").empty());
  EXPECT_EQ(Found(*list.Pin(), "MARSH", "SEVERIN"), std::vector<std::string>{"W-1"});
  list.Change({Entry("W-1", "QUILL", "ORLA")});
  EXPECT_EQ(Found(*list.Pin(), "QUILL", "ORLA"), std::vector<std::string>{"W-1"});
  EXPECT_EQ(list.Pin()->size(), 1u);
}

TEST(LiveWatchListTest, AnEntryPastItsReviewIsNotAdded) {
  LiveWatchList list(WatchIndex(std::vector<WatchEntry>(), kToday));
  WatchEntry past = Entry("W-1", "QUILL", "TAMSIN");
  past.review_by = MakeDate(2026, 11, 21);
  list.Change({past});
  EXPECT_TRUE(Found(*list.Pin(), "QUILL", "TAMSIN").empty());
}

TEST(LiveWatchListTest, ManyChangesAreBuiltIntoTheList) {
  LiveWatchList list(WatchIndex({Entry("W-0", "QUILL", "TAMSIN")}));
  std::vector<WatchEntry> many;
  for (int i = 1; i <= 6'000; ++i) many.push_back(Entry("W-" + std::to_string(i), "MARSH", "ORLA"));
  list.Change(std::move(many), {"W-0"});
  EXPECT_EQ(list.Pin()->size(), 6'000u);
  EXPECT_EQ(Found(*list.Pin(), "MARSH", "ORLA").size(), 6'000u);
  EXPECT_TRUE(Found(*list.Pin(), "QUILL", "TAMSIN").empty());
}

TEST(LiveWatchListTest, APinnedListStaysAsItWas) {
  LiveWatchList list(WatchIndex({Entry("W-1", "QUILL", "TAMSIN")}));
  const std::shared_ptr<const WatchIndex> pinned = list.Pin();
  list.Replace(WatchIndex());
  EXPECT_EQ(Found(*pinned, "QUILL", "TAMSIN").size(), 1u);
  EXPECT_EQ(list.Pin()->size(), 0u);
}

// Each version of the list holds all entries of one colour. A torn answer would mix two.
TEST(LiveWatchListTest, AThousandSwapsUnderLoad) {
  const auto version = [](const std::string& colour) {
    std::vector<WatchEntry> entries;
    for (int i = 0; i < 20; ++i) entries.push_back(Entry(colour + "-" + std::to_string(i), "QUILL", "TAMSIN ORLA"));
    return entries;
  };
  LiveWatchList list((WatchIndex(version("red"))));
  std::atomic<bool> done = false;
  std::atomic<int> asked = 0, torn = 0;
  const auto query = [&] {
    while (!done) {
      const std::vector<std::string> found = Found(*list.Pin(), "QUIL", "TAMSIN");
      const std::string colour = found.empty() ? "" : found[0].substr(0, found[0].find('-'));
      bool whole = found.size() == 20;
      for (const std::string& id : found) whole &= id.starts_with(colour + "-");
      torn += whole ? 0 : 1;
      ++asked;
    }
  };
  std::thread first(query), second(query);
  for (int i = 0; i < 1'000; ++i) {
    const std::string colour = i % 2 == 0 ? "blue" : "red";
    if (i % 10 == 0) {
      list.Replace(WatchIndex(version(colour)));
      continue;
    }
    std::vector<std::string> gone;
    for (int n = 0; n < 20; ++n) gone.push_back((i % 2 == 0 ? "red-" : "blue-") + std::to_string(n));
    list.Change(version(colour), gone);
  }
  while (asked < 100) std::this_thread::yield();
  done = true;
  first.join();
  second.join();
  EXPECT_EQ(torn, 0) << "of " << asked;
}

}  // namespace
}  // namespace landfall
