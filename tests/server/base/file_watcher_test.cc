// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/file_watcher.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <string>

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
  FileWatcher watcher({{.path = path_, .on_change = [&] { changes[number++].set_value(); }}},
                      absl::Milliseconds(1));
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
  FileWatcher watcher({{.path = path_, .on_change = [&] { changed.set_value(); }}},
                      absl::Milliseconds(1));
  Replace("two words");
  watcher.Start();
  changed.get_future().wait();
}

}  // namespace
}  // namespace broadsheet::server
