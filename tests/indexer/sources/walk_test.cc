// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WalkTest : public ::testing::Test {
 protected:
  absl::Status WalkFolder(const WalkOptions& options = {}) {
    return Walk(folder_.path(), options,
                {.on_file =
                     [this](const std::filesystem::path& file) {
                       files_.push_back(file.lexically_relative(folder_.path()).string());
                       return absl::OkStatus();
                     },
                 .on_unreadable =
                     [this](const std::filesystem::path& path, const std::string& reason) {
                       unreadable_.push_back(path.filename().string() + ": " + reason);
                       return absl::OkStatus();
                     }});
  }

  TempDir folder_;
  std::vector<std::string> files_;
  std::vector<std::string> unreadable_;
};

TEST_F(WalkTest, FindsFilesInOrderOfTheirNames) {
  folder_.Write("b.txt", "1");
  folder_.Write("a/2.txt", "22");
  folder_.Write("a/10.txt", "333");
  folder_.Write("c/d/e.txt", "4444");
  ASSERT_OK(WalkFolder());
  EXPECT_THAT(files_, ElementsAre("a/10.txt", "a/2.txt", "b.txt", "c/d/e.txt"));
  EXPECT_EQ(TotalBytes({folder_.path().string()}, {}), 10U);
}

TEST_F(WalkTest, PassesOverHiddenFilesAndFolders) {
  folder_.Write(".git/config", "x");
  folder_.Write(".hidden", "x");
  folder_.Write("seen.txt", "x");
  ASSERT_OK(WalkFolder());
  EXPECT_THAT(files_, ElementsAre("seen.txt"));
}

TEST_F(WalkTest, PassesOverTheIndexThatIsBeingWritten) {
  folder_.Write("index/CURRENT", "x");
  folder_.Write("seen.txt", "x");
  ASSERT_OK(WalkFolder({.exclude = folder_ / "index"}));
  EXPECT_THAT(files_, ElementsAre("seen.txt"));
}

TEST_F(WalkTest, ReportsWhatIsNoFileAndGoesOn) {
  folder_.Write("z.txt", "x");
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  std::filesystem::create_symlink("nowhere", folder_ / "dangling");
  ASSERT_OK(WalkFolder());
  EXPECT_THAT(files_, ElementsAre("z.txt"));
  EXPECT_THAT(unreadable_, ElementsAre("dangling: cannot read: No such file or directory",
                                       "pipe: not a regular file"));
}

TEST_F(WalkTest, LinksLeadToFilesButNotInCircles) {
  folder_.Write("a/real.txt", "x");
  std::filesystem::create_symlink("a/real.txt", folder_ / "link.txt");
  std::filesystem::create_directory_symlink("..", folder_ / "a" / "up");
  ASSERT_OK(WalkFolder());
  EXPECT_THAT(files_, ElementsAre("a/real.txt", "link.txt"));
  EXPECT_THAT(unreadable_, IsEmpty());
}

TEST_F(WalkTest, MissingPathIsAnError) {
  EXPECT_THAT(Walk(folder_ / "absent", {}, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent: No such file")));
}

}  // namespace
}  // namespace broadsheet::sources
