#pragma once

// A store in a directory of its own, and what storage tests do to one.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "storage/database.h"
#include "tests/support/random_message.h"

namespace landfall {

inline absl::StatusOr<std::unique_ptr<Database>> OpenStore(const std::string& directory, void* environment = nullptr,
                                                           bool sync = true) {
  DatabaseOptions options;
  options.directory = directory;
  options.environment = environment;
  options.sync = sync;
  return Database::Open(options);
}

class TempStore {
 public:
  TempStore() {
    std::string pattern = (std::filesystem::temp_directory_path() / "landfall-store-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~TempStore() {
    std::error_code error;
    std::filesystem::remove_all(root_, error);
  }
  TempStore(const TempStore&) = delete;
  TempStore& operator=(const TempStore&) = delete;

  std::string directory() const { return root_ + "/store"; }
  std::string File(const std::string& name) const { return directory() + "/" + name; }

  absl::StatusOr<std::unique_ptr<Database>> Open() const { return OpenStore(directory()); }
  std::unique_ptr<Database> MustOpen() const {
    absl::StatusOr<std::unique_ptr<Database>> database = Open();
    EXPECT_TRUE(database.ok()) << database.status();
    return database.ok() ? *std::move(database) : nullptr;
  }

 private:
  std::string root_;
};

// Files of the database with this ending, such as ".log" for what is not yet in tables. In order of their names.
inline std::vector<std::string> FilesEnding(const TempStore& store, const std::string& ending) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(store.directory())) {
    if (entry.is_regular_file() && entry.path().string().ends_with(ending)) files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

inline std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline void WriteBytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}
inline void FlipBit(const std::string& path, std::size_t byte, int bit = 0) {
  std::string bytes = ReadBytes(path);
  bytes.at(byte) = static_cast<char>(bytes.at(byte) ^ (1 << bit));
  WriteBytes(path, bytes);
}

// Puts message `number` (see TypicalMessage) with all that a real group has: its flag, and a row for its effect, keyed
// by the receipt number, so that a second effect of one message would show.
inline void PutTypical(StoreBatch& batch, std::uint64_t number, std::uint64_t sequence, int travellers = 2) {
  const Message message = TypicalMessage(number, travellers);
  batch.PutMessage(message, message.flight.Key(), ContentHash(message), sequence);
  FlightFlag flag;
  flag.key = message.flight.Key();
  flag.points = static_cast<std::int32_t>(number);
  batch.PutFlag(flag);
  batch.PutReference(ReferenceKind::kDispositions, "effect " + std::to_string(sequence), std::to_string(number));
}

// Whether loops run in full, as before a release.
inline bool InFull() { return std::getenv("LANDFALL_LONG") != nullptr || std::getenv("LANDFALL_CYCLES") != nullptr; }

// How often a loop goes round: more often before a release. `./do crash N` sets LANDFALL_CYCLES, and asks for N.
inline int Cycles(int in_ci, int before_release) {
  if (const char* cycles = std::getenv("LANDFALL_CYCLES")) return std::max(1, std::atoi(cycles));
  return std::getenv("LANDFALL_LONG") != nullptr ? before_release : in_ci;
}

// The seed of a loop: this one, unless LANDFALL_SEED names another to try or to see again.
inline std::uint64_t SeedOr(std::uint64_t otherwise) {
  const char* seed = std::getenv("LANDFALL_SEED");
  return seed == nullptr ? otherwise : std::strtoull(seed, nullptr, 10);
}

}  // namespace landfall
