#pragma once

// A file system that holds in the process what an operating system would hold in its memory, so that ending the process
// destroys it just as a power cut would; and that can fail any one call. Directories stay real: open what is left with
// the ordinary file system.

#include <cstdint>
#include <memory>

namespace landfall {

// How a call fails. A torn write leaves half of its bytes; other calls fail as with an I/O error.
enum class Fault { kIoError, kNoSpace, kTornWrite };

struct PowerCutOptions {
  // A disk that says "synced" and is not: what the high-water mark is there to find out.
  bool lie_about_sync = false;
  // The call (write, sync, open, rename, delete; counted from 1) that fails, and all later ones if `keep_failing`.
  // 0: none.
  std::uint64_t fail_at = 0;
  bool keep_failing = false;
  Fault fault = Fault::kIoError;
};

class PowerCutEnv {
 public:
  explicit PowerCutEnv(const PowerCutOptions& options = {});
  ~PowerCutEnv();

  // For DatabaseOptions::environment. Must outlive the database.
  void* environment() const;

  // How many calls that may fail were made.
  std::uint64_t calls() const;

  // The power cut: of what was written and not synced, a random beginning reaches each file; files made and renamed
  // since their directory was last synced are as they were before. Then the process ends at once, with status 9.
  [[noreturn]] void Cut(std::uint64_t seed);

 private:
  struct Rep;
  std::unique_ptr<Rep> rep_;
};

}  // namespace landfall
