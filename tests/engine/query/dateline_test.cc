// SPDX-License-Identifier: GPL-3.0-or-later
// `dateline:` finds places, and counts for nothing where nobody asks for it.
#include <algorithm>
#include <random>

#include "engine/indexing/publish/rebuild.h"
#include "engine/query/rank/ranking_profile.h"
#include "engine/storage/index/manifest.h"
#include "engine/text/analyzer.h"
#include "tests/engine/query/search_fixture.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/parsed_response.h"
#include "tests/testing/tiny_index.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;

class DatelineTest : public SearchFixture {
 protected:
  // "dateline: [PARIS], June 19" of the first hit.
  std::vector<std::string> Shown(const std::string& query) {
    std::vector<std::string> shown;
    const v1::SearchArticlesResponse response = Answer(query);
    if (response.hits().empty()) return shown;
    for (const v1::Fragment& fragment : response.hits(0).fragments()) {
      shown.push_back(fragment.field() + ": " + Lit(fragment));
    }
    return shown;
  }
};

TEST_F(DatelineTest, FindsWordsAndPhrasesOfDatelinesAlone) {
  Add("paris", {.headline = "Talks end", .dateline = "PARIS, June 19"});
  Add("york", {.headline = "Paris talks end", .dateline = "NEW YORK (Reuters)"});
  Add("none", {.headline = "New York, Paris"});
  AddToLive("live", {.headline = "Talks go on", .dateline = "Saint-Denis, near Páris"});
  EXPECT_EQ(SearchNewest("dateline:paris"), "live paris");
  EXPECT_EQ(SearchNewest("dateline:\"new york\""), "york");
  EXPECT_EQ(SearchNewest("dateline:\"york new\""), "");
  EXPECT_EQ(SearchNewest("dateline:(seoul OR york)"), "york");
  EXPECT_EQ(SearchNewest("dateline:par*"), "live paris");
  EXPECT_EQ(SearchNewest("dateline:=paris"), "paris");
  EXPECT_EQ(SearchNewest("talks -dateline:paris"), "york");
  EXPECT_EQ(SearchNewest("reuters"), "");
}

TEST_F(DatelineTest, IsLitWhereItIsAskedForAndNowhereElse) {
  Add("a", {.headline = "Paris talks", .body = "Talks in Paris.", .dateline = "PARIS, June 19"});
  EXPECT_THAT(Shown("dateline:paris"), ElementsAre("dateline: [PARIS], June 19"));
  EXPECT_THAT(Shown("dateline:\"june 19\""), ElementsAre("dateline: PARIS, [June 19]"));
  EXPECT_THAT(Shown("headline:paris"), ElementsAre("headline: [Paris] talks"));
  EXPECT_THAT(Shown("june OR talks"),
              ElementsAre("headline: Paris [talks]", "body: [Talks] in Paris."));
}

// Articles of few words, so that queries find many of them and every part of ranking has its say.
std::vector<v1::Article> RandomArticles() {
  constexpr const char* kSomeWords[] = {"ferry", "strike",  "paris", "talks",    "summit",
                                        "pact",  "harbour", "the",   "minister", "rain"};
  std::mt19937 random(36508);
  const auto text = [&](size_t most) {
    std::string words;
    for (size_t left = random() % most; left > 0; --left) {
      words += kSomeWords[random() % std::size(kSomeWords)];
      words += random() % 7 == 0 ? ". " : " ";
    }
    return words;
  };
  std::vector<v1::Article> articles;
  for (int i = 0; i < 300; ++i) {
    testing::TestArticle article{.headline = "Story " + text(4), .body = text(60)};
    if (random() % 3 == 0) article.captions.push_back({"x " + text(8), text(3)});
    if (random() % 3 == 0) article.tags.push_back("tag " + text(3));
    article.published = "2024-06-" + std::to_string(10 + random() % 20);
    // It consists of the words that are asked for, so that it would show if they counted.
    article.dateline = "PARIS " + text(9);
    articles.push_back(testing::MakeArticle("a" + std::to_string(i), article));
  }
  return articles;
}

// What a reader is told of the hits, to the last bit of their scores.
std::vector<std::string> Told(const v1::SearchArticlesResponse& response) {
  std::vector<std::string> told = {response.total().ShortDebugString(), response.parsed_query(),
                                   response.suggested_query()};
  for (v1::Hit hit : response.hits()) {
    hit.mutable_article()->clear_dateline();
    hit.mutable_article()->clear_indexed_time();
    // As bytes: text would round the scores.
    told.push_back(hit.SerializeAsString());
  }
  return told;
}

TEST(DatelineRankingTest, IsTheSameToTheLastBitWithDatelinesAndWithout) {
  testing::TestIndex with;
  testing::TestIndex without;
  for (v1::Article article : RandomArticles()) {
    with.Add(article);
    article.clear_dateline();
    without.Add(article);
  }
  const auto searcher_with = *Searcher::Open(with.Open(), {});
  const auto searcher_without = *Searcher::Open(without.Open(), {});
  base::CallControl call;
  ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, "2024-07-01T00:00:00Z", &call.now, nullptr));
  int hits = 0;
  for (const RankingProfile& profile : RankingProfiles()) {
    for (const char* query :
         {"paris", "ferry strike", "\"ferry strike\" OR summit", "paris talks harbour", "the rain",
          "par* NEAR/5 talks", "headline:pact rain", "mini~ -summit", "\"the minister\"~2"}) {
      for (const v1::MatchMode mode : {v1::MATCH_MODE_ALL, v1::MATCH_MODE_ANY}) {
        v1::SearchArticlesRequest request;
        request.set_query(query);
        request.set_match(mode);
        request.set_ranking_profile(std::string(profile.name));
        request.set_page_size(150);
        request.set_explain(true);
        const auto got = testing::Parsed(searcher_with->Search(request, call));
        const auto wanted = testing::Parsed(searcher_without->Search(request, call));
        ASSERT_THAT(got, testing::IsOk()) << query;
        ASSERT_THAT(wanted, testing::IsOk()) << query;
        EXPECT_EQ(Told(*got), Told(*wanted)) << profile.name << ": " << query;
        hits += got->hits_size();
      }
    }
  }
  EXPECT_GT(hits, 1000);
}

// The index of a version that did not search datelines: they are stored, and no term is of them.
TEST(DatelineUpgradeTest, AnIndexFromBeforeIsRefusedAndARebuildFindsItsDatelines) {
  const testing::TempDir folder;
  testing::TinyIndex old(folder / "index");
  v1::Article article = testing::MakeArticle("a", "Talks end", "The talks are over.");
  article.set_dateline("PARIS, June 19");
  old.Publish({article});
  storage::Manifest manifest = storage::ReadManifest(old.current_folder()).value();
  manifest.analyzer_version = text::kAnalyzerVersion - 1;
  ASSERT_THAT(storage::WriteManifest(old.current_folder(), manifest), testing::IsOk());
  EXPECT_THAT(storage::Generation::OpenCurrent(old.layout()),
              testing::FaultIs(schema::FaultReason::kOtherAnalyser, folder / "index"));

  ASSERT_THAT(indexing::Rebuild(old.layout(), "a test", {.memory_bytes = 16 << 20}),
              testing::IsOk());
  const auto generation = storage::Generation::OpenCurrent(old.layout());
  ASSERT_THAT(generation, testing::IsOk());
  const auto searcher = *Searcher::Open(*generation, {});
  for (const char* query : {"talks", "dateline:paris", "dateline:\"june 19\""}) {
    v1::SearchArticlesRequest request;
    request.set_query(query);
    const auto found = testing::Parsed(searcher->Search(request, base::CallControl()));
    ASSERT_THAT(found, testing::IsOk()) << query;
    EXPECT_EQ(IdsOf(*found), "a") << query;
  }
}

}  // namespace
}  // namespace broadsheet::query
