#pragma once

// What a command that works on a store needs: configuration, store, reference records, rules. Opened in one place.

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "app/options.h"
#include "pipeline/assess/assess_stage.h"
#include "pipeline/configuration.h"
#include "pipeline/reference/snapshot.h"
#include "storage/database.h"

namespace landfall::app {

struct SessionOptions {
  std::string data_directory = "landfall-data";
  std::string configuration_file;      // Empty: the default place.
  std::vector<std::string> profiles;   // Rule files; empty: those published in the store, else the built-in one.
  int threads = 2;
  bool create_store = true;
  // Also opens a store that cannot be trusted, to read what can still be read of it: Session::distrust says why.
  bool read_untrusted = false;
};

struct Session {
  Configuration configuration;
  std::unique_ptr<Database> database;
  std::shared_ptr<const ReferenceSnapshot> reference;
  RuleSets rule_sets;
  absl::Status distrust;  // Not OK: rows may be missing, and nothing can be written.
};

// What --data, --config and --profile say, of the commands that have them.
SessionOptions SessionOptionsFrom(const ParsedOptions& options);

// DataLoss, FailedPrecondition or Unavailable if the store cannot be opened, InvalidArgument for a bad configuration or profile
// (all its problems, one a line).
absl::StatusOr<Session> OpenSession(const SessionOptions& options);

// The rule set of a profile file, or the built-in one for an empty name.
absl::StatusOr<std::shared_ptr<const rules::RuleSet>> LoadRuleSet(const std::string& file);

}  // namespace landfall::app
