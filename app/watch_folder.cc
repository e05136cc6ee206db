#include "app/watch_folder.h"

#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"

namespace landfall::app {
namespace {

bool IsIgnored(std::string_view name) {
  return name.empty() || name.front() == '.' || name.ends_with(".part") || name.ends_with(".tmp");
}

}  // namespace

absl::StatusOr<std::vector<std::string>> WatchFolder::Look() {
  std::error_code error;
  std::map<std::string, Seen> now;
  std::vector<std::string> complete;
  for (std::filesystem::directory_iterator it(directory_, error), end; !error && it != end; it.increment(error)) {
    std::error_code gone;  // A file that goes away between two calls is none.
    if (IsIgnored(it->path().filename().native()) || !it->is_regular_file(gone)) continue;
    Seen file;
    file.size = it->file_size(gone);
    if (!gone) file.time = it->last_write_time(gone);
    if (gone || file.size == 0) continue;
    now[it->path().string()] = file;
  }
  if (error) {
    return absl::NotFoundError(absl::StrFormat("cannot watch the folder %s: %s", directory_, error.message()));
  }
  for (auto& [path, file] : now) {
    const auto before = seen_.find(path);
    if (before == seen_.end() || before->second.size != file.size || before->second.time != file.time) continue;
    if (!before->second.is_taken) complete.push_back(path);
    file.is_taken = true;
  }
  seen_ = std::move(now);
  return complete;
}

}  // namespace landfall::app
