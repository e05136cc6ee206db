#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/configuration.h"
#include "storage/disk_space.h"

namespace landfall::app {

// Reads a site's TOML file (docs/CONFIGURATION.md lists the keys). An unknown key is an error, so that a misspelt one is
// not silently without effect; the message names file and line. Files it names are relative to its folder.
absl::StatusOr<Configuration> ReadConfiguration(const std::string& path);

// The configuration of a command: `path` if given, else `landfall.toml` in the data directory if there is one, else the
// defaults.
absl::StatusOr<Configuration> ConfigurationFor(const std::string& path, const std::string& data_directory);

// The disk watermark of the same file: what must stay free of the store's disk. Its errors are the same.
absl::StatusOr<DiskWatermark> DiskWatermarkFor(const std::string& path, const std::string& data_directory);

// Who is sent to meet a flight.
struct Team {
  std::string id, name;
  std::vector<std::string> ports, terminals;  // Empty: all.
  std::string hours, phone, escalation;
};
// The built-in teams and those of the same file.
absl::StatusOr<std::vector<Team>> TeamsFor(const std::string& path, const std::string& data_directory);

// A profile, a list of one, or a configuration: a person wrote it.
inline constexpr std::size_t kMostTextBytes = 16u << 20;
// A list or rows that a program wrote, and that are read whole.
inline constexpr std::size_t kMostListBytes = std::size_t{4} << 30;

// The whole file; the message of an error names it. InvalidArgument if it has more bytes.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path, std::size_t most_bytes = kMostTextBytes);

}  // namespace landfall::app
