// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/empty_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "engine/indexing/live/writable_index.h"
#include "engine/indexing/publish/rebuild.h"
#include "engine/storage/check/verify.h"
#include "engine/storage/index/current.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using testing::StatusIs;

class EmptyIndexTest : public ::testing::Test {
 protected:
  absl::StatusOr<bool> Make() { return MakeEmptyIndex(layout_, "a test"); }
  uint64_t Published() const { return storage::ReadCurrent(layout_).value().number; }

  testing::TempDir folder_;
  const storage::Layout layout_{folder_.path() / "index"};
};

TEST_F(EmptyIndexTest, AFolderThatHasNoneGetsAWholeIndexThatTakesArticles) {
  EXPECT_TRUE(Make().value());
  EXPECT_OK(storage::VerifyGeneration(layout_.generation(Published()), {}));
  auto held = WritableIndex::Open(layout_, "a test").value();
  const auto written =
      held.writer->Write({{.article = testing::MakeArticle("first", {.headline = "News"})}});
  EXPECT_OK(written.front().status);
}

TEST_F(EmptyIndexTest, AnIndexStaysAsItIs) {
  ASSERT_TRUE(Make().value());
  EXPECT_FALSE(Make().value());
  EXPECT_EQ(Published(), 1U);
}

TEST_F(EmptyIndexTest, AnIndexThatLostItsPointerIsNotReplacedByAnEmptyOne) {
  ASSERT_TRUE(Make().value());
  std::filesystem::remove(layout_.current());
  EXPECT_FALSE(Make().value());
  EXPECT_THAT(storage::ReadCurrent(layout_), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(EmptyIndexTest, AFolderOfSomethingElseIsRefused) {
  std::filesystem::create_directories(layout_.root());
  std::ofstream(layout_.root() / "novel.txt") << "Call me Ishmael.";
  EXPECT_THAT(Make(), StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_TRUE(std::filesystem::exists(layout_.root() / "novel.txt"));
}

// Bug: an index whose articles were all deleted could not be rebuilt.
TEST_F(EmptyIndexTest, AnIndexWhoseArticlesWereAllDeletedIsRebuiltEmpty) {
  ASSERT_TRUE(Make().value());
  const absl::StatusOr<BuildReport> rebuilt =
      Rebuild(layout_, "a test", {.memory_bytes = 16 << 20});
  ASSERT_OK(rebuilt);
  EXPECT_EQ(rebuilt->articles, 0U);
  EXPECT_EQ(Published(), 2U);
}

}  // namespace
}  // namespace broadsheet::indexing
