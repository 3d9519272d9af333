// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/index_lock.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/storage/index/current.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::AllOf;
using ::testing::ContainsRegex;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// Another process that holds the lock until it is killed.
class OtherWriter {
 public:
  explicit OtherWriter(const Layout& layout) {
    int ready[2];
    EXPECT_EQ(pipe(ready), 0);
    pid_ = fork();
    if (pid_ == 0) {
      const absl::StatusOr<IndexLock> lock = IndexLock::Acquire(layout, "broadsheet-indexer build");
      const char answer = lock.ok() ? 'y' : 'n';
      if (write(ready[1], &answer, 1) == 1) pause();
      _exit(0);
    }
    char answer = 'n';
    EXPECT_EQ(read(ready[0], &answer, 1), 1);
    EXPECT_EQ(answer, 'y');
    close(ready[0]);
    close(ready[1]);
  }
  ~OtherWriter() {
    if (pid_ > 0) Kill();
  }
  void Kill() {
    kill(pid_, SIGKILL);
    waitpid(std::exchange(pid_, -1), nullptr, 0);
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_ = -1;
};

TEST(IndexLockTest, MakesTheFolderAndThoseAboveIt) {
  const TempDir dir;
  const Layout layout(dir / "a/b/index");
  EXPECT_OK(IndexLock::Acquire(layout, "test"));
  EXPECT_TRUE(std::filesystem::is_directory(layout.generations()));
}

TEST(IndexLockTest, AcceptsATrailingSlash) {
  const TempDir dir;
  EXPECT_OK(IndexLock::Acquire(Layout((dir / "index").string() + "/"), "test"));
  EXPECT_TRUE(std::filesystem::exists(dir / "index/LOCK"));
}

TEST(IndexLockTest, NamesTheProcessThatHoldsIt) {
  const TempDir dir;
  const Layout layout(dir / "index");
  const OtherWriter other(layout);
  const auto refused = IndexLock::Acquire(layout, "broadsheet-indexer add");
  EXPECT_THAT(refused,
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       HasSubstr(absl::StrFormat(
                           "index %s is being written by broadsheet-indexer build, pid %d, since ",
                           layout.root().string(), other.pid()))));
  EXPECT_THAT(schema::FaultsOf(refused.status()),
              ElementsAre(schema::IndexFault{.reason = schema::FaultReason::kIndexLocked,
                                             .index = layout.root().string()}));
}

TEST(IndexLockTest, NamesTheServerThatHoldsIt) {
  const TempDir dir;
  const Layout layout(dir / "index");
  absl::StatusOr<IndexLock> held = IndexLock::Acquire(layout, "a server");
  ASSERT_OK(held);
  ASSERT_OK(held->Announce("127.0.0.1:6460"));
  EXPECT_THAT(schema::FaultsOf(IndexLock::Acquire(layout, "a build").status()),
              ElementsAre(schema::IndexFault{.reason = schema::FaultReason::kIndexLocked,
                                             .index = layout.root().string(),
                                             .server = "127.0.0.1:6460"}));
}

// The name of a holder that was killed used to be given for that of the next one, which had the
// lock and had not written its own yet.
TEST(IndexLockTest, DoesNotTakeAKilledHolderForTheOneThatHoldsItNow) {
  const TempDir dir;
  const Layout layout(dir / "index");
  OtherWriter killed(layout);
  const pid_t pid = killed.pid();
  killed.Kill();
  // Locked, and nothing written.
  const base::FileDescriptor next(::open(layout.lock().c_str(), O_RDWR | O_CLOEXEC));
  ASSERT_EQ(::flock(next.get(), LOCK_EX | LOCK_NB), 0);
  EXPECT_THAT(IndexLock::Acquire(layout, "test"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr(" is being written by another process (LOCK names "
                                       "broadsheet-indexer build, pid " +
                                       std::to_string(pid)),
                             HasSubstr(", which does not run here)"))));
}

TEST(IndexLockTest, IsFreeOnceItsHolderWasKilled) {
  const TempDir dir;
  const Layout layout(dir / "index");
  OtherWriter other(layout);
  other.Kill();
  EXPECT_OK(IndexLock::Acquire(layout, "test"));
}

TEST(IndexLockTest, IsFreeAfterDestructionAndThenNamesNobody) {
  const TempDir dir;
  const Layout layout(dir / "index");
  {
    absl::StatusOr<IndexLock> lock = IndexLock::Acquire(layout, "me");
    ASSERT_OK(lock);
    EXPECT_THAT(ReadFile(layout.lock()), ContainsRegex("holder me\npid [0-9]+\nsince 20"));
    // Even the same process has it only once.
    EXPECT_THAT(IndexLock::Acquire(layout, "me too"),
                StatusIs(absl::StatusCode::kFailedPrecondition));
    const IndexLock moved = *std::move(lock);
  }
  EXPECT_EQ(ReadFile(layout.lock()), "last_generation 00000000000000000000\n");
  EXPECT_OK(IndexLock::Acquire(layout, "test"));
}

TEST(IndexLockTest, RefusesAFile) {
  const TempDir dir;
  const std::string file = dir.Write("index", "my diary").string();
  EXPECT_THAT(IndexLock::Acquire(Layout(file), "test"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "cannot make an index at " + file + ": it is a file; name a folder"));
  EXPECT_EQ(ReadFile(file), "my diary");
}

TEST(IndexLockTest, RefusesAFolderOfOtherThingsAndLeavesItAlone) {
  const TempDir dir;
  dir.Write("letter.txt", "");
  // What other programs call theirs.
  dir.Write("LOCK", "");
  dir.Write("CURRENT", "MANIFEST-000001\n");
  EXPECT_THAT(IndexLock::Acquire(Layout(dir.path()), "test"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "cannot make an index in " + dir.path().string() +
                           ": the folder holds other things (\"letter.txt\"); name a new or an "
                           "empty folder"));
  EXPECT_FALSE(std::filesystem::exists(dir / "generations"));
  EXPECT_EQ(ReadFile(dir / "LOCK"), "");
}

TEST(IndexLockTest, TakesAnEmptyFolderAndTheRootOfAFileSystem) {
  const TempDir dir;
  std::filesystem::create_directories(dir / "empty");
  EXPECT_OK(IndexLock::Acquire(Layout(dir / "empty"), "test"));
  std::filesystem::create_directories(dir / "disk/lost+found");
  EXPECT_OK(IndexLock::Acquire(Layout(dir / "disk"), "test"));
}

TEST(IndexLockTest, ANoteBesideAnIndexDoesNotStopItsWriter) {
  const TempDir dir;
  EXPECT_OK(IndexLock::Acquire(Layout(dir.path()), "test"));
  dir.Write("README", "ours");
  EXPECT_OK(IndexLock::Acquire(Layout(dir.path()), "test"));
}

uint64_t TakeNumber(const Layout& layout) {
  absl::StatusOr<IndexLock> lock = IndexLock::Acquire(layout, "test");
  EXPECT_OK(lock);
  const absl::StatusOr<uint64_t> number = lock->TakeGenerationNumber();
  EXPECT_OK(number);
  return *number;
}

TEST(IndexLockTest, NeverGivesANumberTwiceEvenWhenNothingWasMadeOfIt) {
  const TempDir dir;
  const Layout layout(dir / "index");
  EXPECT_EQ(TakeNumber(layout), 1U);
  EXPECT_EQ(TakeNumber(layout), 2U);
  {
    absl::StatusOr<IndexLock> lock = IndexLock::Acquire(layout, "test");
    EXPECT_EQ(*lock->TakeGenerationNumber(), 3U);
    EXPECT_EQ(*lock->TakeGenerationNumber(), 4U);
  }
  EXPECT_EQ(TakeNumber(layout), 5U);
}

TEST(IndexLockTest, CountsOnFromFoldersAndCurrentWhenLockWasLost) {
  const TempDir dir;
  const Layout layout(dir / "index");
  TakeNumber(layout);
  std::filesystem::create_directories(layout.generation(41));
  for (const std::string& damage : {std::string(), std::string("\0\0\0\0", 4), std::string("x")}) {
    dir.Write("index/LOCK", damage);
    EXPECT_EQ(TakeNumber(layout), 42U);
  }
  dir.Write("index/CURRENT", "000050 " + std::string(32, 'a') + "\n");
  dir.Write("index/LOCK", "");
  EXPECT_EQ(TakeNumber(layout), 51U);
}

}  // namespace
}  // namespace broadsheet::storage
