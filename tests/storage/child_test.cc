#include "tests/storage/child.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <map>

#include "absl/strings/str_format.h"

namespace landfall {
namespace {

constexpr char kVariable[] = "LANDFALL_TEST_CHILD";
constexpr char kSeparator = '\x1f';

std::map<std::string, int (*)(const ChildArguments&)>& Roles() {
  static std::map<std::string, int (*)(const ChildArguments&)> roles;
  return roles;
}

ChildArguments Split(const std::string& text) {
  ChildArguments parts;
  std::size_t at = 0;
  for (std::size_t end; (end = text.find(kSeparator, at)) != std::string::npos; at = end + 1) {
    parts.push_back(text.substr(at, end - at));
  }
  return parts;
}

// What a child runs, and nothing else does.
TEST(ChildTest, DISABLED_Run) {
  const char* text = std::getenv(kVariable);
  if (text == nullptr) GTEST_SKIP() << "only for children";
  const ChildArguments parts = Split(text);
  _exit(Roles().at(parts.at(0))({parts.begin() + 1, parts.end()}));
}

int EchoLength(const ChildArguments& arguments) { return static_cast<int>(arguments.at(1).size()); }
const ChildRole kEcho("echo length", EchoLength);
int Abort(const ChildArguments&) { std::abort(); }
const ChildRole kAbort("abort", Abort);

TEST(ChildTest, GetsItsArgumentsAndGivesItsResult) {
  EXPECT_EQ(RunChild("echo length", {"", "twelve bytes"}), 12);
  EXPECT_EQ(RunChild("abort", {}), -SIGABRT);
}

}  // namespace

ChildRole::ChildRole(const char* name, int (*run)(const ChildArguments& arguments)) { Roles()[name] = run; }

pid_t StartChild(const std::string& role, const ChildArguments& arguments) {
  // All is made ready before the fork: after it, little is safe.
  std::string variable = absl::StrFormat("%s=%s%c", kVariable, role, kSeparator);
  for (const std::string& argument : arguments) variable += argument + kSeparator;
  std::vector<char*> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    // Whatever part of the tests this process runs, the child runs its role.
    if (!std::string_view(*entry).starts_with("GTEST_")) environment.push_back(*entry);
  }
  environment.push_back(variable.data());
  environment.push_back(nullptr);
  std::string program = "storage_tests", filter = "--gtest_filter=ChildTest.DISABLED_Run",
              disabled = "--gtest_also_run_disabled_tests";
  char* const command[] = {program.data(), filter.data(), disabled.data(), nullptr};

  const pid_t child = fork();
  if (child != 0) return child;
  dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
  execve("/proc/self/exe", command, environment.data());
  _exit(127);
}

int WaitForChild(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace landfall
