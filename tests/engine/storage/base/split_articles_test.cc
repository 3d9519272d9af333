// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/split_articles.h"

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

ArticleDictionaries Trained(int articles) {
  ArticleSample sample;
  for (int i = 1; i <= articles; ++i) {
    v1::Article article = Numbered(i);
    sample.bodies.push_back(article.body());
    article.clear_body();
    article.set_url(absl::StrFormat("https://harbour.example/news/2024/%d", i));
    sample.cards.push_back(article.SerializeAsString());
  }
  return {.cards = TrainCardDictionary(sample), .bodies = TrainBodyDictionary(sample)};
}

uint64_t BytesIn(const std::filesystem::path& folder) {
  return std::filesystem::file_size(folder / "cards") +
         std::filesystem::file_size(folder / "bodies");
}

std::filesystem::path WriteArticles(const std::filesystem::path& path,
                                    const std::vector<std::string>& articles,
                                    const ArticleDictionaries& dictionaries = {}) {
  std::filesystem::create_directories(path);
  auto writer = SplitArticlesWriter::Create(path, dictionaries);
  EXPECT_OK(writer);
  for (const std::string& article : articles) EXPECT_OK((*writer)->Append(article));
  EXPECT_OK((*writer)->Finish());
  return path;
}

std::vector<std::string> IdsOf(const SplitArticles& file) {
  std::vector<std::string> ids;
  EXPECT_OK(file.ForEach([&ids](uint32_t docid, v1::Article&& article) {
    EXPECT_EQ(docid, ids.size() + 1);
    ids.push_back(article.id());
    return absl::OkStatus();
  }));
  return ids;
}

TEST(SplitArticlesTest, GivesBackEachArticleByDocid) {
  const TempDir dir;
  const auto file = SplitArticles::Open(WriteArticles(dir / "articles", Serialized(1, 100)));
  ASSERT_OK(file);
  ASSERT_EQ((*file)->count(), 100U);
  for (uint32_t docid = 1; docid <= 100; ++docid) {
    const absl::StatusOr<v1::Article> article = (*file)->Read(docid);
    ASSERT_OK(article);
    EXPECT_EQ(article->SerializeAsString(), Numbered(static_cast<int>(docid)).SerializeAsString());
  }
}

TEST(SplitArticlesTest, KeepsLargeArticlesAndEmptyOnes) {
  const TempDir dir;
  std::vector<std::string> articles = {Numbered(1, 5'000'000).SerializeAsString(), "", ""};
  articles.push_back(Numbered(4, 10).SerializeAsString());
  const auto file = SplitArticles::Open(WriteArticles(dir / "articles", articles));
  ASSERT_OK(file);
  for (uint32_t docid = 1; docid <= articles.size(); ++docid) {
    const absl::StatusOr<v1::Article> article = (*file)->Read(docid);
    ASSERT_OK(article);
    EXPECT_EQ(article->SerializeAsString(), articles[docid - 1]);
  }
}

TEST(SplitArticlesTest, AddressesEmptyArticles) {
  const TempDir dir;
  const auto path = WriteArticles(dir / "articles", std::vector<std::string>(20'000));
  const auto file = SplitArticles::Open(path);
  ASSERT_OK(file);
  EXPECT_OK((*file)->Read(20'000));
  EXPECT_EQ(IdsOf(**file).size(), 20'000U);
}

TEST(SplitArticlesTest, ReadsAllInOrderAndStopsWhenTheSinkFails) {
  const TempDir dir;
  const auto file = SplitArticles::Open(WriteArticles(dir / "articles", Serialized(1, 30)));
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

TEST(SplitArticlesTest, HasNoArticleOutsideItsDocids) {
  const TempDir dir;
  const auto file = SplitArticles::Open(WriteArticles(dir / "articles", Serialized(1, 2)));
  ASSERT_OK(file);
  EXPECT_THAT((*file)->Read(0), StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT((*file)->Read(3),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("there is no article 3 in")));
}

TEST(SplitArticlesTest, GivesCardsAndBodiesApart) {
  const TempDir dir;
  const auto file = SplitArticles::Open(WriteArticles(dir / "articles", Serialized(1, 3)));
  ASSERT_OK(file);
  v1::Article card = Numbered(2);
  card.clear_body();
  std::string bytes;
  ASSERT_OK((*file)->ReadCard(2, &bytes));
  EXPECT_EQ(bytes, card.SerializeAsString());
  ASSERT_OK((*file)->ReadBody(2, &bytes));
  EXPECT_EQ(bytes, Numbered(2).body());
}

// A newer writer may store fields that this version does not know.
TEST(SplitArticlesTest, KeepsFieldsThatItDoesNotKnow) {
  const TempDir dir;
  const std::string unknown = "\xc2\x3e\x03new";  // field 1000, three bytes
  const auto file =
      SplitArticles::Open(WriteArticles(dir / "articles", {Serialized(1, 1)[0] + unknown}));
  ASSERT_OK(file);
  std::string card;
  ASSERT_OK((*file)->ReadCard(1, &card));
  EXPECT_THAT(card, ::testing::EndsWith(unknown));
}

TEST(SplitArticlesTest, RefusesToStoreWhatIsNoArticle) {
  const TempDir dir;
  auto writer = SplitArticlesWriter::Create(dir.path(), {});
  ASSERT_OK(writer);
  EXPECT_THAT((*writer)->Append("\x0a\x7f"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(SplitArticlesTest, DictionariesMakeTheFilesSmaller) {
  const TempDir dir;
  const std::vector<std::string> articles = Serialized(1, 400);
  const ArticleDictionaries dictionaries = Trained(400);
  ASSERT_FALSE(dictionaries.bodies.bytes().empty());
  const auto with = WriteArticles(dir / "with", articles, dictionaries);
  const auto without = WriteArticles(dir / "without", articles);
  EXPECT_LT(BytesIn(with) - dictionaries.cards.bytes().size() - dictionaries.bodies.bytes().size(),
            BytesIn(without));
  const auto file = SplitArticles::Open(with);
  ASSERT_OK(file);
  EXPECT_EQ((*file)->Read(400)->id(), "id-400");
}

TEST(SplitArticlesTest, TrainsNoDictionaryOnTooLittle) {
  EXPECT_EQ(TrainDictionary(kBodyFrames, {}).bytes(), "");
  EXPECT_EQ(TrainDictionary(kBodyFrames, {"one"}).bytes(), "");
  EXPECT_EQ(TrainDictionary(kCardFrames, std::vector<std::string>(50, "")).bytes(), "");
}

// The training crashed when nearly all bodies were empty, as those of an index of headlines are.
TEST(SplitArticlesTest, TrainsOnTextsOfWhichMostAreEmptyOrShort) {
  std::vector<std::string> samples(400, "");
  samples.resize(500, "tide");
  EXPECT_EQ(TrainDictionary(kBodyFrames, samples).bytes(), "");
  samples.emplace_back("The harbour master waits for the tide.");
  EXPECT_EQ(TrainDictionary(kBodyFrames, samples).bytes(), "");
  for (int i = 0; i < 400; ++i) samples.push_back(Numbered(i).body());
  EXPECT_NE(TrainDictionary(kBodyFrames, samples).bytes(), "");
}

TEST(SplitArticlesTest, AppendsOtherFilesWithoutUnpacking) {
  const TempDir dir;
  const ArticleDictionaries dictionary = Trained(400);
  const auto first = WriteArticles(dir / "1", Serialized(2, 40), dictionary);
  const auto empty = WriteArticles(dir / "2", {}, dictionary);
  const auto second = WriteArticles(dir / "3", Serialized(41, 60), dictionary);
  std::filesystem::create_directories(dir / "all");
  auto writer = SplitArticlesWriter::Create(dir / "all", dictionary);
  ASSERT_OK(writer);
  ASSERT_OK((*writer)->Append(Numbered(1).SerializeAsString()));
  for (const auto& part : {first, empty, second}) ASSERT_OK((*writer)->AppendFolder(part));
  ASSERT_OK((*writer)->Append(Numbered(61).SerializeAsString()));
  ASSERT_OK((*writer)->Finish());
  const auto file = SplitArticles::Open(dir / "all");
  ASSERT_OK(file);
  ASSERT_EQ((*file)->count(), 61U);
  for (uint32_t docid = 1; docid <= 61; ++docid) {
    EXPECT_EQ((*file)->Read(docid)->id(), absl::StrFormat("id-%d", docid));
  }
  EXPECT_EQ(IdsOf(**file).back(), "id-61");
}

TEST(SplitArticlesTest, RefusesToAppendAFileMadeWithAnotherDictionary) {
  const TempDir dir;
  const auto other = WriteArticles(dir / "other", Serialized(1, 3));
  std::filesystem::create_directories(dir / "all");
  auto writer = SplitArticlesWriter::Create(dir / "all", Trained(400));
  ASSERT_OK(writer);
  EXPECT_THAT((*writer)->AppendFolder(other),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("another dictionary")));
}

TEST(SplitArticlesTest, ServesManyThreadsAtOnce) {
  const TempDir dir;
  const auto path = WriteArticles(dir / "articles", Serialized(1, 60), Trained(400));
  const auto file = SplitArticles::Open(path);
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

TEST(SplitArticlesTest, RefusesACutFile) {
  const TempDir dir;
  for (const std::string name : {"cards", "bodies"}) {
    const auto folder = WriteArticles(dir / name, Serialized(1, 3, 200));
    const std::string whole = ReadFile(folder / name);
    for (size_t size = 0; size < whole.size(); ++size) {
      const auto path = dir.Write(name + "/" + name, whole.substr(0, size));
      ASSERT_THAT(SplitArticles::Open(folder),
                  StatusIs(absl::StatusCode::kDataLoss, HasSubstr(path.string())))
          << size;
    }
  }
}

// Every byte in turn: an error or the true article, never a crash and never a wrong text.
TEST(SplitArticlesTest, NeverGivesAWrongArticleWhateverByteOfAFrameIsDamaged) {
  const TempDir dir;
  const std::string truth = Numbered(2, 200).SerializeAsString();
  for (const std::string name : {"cards", "bodies"}) {
    const auto folder = WriteArticles(dir / name, Serialized(1, 3, 200));
    const std::string whole = ReadFile(folder / name);
    for (size_t at = 0; at < whole.size(); ++at) {
      std::string bytes = whole;
      bytes[at] = static_cast<char>(~bytes[at]);
      dir.Write(name + "/" + name, bytes);
      const auto file = SplitArticles::Open(folder);
      if (!file.ok()) continue;
      const absl::StatusOr<v1::Article> article = (*file)->Read(2);
      // The table has no checksum of its own: a wrong end may give an empty text.
      const bool in_table = at >= whole.size() - 24 - 3 * 8;
      if (article.ok() && !in_table) {
        EXPECT_EQ(article->SerializeAsString(), truth) << name << " " << at;
      } else if (!article.ok()) {
        EXPECT_THAT(article, StatusIs(absl::StatusCode::kDataLoss, HasSubstr("damaged"))) << at;
      }
    }
  }
}

// Zeros in the place of lost pages were taken for empty texts.
TEST(SplitArticlesTest, AFileThatIsCutWhileItIsReadIsDamaged) {
  for (const std::string name : {"cards", "bodies"}) {
    const TempDir dir;
    const auto folder = WriteArticles(dir / "articles", Serialized(1, 2000, 200));
    const auto file = SplitArticles::Open(folder);
    ASSERT_OK(file);
    ASSERT_OK((*file)->Read(1));
    std::filesystem::resize_file(folder / name, 100);
    EXPECT_THAT((*file)->Read(1999), StatusIs(absl::StatusCode::kDataLoss,
                                              HasSubstr((folder / name).string() + " is damaged")));
  }
}

TEST(SplitArticlesTest, NamesTheFileWhenTheDiskIsFull) {
  const TempDir dir;
  std::filesystem::create_symlink("/dev/full", dir / "cards");
  auto writer = SplitArticlesWriter::Create(dir.path(), {});
  ASSERT_OK(writer);
  ASSERT_OK((*writer)->Append(Numbered(1).SerializeAsString()));
  EXPECT_THAT((*writer)->Finish(), StatusIs(absl::StatusCode::kResourceExhausted,
                                            "cannot write " + (dir / "cards").string() +
                                                ": disk full; free space and run again"));
}

}  // namespace
}  // namespace broadsheet::storage
