#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace landfall::app {

// Which files of a folder are complete and were not taken yet. Looks are cheap; between two of them a caller waits.
//
// A file is complete when its size and time were the same at two looks running. Hidden files, those that end in .part
// or .tmp, empty ones and folders are not looked at, so a writer that takes its time renames at its end. A file that
// changed after it was taken is given again: messages read twice have one effect. One thread.
class WatchFolder {
 public:
  explicit WatchFolder(std::string directory) : directory_(std::move(directory)) {}

  // The paths that are to be taken now, in order of name. NotFound if the folder is none, or is there no more.
  absl::StatusOr<std::vector<std::string>> Look();

 private:
  struct Seen {
    std::uintmax_t size = 0;
    std::filesystem::file_time_type time;
    bool is_taken = false;
  };

  std::string directory_;
  std::map<std::string, Seen> seen_;  // By path; only what is there now.
};

}  // namespace landfall::app
