#include "tests/support/power_cut_env.h"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <system_error>
#include <utility>

namespace landfall {
namespace {

using rocksdb::FileOptions;
using rocksdb::FileSystem;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

std::string DirectoryOf(const std::string& path) { return std::filesystem::path(path).parent_path().string(); }

// What all files of the file system share. One lock for all: these are tests.
struct Machine {
  explicit Machine(const PowerCutOptions& chosen) : options(chosen) {}

  IOStatus Call() {
    const std::uint64_t number = ++calls;
    const bool later = options.keep_failing && number > options.fail_at;
    const bool fails = options.fail_at != 0 && (number == options.fail_at || later);
    if (!fails) return IOStatus::OK();
    return options.fault == Fault::kNoSpace ? IOStatus::NoSpace("injected") : IOStatus::IOError("injected");
  }

  // `path` is about to get a new file: a cut before its directory is synced brings the old one back.
  void Remember(const std::string& path) {
    std::map<std::string, std::optional<std::string>>& lost = names[DirectoryOf(path)];
    if (lost.contains(path)) return;
    std::ifstream old(path, std::ios::binary);
    if (old) {
      lost[path] = std::string(std::istreambuf_iterator<char>(old), {});
    } else {
      lost[path] = std::nullopt;
    }
  }

  const PowerCutOptions options;
  std::atomic<std::uint64_t> calls{0};
  std::mutex mutex;
  std::map<std::string, std::string*> pending;            // Of each open file: what was written and not synced.
  std::map<std::string, std::uintmax_t> closed_unsynced;  // How much of a closed file was synced.
  // By directory: what a name stood for when it was last synced; nullopt for nothing.
  std::map<std::string, std::map<std::string, std::optional<std::string>>> names;
};

class BufferedFile : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  BufferedFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::string path, Machine& machine)
      : FSWritableFileOwnerWrapper(std::move(file)), path_(std::move(path)), machine_(machine) {
    machine_.pending[path_] = &pending_;
  }
  ~BufferedFile() override {
    const std::lock_guard lock(machine_.mutex);
    Forget();
  }

  IOStatus Append(const Slice& data, const IOOptions&, IODebugContext*) override {
    const std::lock_guard lock(machine_.mutex);
    if (IOStatus status = machine_.Call(); !status.ok()) {
      if (machine_.options.fault == Fault::kTornWrite) pending_.append(data.data(), data.size() / 2);
      return status;
    }
    pending_.append(data.data(), data.size());
    return IOStatus::OK();
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const rocksdb::DataVerificationInfo&,
                  IODebugContext* debug) override {
    return Append(data, options, debug);
  }
  // On a real machine both reach the page cache, which a power cut empties.
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus RangeSync(std::uint64_t, std::uint64_t, const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    const std::lock_guard lock(machine_.mutex);
    if (IOStatus status = machine_.Call(); !status.ok()) return status;
    if (machine_.options.lie_about_sync) return IOStatus::OK();
    if (IOStatus status = WriteOut(options, debug); !status.ok()) return status;
    return target()->Sync(options, debug);
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override { return Sync(options, debug); }
  bool IsSyncThreadSafe() const override { return false; }

  IOStatus Truncate(std::uint64_t size, const IOOptions& options, IODebugContext* debug) override {
    const std::lock_guard lock(machine_.mutex);
    if (IOStatus status = WriteOut(options, debug); !status.ok()) return status;
    return target()->Truncate(size, options, debug);
  }
  // Closing is not syncing, but a process that goes on can read what it wrote.
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    const std::lock_guard lock(machine_.mutex);
    if (!pending_.empty()) machine_.closed_unsynced[path_] = target()->GetFileSize(options, debug);
    Forget();
    if (IOStatus status = WriteOut(options, debug); !status.ok()) return status;
    return target()->Close(options, debug);
  }
  std::uint64_t GetFileSize(const IOOptions& options, IODebugContext* debug) override {
    const std::lock_guard lock(machine_.mutex);
    return target()->GetFileSize(options, debug) + pending_.size();
  }

 private:
  IOStatus WriteOut(const IOOptions& options, IODebugContext* debug) {
    if (pending_.empty()) return IOStatus::OK();
    IOStatus status = target()->Append(pending_, options, debug);
    pending_.clear();
    return status;
  }

  void Forget() {
    const auto it = machine_.pending.find(path_);
    if (it != machine_.pending.end() && it->second == &pending_) machine_.pending.erase(it);
  }

  const std::string path_;
  Machine& machine_;
  std::string pending_;
};

class SyncedDirectory : public rocksdb::FSDirectoryWrapper {
 public:
  SyncedDirectory(std::unique_ptr<rocksdb::FSDirectory> directory, std::string path, Machine& machine)
      : FSDirectoryWrapper(std::move(directory)), path_(std::move(path)), machine_(machine) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return FsyncWithDirOptions(options, debug, {});
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& how) override {
    {
      const std::lock_guard lock(machine_.mutex);
      if (IOStatus status = machine_.Call(); !status.ok()) return status;
      machine_.names.erase(path_);
    }
    return FSDirectoryWrapper::FsyncWithDirOptions(options, debug, how);
  }

 private:
  const std::string path_;
  Machine& machine_;
};

class PowerCutFileSystem : public rocksdb::FileSystemWrapper {
 public:
  explicit PowerCutFileSystem(const PowerCutOptions& options)
      : FileSystemWrapper(FileSystem::Default()), machine_(options) {}

  const char* Name() const override { return "PowerCutFileSystem"; }
  Machine& machine() { return machine_; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext* debug) override {
    return Buffer(path, true, file, [&] { return target()->NewWritableFile(path, options, file, debug); });
  }
  IOStatus ReopenWritableFile(const std::string& path, const FileOptions& options,
                              std::unique_ptr<rocksdb::FSWritableFile>* file, IODebugContext* debug) override {
    return Buffer(path, !std::filesystem::exists(path), file,
                  [&] { return target()->ReopenWritableFile(path, options, file, debug); });
  }
  // Files are not used again: RocksOptions keeps recycle_log_file_num at 0.
  IOStatus ReuseWritableFile(const std::string&, const std::string&, const FileOptions&,
                             std::unique_ptr<rocksdb::FSWritableFile>*, IODebugContext*) override {
    return IOStatus::NotSupported("ReuseWritableFile");
  }

  IOStatus NewDirectory(const std::string& path, const IOOptions& options,
                        std::unique_ptr<rocksdb::FSDirectory>* directory, IODebugContext* debug) override {
    std::unique_ptr<rocksdb::FSDirectory> real;
    if (IOStatus status = target()->NewDirectory(path, options, &real, debug); !status.ok()) return status;
    *directory = std::make_unique<SyncedDirectory>(std::move(real), Plain(path), machine_);
    return IOStatus::OK();
  }

  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions& options,
                      IODebugContext* debug) override {
    const std::lock_guard lock(machine_.mutex);
    if (IOStatus status = machine_.Call(); !status.ok()) return status;
    machine_.Remember(to);
    if (auto moved = machine_.closed_unsynced.extract(from); !moved.empty()) {
      moved.key() = to;
      machine_.closed_unsynced.insert(std::move(moved));
    }
    return target()->RenameFile(from, to, options, debug);
  }

  IOStatus DeleteFile(const std::string& path, const IOOptions& options, IODebugContext* debug) override {
    const std::lock_guard lock(machine_.mutex);
    if (IOStatus status = machine_.Call(); !status.ok()) return status;
    machine_.closed_unsynced.erase(path);
    return target()->DeleteFile(path, options, debug);
  }

 private:
  static std::string Plain(std::string path) {
    while (path.size() > 1 && path.back() == '/') path.pop_back();
    return path;
  }

  template <typename Open>
  IOStatus Buffer(const std::string& path, bool is_new, std::unique_ptr<rocksdb::FSWritableFile>* file,
                  const Open& open) {
    const std::lock_guard lock(machine_.mutex);
    if (IOStatus status = machine_.Call(); !status.ok()) return status;
    if (is_new) machine_.Remember(path);
    if (IOStatus status = open(); !status.ok()) return status;
    *file = std::make_unique<BufferedFile>(std::move(*file), path, machine_);
    return IOStatus::OK();
  }

  Machine machine_;
};

using RandomEngine = std::mt19937_64;

std::uintmax_t UpTo(RandomEngine& random, std::uintmax_t most) {
  return std::uniform_int_distribution<std::uintmax_t>(0, most)(random);
}

void CutOpenFiles(const Machine& machine, RandomEngine& random) {
  for (const auto& [path, bytes] : machine.pending) {
    std::ofstream file(path, std::ios::binary | std::ios::app);
    file.write(bytes->data(), static_cast<std::streamsize>(UpTo(random, bytes->size())));
  }
}

void CutClosedFiles(const Machine& machine, RandomEngine& random) {
  for (const auto& [path, synced] : machine.closed_unsynced) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    if (!error && size > synced) std::filesystem::resize_file(path, synced + UpTo(random, size - synced), error);
  }
}

void CutNames(const Machine& machine) {
  for (const auto& [directory, names] : machine.names) {
    for (const auto& [path, old] : names) {
      std::error_code error;
      std::filesystem::remove(path, error);
      if (old) std::ofstream(path, std::ios::binary) << *old;
    }
  }
}

}  // namespace

struct PowerCutEnv::Rep {
  explicit Rep(const PowerCutOptions& options)
      : files(std::make_shared<PowerCutFileSystem>(options)), env(rocksdb::NewCompositeEnv(files)) {}

  std::shared_ptr<PowerCutFileSystem> files;
  std::unique_ptr<rocksdb::Env> env;
};

PowerCutEnv::PowerCutEnv(const PowerCutOptions& options) : rep_(std::make_unique<Rep>(options)) {}
PowerCutEnv::~PowerCutEnv() = default;

void* PowerCutEnv::environment() const { return rep_->env.get(); }
std::uint64_t PowerCutEnv::calls() const { return rep_->files->machine().calls; }

void PowerCutEnv::Cut(std::uint64_t seed) {
  Machine& machine = rep_->files->machine();
  machine.mutex.lock();  // For good: nothing more is written.
  RandomEngine random(seed);
  CutOpenFiles(machine, random);
  CutClosedFiles(machine, random);
  CutNames(machine);
  _exit(9);
}

}  // namespace landfall
