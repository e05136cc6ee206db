#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "app/options.h"
#include "rules/profile.h"
#include "rules/publish_checks.h"

namespace landfall::app {

// `landfall rules propose|approve|publish|rollback|history`: the life cycle of profiles in the store. Returns the exit code.
absl::StatusOr<int> RunLifeCycle(const std::string& action, const std::vector<std::string>& arguments,
                                 const ParsedOptions& options);

// ID@VERSION of the store, as it was proposed.
absl::StatusOr<std::shared_ptr<const rules::Profile>> StoredVersion(const std::string& name, const ParsedOptions& options);

// The teams of the configuration, for the checks of routes.
absl::StatusOr<rules::PublishOptions> PublishOptionsFrom(const ParsedOptions& options);

}  // namespace landfall::app
