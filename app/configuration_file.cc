#include "app/configuration_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <utility>
#include <vector>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "pipeline/facts/visa_requirement.h"
#include "pipeline/places/places.h"
#include "rules/words.h"

namespace landfall::app {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

absl::Status Wrong(const std::string& path, const toml::node& node, std::string_view problem) {
  return absl::InvalidArgumentError(
      absl::StrFormat("%s:%d: %s", path, static_cast<int>(node.source().begin.line), std::string(problem)));
}

absl::Status ReadSeparators(const std::string& path, const toml::table& table, Configuration& configuration) {
  for (const auto& [sender, node] : table) {
    const auto text = node.value<std::string>();
    if (!text || text->size() != 6) {
      return Wrong(path, node, "separators are six characters, as in UNA: \":+.? '\"");
    }
    configuration.separators[std::string(sender.str())] = *text;
  }
  return absl::OkStatus();
}

absl::Status ReadVisaRequirements(const std::string& path, const toml::node& node, Configuration& configuration) {
  const auto file = node.value<std::string>();
  if (!file) return Wrong(path, node, "visa_requirements names a CSV file");
  const std::string full = (std::filesystem::path(path).parent_path() / *file).string();
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(full));
  auto requirements = ParseVisaRequirements(text);
  if (!requirements.ok()) {
    return absl::InvalidArgumentError(absl::StrFormat("%s: %s", full, std::string(requirements.status().message())));
  }
  configuration.visa_requirements = *std::move(requirements);
  return absl::OkStatus();
}

// All that the file says.
struct Site {
  Configuration configuration;
  DiskWatermark watermark{.free_bytes = 2'048 * kMiB, .free_percent = 5};
  std::vector<Team> teams = {{"paladin_lhr", "Paladin at Heathrow", {"LHR"}},
                             {"children_services", "Children's services"},
                             {"duty_inspector", "Duty inspector"}};
};

absl::Status ReadTexts(const std::string& path, const toml::node& node, std::vector<std::string>& texts) {
  const toml::array* const array = node.as_array();
  if (array == nullptr) return Wrong(path, node, "a list of texts is needed here, such as [\"LHR\"]");
  for (const toml::node& item : *array) {
    const auto text = item.value<std::string>();
    if (!text || text->empty()) return Wrong(path, item, "a text is needed here");
    texts.push_back(*text);
  }
  return absl::OkStatus();
}

absl::StatusOr<Team> ReadTeam(const std::string& path, const toml::table& table) {
  Team team;
  const std::pair<std::string_view, std::string*> lines[] = {{"id", &team.id},
                                                             {"name", &team.name},
                                                             {"hours", &team.hours},
                                                             {"phone", &team.phone},
                                                             {"escalation", &team.escalation}};
  for (const auto& [key, node] : table) {
    const std::string_view name = key.str();
    if (name == "ports" || name == "terminals") {
      RETURN_IF_ERROR(ReadTexts(path, node, name == "ports" ? team.ports : team.terminals));
      continue;
    }
    const auto line = std::find_if(std::begin(lines), std::end(lines), [name](const auto& known) { return known.first == name; });
    if (line == std::end(lines)) {
      return Wrong(path, node, absl::StrFormat("unknown key '%s' of a team; keys: id, name, ports, terminals, hours, phone, "
                                               "escalation",
                                               std::string(name)));
    }
    const auto text = node.value<std::string>();
    if (!text) return Wrong(path, node, "a text is needed here");
    *line->second = *text;
  }
  if (!rules::IsId(team.id)) return Wrong(path, table, "a team needs an id of letters, digits, '.', '_' and '-'");
  return team;
}

// A team of a built-in id takes the place of that team.
absl::Status ReadTeams(const std::string& path, const toml::array& array, std::vector<Team>& teams) {
  std::set<std::string> seen;
  for (const toml::node& node : array) {
    if (!node.is_table()) return Wrong(path, node, "teams are tables: [[teams]]");
    ASSIGN_OR_RETURN(Team team, ReadTeam(path, *node.as_table()));
    if (!seen.insert(team.id).second) return Wrong(path, node, absl::StrFormat("team '%s' is there twice", team.id));
    std::erase_if(teams, [&](const Team& known) { return known.id == team.id; });
    teams.push_back(std::move(team));
  }
  return absl::OkStatus();
}

absl::Status ReadWatermark(const std::string& path, const toml::table& table, DiskWatermark& watermark) {
  for (const auto& [key, node] : table) {
    const std::string_view name = key.str();
    const std::int64_t number = node.is_integer() ? node.value_or(std::int64_t{-1}) : -1;
    if (name == "free_mib" && number >= 0 && number <= 1'000'000'000) {
      watermark.free_bytes = static_cast<std::uint64_t>(number) * kMiB;
    } else if (name == "free_percent" && number >= 0 && number <= 99) {
      watermark.free_percent = static_cast<std::uint64_t>(number);
    } else {
      return Wrong(path, node,
                   "disk_watermark has free_mib, a whole number, and free_percent, from 0 to 99; 0 switches one off");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<Site> ReadSite(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path));
  const toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) {
    return absl::InvalidArgumentError(absl::StrFormat("%s:%d: %s", path,
                                                      static_cast<int>(parsed.error().source().begin.line),
                                                      std::string(parsed.error().description())));
  }
  Site site;
  for (const auto& [key, node] : parsed.table()) {
    const std::string_view name = key.str();
    if (name == "own_country") {
      const auto country = FindCountry(node.value_or(std::string()));
      if (!country) return Wrong(path, node, "own_country is a country code such as \"GBR\"");
      site.configuration.own_country = *country;
    } else if (name == "separators" && node.is_table()) {
      RETURN_IF_ERROR(ReadSeparators(path, *node.as_table(), site.configuration));
    } else if (name == "visa_requirements") {
      RETURN_IF_ERROR(ReadVisaRequirements(path, node, site.configuration));
    } else if (name == "disk_watermark" && node.is_table()) {
      RETURN_IF_ERROR(ReadWatermark(path, *node.as_table(), site.watermark));
    } else if (name == "teams" && node.is_array()) {
      RETURN_IF_ERROR(ReadTeams(path, *node.as_array(), site.teams));
    } else {
      return Wrong(path, node,
                   absl::StrFormat("unknown key '%s'; keys: own_country, separators, visa_requirements, disk_watermark, teams",
                                   std::string(name)));
    }
  }
  return site;
}

absl::StatusOr<Site> SiteFor(const std::string& path, const std::string& data_directory) {
  if (!path.empty()) return ReadSite(path);
  const std::filesystem::path beside = std::filesystem::path(data_directory) / "landfall.toml";
  if (std::filesystem::exists(beside)) return ReadSite(beside.string());
  return Site{};
}

}  // namespace

absl::StatusOr<std::string> ReadWholeFile(const std::string& path, std::size_t most_bytes) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return absl::InvalidArgumentError(absl::StrFormat("%s is a directory, not a file", path));
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrFormat("cannot read %s: %s", path, std::strerror(errno)));
  std::string text;
  std::vector<char> piece(64u << 10);
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > most_bytes) {
      return absl::InvalidArgumentError(absl::StrFormat("%s has more than the %d bytes that are read of such a file", path, most_bytes));
    }
  }
  if (in.bad()) return absl::UnavailableError(absl::StrFormat("reading %s failed: %s", path, std::strerror(errno)));
  return text;
}

absl::StatusOr<Configuration> ReadConfiguration(const std::string& path) {
  ASSIGN_OR_RETURN(Site site, ReadSite(path));
  return std::move(site.configuration);
}

absl::StatusOr<Configuration> ConfigurationFor(const std::string& path, const std::string& data_directory) {
  ASSIGN_OR_RETURN(Site site, SiteFor(path, data_directory));
  return std::move(site.configuration);
}

absl::StatusOr<DiskWatermark> DiskWatermarkFor(const std::string& path, const std::string& data_directory) {
  ASSIGN_OR_RETURN(const Site site, SiteFor(path, data_directory));
  return site.watermark;
}

absl::StatusOr<std::vector<Team>> TeamsFor(const std::string& path, const std::string& data_directory) {
  ASSIGN_OR_RETURN(Site site, SiteFor(path, data_directory));
  return std::move(site.teams);
}

}  // namespace landfall::app
