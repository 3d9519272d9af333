// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/check/verify.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/storage/base/split_articles.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::MakeArticle;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::broadsheet::testing::TinyIndex;
using ::testing::AllOf;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

std::vector<v1::Article> ThreeHundred() {
  std::vector<v1::Article> articles;
  for (int i = 1; i <= 300; ++i) {
    articles.push_back(MakeArticle(absl::StrFormat("id-%d", i),
                                   absl::StrFormat("Story %d of the day", i), "Some text here"));
  }
  return articles;
}

void WriteFile(const fs::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
}

class VerifyTest : public ::testing::Test {
 protected:
  VerifyTest() : index_(dir_ / "index") { index_.Publish(ThreeHundred()); }

  absl::Status Verify(const VerifyOptions& options = {}) const {
    return VerifyGeneration(index_.current_folder(), options);
  }

  std::vector<fs::path> BaseFiles() const {
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(index_.base())) {
      files.push_back(entry);
    }
    return files;
  }

  TempDir dir_;
  TinyIndex index_;
};

TEST_F(VerifyTest, PassesAWholeGenerationWithAndWithoutWritesSince) {
  EXPECT_OK(Verify());
  index_.WriteLive({MakeArticle("id-1", "Another story")}, {1});
  EXPECT_OK(Verify());
}

TEST_F(VerifyTest, FindsAnArticleThatIsVisibleInBaseAndInLive) {
  index_.WriteLive({MakeArticle("id-1", "Another story")});
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss,
                                 HasSubstr("live: id \"id-1\" is in base/ too")));
}

TEST_F(VerifyTest, FindsATombstoneOfNoArticle) {
  index_.WriteLive({}, {301});
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss,
                                 HasSubstr("live: a tombstone supersedes no article")));
}

TEST_F(VerifyTest, NamesLiveWhenItsDatabaseIsDamaged) {
  index_.WriteLive({MakeArticle("id-1", "Another story")}, {1});
  const fs::path file = index_.current_folder() / kLiveName / "postlist.glass";
  fs::resize_file(file, fs::file_size(file) / 2);
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("/live: ")));
}

TEST_F(VerifyTest, PassesAnEmptyGeneration) {
  index_.Publish({});
  EXPECT_OK(Verify());
}

// Each file: removed, emptied, halved, longer, and with 4 bytes turned over at 5 places.
TEST_F(VerifyTest, FindsAndNamesEveryDamagedFile) {
  for (const fs::path& file : BaseFiles()) {
    const std::string whole = ReadFile(file);
    const auto found = StatusIs(absl::StatusCode::kDataLoss, HasSubstr(file.string() + ": "));
    fs::remove(file);
    EXPECT_THAT(Verify(), found) << "removed";
    for (const std::string& torn :
         {std::string(), whole.substr(0, whole.size() / 2), whole + "x"}) {
      WriteFile(file, torn);
      EXPECT_THAT(Verify(), found) << torn.size();
    }
    for (size_t place = 0; place < 5; ++place) {
      std::string flipped = whole;
      const size_t at = place * (whole.size() - 4) / 4;
      for (size_t i = at; i < at + 4; ++i) flipped[i] = static_cast<char>(~flipped[i]);
      WriteFile(file, flipped);
      EXPECT_THAT(Verify(), found) << "at byte " << at;
    }
    WriteFile(file, whole);
  }
  EXPECT_OK(Verify());
}

TEST_F(VerifyTest, NamesAllFaultsAtOnceOneALine) {
  fs::remove(index_.base() / "tokens");
  WriteFile(index_.base() / "bodies", "x");
  EXPECT_THAT(Verify(),
              StatusIs(absl::StatusCode::kDataLoss,
                       AllOf(HasSubstr("\n" + (index_.base() / "tokens").string() + ": is missing"),
                             HasSubstr("\n" + (index_.base() / "bodies").string() +
                                       ": has 1 bytes instead of the "))));
}

// Files that are whole but do not belong together, and a MANIFEST that vouches for them.
TEST_F(VerifyTest, FindsArticlesAndTokensOutOfStep) {
  std::vector<v1::Article> shifted = ThreeHundred();
  std::rotate(shifted.begin(), shifted.begin() + 1, shifted.end());
  const GenerationRef other = index_.Write(shifted);
  const fs::path others = index_.layout().generation(other.number) / kBaseName;
  const std::string tokens = ReadFile(index_.base() / "tokens");
  WriteFile(index_.base() / "tokens", ReadFile(others / "tokens"));
  index_.Revouch(1);
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss,
                                 HasSubstr("tokens: the run of article 1, id \"id-1\", lacks "
                                           "\"1\" of its headline")));
  WriteFile(index_.base() / "tokens", tokens);
  for (const std::string name : {"cards", "bodies"}) {
    WriteFile(index_.base() / name, ReadFile(others / name));
  }
  index_.Revouch(1);
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss,
                                 HasSubstr("cards: article 1, id \"id-2\", is not found by "
                                           "its id")));
}

TEST_F(VerifyTest, FindsADatabaseOfAnotherNumberOfArticles) {
  std::vector<v1::Article> fewer = ThreeHundred();
  fewer.pop_back();
  const GenerationRef other = index_.Write(fewer);
  const fs::path others = index_.layout().generation(other.number) / kBaseName;
  for (const fs::path& file : BaseFiles()) {
    const std::string name = file.filename().string();
    const std::set<std::string_view> kept = {kTokensName, kCardsName,  kBodiesName,
                                             kNormsName,  kValuesName, kColumnsName,
                                             kCopiesName, kWordsName,  kHeadlinesName};
    if (!kept.contains(name)) WriteFile(file, ReadFile(others / name));
  }
  index_.Revouch(1);
  EXPECT_THAT(Verify(), StatusIs(absl::StatusCode::kDataLoss,
                                 HasSubstr("holds 299 documents up to number 299 instead of the "
                                           "300 in MANIFEST")));
}

TEST_F(VerifyTest, SaysWhenThereIsNoManifestOrADamagedOne) {
  const fs::path manifest = index_.current_folder() / kManifestName;
  const fs::path folder = index_.current_folder();
  WriteFile(manifest, "{}");
  EXPECT_THAT(VerifyGeneration(folder, {}), StatusIs(absl::StatusCode::kDataLoss));
  fs::remove(manifest);
  EXPECT_THAT(VerifyGeneration(folder, {}), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(VerifyTest, StopsWhenAskedTo) {
  VerifyOptions options;
  options.cancelled = [] { return true; };
  EXPECT_THAT(Verify(options), StatusIs(absl::StatusCode::kCancelled));
  // Past the checksums, among the samples.
  options.checksums = false;
  options.glass_check = false;
  EXPECT_THAT(Verify(options), StatusIs(absl::StatusCode::kCancelled, HasSubstr("was stopped")));
}

TEST_F(VerifyTest, FindsMissingFilesEvenWithoutChecksums) {
  VerifyOptions options;
  options.checksums = false;
  EXPECT_OK(Verify(options));
  fs::remove(index_.base() / "bodies");
  EXPECT_THAT(Verify(options),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("bodies: is missing")));
}

}  // namespace
}  // namespace broadsheet::storage
