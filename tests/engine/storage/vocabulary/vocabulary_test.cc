// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/vocabulary/vocabulary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "engine/storage/index/layout.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class VocabularyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto words = WordListWriter::Create(dir_ / kWordsName);
    ASSERT_OK(words);
    ASSERT_OK(words->Append(EncodeWord({"cafe", "cafe"}), 2));
    ASSERT_OK(words->Append(EncodeWord({"cafe", "café"}), 7));
    ASSERT_OK(words->Append(EncodeWord({"cafeteria", "cafeteria"}), 1));
    ASSERT_OK(words->Append(EncodeWord({"ferry", "ferry"}), uint64_t{1} << 40));
    ASSERT_OK(words->Finish());
    auto headlines = HeadlineListWriter::Create(dir_ / kHeadlinesName);
    ASSERT_OK(headlines);
    ASSERT_OK(headlines->Append("aid", 4));
    ASSERT_OK(headlines->Append("ferry runs again", 3));
    ASSERT_OK(headlines->Append("ferry runs aground", 1));
    ASSERT_OK(headlines->Append("ferry sinks", 2));
    ASSERT_OK(headlines->Finish());
  }
  std::unique_ptr<Vocabulary> Open() {
    auto vocabulary = Vocabulary::Open(dir_.path());
    EXPECT_OK(vocabulary);
    return *std::move(vocabulary);
  }

  TempDir dir_;
};

TEST_F(VocabularyTest, AWordIsFoundByItsFoldedFormAndGivenAsItIsWritten) {
  const auto vocabulary = Open();
  const WordList& words = vocabulary->words();
  EXPECT_EQ(words.count(), 4U);
  EXPECT_EQ(words.WithPrefix("caf"), (WordRange{0, 3}));
  EXPECT_EQ(words.WithPrefix("cafet"), (WordRange{2, 3}));
  EXPECT_EQ(words.WithPrefix(""), words.all());
  EXPECT_EQ(words.WithPrefix("d").size(), 0U);
  EXPECT_EQ(words.At(0), (ListedWord{"cafe", "cafe"}));
  EXPECT_EQ(words.At(1), (ListedWord{"cafe", "café"}));
  EXPECT_EQ(words.ArticlesAt(1), 7U);
}

TEST_F(VocabularyTest, ANumberOfArticlesThatIsTooLargeIsStoredAsTheLargest) {
  EXPECT_EQ(Open()->words().ArticlesAt(3), WordList::kMostArticles);
}

TEST_F(VocabularyTest, ThereIsNoWordBehindTheLast) {
  const auto vocabulary = Open();
  EXPECT_EQ(vocabulary->words().At(4), ListedWord{});
  EXPECT_EQ(vocabulary->words().ArticlesAt(4), 0U);
}

TEST_F(VocabularyTest, HeadlinesAreFoundByTheirFirstEightBytes) {
  const auto vocabulary = Open();
  const HeadlineList& headlines = vocabulary->headlines();
  EXPECT_THAT(headlines.WithStartOf("f"), ElementsAre(3, 1, 2));
  EXPECT_THAT(headlines.WithStartOf("ferry r"), ElementsAre(3, 1));
  EXPECT_THAT(headlines.WithStartOf("ferry runs ag"), ElementsAre(3, 1));
  EXPECT_THAT(headlines.WithStartOf("aids"), IsEmpty());
  EXPECT_THAT(headlines.WithStartOf("aid"), ElementsAre(4));
  EXPECT_THAT(headlines.WithStartOf("g"), IsEmpty());
}

TEST_F(VocabularyTest, AFileOfAnotherKindIsDamage) {
  for (const std::string_view name : {kWordsName, kHeadlinesName}) {
    const std::filesystem::path path = dir_ / name;
    const auto bytes = std::filesystem::file_size(path);
    std::filesystem::resize_file(path, bytes - 1);
    EXPECT_THAT(Vocabulary::Open(dir_.path()),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(name)));
    std::filesystem::remove(path);
    SetUp();
  }
}

}  // namespace
}  // namespace broadsheet::storage
