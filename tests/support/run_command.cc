#include "tests/support/run_command.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

namespace landfall::testing_support {
namespace {

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void Redirect(const std::string& path, int flags, int to) {
  const int descriptor = ::open(path.c_str(), flags, 0600);
  if (descriptor < 0 || ::dup2(descriptor, to) < 0) ::_exit(127);
}

pid_t Start(const std::vector<std::string>& arguments, const std::string& in, const std::string& out,
            const std::string& err) {
  std::vector<char*> argv = {const_cast<char*>(LANDFALL_BINARY)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    Redirect(in, O_RDONLY, STDIN_FILENO);
    Redirect(out, O_WRONLY | O_CREAT, STDOUT_FILENO);
    Redirect(err, O_WRONLY | O_CREAT, STDERR_FILENO);
    ::execv(LANDFALL_BINARY, argv.data());
    ::_exit(127);
  }
  return child;
}

int ExitCode(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

CommandResult Run(const std::vector<std::string>& arguments, const std::string& input, int kill_after_ms) {
  const TemporaryFolder folder;
  const std::string in = folder.Write("in", input), out = folder.Path("out"), err = folder.Path("err");
  const pid_t child = Start(arguments, in, out, err);
  int status = 0;
  if (kill_after_ms >= 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(kill_after_ms));
    ::kill(child, SIGKILL);
  }
  ::waitpid(child, &status, 0);
  return {ExitCode(status), ReadAll(out), ReadAll(err)};
}

}  // namespace

CommandResult RunLandfall(const std::vector<std::string>& arguments, const std::string& input) {
  return Run(arguments, input, -1);
}

CommandResult RunLandfallAndKill(const std::vector<std::string>& arguments, int milliseconds) {
  return Run(arguments, "", milliseconds);
}

struct RunningLandfall::Files {
  TemporaryFolder folder;
  std::string in = folder.Write("in", ""), out = folder.Path("out"), err = folder.Path("err");
};

RunningLandfall::RunningLandfall(const std::vector<std::string>& arguments) : files_(std::make_unique<Files>()) {
  child_ = Start(arguments, files_->in, files_->out, files_->err);
}

RunningLandfall::~RunningLandfall() {
  if (child_ <= 0) return;
  Signal(SIGKILL);
  Wait();
}

bool RunningLandfall::WaitForError(const std::string& text) {
  for (int i = 0; i < 6'000; ++i) {
    if (ReadAll(files_->err).find(text) != std::string::npos) return true;
    siginfo_t ended{};
    if (::waitid(P_PID, static_cast<id_t>(child_), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid != 0) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return ReadAll(files_->err).find(text) != std::string::npos;
}

void RunningLandfall::Signal(int signal) const { ::kill(child_, signal); }

CommandResult RunningLandfall::Wait() {
  int status = 0;
  ::waitpid(child_, &status, 0);
  child_ = -1;
  return {ExitCode(status), ReadAll(files_->out), ReadAll(files_->err)};
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "landfall-test-XXXXXX").string();
  path_ = ::mkdtemp(name.data());
}
TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::Write(const std::string& name, const std::string& text) const {
  std::ofstream(Path(name), std::ios::binary) << text;
  return Path(name);
}

}  // namespace landfall::testing_support
