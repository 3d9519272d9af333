// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/copies/copy_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/storage/index/layout.h"
#include "engine/storage/table/table_file.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::ElementsAre;

CopySketch SketchOf(uint8_t value) {
  CopySketch sketch;
  sketch.fill(value);
  return sketch;
}

class CopyTableTest : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return dir_ / kCopiesName; }
  void Write(const std::vector<CopyLink>& links) {
    auto writer = CopyTableWriter::Create(path());
    ASSERT_OK(writer);
    for (size_t i = 0; i < links.size(); ++i) {
      ASSERT_OK(writer->AppendSketch(SketchOf(static_cast<uint8_t>(i + 1))));
    }
    for (const CopyLink& link : links) ASSERT_OK(writer->AppendLink(link));
    ASSERT_OK(writer->Finish());
  }
  std::vector<uint32_t> StoryLedBy(const CopyTable& table, uint32_t leader) {
    std::vector<uint32_t> docids;
    table.ForEachOf(leader, [&](uint32_t docid) { docids.push_back(docid); });
    return docids;
  }
  TempDir dir_;
};

TEST_F(CopyTableTest, ReadsBackWhatWasWritten) {
  Write({{.leader = 4}, {}, {.leader = 4, .next = 1}, {.leader = 4, .next = 3}});
  const auto table = CopyTable::Open(path());
  ASSERT_OK(table);
  EXPECT_EQ((*table)->count(), 4U);
  EXPECT_EQ((*table)->SketchOf(3), SketchOf(3));
  EXPECT_EQ((*table)->StoryOf(1), 4U);
  EXPECT_EQ((*table)->StoryOf(2), 2U);
  EXPECT_EQ((*table)->StoryOf(4), 4U);
  EXPECT_THAT(StoryLedBy(**table, 4), ElementsAre(4, 3, 1));
  EXPECT_THAT(StoryLedBy(**table, 2), ElementsAre(2));
  EXPECT_FALSE((*table)->lost());
}

TEST_F(CopyTableTest, HasNothingOfOtherDocids) {
  Write({{}});
  const auto table = CopyTable::Open(path());
  ASSERT_OK(table);
  for (const uint32_t docid : {0U, 2U}) {
    EXPECT_EQ((*table)->LinkOf(docid), CopyLink());
    EXPECT_TRUE(IsBlank((*table)->SketchOf(docid)));
  }
}

TEST_F(CopyTableTest, AChainOfADamagedFileEnds) {
  Write({{.leader = 1, .next = 2}, {.leader = 1, .next = 1}, {.leader = 3, .next = 900}});
  const auto table = CopyTable::Open(path());
  ASSERT_OK(table);
  EXPECT_THAT(StoryLedBy(**table, 1), ElementsAre(1, 2, 1));
  EXPECT_THAT(StoryLedBy(**table, 3), ElementsAre(3));
}

TEST_F(CopyTableTest, RefusesAFileWithoutASketchForEachLink) {
  auto writer = CopyTableWriter::Create(path());
  ASSERT_OK(writer);
  ASSERT_OK(writer->AppendSketch(SketchOf(1)));
  ASSERT_OK(writer->AppendLink({}));
  ASSERT_OK(writer->AppendLink({}));
  ASSERT_OK(writer->Finish());
  EXPECT_THAT(CopyTable::Open(path()), StatusIs(absl::StatusCode::kDataLoss));
}

// Articles that are written find nothing by sketches that were made otherwise; stories stand.
TEST_F(CopyTableTest, SketchesOfAnotherVersionAreBlank) {
  for (const char* version : {"", "\x01", "\x03"}) {
    auto writer = TableFileWriter::Create(path(), {.magic = "BSCOPIES", .version = 1}, version);
    ASSERT_OK(writer);
    ASSERT_OK(writer->AppendData(std::string(2 * sizeof(CopySketch), '\7')));
    ASSERT_OK(writer->AppendEntry(uint64_t{1} | uint64_t{2} << 32));
    ASSERT_OK(writer->AppendEntry(1));
    ASSERT_OK(writer->Finish());
    const auto table = CopyTable::Open(path());
    ASSERT_OK(table);
    EXPECT_TRUE(IsBlank((*table)->SketchOf(1)));
    EXPECT_TRUE(IsBlank((*table)->SketchOf(2)));
    EXPECT_THAT(StoryLedBy(**table, 1), ElementsAre(1, 2));
  }
}

}  // namespace
}  // namespace broadsheet::storage
