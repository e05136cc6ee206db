// Identity matching on a generated list: how fast queries are answered, what the indexes take, how long loading takes, and
// what a scan of the whole list costs beside it, in the same run. Prints a table, and one JSON object on the last line.
//
//   match_bench [entries] [queries] [oracle]   default 1,000,000, 20,000 and 0: so many queries are compared with the oracle
//
// The list: a quarter of a million invented tokens, half of the name parts by Zipf's law, half even; 2.8 tokens a name,
// 5 % of entries without a birth date, an alias for one in eight. Queries: names of the list, three in ten with an error;
// one in four asks about somebody who is not on it. Fixed seed.
//
// How crowded that is: two tokens of the list are equal in 16 of 10,000 pairs and of one skeleton in 19; in two public
// sanctions lists (5,427 people) in 12 and 43. By name alone a person has 0.026 % of this list as candidates, and 0.19 % of
// those: lists of one part of the world are more crowded than this one, and slower by as much.

#include <malloc.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/match/name/edit_distance.h"
#include "pipeline/match/name/name_form.h"
#include "pipeline/match/oracle.h"
#include "pipeline/match/watch_index.h"
#include "tests/support/random_names.h"

namespace landfall {
namespace {

using Clock = std::chrono::steady_clock;
using testing_support::NameWorld;

double SecondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

double ResidentMebibytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t pages = 0, resident = 0;
  statm >> pages >> resident;
  return static_cast<double>(resident) * 4096 / (1 << 20);
}

struct Asked {
  WatchName name;
  std::optional<PartialDate> born;

  WatchQuery Query(bool with_birth_date) const {
    WatchQuery query;
    query.surname = name.surname;
    query.given_names = name.given_names;
    if (with_birth_date) query.date_of_birth = born;
    return query;
  }
};

std::vector<Asked> MakeQueries(NameWorld& world, const std::vector<WatchEntry>& list, std::size_t count) {
  std::vector<Asked> queries;
  while (queries.size() < count) {
    const WatchEntry& about = list[world.Pick(list.size())];
    const bool stranger = world.Pick(4) == 0;
    Asked asked{stranger ? world.MakeName() : about.names.front(), world.MakeBirthDate()};
    if (!stranger && !about.dates_of_birth.empty()) asked.born = about.dates_of_birth.front().from;
    if (world.Pick(10) < 3) asked.name = world.Altered(asked.name, static_cast<NameWorld::Error>(world.Pick(NameWorld::kErrors)));
    queries.push_back(std::move(asked));
  }
  return queries;
}

struct Run {
  double per_second = 0, p50_us = 0, p99_us = 0, cpu_us = 0, candidates = 0;
};

// Of the calling thread: what a query costs, whoever else is running.
double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// All queries once, shared between the threads.
template <typename Ask>
Run Measure(const std::vector<Asked>& queries, std::size_t threads, Ask ask) {
  std::vector<std::vector<double>> times(threads);
  std::vector<std::size_t> found(threads);
  std::vector<double> processor(threads);
  const Clock::time_point begin = Clock::now();
  {
    std::vector<std::thread> workers;
    for (std::size_t t = 0; t < threads; ++t) {
      workers.emplace_back([&, t] {
        for (std::size_t i = t; i < queries.size(); i += threads) {
          const Clock::time_point start = Clock::now();
          found[t] += ask(queries[i]);
          times[t].push_back(SecondsSince(start) * 1e6);
        }
        processor[t] = ProcessorSeconds();
      });
    }
    for (std::thread& worker : workers) worker.join();
  }
  const double seconds = SecondsSince(begin);
  std::vector<double> all;
  std::size_t sum = 0;
  double processor_seconds = 0;
  for (std::size_t t = 0; t < threads; ++t) {
    processor_seconds += processor[t];
    all.insert(all.end(), times[t].begin(), times[t].end());
    sum += found[t];
  }
  std::ranges::sort(all);
  const auto count = static_cast<double>(queries.size());
  return {count / seconds, all[all.size() / 2], all[all.size() * 99 / 100], processor_seconds * 1e6 / count,
          static_cast<double>(sum) / count};
}

std::string json = "{";

void Print(const char* what, const Run& run) {
  std::printf("%-44s %10.0f /s   p50 %8.1f us   p99 %9.1f us   cpu %8.1f us   %6.1f found\n", what, run.per_second,
              run.p50_us, run.p99_us, run.cpu_us, run.candidates);
  char text[200];
  std::snprintf(text, sizeof(text), "\"%s\":{\"per_second\":%.0f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"cpu_us\":%.1f},", what,
                run.per_second, run.p50_us, run.p99_us, run.cpu_us);
  json += text;
}

// What one would write first: every name of the list, edit distance to the whole name by a plain table.
std::size_t Levenshtein(std::string_view a, std::string_view b) {
  std::array<std::size_t, 129> row;
  a = a.substr(0, 128);
  b = b.substr(0, 128);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({diagonal + (a[i - 1] == b[j - 1] ? 0 : 1), above + 1, row[j - 1] + 1});
      diagonal = above;
    }
  }
  return row[b.size()];
}

// Every candidate of index and oracle, with and without birth date.
int CompareWithOracle(const std::vector<WatchEntry>& list, const std::vector<Asked>& queries, std::size_t count) {
  const WatchIndex index(list);
  const MatchOracle oracle(list);
  std::atomic<std::size_t> next = 0, missed = 0, extra = 0, candidates = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < std::min(count, queries.size()); i = next++) {
      // A name without a birth date is compared with the whole list: one in fifty.
      WatchQuery query = queries[i].Query(i % 50 != 0);
      query.name_may_be_cut = i % 7 == 0;
      std::vector<std::string> found, expected = oracle.Find(query), difference;
      for (const WatchEntry* entry : index.FindCandidates(query)) found.push_back(entry->entry);
      std::ranges::sort(found);
      candidates += expected.size();
      std::ranges::set_difference(expected, found, std::back_inserter(difference));
      missed += difference.size();
      difference.clear();
      std::ranges::set_difference(found, expected, std::back_inserter(difference));
      extra += difference.size();
    }
  };
  std::thread other(work);
  work();
  other.join();
  std::printf("%zu entries, %zu queries: %zu candidates, %zu missed, %zu extra\n", list.size(),
              std::min(count, queries.size()), candidates.load(), missed.load(), extra.load());
  return missed + extra == 0 ? 0 : 1;
}

int Main(int argc, char** argv) {
  const std::size_t entries = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1'000'000;
  const std::size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 20'000;
  NameWorld world(20'261'122, std::min<std::size_t>(250'000, entries / 4));
  std::vector<WatchEntry> list;
  list.reserve(entries);
  for (std::size_t i = 0; i < entries; ++i) list.push_back(world.MakeEntry(i));
  const std::vector<Asked> queries = MakeQueries(world, list, count);
  std::vector<std::string> flat;
  for (const WatchEntry& entry : list) flat.push_back(entry.names.front().surname + " " + entry.names.front().given_names);

  const double before = ResidentMebibytes();
  const Clock::time_point begin = Clock::now();
  const std::size_t compared = argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 0;
  if (compared > 0) return CompareWithOracle(list, queries, compared);
  WatchIndex index(std::move(list));
  const double load = SecondsSince(begin);
  malloc_trim(0);
  std::printf("%zu entries, %zu queries, %u cores\n", entries, count, std::thread::hardware_concurrency());
  std::printf("load %.2f s; indexes %.0f MiB, %.0f bytes an entry; process %.0f MiB, of which generated before %.0f\n", load,
              static_cast<double>(index.index_bytes()) / (1 << 20),
              static_cast<double>(index.index_bytes()) / static_cast<double>(entries), ResidentMebibytes(), before);
  for (const std::size_t threads : {std::size_t{1}, std::size_t{2}}) {
    for (const bool dated : {true, false}) {
      const auto find = [&](const Asked& asked) { return index.FindCandidates(asked.Query(dated)).size(); };
      const std::string name = std::string(dated ? "birth date" : "no birth date") + ", " + std::to_string(threads) + " thread" + (threads > 1 ? "s" : "");
      Print(name.c_str(), Measure(queries, threads, find));
    }
  }
  Print("birth date, 2 threads, with scores",
        Measure(queries, 2, [&](const Asked& asked) { return index.Find(asked.Query(true)).size(); }));

  // A few are enough.
  const std::vector<Asked> few(queries.begin(), queries.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(count, 40)));
  const Run scan = Measure(few, 2, [&](const Asked& asked) {
    const std::string text = asked.name.surname + " " + asked.name.given_names;
    return static_cast<std::size_t>(std::ranges::count_if(flat, [&](const std::string& other) { return Levenshtein(text, other) <= 3; }));
  });
  Print("scan of the list by Levenshtein, 2 threads", scan);
  const Run fast = Measure(queries, 2, [&](const Asked& asked) { return index.FindCandidates(asked.Query(true)).size(); });
  std::printf("ratio of the index (birth date) to the scan: %.0f\n", fast.per_second / scan.per_second);

  const Clock::time_point change = Clock::now();
  WatchEntry added;
  added.entry = "ADDED";
  added.names.push_back({"QUILLHAVEN", "TAMSIN"});
  const WatchIndex with = index.With({added});
  WatchQuery query;
  query.surname = "QUILHAVEN";
  query.given_names = "TAMSIN";
  const bool found = !with.FindCandidates(query).empty();
  std::printf("one entry added and %s after %.3f ms\n", found ? "found" : "NOT FOUND", SecondsSince(change) * 1e3);
  json.back() = '}';
  std::printf("%s\n", json.c_str());
  return found ? 0 : 1;
}

}  // namespace
}  // namespace landfall

int main(int argc, char** argv) { return landfall::Main(argc, argv); }
