// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources {
namespace {

using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string ReadToEnd(const base::FileDescriptor& opened) {
  std::string content(1000, '\0');
  const ssize_t size = read(opened.get(), content.data(), content.size());
  content.resize(size < 0 ? 0 : static_cast<size_t>(size));
  return content;
}

class WalkTest : public ::testing::Test {
 protected:
  absl::Status WalkFolder(const WalkOptions& options = {}) {
    return Walk(
        folder_.path(), options,
        {.on_file =
             [this](const WalkedFile& file) {
               files_.push_back(Relative(file.path()));
               if (on_file_) on_file_(file);
               return absl::OkStatus();
             },
         .on_unreadable =
             [this](const std::filesystem::path& path, const std::string& reason) {
               unreadable_.push_back(Relative(path) + ": " + reason);
               return absl::OkStatus();
             },
         .on_passed_over =
             [this](const std::filesystem::path& path, PassedOver what) {
               passed_over_.push_back(Relative(path) + ": " +
                                      std::string(kPassedOverNouns[static_cast<size_t>(what)]));
             }});
  }
  std::string Relative(const std::filesystem::path& path) const {
    return path.lexically_relative(folder_.path()).string();
  }

  TempDir folder_;
  TempDir elsewhere_;
  std::function<void(const WalkedFile&)> on_file_;
  std::vector<std::string> files_;
  std::vector<std::string> unreadable_;
  std::vector<std::string> passed_over_;
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

// A bug once: `ln -s /etc/shadow drop/notes.txt` was indexed and could be searched.
TEST_F(WalkTest, LinksLeadNowhere) {
  const auto secret = elsewhere_.Write("secret.txt", "x");
  folder_.Write("a/real.txt", "x");
  std::filesystem::create_symlink(secret, folder_ / "absolute.txt");
  std::filesystem::create_symlink("a/real.txt", folder_ / "beside.txt");
  std::filesystem::create_symlink("nowhere", folder_ / "dangling");
  std::filesystem::create_directory_symlink(elsewhere_.path(), folder_ / "folder");
  std::filesystem::create_directory_symlink("..", folder_ / "a" / "up");
  ASSERT_OK(WalkFolder());
  EXPECT_THAT(files_, ElementsAre("a/real.txt"));
  EXPECT_THAT(unreadable_, IsEmpty());
  EXPECT_THAT(passed_over_, ElementsAre("a/up: symbolic link", "absolute.txt: symbolic link",
                                        "beside.txt: symbolic link", "dangling: symbolic link",
                                        "folder: symbolic link"));
}

// A bug once: a link to a device or a pipe stopped a build for ever.
TEST_F(WalkTest, WhatIsNoFileIsNotOpened) {
  folder_.Write("z.txt", "x");
  ASSERT_EQ(mkfifo((folder_ / "pipe").c_str(), 0600), 0);
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = {}};
  (folder_ / "socket").native().copy(address.sun_path, sizeof(address.sun_path) - 1);
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  close(listener);
  std::filesystem::create_symlink("/dev/zero", folder_ / "zero");
  std::filesystem::create_symlink("pipe", folder_ / "to-pipe");
  ASSERT_OK(WalkFolder());
  EXPECT_THAT(passed_over_, ElementsAre("pipe: pipe", "socket: socket", "to-pipe: symbolic link",
                                        "zero: symbolic link"));
  passed_over_.clear();
  ASSERT_OK(WalkFolder({.follow_links = true}));
  EXPECT_THAT(passed_over_,
              ElementsAre("pipe: pipe", "socket: socket", "to-pipe: pipe", "zero: device"));
  EXPECT_THAT(files_, ElementsAre("z.txt", "z.txt"));
  EXPECT_THAT(unreadable_, IsEmpty());
}

TEST_F(WalkTest, FollowedLinksLeadToFilesAndFolders) {
  elsewhere_.Write("in/secret.txt", "x");
  std::filesystem::create_symlink(elsewhere_ / "in" / "secret.txt", folder_ / "a.txt");
  std::filesystem::create_directory_symlink(elsewhere_.path(), folder_ / "b");
  std::filesystem::create_symlink("nowhere", folder_ / "c");
  ASSERT_OK(WalkFolder({.follow_links = true}));
  EXPECT_THAT(files_, ElementsAre("a.txt", "b/in/secret.txt"));
  EXPECT_THAT(unreadable_,
              ElementsAre("c: cannot read what the link leads to: No such file or directory"));
  EXPECT_THAT(passed_over_, IsEmpty());
}

TEST_F(WalkTest, FollowedLinksDoNotLeadInCircles) {
  folder_.Write("a/1.txt", "x");
  std::filesystem::create_directory_symlink("..", folder_ / "a" / "up");
  std::filesystem::create_directory_symlink("a", folder_ / "again");
  std::filesystem::create_directory_symlink("itself", folder_ / "itself");
  // Each folder doubles the ways down: 2 to the power of 40 without the memory of those entered.
  for (int level = 0; level < 40; ++level) {
    const auto below = folder_ / ("d" + std::to_string(level));
    std::filesystem::create_directory(below);
    const std::string next = "../d" + std::to_string(level + 1);
    std::filesystem::create_directory_symlink(next, below / "left");
    std::filesystem::create_directory_symlink(next, below / "right");
  }
  std::filesystem::create_directory(folder_ / "d40");
  ASSERT_OK(WalkFolder({.follow_links = true}));
  EXPECT_THAT(files_, ElementsAre("a/1.txt"));
  EXPECT_THAT(passed_over_, Contains("a/up: repeated folder"));
  EXPECT_THAT(passed_over_, Contains("again: repeated folder"));
  EXPECT_EQ(passed_over_.size(), 2U + 80U);
  EXPECT_THAT(unreadable_, ElementsAre(HasSubstr("itself: cannot read what the link leads to")));
}

// A bug once: a path was looked at, and then opened from the root, by all names on the way.
TEST_F(WalkTest, FolderExchangedForALinkMeanwhileIsNotLeft) {
  folder_.Write("a/1.txt", "own 1");
  folder_.Write("a/2.txt", "own 2");
  elsewhere_.Write("1.txt", "secret 1");
  elsewhere_.Write("2.txt", "secret 2");
  std::vector<std::string> contents;
  on_file_ = [&](const WalkedFile& file) {
    if (contents.empty()) {
      std::filesystem::rename(folder_ / "a", folder_ / "moved");
      std::filesystem::create_directory_symlink(elsewhere_.path(), folder_ / "a");
    }
    const auto opened = file.Open();
    ASSERT_OK(opened);
    contents.push_back(ReadToEnd(*opened));
  };
  ASSERT_OK(WalkFolder());
  EXPECT_THAT(contents, ElementsAre("own 1", "own 2"));
}

TEST_F(WalkTest, FileExchangedBeforeItIsOpenedIsNotRead) {
  const auto secret = elsewhere_.Write("secret.txt", "secret");
  folder_.Write("1.txt", "x");
  folder_.Write("2.txt", "x");
  std::vector<absl::Status> opened;
  on_file_ = [&](const WalkedFile& file) {
    std::filesystem::remove(file.path());
    if (opened.empty()) {
      std::filesystem::create_symlink(secret, file.path());
    } else {
      ASSERT_EQ(mkfifo(file.path().c_str(), 0600), 0);
    }
    opened.push_back(file.Open().status());
  };
  ASSERT_OK(WalkFolder());
  const auto refused = StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("something else"));
  EXPECT_THAT(opened, ElementsAre(refused, refused));
}

TEST_F(WalkTest, FileExchangedOnceItIsOpenIsReadAsItWasFound) {
  const auto secret = elsewhere_.Write("secret.txt", "secret");
  folder_.Write("1.txt", "own");
  std::string content;
  on_file_ = [&](const WalkedFile& file) {
    const auto opened = file.Open();
    ASSERT_OK(opened);
    std::filesystem::remove(file.path());
    std::filesystem::create_symlink(secret, file.path());
    content = ReadToEnd(*opened);
  };
  ASSERT_OK(WalkFolder());
  EXPECT_EQ(content, "own");
}

TEST_F(WalkTest, PathThatIsNamedMayBeALink) {
  elsewhere_.Write("in/1.txt", "x");
  std::filesystem::create_directory_symlink(elsewhere_.path(), folder_ / "named");
  std::vector<std::string> found;
  for (const char* path : {"named", "named/in", "named/in/1.txt"}) {
    ASSERT_OK(Walk(folder_ / path, {},
                   {.on_file =
                        [&](const WalkedFile& file) {
                          found.push_back(Relative(file.path()));
                          return file.Open().status();
                        },
                    .on_unreadable = {},
                    .on_passed_over = {}}));
  }
  EXPECT_THAT(found, ElementsAre("named/in/1.txt", "named/in/1.txt", "named/in/1.txt"));
}

TEST_F(WalkTest, FoldersNestedWithoutEndAreReportedAndTheOthersRead) {
  std::filesystem::path deep = folder_.path();
  for (size_t depth = 0; depth < kMaxFolderDepth + 5; ++depth) deep /= "d";
  std::filesystem::create_directories(deep);
  folder_.Write("z.txt", "x");
  ASSERT_OK(WalkFolder());
  EXPECT_THAT(files_, ElementsAre("z.txt"));
  EXPECT_THAT(unreadable_, ElementsAre(HasSubstr("d: a folder inside 200 others: left out")));
}

TEST_F(WalkTest, MissingPathIsAnError) {
  EXPECT_THAT(Walk(folder_ / "absent", {}, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("absent: No such file")));
}

}  // namespace
}  // namespace broadsheet::sources
