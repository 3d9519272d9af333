// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/xapian/glass_root.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "engine/storage/check/live_check.h"
#include "engine/storage/check/verify.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::HasSubstr;

// A live/ whose trees have more than one level.
class GlassRootTest : public ::testing::Test {
 protected:
  GlassRootTest() {
    index_.Publish({MakeArticle("a", "Bridge opens")});
    std::vector<v1::Article> written;
    for (int i = 0; i < 150; ++i) {
      const std::string number = std::to_string(i);
      written.push_back(MakeArticle("id-" + number, "Bridge " + number, std::string(400, 'x')));
    }
    index_.WriteLive(written);
  }
  std::filesystem::path live() const { return index_.current_folder() / kLiveName; }
  void Write(const std::string& content) const {
    std::ofstream(live() / xapian::kGlassRootName, std::ios::binary) << content;
  }

  TempDir dir_;
  TinyIndex index_{dir_ / "index"};
};

TEST_F(GlassRootTest, PassesWhatXapianWrites) {
  EXPECT_OK(xapian::CheckGlassRoot(live()));
  EXPECT_OK(xapian::CheckGlassRoot(index_.base()));
}

// Xapian 1.4.22 ended the process, verifier and server alike, when a tree was said to be deeper
// than its cursors are.
TEST_F(GlassRootTest, AnyByteOfItMayBeDamagedAndNobodyCrashes) {
  const std::string whole = ReadFile(live() / xapian::kGlassRootName);
  const auto generation = Generation::OpenCurrent(index_.layout()).value();
  int found = 0;
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const int flip : {0xff, 0x80, 0x28}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      Write(damaged);
      // Each ends with an answer; the check is not expected to find all.
      const auto faults = CheckLive(generation, {});
      if (!faults.ok() || !faults->empty()) ++found;
      const auto snapshot = Snapshot::Open(generation);
      if (snapshot.ok()) snapshot.value()->FindId("id-7").status().IgnoreError();
    }
  }
  EXPECT_GT(found, 100);
}

TEST_F(GlassRootTest, MissesTablesThatHoldSomething) {
  for (const char* table : {"postlist.glass", "docdata.glass", "termlist.glass"}) {
    const std::string whole = ReadFile(live() / table);
    std::filesystem::remove(live() / table);
    EXPECT_THAT(
        xapian::CheckGlassRoot(live()),
        StatusIs(absl::StatusCode::kDataLoss, HasSubstr(std::string(table) + " is missing")));
    std::ofstream(live() / table, std::ios::binary) << whole.substr(0, 100);
    EXPECT_THAT(xapian::CheckGlassRoot(live()),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("ends before its root")));
    std::ofstream(live() / table, std::ios::binary) << whole;
  }
  EXPECT_OK(xapian::CheckGlassRoot(live()));
}

// It was taken for a live/ that nobody had written to, and the writes for gone.
TEST_F(GlassRootTest, WithoutItLiveIsDamagedAndNotEmpty) {
  std::filesystem::remove(live() / xapian::kGlassRootName);
  const auto generation = Generation::OpenCurrent(index_.layout()).value();
  EXPECT_THAT(Snapshot::Open(generation),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("iamglass is missing")));
  EXPECT_THAT(VerifyGeneration(generation->folder(), {}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("iamglass is missing")));
}

TEST_F(GlassRootTest, OfBaseItIsComparedWhenAGenerationIsOpened) {
  const std::filesystem::path root = index_.base() / xapian::kGlassRootName;
  std::string content = ReadFile(root);
  content[content.size() - 1] ^= 1;
  std::ofstream(root, std::ios::binary) << content;
  EXPECT_THAT(
      Generation::OpenCurrent(index_.layout()),
      StatusIs(absl::StatusCode::kDataLoss, HasSubstr("base/iamglass is not what MANIFEST")));
}

}  // namespace
}  // namespace broadsheet::storage
