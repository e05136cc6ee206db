#include "pipeline/match/name/nicknames.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace landfall {

// pipeline/match/name/nicknames.txt, compiled in.
std::string_view NicknamesText();

namespace {

struct Table {
  absl::flat_hash_map<std::string_view, std::vector<std::uint16_t>> groups;
  std::size_t longest = 0;

  void AddLine(std::string_view line, std::uint16_t group) {
    for (std::size_t begin = 0; begin < line.size();) {
      const std::size_t end = std::min(line.find(' ', begin), line.size());
      if (end > begin) {
        groups[line.substr(begin, end - begin)].push_back(group);
        longest = std::max(longest, end - begin);
      }
      begin = end + 1;
    }
  }
};

const Table& TheTable() {
  static const Table* const table = [] {
    auto* made = new Table;  // Never freed: other threads may still ask at exit.
    const std::string_view text = NicknamesText();
    std::uint16_t group = 0;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      const std::string_view line = text.substr(begin, end - begin);
      if (!line.empty() && line.front() != '#') made->AddLine(line, group++);
      begin = end + 1;
    }
    for (auto& [token, groups] : made->groups) {
      groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
    }
    return made;
  }();
  return *table;
}

}  // namespace

std::span<const std::uint16_t> NicknameGroups(std::string_view token) {
  const Table& table = TheTable();
  if (token.size() > table.longest) return {};
  const auto it = table.groups.find(token);
  return it == table.groups.end() ? std::span<const std::uint16_t>() : std::span(it->second);
}

std::size_t LongestNickname() { return TheTable().longest; }

bool ShareGroup(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
  return std::ranges::find_first_of(a, b) != a.end();
}

}  // namespace landfall
