#include "app/configuration_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <utility>

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "pipeline/facts/visa_requirement.h"
#include "pipeline/places/places.h"

namespace landfall::app {
namespace {

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

}  // namespace

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return absl::InvalidArgumentError(absl::StrFormat("%s is a directory, not a file", path));
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError(absl::StrFormat("cannot read %s: %s", path, std::strerror(errno)));
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) return absl::UnavailableError(absl::StrFormat("reading %s failed: %s", path, std::strerror(errno)));
  return text.str();
}

absl::StatusOr<Configuration> ReadConfiguration(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path));
  const toml::parse_result parsed = toml::parse(text, path);
  if (!parsed) {
    return absl::InvalidArgumentError(absl::StrFormat("%s:%d: %s", path,
                                                      static_cast<int>(parsed.error().source().begin.line),
                                                      std::string(parsed.error().description())));
  }
  Configuration configuration;
  for (const auto& [key, node] : parsed.table()) {
    const std::string_view name = key.str();
    if (name == "own_country") {
      const auto country = FindCountry(node.value_or(std::string()));
      if (!country) return Wrong(path, node, "own_country is a country code such as \"GBR\"");
      configuration.own_country = *country;
    } else if (name == "separators" && node.is_table()) {
      RETURN_IF_ERROR(ReadSeparators(path, *node.as_table(), configuration));
    } else if (name == "visa_requirements") {
      RETURN_IF_ERROR(ReadVisaRequirements(path, node, configuration));
    } else {
      return Wrong(path, node,
                   absl::StrFormat("unknown key '%s'; keys: own_country, separators, visa_requirements",
                                   std::string(name)));
    }
  }
  return configuration;
}

absl::StatusOr<Configuration> ConfigurationFor(const std::string& path, const std::string& data_directory) {
  if (!path.empty()) return ReadConfiguration(path);
  const std::filesystem::path beside = std::filesystem::path(data_directory) / "landfall.toml";
  if (std::filesystem::exists(beside)) return ReadConfiguration(beside.string());
  return Configuration{};
}

}  // namespace landfall::app
