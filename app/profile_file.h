#pragma once

// A rule profile in a file, with what lies beside it: its lists, and the profile that an overlay extends.

#include <string>

#include "absl/status/statusor.h"
#include "rules/profile.h"

namespace landfall::app {

struct ProfileFile {
  std::string text;
  rules::ListReader lists;
  rules::BaseReader bases;  // ID.rules in the same folder; else the profile in the program, if that is its id.
};

// `built-in` is the profile in the program. The message of an error names the file.
absl::StatusOr<ProfileFile> ReadProfileFile(const std::string& file);

rules::LoadResult Load(const ProfileFile& file);

}  // namespace landfall::app
