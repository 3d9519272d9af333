// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/line_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/server/collected_log.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::server {
namespace {

using broadsheet::testing::StatusIs;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

class LineFileTest : public ::testing::Test {
 protected:
  static std::string ContentOf(const std::filesystem::path& path) {
    std::ostringstream content;
    content << std::ifstream(path).rdbuf();
    return content.str();
  }
  // Waits until the log says it.
  void AwaitLog(const std::string& text) {
    while (log_.text().find(text) == std::string::npos) std::this_thread::yield();
  }

  const broadsheet::testing::TempDir folder_;
  const std::filesystem::path path_ = folder_ / "access.log";
  CollectedLog log_;
};

TEST_F(LineFileTest, AppendsAllLinesInOrderBeforeItEnds) {
  std::ofstream(path_) << "from before\n";
  std::string expected = "from before\n";
  {
    const auto file = LineFile::Open(path_, log_).value();
    for (int i = 0; i < 1000; ++i) {
      file->Write(std::to_string(i));
      expected += std::to_string(i) + "\n";
    }
  }
  EXPECT_EQ(ContentOf(path_), expected);
  EXPECT_EQ(log_.text(), "");
}

TEST_F(LineFileTest, AFolderThatIsNotThereIsToldAtOnce) {
  EXPECT_THAT(LineFile::Open(folder_ / "none" / "access.log", log_),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none/access.log")));
}

TEST_F(LineFileTest, GoesOnInANewFileAfterARotation) {
  const auto file = LineFile::Open(path_, log_).value();
  file->Write("old");
  while (ContentOf(path_).empty()) std::this_thread::yield();
  std::filesystem::rename(path_, folder_ / "access.log.1");
  file->Reopen();
  while (!std::filesystem::exists(path_)) std::this_thread::yield();
  file->Write("new");
  while (ContentOf(path_).empty()) std::this_thread::yield();
  EXPECT_EQ(ContentOf(folder_ / "access.log.1"), "old\n");
  EXPECT_EQ(ContentOf(path_), "new\n");
}

// A full disk used to be said for each line, or not at all.
TEST_F(LineFileTest, WhatCannotBeWrittenIsSaidOnceAndWhatItCostOnce) {
  std::filesystem::create_symlink("/dev/full", path_);
  auto file = LineFile::Open(path_, log_).value();
  file->Write("lost");
  AwaitLog("cannot append");
  const std::string said = log_.text();
  file->Write("lost, too");
  std::filesystem::remove(path_);
  file->Reopen();
  while (!std::filesystem::exists(path_)) std::this_thread::yield();
  file->Write("kept");
  AwaitLog("lacks");
  EXPECT_THAT(log_.text().substr(said.size()),
              ContainsRegex("^warning: .*access.log lacks [12] lines, [0-9]+ bytes, since .*Z\n$"));
  // The line before may be in the new file too: then that told what the old one lacks.
  file.reset();
  EXPECT_THAT(ContentOf(path_), ::testing::EndsWith("kept\n"));
}

}  // namespace
}  // namespace broadsheet::server
