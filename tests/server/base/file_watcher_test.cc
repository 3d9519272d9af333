// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/file_watcher.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <thread>

#include "tests/testing/temp_dir.h"

namespace broadsheet::server {
namespace {

class FileWatcherTest : public ::testing::Test {
 protected:
  void Write(const std::string& text) { std::ofstream(path_) << text; }
  // Replaced at once, as careful editors do.
  void Replace(const std::string& text) {
    const std::filesystem::path next = folder_.path() / "next";
    std::ofstream(next) << text;
    std::filesystem::rename(next, path_);
  }

  testing::TempDir folder_;
  const std::filesystem::path path_ = folder_.path() / "watched";
};

TEST_F(FileWatcherTest, TellsOfEachWayInWhichAFileChanges) {
  Write("one");
  std::promise<void> changes[3];
  int number = 0;
  const auto note = [&] {
    changes[number++].set_value();
    return true;
  };
  FileWatcher watcher({{.paths = {path_}, .on_change = note}}, absl::Milliseconds(1));
  watcher.Start();
  Replace("two words");
  changes[0].get_future().wait();
  std::filesystem::remove(path_);
  changes[1].get_future().wait();
  Replace("back");
  changes[2].get_future().wait();
  EXPECT_EQ(number, 3);
}

TEST_F(FileWatcherTest, AChangeBeforeTheStartIsNotMissed) {
  Write("one");
  std::promise<void> changed;
  const auto note = [&] {
    changed.set_value();
    return true;
  };
  FileWatcher watcher({{.paths = {path_}, .on_change = note}}, absl::Milliseconds(1));
  Replace("two words");
  watcher.Start();
  changed.get_future().wait();
}

TEST_F(FileWatcherTest, WhatCouldNotBeTakenOverIsTriedAgain) {
  Write("one");
  std::promise<void> taken_over;
  int tries = 0;
  const auto third_time_lucky = [&] {
    if (++tries == 3) taken_over.set_value();
    return tries >= 3;
  };
  FileWatcher watcher({{.paths = {path_}, .on_change = third_time_lucky}}, absl::Milliseconds(1));
  watcher.Start();
  Replace("two words");
  taken_over.get_future().wait();
  watcher.Stop();
  EXPECT_EQ(tries, 3);
}

// The new certificate was read beside the old key.
TEST_F(FileWatcherTest, FilesThatBelongTogetherAreTakenOnceTheyHaveSettled) {
  Write("one");
  std::promise<void> changed;
  std::promise<void> go_on;
  const auto held_looks = go_on.get_future().share();
  std::atomic<int> looks = 0;
  std::atomic<int> changes = 0;
  FileWatcher watcher(
      {{.paths = {path_, folder_.path() / "key"},
        .on_change =
            [&] {
              if (++changes == 1) changed.set_value();
              return true;
            },
        .settle = true,
        // The files change between two looks, as often as the test says.
        .at_look =
            [&] {
              if (++looks == 3) held_looks.wait();
              if (looks < 3) Replace("look " + std::string(static_cast<size_t>(looks.load()), '+'));
            }}},
      absl::Milliseconds(1));
  watcher.Start();
  while (looks < 3) std::this_thread::yield();
  EXPECT_EQ(changes, 0);
  go_on.set_value();
  changed.get_future().wait();
  watcher.Stop();
  EXPECT_EQ(changes, 1);
}

TEST_F(FileWatcherTest, LooksAtOnceWhenAsked) {
  Write("one");
  std::promise<void> asked;
  FileWatcher watcher({{.paths = {path_},
                        .on_change =
                            [&] {
                              asked.set_value();
                              return true;
                            }}},
                      absl::Hours(1));
  watcher.Start();
  watcher.LookNow();
  asked.get_future().wait();
}

}  // namespace
}  // namespace broadsheet::server
