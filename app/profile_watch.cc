#include "app/profile_watch.h"

#include "absl/strings/str_format.h"
#include "app/session.h"
#include "model/result.h"
#include "rules/profile.h"

namespace landfall::app {

ProfileWatch::ProfileWatch(std::vector<std::string> files) : files_(std::move(files)), used_(Look()), seen_(used_) {}

std::vector<ProfileWatch::Stamp> ProfileWatch::Look() const {
  std::vector<Stamp> stamps;
  for (const std::string& file : files_) {
    std::error_code error;
    const auto time = std::filesystem::last_write_time(file, error);
    stamps.push_back({error ? std::filesystem::file_time_type() : time, std::filesystem::file_size(file, error)});
  }
  return stamps;
}

bool ProfileWatch::HasChanged() {
  std::vector<Stamp> now = Look();
  const bool is_still = now == seen_;
  seen_ = std::move(now);
  return is_still && seen_ != used_;
}

absl::StatusOr<RuleSets> ProfileWatch::Load() {
  used_ = seen_;
  RuleSets sets;
  for (const std::string& file : files_) {
    ASSIGN_OR_RETURN(std::shared_ptr<const rules::RuleSet> set, LoadRuleSet(file));
    const rules::TestReport report = rules::RunTests(set->profile());
    if (!report.failures.empty()) return absl::InvalidArgumentError(absl::StrFormat("%s: %s", file, report.failures.front()));
    sets.push_back(std::move(set));
  }
  return sets;
}

}  // namespace landfall::app
