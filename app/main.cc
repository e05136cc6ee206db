#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/commands/backup.h"
#include "app/commands/import.h"
#include "app/commands/match.h"
#include "app/commands/parse.h"
#include "app/commands/people.h"
#include "app/commands/quarantine.h"
#include "app/commands/query.h"
#include "app/commands/rules.h"
#include "app/commands/screen.h"
#include "app/commands/stats.h"
#include "app/commands/synth.h"
#include "app/exit_code.h"

namespace {

struct Command {
  std::string_view summary;
  int (*run)(std::span<const std::string>);
};

const std::map<std::string, Command, std::less<>>& Commands() {
  namespace app = landfall::app;
  static const std::map<std::string, Command, std::less<>> commands = {
      {"parse", {"decode messages and print them as NDJSON", app::RunParse}},
      {"import", {"load reference records: vignettes, watch list, sponsors, registers", app::RunImport}},
      {"screen", {"take in messages and print the flagged flights, best first", app::RunScreen}},
      {"query", {"show a flight, or a person over time", app::RunQuery}},
      {"people", {"say who is who over time, and take it back", app::RunPeople}},
      {"quarantine", {"list, show, mend and release what was kept aside", app::RunQuarantine}},
      {"rules", {"check, test and try rule profiles; list the facts", app::RunRules}},
      {"match", {"compare people with a watch list", app::RunMatch}},
      {"backup", {"copy the store, or check a copy", app::RunBackup}},
      {"restore", {"make a store from a backup", app::RunRestore}},
      {"stats", {"tell how good what carriers send is", app::RunStats}},
      {"synth", {"write a synthetic world for trials and benchmarks", app::RunSynth}},
  };
  return commands;
}

void PrintHelp(std::FILE* to) {
  std::fputs(
      "landfall: reads carriers' advance passenger data and says which flights a child-protection team should meet, and why\n"
      "\nusage: landfall COMMAND [options]\n\n",
      to);
  for (const auto& [name, command] : Commands()) {
    std::fprintf(to, "  %-10s %s\n", name.c_str(), std::string(command.summary).c_str());
  }
  std::fputs("\nlandfall COMMAND --help tells more, with an example.\n", to);
}

// A closed standard stream would be given to the next file opened, such as one of the store, and be written to.
void OpenClosedStreams() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1) ::open("/dev/null", O_RDWR);
  }
}

// What was printed is only told once it is written: a full disk must not look like success.
int FlushOutput(int exit_code) {
  if (std::fflush(stdout) == 0 && !std::ferror(stdout)) return exit_code;
  std::fputs("landfall: writing to standard output failed: the output is not complete\n", stderr);
  return landfall::app::kUnavailable;
}

}  // namespace

int main(int argc, char** argv) {
  OpenClosedStreams();
  const std::vector<std::string> arguments(argv + (argc > 1 ? 2 : 1), argv + argc);
  const std::string_view name = argc > 1 ? argv[1] : "";
  if (name == "--help" || name == "-h" || name == "help") {
    PrintHelp(stdout);
    return landfall::app::kDone;
  }
  const auto command = Commands().find(name);
  if (command == Commands().end()) {
    if (!name.empty()) std::fprintf(stderr, "landfall: no command '%s'\n\n", std::string(name).c_str());
    PrintHelp(stderr);
    return landfall::app::kWrongUsage;
  }
  return FlushOutput(command->second.run(arguments));
}
