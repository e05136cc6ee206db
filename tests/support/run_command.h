#pragma once

// Runs the real program, as a user would.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace landfall::testing_support {

struct CommandResult {
  int exit_code = -1;  // 128 + signal if it was killed.
  std::string out;
  std::string err;
};

// Runs `landfall` with these arguments. `input`, if not empty, is its standard input.
CommandResult RunLandfall(const std::vector<std::string>& arguments, const std::string& input = "");

// Starts `landfall` and kills it with SIGKILL after `milliseconds`, unless it ended before.
CommandResult RunLandfallAndKill(const std::vector<std::string>& arguments, int milliseconds);

// `landfall` while it runs, in the background. Killed at the end if it still does.
class RunningLandfall {
 public:
  explicit RunningLandfall(const std::vector<std::string>& arguments);
  ~RunningLandfall();
  RunningLandfall(const RunningLandfall&) = delete;
  RunningLandfall& operator=(const RunningLandfall&) = delete;

  // Waits until standard error holds `text`; false if it has not within a minute, or the program ended.
  bool WaitForError(const std::string& text);
  void Signal(int signal) const;
  // Waits for the end.
  CommandResult Wait();

 private:
  struct Files;
  std::unique_ptr<Files> files_;
  int child_ = -1;
};

// A folder of this test's own, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string Path(const std::string& name) const { return (path_ / name).string(); }
  // Writes a file and returns its path.
  std::string Write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

}  // namespace landfall::testing_support
