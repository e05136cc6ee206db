#pragma once

// Rule files that may change while a run goes on.

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "pipeline/assess/assess_stage.h"

namespace landfall::app {

// One thread. Looks are cheap.
class ProfileWatch {
 public:
  // What the files hold now is in use.
  explicit ProfileWatch(std::vector<std::string> files);

  // Whether a file is another than the one in use, and was the same at two looks running: nobody is writing it.
  bool HasChanged();
  // The rule sets of all files, their embedded tests passed; else what is wrong. Either way the change is dealt with.
  absl::StatusOr<RuleSets> Load();

 private:
  using Stamp = std::pair<std::filesystem::file_time_type, std::uintmax_t>;
  std::vector<Stamp> Look() const;

  std::vector<std::string> files_;
  std::vector<Stamp> used_, seen_;
};

}  // namespace landfall::app
