// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/access/caller_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::access {
namespace {

using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;

absl::Status Add(const std::filesystem::path& file, const std::string& name) {
  return EditCallers(file, [&](std::vector<CallerRecord>* callers) {
    callers->push_back({.name = name, .roles = {Role::kSearch}});
    return absl::OkStatus();
  });
}

mode_t ModeOf(const std::filesystem::path& file) {
  struct stat found = {};
  EXPECT_EQ(::stat(file.c_str(), &found), 0);
  return found.st_mode & 07777;
}

class CallerFileTest : public ::testing::Test {
 protected:
  TempDir folder_;
  const std::filesystem::path file_ = folder_ / "callers.toml";
};

TEST_F(CallerFileTest, IsMadeForItsOwnerAndGroupOnly) {
  const mode_t before = ::umask(0);
  const absl::Status added = Add(file_, "website");
  ::umask(before);
  ASSERT_TRUE(added.ok()) << added;
  EXPECT_EQ(ModeOf(file_), 0640U);
  EXPECT_EQ(ReadCallers(file_).value().front().name, "website");
}

TEST_F(CallerFileTest, KeepsANarrowerMode) {
  ASSERT_TRUE(Add(file_, "website").ok());
  ASSERT_EQ(::chmod(file_.c_str(), 0600), 0);
  ASSERT_TRUE(Add(file_, "desk").ok());
  EXPECT_EQ(ModeOf(file_), 0600U);
}

TEST_F(CallerFileTest, IsRefusedWhenOthersMayReadOrItsGroupMayWrite) {
  ASSERT_TRUE(Add(file_, "website").ok());
  for (const mode_t mode : {0644U, 0660U, 0642U}) {
    ASSERT_EQ(::chmod(file_.c_str(), mode), 0);
    const auto read = ReadCallers(file_);
    EXPECT_EQ(read.status().code(), absl::StatusCode::kFailedPrecondition) << mode;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr(absl::StrFormat("%04o", mode)));
    EXPECT_FALSE(Add(file_, "desk").ok()) << mode;
  }
}

TEST_F(CallerFileTest, StaysAsItIsWhenTheEditFails) {
  ASSERT_TRUE(Add(file_, "website").ok());
  const absl::Status edited = EditCallers(file_, [](std::vector<CallerRecord>* callers) {
    callers->clear();
    return absl::NotFoundError("no");
  });
  EXPECT_EQ(edited.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReadCallers(file_).value().size(), 1U);
}

TEST_F(CallerFileTest, NamesItselfInErrors) {
  EXPECT_EQ(ReadCallers(file_).status().code(), absl::StatusCode::kNotFound);
  std::ofstream(file_) << "caller = 1\n";
  ASSERT_EQ(::chmod(file_.c_str(), 0600), 0);
  EXPECT_THAT(std::string(ReadCallers(file_).status().message()),
              HasSubstr("callers.toml, line 1: "));
}

TEST_F(CallerFileTest, LosesNoEditOfSeveralAtOnce) {
  std::vector<std::thread> editors;
  for (int editor = 0; editor < 4; ++editor) {
    editors.emplace_back([&, editor] {
      for (int i = 0; i < 10; ++i) {
        const absl::Status added = Add(file_, absl::StrFormat("%d-%d", editor, i));
        EXPECT_TRUE(added.ok()) << added;
      }
    });
  }
  for (std::thread& editor : editors) editor.join();
  EXPECT_EQ(ReadCallers(file_).value().size(), 40U);
}

}  // namespace
}  // namespace broadsheet::access
