// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/file_writer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::base {
namespace {

using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;

TEST(FileWriterTest, WritesSmallAndLargePiecesInOrder) {
  const TempDir dir;
  absl::StatusOr<FileWriter> writer = FileWriter::Create(dir / "file");
  ASSERT_OK(writer);
  std::string expected;
  for (const size_t size : {1U, 300'000U, 7U, 255U << 10, 100U, 1'000'000U}) {
    const std::string piece(size, static_cast<char>('a' + expected.size() % 26));
    ASSERT_OK(writer->Append(piece));
    expected += piece;
  }
  EXPECT_EQ(writer->bytes(), expected.size());
  ASSERT_OK(writer->Finish());
  EXPECT_EQ(ReadFile(dir / "file"), expected);
}

// /dev/full takes no byte: each write fails with ENOSPC.
TEST(FileWriterTest, NamesTheFileWhenTheDiskIsFullAndKeepsTheError) {
  absl::StatusOr<FileWriter> writer = FileWriter::Create("/dev/full");
  ASSERT_OK(writer);
  EXPECT_OK(writer->Append("buffered"));
  const auto full = StatusIs(absl::StatusCode::kResourceExhausted,
                             "cannot write /dev/full: disk full; free space and run again");
  EXPECT_THAT(writer->Append(std::string(1'000'000, 'x')), full);
  EXPECT_THAT(writer->Append("more"), full);
  EXPECT_THAT(writer->Finish(), full);
}

TEST(FileWriterTest, NamesTheFileThatCannotBeMade) {
  const TempDir dir;
  EXPECT_THAT(FileWriter::Create(dir / "absent/file"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent/file: No such file")));
}

// Otherwise what an administrator replaces, with a umask of his own, is not read by a server any
// more.
TEST(ReplaceFileTest, KeepsThePermissionsWhoeverReplacesIt) {
  namespace fs = std::filesystem;
  const TempDir dir;
  fs::permissions(dir.Write("file", "old"), fs::perms(0644));
  fs::permissions(dir.Write("like", ""), fs::perms(0640));
  const mode_t before = ::umask(077);
  EXPECT_OK(ReplaceFile(dir / "file", "new", dir / "like"));
  EXPECT_OK(ReplaceFile(dir / "another", "new", dir / "like"));
  EXPECT_OK(ReplaceFile(dir / "third", "new", dir / "absent"));
  ::umask(before);
  EXPECT_EQ(fs::status(dir / "file").permissions(), fs::perms(0644));
  EXPECT_EQ(fs::status(dir / "another").permissions(), fs::perms(0640));
  EXPECT_EQ(fs::status(dir / "third").permissions(), fs::perms(0600));
  EXPECT_EQ(ReadFile(dir / "file"), "new");
}

TEST(ReplaceFileTest, KeepsTheOwnerAsFarAsItMay) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may give files away";
  const TempDir dir;
  ASSERT_EQ(::chown(dir.Write("file", "old").c_str(), 65534, 65534), 0);
  ASSERT_OK(ReplaceFile(dir / "file", "new"));
  struct stat found = {};
  ASSERT_EQ(::stat((dir / "file").c_str(), &found), 0);
  EXPECT_EQ(found.st_uid, 65534U);
  EXPECT_EQ(found.st_gid, 65534U);
}

TEST(ReplaceFileTest, ReplacesAsAWholeAndOverwritesWhatACrashLeft) {
  const TempDir dir;
  dir.Write("file", "old");
  dir.Write("file.new", "torn by a crash");
  ASSERT_OK(ReplaceFile(dir / "file", "new"));
  EXPECT_EQ(ReadFile(dir / "file"), "new");
  EXPECT_FALSE(std::filesystem::exists(dir / "file.new"));
}

TEST(ReplaceFileTest, LeavesTheOldFileWhenTheDiskIsFull) {
  const TempDir dir;
  dir.Write("file", "old");
  std::filesystem::create_symlink("/dev/full", dir / "file.new");
  EXPECT_THAT(ReplaceFile(dir / "file", "new"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk full")));
  EXPECT_EQ(ReadFile(dir / "file"), "old");
}

}  // namespace
}  // namespace broadsheet::base
