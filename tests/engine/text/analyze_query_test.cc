// SPDX-License-Identifier: GPL-3.0-or-later
// What a query's words stand for, and that they always find the text they were copied from.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/analyzer.h"

namespace broadsheet::text {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<QueryWord> Words(std::string_view query, const std::vector<std::string>& languages) {
  Analyzer analyzer;
  return AnalyzeQuery(analyzer, query, languages);
}

TEST(AnalyzeQueryTest, AWordStandsForItselfAndItsStemInEachLanguage) {
  const std::vector<QueryWord> words = Words("Nationales running", {"en", "fr", "en-GB", ""});
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_THAT(words[0].terms, ElementsAre("nationales", "national"));
  EXPECT_THAT(words[1].terms, ElementsAre("running", "run"));
}

TEST(AnalyzeQueryTest, KeepsTheExactFormAndThePlace) {
  const std::vector<QueryWord> words = Words("the Café", {"en"});
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_THAT(words[1].terms, ElementsAre("cafe"));
  EXPECT_EQ(words[1].exact, "café");
  EXPECT_EQ(words[1].begin, 4U);
  EXPECT_EQ(words[1].end, 9U);
}

TEST(AnalyzeQueryTest, PartsOfACompoundContinueAndTheWholeIsBesideThem) {
  const std::vector<QueryWord> words = Words("e-mails today", {"en"});
  ASSERT_THAT(words, SizeIs(3));
  EXPECT_THAT(words[0].terms, ElementsAre("e"));
  EXPECT_FALSE(words[0].continues_word);
  EXPECT_THAT(words[0].whole_terms, ElementsAre("emails", "email"));
  EXPECT_EQ(words[0].whole_end, 7U);
  EXPECT_TRUE(words[1].continues_word);
  EXPECT_THAT(words[1].whole_terms, IsEmpty());
  EXPECT_FALSE(words[2].continues_word);
}

TEST(AnalyzeQueryTest, AWordOfLettersAndANumberKnowsItsNumber) {
  EXPECT_EQ(Words("F16", {})[0].number, "16");
  EXPECT_EQ(Words("Ту154", {})[0].number, "154");
  for (const std::string_view other : {"F-16", "1990s", "16", "R2D2", "F", "#G7"}) {
    EXPECT_THAT(Words(other, {})[0].number, IsEmpty()) << other;
  }
}

TEST(AnalyzeQueryTest, ASignNarrowsAndItsAbsenceDoesNot) {
  ASSERT_THAT(Words("#metoo", {}), SizeIs(1));
  EXPECT_THAT(Words("#metoo", {})[0].terms, ElementsAre("#metoo"));
  EXPECT_THAT(Words("#metoo", {})[0].whole_terms, IsEmpty());
  EXPECT_THAT(Words("metoo", {})[0].terms, ElementsAre("metoo"));
}

TEST(AnalyzeQueryTest, ALongWordHasABeginningToCompare) {
  const std::string beginning(64, 'x');
  const std::vector<QueryWord> words = Words("a " + beginning + "x#b " + beginning, {"en"});
  ASSERT_THAT(words, SizeIs(4));
  EXPECT_THAT(words[1].terms, ElementsAre(StartsWith(beginning + "~")));
  EXPECT_EQ(words[1].beginning, beginning + "~");
  EXPECT_EQ(words[1].begin, 2U);
  EXPECT_THAT(words[2].beginning, IsEmpty());
  EXPECT_THAT(words[3].beginning, IsEmpty());
}

TEST(AnalyzeQueryTest, ALongCompoundHasAWholeWithoutABeginning) {
  const std::vector<QueryWord> words = Words("e-" + std::string(70, 'x'), {"en"});
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_THAT(words[0].whole_terms, ElementsAre(StartsWith("ex")));
  EXPECT_THAT(words[0].beginning, IsEmpty());
  EXPECT_THAT(words[1].beginning, StartsWith("x"));
}

TEST(AnalyzeQueryTest, CapitalUsIsTheCountryAlone) {
  for (const std::string_view country : {"US", "U.S.", "(US)", "US's"}) {
    EXPECT_THAT(Words(country, {"en"})[0].terms, ElementsAre("u.s")) << country;
  }
  EXPECT_THAT(Words("us", {"en"})[0].terms, ElementsAre("us"));
  EXPECT_THAT(Words("WHO", {"en"})[0].terms, ElementsAre("w.h.o"));
  EXPECT_THAT(Words("who", {"en"})[0].terms, ElementsAre("who"));
}

TEST(AnalyzeQueryTest, TextWithoutWordsHasNone) {
  EXPECT_THAT(Words("", {"en"}), IsEmpty());
  EXPECT_THAT(Words("... — 🕊", {"en"}), IsEmpty());
}

// Whatever an article says, in whatever language, a query for the same words finds it: each query
// word has the term that the index holds at its position.
TEST(AnalyzeQueryTest, FindsTheTextItWasCopiedFromInEveryLanguage) {
  constexpr std::string_view kText =
      "O’Brien’s COVID-19 e-mails (U.S.-led, 1,000.5 km²) don't AT&T C++ #MeToo @jane_doe "
      "jane@example.com Häuser élections nationales переговоры ёлки Diyarbakır'da 北京大学 ที่นี่ "
      "λόγος हिन्दी كِتَاب running US-led LA 2½ 1980's Ph.D. צה\"ל 臺灣 علی ";
  const std::string text = std::string(kText) + std::string(70, 'x');
  std::vector<std::string> languages = {"", "xx"};
  for (const char* code :
       {"ar", "hy", "eu", "ca", "da", "nl", "en", "fi", "fr", "de", "el", "hi", "hu", "id",
        "ga", "it", "lt", "ne", "no", "pt", "ro", "ru", "sr", "es", "sv", "ta", "tr", "yi"}) {
    ASSERT_TRUE(HasStemmer(code)) << code;
    languages.emplace_back(code);
  }
  Analyzer analyzer;
  const std::vector<QueryWord> words = AnalyzeQuery(analyzer, text, languages);
  for (const std::string& language : languages) {
    size_t position = 0;
    analyzer.Analyze(text, language, [&](const Token& token) {
      if (token.alternative) return;
      ASSERT_LT(token.position, words.size());
      const std::vector<std::string>& terms = words[token.position].terms;
      EXPECT_NE(std::find(terms.begin(), terms.end(), token.term), terms.end())
          << language << ": " << token.term;
      EXPECT_EQ(words[token.position].exact, token.exact);
      position = token.position;
    });
    EXPECT_EQ(position + 1, words.size());
  }
}

TEST(HasStemmerTest, KnowsLanguagesByTheirCode) {
  EXPECT_TRUE(HasStemmer("pt-BR"));
  EXPECT_TRUE(HasStemmer("nb"));
  EXPECT_FALSE(HasStemmer("zh"));
  EXPECT_FALSE(HasStemmer("porter"));
  EXPECT_FALSE(HasStemmer(""));
}

}  // namespace
}  // namespace broadsheet::text
