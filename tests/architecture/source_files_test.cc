// SPDX-License-Identifier: GPL-3.0-or-later
// What every source file has, so that nobody needs to look for it in review.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "tests/architecture/rooms.h"
#include "tests/architecture/source_tree.h"

namespace broadsheet::testing {
namespace {

const std::vector<std::string> kAllFolders = {"arguments", "engine", "indexer", "server",
                                              "client",    "desk",   "tests",   "bench"};

TEST(SourceFilesTest, StartWithTheLicence) {
  for (const SourceFile& source : ReadSources(kAllFolders)) {
    ASSERT_FALSE(source.lines.empty()) << source.path;
    EXPECT_EQ(source.lines[0], "// SPDX-License-Identifier: GPL-3.0-or-later") << source.path;
  }
}

TEST(SourceFilesTest, HeadersSayWhatTheyAreBeforeAnyCode) {
  for (const SourceFile& source : ReadSources(kAllFolders)) {
    if (!source.path.ends_with(".h")) continue;
    ASSERT_GE(source.lines.size(), 2U) << source.path;
    EXPECT_TRUE(source.lines[1].starts_with("// ")) << source.path;
  }
}

TEST(SourceFilesTest, ARoomHoldsWhatOneCanSurvey) {
  constexpr int kMaxFiles = 34;
  std::map<std::string, int> files;
  for (const SourceFile& source :
       ReadSources({"arguments", "engine", "indexer", "server", "client", "desk"})) {
    ++files[RoomOf(source.path)];
  }
  for (const auto& [room, count] : files) EXPECT_LE(count, kMaxFiles) << room;
}

TEST(SourceFilesTest, EveryRoomHasItsSentenceInTheArchitecture) {
  std::ifstream in(std::string(SOURCE_DIR) + "/ARCHITECTURE.md");
  const std::string page{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  ASSERT_NE(page, "");
  for (const SourceFile& source :
       ReadSources({"arguments", "engine", "indexer", "server", "client", "desk"})) {
    const std::string room = RoomOf(source.path);
    EXPECT_NE(page.find("\n| `" + room + "` | "), std::string::npos) << room;
  }
}

TEST(SourceFilesTest, HaveOneSubjectEach) {
  // 400 lines is where this project asks which two things a file is; tables are not asked.
  constexpr size_t kMaxLines = 400;
  for (const SourceFile& source :
       ReadSources({"arguments", "engine", "indexer", "server", "client", "desk"})) {
    if (source.path.ends_with("_table.cc")) continue;
    EXPECT_LE(source.lines.size(), kMaxLines) << source.path;
  }
}

// CLI11's own add_option lets a list take every word behind it.
TEST(SourceFilesTest, OptionsOfTheClientAreAddedByTheOneFunction) {
  size_t added = 0;
  for (const SourceFile& source : ReadSources({"client"})) {
    for (const std::string& line : source.lines) {
      if (line.find("add_option") == std::string::npos) continue;
      EXPECT_EQ(source.path, "client/session/option.h") << line;
      ++added;
    }
  }
  EXPECT_GT(added, 0U);
}

}  // namespace
}  // namespace broadsheet::testing
