// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/vector_norms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;

class VectorNormsTest : public ::testing::Test {
 protected:
  std::unique_ptr<VectorNorms> Written(const std::vector<VectorNorm>& norms) {
    absl::StatusOr<VectorNormsWriter> writer = VectorNormsWriter::Create(path_);
    EXPECT_OK(writer);
    for (const VectorNorm& norm : norms) EXPECT_OK(writer->Append(norm));
    EXPECT_OK(writer->Finish());
    absl::StatusOr<std::unique_ptr<VectorNorms>> opened = VectorNorms::Open(path_);
    EXPECT_OK(opened);
    return *std::move(opened);
  }

  TempDir dir_;
  const std::filesystem::path path_ = dir_ / "norms";
};

TEST_F(VectorNormsTest, GivesWhatWasWritten) {
  const VectorNorm longest{.unit = 0.0625F, .codes = kMostVectorCodes, .words = kMostVectorWords};
  const VectorNorm typical{.unit = 0.1F, .codes = 571, .words = 420};
  const auto norms = Written({typical, longest, {}});
  EXPECT_EQ(norms->count(), 3U);
  EXPECT_EQ(norms->At(1), typical);
  EXPECT_EQ(norms->At(2), longest);
  EXPECT_EQ(norms->At(3), VectorNorm());
}

TEST_F(VectorNormsTest, AnArticleThatIsNotThereHasNone) {
  const auto norms = Written({{.unit = 1, .codes = 2, .words = 1}});
  EXPECT_EQ(norms->At(0), VectorNorm());
  EXPECT_EQ(norms->At(2), VectorNorm());
}

TEST_F(VectorNormsTest, RefusesWhatItCannotHold) {
  absl::StatusOr<VectorNormsWriter> writer = VectorNormsWriter::Create(path_);
  ASSERT_OK(writer);
  EXPECT_THAT(writer->Append({.codes = kMostVectorCodes + 1}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("too long")));
  EXPECT_THAT(writer->Append({.words = kMostVectorWords + 1}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("too long")));
}

// A score that is no number would leave the hits in no order.
TEST_F(VectorNormsTest, ADamagedLengthCountsAsNone) {
  const auto norms = Written({{.unit = std::numeric_limits<float>::quiet_NaN(), .codes = 9},
                              {.unit = std::numeric_limits<float>::infinity(), .codes = 9}});
  EXPECT_EQ(norms->At(1).unit, 0);
  EXPECT_EQ(norms->At(2).unit, 0);
}

TEST_F(VectorNormsTest, AFileThatIsCutIsNamed) {
  Written({{.unit = 1}, {.unit = 1}});
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) - 8);
  EXPECT_THAT(VectorNorms::Open(path_).status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path_.string())));
}

}  // namespace
}  // namespace broadsheet::storage
