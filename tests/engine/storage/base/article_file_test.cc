// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/article_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::HasSubstr;

v1::Article Numbered(int number, size_t body_bytes = 2000) {
  v1::Article article;
  article.set_id(absl::StrFormat("id-%d", number));
  article.set_headline(absl::StrFormat("Headline number %d", number));
  std::string* body = article.mutable_body();
  for (int word = 0; body->size() < body_bytes; ++word) {
    *body += absl::StrFormat("word%d ", (number * 7919LL + word * 104729LL) % 5003);
  }
  return article;
}

std::vector<std::string> Serialized(int first, int last, size_t body_bytes = 2000) {
  std::vector<std::string> result;
  for (int i = first; i <= last; ++i) {
    result.push_back(Numbered(i, body_bytes).SerializeAsString());
  }
  return result;
}

std::filesystem::path WriteArticles(const std::filesystem::path& path,
                                    const std::vector<std::string>& articles,
                                    const std::string& dictionary = "") {
  auto writer = ArticleFileWriter::Create(path, dictionary);
  EXPECT_OK(writer);
  for (const std::string& article : articles) EXPECT_OK((*writer)->Append(article));
  EXPECT_OK((*writer)->Finish());
  return path;
}

std::vector<std::string> IdsOf(const ArticleFile& file) {
  std::vector<std::string> ids;
  EXPECT_OK(file.ForEach([&ids](uint32_t docid, v1::Article&& article) {
    EXPECT_EQ(docid, ids.size() + 1);
    ids.push_back(article.id());
    return absl::OkStatus();
  }));
  return ids;
}

TEST(ArticleFileTest, GivesBackEachArticleByDocid) {
  const TempDir dir;
  const auto file = ArticleFile::Open(WriteArticles(dir / "articles", Serialized(1, 100)));
  ASSERT_OK(file);
  ASSERT_EQ((*file)->count(), 100U);
  for (uint32_t docid = 1; docid <= 100; ++docid) {
    const absl::StatusOr<v1::Article> article = (*file)->Read(docid);
    ASSERT_OK(article);
    EXPECT_EQ(article->SerializeAsString(), Numbered(static_cast<int>(docid)).SerializeAsString());
  }
}

TEST(ArticleFileTest, KeepsArticlesFarLargerAndFarSmallerThanABlock) {
  const TempDir dir;
  std::vector<std::string> articles = {Numbered(1, 5'000'000).SerializeAsString(), "", ""};
  articles.push_back(Numbered(4, 10).SerializeAsString());
  const auto file = ArticleFile::Open(WriteArticles(dir / "articles", articles));
  ASSERT_OK(file);
  for (uint32_t docid = 1; docid <= articles.size(); ++docid) {
    const absl::StatusOr<v1::Article> article = (*file)->Read(docid);
    ASSERT_OK(article);
    EXPECT_EQ(article->SerializeAsString(), articles[docid - 1]);
  }
}

// A block of empty articles is full by their number, not by their bytes.
TEST(ArticleFileTest, AddressesHundredThousandsOfEmptyArticles) {
  const TempDir dir;
  const auto path = WriteArticles(dir / "articles", std::vector<std::string>(200'000));
  const auto file = ArticleFile::Open(path);
  ASSERT_OK(file);
  EXPECT_OK((*file)->Read(200'000));
  EXPECT_EQ(IdsOf(**file).size(), 200'000U);
}

TEST(ArticleFileTest, ReadsAllInOrderAndStopsWhenTheSinkFails) {
  const TempDir dir;
  const auto file = ArticleFile::Open(WriteArticles(dir / "articles", Serialized(1, 30)));
  ASSERT_OK(file);
  EXPECT_EQ(IdsOf(**file).size(), 30U);
  uint32_t last = 0;
  EXPECT_THAT((*file)->ForEach([&last](uint32_t docid, v1::Article&&) {
    last = docid;
    return docid == 12 ? absl::CancelledError("enough") : absl::OkStatus();
  }),
              StatusIs(absl::StatusCode::kCancelled, "enough"));
  EXPECT_EQ(last, 12U);
}

TEST(ArticleFileTest, HasNoArticleOutsideItsDocids) {
  const TempDir dir;
  const auto file = ArticleFile::Open(WriteArticles(dir / "articles", Serialized(1, 2)));
  ASSERT_OK(file);
  EXPECT_THAT((*file)->Read(0), StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT((*file)->Read(3),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("there is no article 3 in")));
}

TEST(ArticleFileTest, ADictionaryMakesTheFileSmaller) {
  const TempDir dir;
  // Articles as real ones: much alike, yet fewer in a block than would teach zstd their words.
  const std::vector<std::string> articles = Serialized(1, 400);
  const std::string dictionary = TrainArticleDictionary(articles);
  ASSERT_FALSE(dictionary.empty());
  const auto with = WriteArticles(dir / "with", articles, dictionary);
  const auto without = WriteArticles(dir / "without", articles);
  EXPECT_LT(std::filesystem::file_size(with) - dictionary.size(),
            std::filesystem::file_size(without));
  const auto file = ArticleFile::Open(with);
  ASSERT_OK(file);
  EXPECT_EQ((*file)->Read(400)->id(), "id-400");
}

TEST(ArticleFileTest, TrainsNoDictionaryOnTooLittle) {
  EXPECT_EQ(TrainArticleDictionary({}), "");
  EXPECT_EQ(TrainArticleDictionary({"one"}), "");
  EXPECT_EQ(TrainArticleDictionary(std::vector<std::string>(50, "")), "");
}

TEST(ArticleFileTest, AppendsOtherFilesWithoutUnpacking) {
  const TempDir dir;
  const std::string dictionary = TrainArticleDictionary(Serialized(1, 400));
  const auto first = WriteArticles(dir / "1", Serialized(2, 40), dictionary);
  const auto empty = WriteArticles(dir / "2", {}, dictionary);
  const auto second = WriteArticles(dir / "3", Serialized(41, 60), dictionary);
  auto writer = ArticleFileWriter::Create(dir / "all", dictionary);
  ASSERT_OK(writer);
  ASSERT_OK((*writer)->Append(Numbered(1).SerializeAsString()));
  for (const auto& part : {first, empty, second}) ASSERT_OK((*writer)->AppendFile(part));
  ASSERT_OK((*writer)->Append(Numbered(61).SerializeAsString()));
  ASSERT_OK((*writer)->Finish());
  const auto file = ArticleFile::Open(dir / "all");
  ASSERT_OK(file);
  ASSERT_EQ((*file)->count(), 61U);
  for (uint32_t docid = 1; docid <= 61; ++docid) {
    EXPECT_EQ((*file)->Read(docid)->id(), absl::StrFormat("id-%d", docid));
  }
  EXPECT_EQ(IdsOf(**file).back(), "id-61");
}

TEST(ArticleFileTest, RefusesToAppendAFileMadeWithAnotherDictionary) {
  const TempDir dir;
  const auto other = WriteArticles(dir / "other", Serialized(1, 3));
  auto writer = ArticleFileWriter::Create(dir / "all", TrainArticleDictionary(Serialized(1, 400)));
  ASSERT_OK(writer);
  EXPECT_THAT((*writer)->AppendFile(other),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("another dictionary")));
}

TEST(ArticleFileTest, ServesManyThreadsAtOnce) {
  const TempDir dir;
  const auto path = WriteArticles(dir / "articles", Serialized(1, 60),
                                  TrainArticleDictionary(Serialized(1, 400)));
  const auto file = ArticleFile::Open(path);
  ASSERT_OK(file);
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&file, thread] {
      for (uint32_t i = 0; i < 60; ++i) {
        const uint32_t docid = 1 + (i * 7 + static_cast<uint32_t>(thread)) % 60;
        const absl::StatusOr<v1::Article> article = (*file)->Read(docid);
        ASSERT_OK(article);
        EXPECT_EQ(article->id(), absl::StrFormat("id-%d", docid));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST(ArticleFileTest, RefusesACutFile) {
  const TempDir dir;
  const std::string whole = ReadFile(WriteArticles(dir / "articles", Serialized(1, 3, 200)));
  for (size_t size = 0; size < whole.size(); ++size) {
    const auto path = dir.Write("cut", whole.substr(0, size));
    ASSERT_THAT(ArticleFile::Open(path),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path.string())))
        << size;
  }
}

// Every byte in turn: an error or the true article, never a crash and never a wrong text.
TEST(ArticleFileTest, NeverGivesAWrongArticleWhateverByteOfABlockIsDamaged) {
  const TempDir dir;
  const std::string whole = ReadFile(WriteArticles(dir / "articles", Serialized(1, 3, 200)));
  const std::string truth = Numbered(2, 200).SerializeAsString();
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(~bytes[at]);
    const auto file = ArticleFile::Open(dir.Write("damaged", bytes));
    if (!file.ok()) continue;
    const absl::StatusOr<v1::Article> article = (*file)->Read(2);
    // The table has no checksum of its own: another index in the block is another whole article.
    const bool in_table = at >= whole.size() - 24 - 3 * 8;
    if (article.ok() && !in_table) {
      EXPECT_EQ(article->SerializeAsString(), truth) << at;
    } else if (!article.ok()) {
      EXPECT_THAT(article, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged"))) << at;
    }
  }
}

TEST(ArticleFileTest, NamesTheFileWhenTheDiskIsFull) {
  const TempDir dir;
  std::filesystem::create_symlink("/dev/full", dir / "articles");
  auto writer = ArticleFileWriter::Create(dir / "articles", "");
  ASSERT_OK(writer);
  ASSERT_OK((*writer)->Append(Numbered(1).SerializeAsString()));
  EXPECT_THAT((*writer)->Finish(), StatusIs(absl::StatusCode::kResourceExhausted,
                                            "cannot write " + (dir / "articles").string() +
                                                ": disk full; free space and run again"));
}

}  // namespace
}  // namespace broadsheet::storage
