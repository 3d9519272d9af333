// SPDX-License-Identifier: GPL-3.0-or-later
// A reader pastes a text and asks for any of its words: what is answered, and where the limits are.
#include <random>
#include <set>
#include <string>
#include <vector>

#include "engine/query/compile/telling_words.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::Contains;
using ::testing::IsSubsetOf;
using ::testing::Not;

constexpr int kMostPasted = 1024;

class PastedTextTest : public SearchFixture {
 protected:
  static v1::SearchArticlesRequest Any(const std::string& query) {
    v1::SearchArticlesRequest request = Request(query);
    request.set_match(v1::MATCH_MODE_ANY);
    return request;
  }

  // A word of letters only, which no stemmer changes.
  static std::string Word(int i) {
    std::string word;
    for (int place = 0; place < 3; ++place, i /= 16) {
      word += "kz";
      word += "abcdfghjklmnpqrt"[i % 16];
    }
    return word + "o";
  }
  // Words 0 to 2999, lower numbers more often, as articles of news have them.
  static std::string TextOf(uint32_t seed, int words) {
    std::mt19937 random(seed);
    std::string text;
    for (int i = 0; i < words; ++i) {
      const auto number = static_cast<uint64_t>(random() % 3000) * (random() % 3000) / 3000;
      text += Word(static_cast<int>(number)) + (i % 15 == 14 ? ". " : " ");
    }
    return text;
  }
  static std::string Numbered(int words) {
    std::string text;
    for (int i = 0; i < words; ++i) text += Word(i) + " ";
    return text;
  }
  static std::set<std::string> MarkedIn(const v1::Hit& hit) {
    std::set<std::string> marked;
    for (const v1::Fragment& fragment : hit.fragments()) {
      for (const v1::Segment& segment : fragment.segments()) {
        if (segment.matched()) marked.insert(segment.text());
      }
    }
    return marked;
  }
  static std::vector<std::string> ReasonsOf(const v1::SearchArticlesResponse& response) {
    std::vector<std::string> reasons;
    for (const v1::Notice& notice : response.notices()) reasons.push_back(notice.reason());
    return reasons;
  }
};

TEST_F(PastedTextTest, FindsTheArticleThatItWasPastedFromFirst) {
  constexpr int kArticles = 40;
  for (int i = 0; i < kArticles; ++i) {
    Add("a" + std::to_string(i), {.body = TextOf(static_cast<uint32_t>(i), kMostPasted)});
  }
  for (const int pasted : {0, 17, 39}) {
    const std::string text = TextOf(static_cast<uint32_t>(pasted), kMostPasted);
    std::set<std::string> different;
    for (int i = 0; i < 3000; ++i) {
      if (text.find(Word(i)) != std::string::npos) different.insert(Word(i));
    }
    const v1::SearchArticlesResponse response = Answer(Any(text));
    ASSERT_GT(response.hits_size(), 0);
    EXPECT_EQ(response.hits(0).article().id(), "a" + std::to_string(pasted));
    ASSERT_EQ(response.notices_size(), 1);
    const v1::Notice& notice = response.notices(0);
    EXPECT_EQ(notice.reason(), "WORDS_LEFT_OUT");
    EXPECT_EQ(notice.metadata().at("used"), "64");
    EXPECT_EQ(notice.metadata().at("found"), std::to_string(different.size()));
    EXPECT_EQ(notice.message(), "the query has " + std::to_string(different.size()) +
                                    " different words; the 64 that tell most were searched for");
  }
}

TEST_F(PastedTextTest, HasItsLimits) {
  Add("a", {.headline = Word(0)});
  EXPECT_EQ(ReasonFor(Any(Numbered(kMostPasted))), "");
  EXPECT_EQ(ReasonFor(Any(Numbered(kMostPasted + 1))), "QUERY_TOO_COMPLEX");
  const std::string word = Word(0) + " ";
  EXPECT_EQ(ReasonFor(Any(word + std::string(16384 - word.size(), ' '))), "");
  EXPECT_EQ(ReasonFor(Any(word + std::string(16385 - word.size(), ' '))), "QUERY_TOO_LONG");
}

TEST_F(PastedTextTest, TheLimitsOfAllWordsStay) {
  Add("a", {.headline = Word(0)});
  EXPECT_EQ(ReasonFor(Request(Numbered(128))), "");
  EXPECT_EQ(ReasonFor(Request(Numbered(129))), "QUERY_TOO_COMPLEX");
  const std::string word = Word(0) + " ";
  EXPECT_EQ(ReasonFor(Request(word + std::string(4096 - word.size(), ' '))), "");
  EXPECT_EQ(ReasonFor(Request(word + std::string(4097 - word.size(), ' '))), "QUERY_TOO_LONG");
}

TEST_F(PastedTextTest, WordsThatNoArticleHasAreTheFirstToGo) {
  Add("a", {.body = Word(2000) + " " + Word(2001)});
  for (int i = 0; i < 5; ++i) Add("b" + std::to_string(i), {.body = Word(2001)});
  const v1::SearchArticlesResponse response =
      Answer(Any(Numbered(300) + Word(2001) + " " + Word(2000)));
  EXPECT_EQ(response.hits_size(), 6);
  EXPECT_EQ(response.hits(0).article().id(), "a");
  EXPECT_THAT(ReasonsOf(response), Contains("WORDS_LEFT_OUT"));
}

TEST_F(PastedTextTest, PartsThatNarrowStay) {
  const std::string body = Numbered(100);
  Add("dated", {.body = body, .published = "2024-06-19"});
  Add("undated", {.body = body});
  Add("negated", {.body = body + " tunnel", .published = "2024-06-19"});
  Add("phrase", {.body = "A council budget.", .published = "2024-06-19"});
  const v1::SearchArticlesResponse response =
      Answer(Any(body + "\"council budget\" -tunnel date:2024"));
  EXPECT_EQ(IdsOf(response), "dated phrase");
  EXPECT_THAT(ReasonsOf(response), Contains("WORDS_LEFT_OUT"));
  EXPECT_THAT(IdsOf(Answer(Any(body + "-tunnel"))), Not(::testing::HasSubstr("negated")));
}

TEST_F(PastedTextTest, HighlightsMarkTheWordsThatWereKept) {
  const std::string frequent = Word(500) + " " + Word(501) + " " + Word(502) + " ";
  Add("a", {.body = frequent + Numbered(64)});
  for (int i = 0; i < 9; ++i) Add("b" + std::to_string(i), {.body = frequent});
  const v1::SearchArticlesResponse response = Answer(Any(frequent + Numbered(64)));
  ASSERT_EQ(IdsOf(response), "a");
  const std::set<std::string> marked = MarkedIn(response.hits(0));
  std::set<std::string> kept;
  for (int i = 0; i < 64; ++i) kept.insert(Word(i));
  EXPECT_FALSE(marked.empty());
  EXPECT_THAT(marked, IsSubsetOf(kept));
}

// Bug: a capital made another word, which counted beside the first.
TEST_F(PastedTextTest, ARepeatedWordCountsLittleMoreHoweverItIsWritten) {
  Add("ferry", {.body = "A ferry. Nothing else was seen."});
  Add("both", {.body = "A strike and a bridge. Nothing else was seen."});
  for (int i = 0; i < 30; ++i) {
    Add("other" + std::to_string(i), {.headline = "Market report", .body = "Shares rose again."});
  }
  for (const char* profile : {"default", "exact"}) {
    v1::SearchArticlesRequest request =
        Any("ferry strike bridge Ferry (the FERRY) ferry Ferry ferry");
    request.set_ranking_profile(profile);
    EXPECT_EQ(IdsOf(Answer(request)), "both ferry") << profile;
  }
}

}  // namespace
}  // namespace broadsheet::query
