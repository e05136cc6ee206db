// A real small disk that fills up under the real program, and grows again. Needs the right to mount; else skipped.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "storage/database.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

constexpr int kMessages = 4'000;

class FullDisk : public testing::Test {
 protected:
  FullDisk() : disk_(folder_.Path("disk")), data_(disk_ + "/data") { std::filesystem::create_directory(disk_); }
  void SetUp() override {
    mounted_ = ::mount("none", disk_.c_str(), "tmpfs", 0, "size=24m") == 0;
    if (!mounted_) GTEST_SKIP() << "no right to mount a small disk";
  }
  ~FullDisk() override {
    if (mounted_) ::umount2(disk_.c_str(), MNT_DETACH);
  }
  void Resize(const char* size) { EXPECT_EQ(::mount("none", disk_.c_str(), "tmpfs", MS_REMOUNT, size), 0) << size; }

  // Messages of a traveller each with texts that do not compress, more than the small disk holds.
  std::string Input() const {
    std::string text;
    std::uint64_t noise = 0x9e3779b97f4a7c15;
    for (int i = 0; i < kMessages; ++i) {
      std::string payer;
      while (payer.size() < 8'000) {
        noise ^= noise << 13, noise ^= noise >> 7, noise ^= noise << 17;
        payer += absl::StrFormat("%016X", noise);
      }
      text += absl::StrFormat(
          R"({"message_id":"M%d","kind":"check_in","flight":{"number":"ZZ%d","from":"LOS","to":"LHR","departs_at":)"
          R"("2026-11-22T00:10:00Z"},"travellers":[{"ref":"1","surname":"QUILL","booking":{"payer":"%s"}}]})" "\n",
          i, 100 + i % 20, payer);
    }
    return folder_.Write("in.ndjson", text);
  }
  CommandResult Screen(const std::string& input) const {
    return RunLandfall({"screen", "--data", data_, "--config", config_, "--format", "ndjson", "--progress-ms", "0", input});
  }
  std::uint64_t Stored() const {
    DatabaseOptions options;
    options.directory = data_;
    const auto database = Database::Open(options);
    EXPECT_TRUE(database.ok()) << database.status();
    return database.ok() ? (*database)->CountRows("messages").value() : 0;
  }

  const TemporaryFolder folder_;
  const std::string disk_, data_;
  const std::string config_ = folder_.Write("off.toml", "[disk_watermark]\nfree_mib = 0\nfree_percent = 0\n");
  bool mounted_ = false;
};

// The highest count that was reported as on disk.
std::uint64_t Acknowledged(const std::string& err) {
  std::uint64_t most = 0;
  constexpr std::string_view kWords = "on disk: ";
  for (std::size_t at = err.find(kWords); at != std::string::npos; at = err.find(kWords, at + 1)) {
    most = std::max<std::uint64_t>(most, std::stoull(err.substr(at + kWords.size())));
  }
  return most;
}

TEST_F(FullDisk, EndsWithAWordLosesNothingAndGoesOnWhenThereIsRoom) {
  const std::string input = Input();
  const CommandResult full = Screen(input);
  EXPECT_EQ(full.exit_code, 4) << full.err;
  EXPECT_THAT(full.err, HasSubstr("No space left on device"));
  const std::uint64_t acknowledged = Acknowledged(full.err);
  EXPECT_GT(acknowledged, 0u);
  EXPECT_LT(acknowledged, static_cast<std::uint64_t>(kMessages));

  Resize("size=512m");
  EXPECT_GE(Stored(), acknowledged);
  const CommandResult room = Screen(input);
  EXPECT_EQ(room.exit_code, 0) << room.err;
  EXPECT_EQ(Stored(), static_cast<std::uint64_t>(kMessages));
  EXPECT_THAT(room.err, HasSubstr(absl::StrFormat("messages    %d read = ", kMessages)));
}

}  // namespace
}  // namespace landfall
