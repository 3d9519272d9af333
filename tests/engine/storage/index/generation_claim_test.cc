// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/generation_claim.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "engine/storage/index/generations.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::TempDir;

class GenerationClaimTest : public ::testing::Test {
 protected:
  GenerationClaimTest() : layout_(dir_ / "index"), lock_(Acquire()) {}

  IndexLock Acquire() const {
    absl::StatusOr<IndexLock> lock = IndexLock::Acquire(layout_, "test");
    EXPECT_OK(lock);
    return *std::move(lock);
  }
  GenerationClaim Take() {
    absl::StatusOr<GenerationClaim> claim = GenerationClaim::Take(lock_);
    EXPECT_OK(claim);
    return *std::move(claim);
  }
  GenerationClaim TakeBeside() const {
    absl::StatusOr<GenerationClaim> claim = GenerationClaim::TakeBeside(layout_);
    EXPECT_OK(claim);
    return *std::move(claim);
  }
  std::vector<uint64_t> CleanUp() {
    const auto removed = RemoveAbandoned(lock_);
    EXPECT_OK(removed);
    return *removed;
  }

  const TempDir dir_;
  const Layout layout_;
  IndexLock lock_;
};

TEST_F(GenerationClaimTest, BuildsUnderTheLockAndBesideItGetDifferentNumbers) {
  const GenerationClaim first = Take();
  const GenerationClaim beside = TakeBeside();
  const GenerationClaim also_beside = TakeBeside();
  const GenerationClaim last = Take();
  EXPECT_EQ(first.number(), 1U);
  EXPECT_EQ(beside.number(), 2U);
  EXPECT_EQ(also_beside.number(), 3U);
  EXPECT_EQ(last.number(), 4U);
}

TEST_F(GenerationClaimTest, WhoCleansUpLeavesWhatIsBeingBuilt) {
  std::optional<GenerationClaim> beside = TakeBeside();
  EXPECT_THAT(CleanUp(), IsEmpty());
  EXPECT_TRUE(fs::is_directory(beside->folder()));
  // Its process has died.
  beside.reset();
  EXPECT_THAT(CleanUp(), ElementsAre(1));
}

TEST_F(GenerationClaimTest, ANumberThatWasTakenBesideTheLockIsNotTakenAgain) {
  {
    const GenerationClaim beside = TakeBeside();
    fs::create_directories(beside.folder() / "base");
    beside.Abandon();
    EXPECT_TRUE(fs::is_empty(beside.folder()));
  }
  EXPECT_THAT(CleanUp(), ElementsAre(1));
  EXPECT_EQ(TakeBeside().number(), 2U);
  EXPECT_EQ(Take().number(), 3U);
}

TEST_F(GenerationClaimTest, AbandoningUnderTheLockRemovesTheFolder) {
  const GenerationClaim claim = Take();
  claim.Abandon();
  EXPECT_FALSE(fs::exists(claim.folder()));
  EXPECT_EQ(Take().number(), 2U);
}

}  // namespace
}  // namespace broadsheet::storage
