// SPDX-License-Identifier: GPL-3.0-or-later
// Builds on a file system that is too small, whichever stage it is that fills it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <utility>

#include "engine/storage/base/generation.h"
#include "engine/storage/index/generations.h"
#include "tests/testing/index_build.h"
#include "tests/testing/small_disk.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;
using testing::IsOk;
using testing::MakeArticle;
using ::testing::SizeIs;
using testing::SmallDisk;
using testing::StatusIs;
using testing::TolerateXapianLeaks;

// Some 3 MB of words that hardly compress.
absl::Status BuildMany(const storage::Layout& layout) {
  auto build =
      testing::IndexBuild::Start({.index = layout.root(), .build = {.memory_bytes = 1 << 20}});
  if (!build.ok()) return build.status();
  std::mt19937_64 random(1);
  for (int i = 0; i < 1'000; ++i) {
    std::string body;
    for (int word = 0; word < 200; ++word) body += std::to_string(random() % 100'000'000) + ' ';
    absl::Status status = (*build)->Add(MakeArticle("new-" + std::to_string(i), {.body = body}));
    if (!status.ok()) return status;
  }
  const TolerateXapianLeaks tolerate;
  return (*build)->Publish().status();
}

TEST(FullDiskTest, KeepsThePublishedIndexAndRemovesTheUnfinishedOne) {
  SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "cannot mount a small file system: " << disk.why_not();
  const storage::Layout layout(disk.path() / "index");
  auto first = testing::IndexBuild::Start({.index = layout.root()});
  ASSERT_OK(first);
  ASSERT_OK((*first)->Add(MakeArticle("old", {.body = "the published one"})));
  ASSERT_OK((*first)->Publish());
  first->reset();

  int failures = 0;
  for (const uint64_t free_kilobytes :
       {100U, 500U, 1'000U, 2'000U, 4'000U, 6'000U, 8'000U, 12'000U}) {
    SCOPED_TRACE(free_kilobytes);
    disk.LeaveFree(free_kilobytes << 10);
    const absl::Status status = BuildMany(layout);
    if (status.ok()) break;
    ++failures;
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted,
                                 ::testing::HasSubstr(layout.root().string())));
    const auto generations = storage::ListGenerations(layout);
    ASSERT_OK(generations);
    EXPECT_THAT(*generations, SizeIs(1));
    const auto current = storage::Generation::OpenCurrent(layout);
    ASSERT_OK(current);
    EXPECT_THAT((*current)->articles().Read(1)->id(), Eq("old"));
  }
  // The disk filled up in more than one stage.
  EXPECT_GE(failures, 4);
  disk.LeaveFree(64 << 20);
  EXPECT_OK(BuildMany(layout));
}

}  // namespace
}  // namespace broadsheet::indexing
