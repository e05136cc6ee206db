#include "app/profile_file.h"

#include <filesystem>

#include "absl/strings/str_format.h"
#include "app/configuration_file.h"
#include "model/result.h"
#include "rules/built_in.h"

namespace landfall::app {
namespace {

constexpr std::string_view kBuiltInId = "child-protection";

// A list may not lie outside the folder of its profile.
rules::ListReader ListsIn(const std::filesystem::path& folder) {
  return [folder](std::string_view path) { return ReadWholeFile((folder / path).string()); };
}

rules::BaseReader BasesIn(const std::filesystem::path& folder) {
  return [folder](std::string_view id) -> absl::StatusOr<rules::ProfileSource> {
    absl::StatusOr<std::string> text = ReadWholeFile((folder / (std::string(id) + ".rules")).string());
    if (text.ok()) return rules::ProfileSource{*std::move(text), ListsIn(folder)};
    if (id == kBuiltInId)
      return rules::ProfileSource{std::string(rules::BuiltInProfileText()), rules::BuiltInListReader()};
    return absl::NotFoundError(absl::StrFormat("%s - put %s.rules beside the overlay",
                                               std::string(text.status().message()), std::string(id)));
  };
}

}  // namespace

absl::StatusOr<ProfileFile> ReadProfileFile(const std::string& file) {
  if (file == "built-in")
    return ProfileFile{std::string(rules::BuiltInProfileText()), rules::BuiltInListReader(), nullptr};
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  ProfileFile profile{"", ListsIn(folder), BasesIn(folder)};
  ASSIGN_OR_RETURN(profile.text, ReadWholeFile(file == "-" ? "/dev/stdin" : file));
  return profile;
}

rules::LoadResult Load(const ProfileFile& file) { return rules::LoadProfile(file.text, file.lists, file.bases); }

}  // namespace landfall::app
