// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/rank/ranked_search.h"

#include <string>

#include "engine/weights/bm25.h"
#include "engine/xapian/every_document.h"
#include "tests/engine/query/compile_fixture.h"

namespace broadsheet::query {
namespace {

class RankedSearchTest : public CompileFixture {
 protected:
  struct Wanted {
    uint32_t offset = 0;
    uint32_t count = 10;
    bool rescored = false;
    bool centroid = false;
    Xapian::Query filter = xapian::EveryDocument();
    std::optional<RecencySettings> recency = {};
    bool explained = false;
  };

  MatchPage Rank(const std::string& text, const Wanted& wanted) {
    compiled_ = Compiled(text);
    const RankedQuery query{.candidates = compiled_.candidates,
                            .checks = compiled_.checks,
                            .filter = wanted.filter,
                            .words = compiled_.ranked_words,
                            .known_words = known_words_,
                            .rescored = wanted.rescored,
                            .centroid = wanted.centroid,
                            .recency = wanted.recency};
    return SearchRanked(context(), query,
                        {.offset = wanted.offset,
                         .count = wanted.count,
                         .total_check_limit = limits_.total_check_limit,
                         .most_verified = limits_.most_verified,
                         .explained = wanted.explained ? &compiled_.parts : nullptr});
  }
  // "b a c" are the hits' ids, best first; "…" when more follow.
  std::string Ids(const std::string& text, const Wanted& wanted) {
    const MatchPage page = Rank(text, wanted);
    std::string ids;
    for (const Match& match : page.matches) ids += (ids.empty() ? "" : " ") + IdOf(match.doc);
    return ids + (page.more ? "…" : "");
  }
  std::string Ids(const std::string& text) { return Ids(text, Wanted()); }

 private:
  CompiledQuery compiled_;
  weights::KnownWords known_words_{weights::HashedWords()};
};

TEST_F(RankedSearchTest, TheBestMatchComesFirst) {
  Add("once", {.headline = "News", .body = "The ferry sank."});
  Add("headline", {.headline = "Ferry", .body = "It sank."});
  Add("often", {.headline = "News", .body = "The ferry and the ferry and a ferry."});
  Add("none", {.headline = "News", .body = "The bridge sank."});
  OpenSnapshot();
  EXPECT_EQ(Ids("ferry"), "headline often once");
  const MatchPage page = Rank("ferry", {});
  EXPECT_EQ(page.total.value(), 3);
  EXPECT_EQ(page.total.relation(), v1::Total::RELATION_EXACT);
  for (size_t i = 1; i < page.matches.size(); ++i) {
    EXPECT_GE(page.matches[i - 1].score, page.matches[i].score);
    EXPECT_GT(page.matches[i].score, 0);
  }
}

TEST_F(RankedSearchTest, EqualScoresComeNewestFirstAndUndatedLast) {
  Add("undated", {.headline = "Ferry"});
  Add("old", {.headline = "Ferry", .published = "2001-01-01"});
  Add("new", {.headline = "Ferry", .published = "2024-01-01"});
  Add("middle", {.headline = "Ferry", .published = "2020-01-01"});
  OpenSnapshot();
  EXPECT_EQ(Ids("ferry"), "new middle old undated");
}

TEST_F(RankedSearchTest, PagesEndWhereTheNextBegins) {
  for (int i = 0; i < 5; ++i) {
    const std::string id(1, static_cast<char>('a' + i));
    Add(id, {.headline = "Ferry", .published = "2024-01-0" + std::to_string(9 - i)});
  }
  OpenSnapshot();
  EXPECT_EQ(Ids("ferry", {.count = 2}), "a b…");
  EXPECT_EQ(Ids("ferry", {.offset = 2, .count = 2}), "c d…");
  EXPECT_EQ(Ids("ferry", {.offset = 4, .count = 2}), "e");
  EXPECT_EQ(Ids("ferry", {.offset = 3, .count = 2}), "d e") << "a full page that is the last";
  EXPECT_EQ(Ids("ferry", {.offset = 5, .count = 2}), "");
  EXPECT_EQ(Ids("ferry", {.offset = 7, .count = 2}), "");
  EXPECT_EQ(Ids("ferry", {.count = 0}), "…");
  // Nothing else is re-scored on a later page than on the first.
  EXPECT_EQ(Ids("ferry news OR ferry", {.offset = 1, .count = 2, .rescored = true}), "b c…");
}

TEST_F(RankedSearchTest, AHitIsWhatItsTokenRunConfirms) {
  limits_.total_check_limit = 2;
  Add("apart", {.headline = "Warning, warning", .body = "A flood. No flood came. Flood."});
  Add("phrase", {.headline = "News", .body = "A flood warning for the coast."});
  Add("turned", {.headline = "Warning flood"});
  AddToLive("live", {.headline = "News", .body = "No flood warning for the hills and the rest."});
  AddToLive("live-apart", {.headline = "Flood", .body = "A warning."});
  OpenSnapshot();
  EXPECT_EQ(Ids("\"flood warning\""), "phrase live");
  EXPECT_EQ(Ids("\"flood warning\"", {.count = 1}), "phrase…");
  EXPECT_EQ(Ids("flood -\"flood warning\" warning", {.count = 5}).find("phrase"),
            std::string::npos);
  EXPECT_EQ(Rank("\"flood warning\"", {}).total.value(), 2);
}

// What many articles have apart would have to be looked for in each of them.
TEST_F(RankedSearchTest, APhraseOfFrequentWordsIsNotCountedToTheEnd) {
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    // The best come first, so that the others need not be looked at.
    const bool best = i < 10;
    Add((best ? "best" : "phrase") + number,
        {.headline = best ? "Flood warning" : "News", .body = "A flood warning for the coast."});
    Add("later" + number, {.headline = "News", .body = "A warning: the coast has a flood."});
  }
  OpenSnapshot();
  const v1::Total counted = Rank("\"flood warning\"", {.count = 5, .rescored = false}).total;
  EXPECT_EQ(counted.value(), 40);
  EXPECT_EQ(counted.relation(), v1::Total::RELATION_EXACT);
  limits_.most_verified = 79;
  const MatchPage page = Rank("\"flood warning\"", {.count = 5, .rescored = false});
  EXPECT_EQ(page.matches.size(), 5U);
  EXPECT_TRUE(page.more);
  EXPECT_GE(page.total.value(), 6);
  EXPECT_LE(page.total.value(), 40);
  EXPECT_EQ(page.total.relation(), v1::Total::RELATION_AT_LEAST);
  // Whether both words are in an article is told by the index alone.
  EXPECT_EQ(Rank("flood warning", {.count = 5, .rescored = false}).total.value(), 80);
}

TEST_F(RankedSearchTest, AFilterNarrowsAndNeverScores) {
  Add("a", {.headline = "Ferry", .tags = {"x"}});
  Add("b", {.headline = "Ferry", .body = "ferry", .tags = {"y"}});
  OpenSnapshot();
  const double unfiltered = Rank("ferry", {}).matches.at(1).score;
  const Wanted filtered{
      .filter = Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query("Kx"), 0.0)};
  EXPECT_EQ(Ids("ferry", filtered), "a");
  EXPECT_EQ(Rank("ferry", filtered).matches.at(0).score, unfiltered);
}

TEST_F(RankedSearchTest, WhatIsSupersededIsNoHit) {
  Add("a", {.headline = "Ferry"});
  Add("b", {.headline = "Ferry"});
  AddToLive("a", {.headline = "Bridge"});
  OpenSnapshot();
  EXPECT_EQ(Ids("ferry"), "b");
  EXPECT_EQ(Ids("bridge"), "a");
}

TEST_F(RankedSearchTest, NearWordsLiftAnArticleAndSayByHowMuch) {
  Add("far", {.headline = "Ferry one two three four five six seven eight strike"});
  Add("near", {.headline = "One two three ferry strike four five six seven eight",
               .published = "1990-01-01"});
  Add("other", {.headline = "Market report"});
  AddToLive("newer", {.headline = "Ferry strike one two three four five six seven eight"});
  OpenSnapshot();
  const MatchPage page = Rank("ferry strike", {.rescored = true});
  EXPECT_EQ(Ids("ferry strike", {.rescored = true}), "near newer far");
  EXPECT_GT(page.matches[0].parts.nearness, 0);
  EXPECT_EQ(page.matches[2].parts.nearness, 0);
  EXPECT_DOUBLE_EQ(page.matches[0].score, page.matches[0].parts.Sum());
}

TEST_F(RankedSearchTest, RecencyIsToldApartFromWords) {
  Add("old", {.headline = "Ferry", .published = "2000-01-01"});
  Add("new", {.headline = "Ferry", .body = "and more words", .published = "2024-01-01"});
  OpenSnapshot();
  const absl::Time now = absl::FromUnixSeconds(1704067200);  // 2024-01-01
  const Wanted recent{.recency =
                          RecencySettings{.now = now, .half_life = absl::Hours(24), .cap = 2}};
  const MatchPage page = Rank("ferry", recent);
  ASSERT_EQ(page.matches.size(), 2U);
  EXPECT_EQ(IdOf(page.matches[0].doc), "new");
  // Both articles have the word.
  EXPECT_DOUBLE_EQ(page.matches[0].parts.recency, 2 * weights::Idf(2, 2));
  EXPECT_NEAR(page.matches[1].parts.recency, 0, 1e-9);
}

TEST_F(RankedSearchTest, ContributionsAddUpToTheScore) {
  Add("a", {.headline = "Ferry strike", .body = "The ferry strike goes on."});
  AddToLive("b", {.headline = "Ferry", .body = "A strike of the crew on a ferry."});
  OpenSnapshot();
  EXPECT_TRUE(Rank("ferry strike", {}).matches.at(0).contributions.empty());
  const MatchPage page = Rank("ferry strike", {.rescored = true, .explained = true});
  ASSERT_EQ(page.matches.size(), 2U);
  for (const Match& match : page.matches) {
    double sum = 0;
    for (const v1::ScoreContribution& one : match.contributions) sum += one.weight();
    EXPECT_NEAR(sum, match.score, 1e-9);
    EXPECT_EQ(match.contributions.at(0).part(), "ferry");
    EXPECT_EQ(match.contributions.at(1).part(), "strike");
  }
}

}  // namespace
}  // namespace broadsheet::query
