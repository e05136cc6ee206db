#include "app/commands/backup.h"

#include <cstdio>
#include <string_view>

#include "absl/strings/str_format.h"
#include "app/exit_code.h"
#include "app/options.h"
#include "model/result.h"
#include "storage/backup.h"
#include "storage/database.h"

namespace landfall::app {
namespace {

constexpr std::string_view kDefaultStore = "landfall-data";

const CommandSpec& BackupSpec() {
  static const CommandSpec spec = {
      "landfall backup [options] BACKUPDIR",
      "Copies the store to the new directory BACKUPDIR, and reads the copy back to be sure of it. The store's key,\n"
      "store.key, is not in it: keep that where keys are kept. With --verify it only checks a backup that is there.",
      "landfall backup --data /tmp/store /tmp/store-backup",
      {kDataOption,
       {"--with-key", "", "put the key in, too: whoever has the backup then has both"},
       {"--verify", "", "check the backup in BACKUPDIR: every byte of it"},
       {"--key", "FILE", "with --verify: the store's key, which also tells whether somebody changed the backup"}}};
  return spec;
}

const CommandSpec& RestoreSpec() {
  static const CommandSpec spec = {
      "landfall restore [options] BACKUPDIR",
      "Makes a store from a backup, in a directory that does not exist or is empty, and checks it. Then send again what came\n"
      "in after the backup was made: messages that are there already have no effect.",
      "landfall restore --data /tmp/restored --key /tmp/store/store.key /tmp/store-backup",
      {{"--data", "DIR", "the store to make (default ./landfall-data)"},
       {"--key", "FILE", "the store's key, store.key, if it is not in the backup"}}};
  return spec;
}

// A backup that is not whole is a check that failed; a store or a disk that fails is not.
int ExitCodeOfCheck(const absl::Status& status) {
  return absl::IsDataLoss(status) ? static_cast<int>(kCheckFailed) : static_cast<int>(ExitCodeOf(status));
}

int Explain(std::string_view command, const absl::Status& status, int exit_code) {
  std::fprintf(stderr, "landfall %s: %s\n", std::string(command).c_str(), std::string(status.message()).c_str());
  return exit_code;
}

std::string Words(const BackupContents& contents) {
  return absl::StrFormat("messages up to number %d, %d files, %d bytes, %s", contents.messages, contents.files,
                         contents.bytes, contents.has_key ? "with the key" : "without the key");
}

int Verify(const ParsedOptions& parsed) {
  const auto contents = VerifyBackup(parsed.positional[0], parsed.Get("--key"));
  if (!contents.ok()) return Explain("backup", contents.status(), ExitCodeOfCheck(contents.status()));
  std::printf("verified %s: %s\n", parsed.positional[0].c_str(), Words(*contents).c_str());
  return kDone;
}

int Create(const ParsedOptions& parsed) {
  DatabaseOptions options;
  options.directory = parsed.Get("--data", kDefaultStore);
  options.create_if_missing = false;
  const auto database = Database::Open(options);
  if (!database.ok()) return Explain("backup", database.status(), ExitCodeOf(database.status()));
  const auto contents = CreateBackup(**database, parsed.positional[0], parsed.Has("--with-key"));
  if (!contents.ok()) return Explain("backup", contents.status(), ExitCodeOfCheck(contents.status()));
  std::printf("backed up and verified %s: %s\n", parsed.positional[0].c_str(), Words(*contents).c_str());
  if (!contents->has_key) {
    std::fprintf(stderr, "Without the key nothing can be restored: keep a copy of %s/store.key where keys are kept.\n",
                 options.directory.c_str());
  }
  return kDone;
}

}  // namespace

int RunBackup(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(BackupSpec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const bool verify = parsed.options->Has("--verify");
  if (parsed.options->positional.size() != 1) {
    return Explain("backup", absl::InvalidArgumentError("name one BACKUPDIR (see --help)"), kWrongUsage);
  }
  if (verify && (parsed.options->Has("--data") || parsed.options->Has("--with-key"))) {
    return Explain("backup", absl::InvalidArgumentError("--verify looks at a backup alone: leave out --data and --with-key"),
                   kWrongUsage);
  }
  if (!verify && parsed.options->Has("--key")) {
    return Explain("backup", absl::InvalidArgumentError("--key goes with --verify; a backup uses the store's own"),
                   kWrongUsage);
  }
  return verify ? Verify(*parsed.options) : Create(*parsed.options);
}

int RunRestore(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(RestoreSpec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  if (parsed.options->positional.size() != 1) {
    return Explain("restore", absl::InvalidArgumentError("name one BACKUPDIR (see --help)"), kWrongUsage);
  }
  const RestoreOptions options{.backup = parsed.options->positional[0],
                               .store = parsed.options->Get("--data", kDefaultStore),
                               .key_file = parsed.options->Get("--key")};
  const auto contents = RestoreBackup(options);
  if (!contents.ok()) return Explain("restore", contents.status(), ExitCodeOfCheck(contents.status()));
  std::printf("restored and verified %s: messages up to number %s\n", options.store.c_str(),
              std::to_string(contents->messages).c_str());
  std::fputs("Send again what came in after the backup was made; what is there already has no effect.\n", stderr);
  return kDone;
}

}  // namespace landfall::app
