// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/synonyms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/query/syntax/tree_text.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

using ::testing::HasSubstr;

class SynonymsTest : public ::testing::Test {
 protected:
  // The query as it is searched for with these synonyms.
  std::string Expand(const std::string& file, const std::string& query,
                     MatchMode match = MatchMode::kAll,
                     const std::vector<std::string>& languages = {"en"}) {
    const absl::StatusOr<Synonyms> synonyms = Synonyms::Parse(file, analyzer_);
    EXPECT_THAT(synonyms, testing::IsOk());
    absl::StatusOr<ParsedQuery> parsed = Parse(query, Limits(), match);
    EXPECT_THAT(parsed, testing::IsOk());
    if (!synonyms.ok() || !parsed.ok()) return "";
    AddSynonyms(*synonyms, match, languages, analyzer_, &parsed->root);
    return ToString(parsed->root);
  }
  std::string ErrorOf(const std::string& file) {
    return std::string(Synonyms::Parse(file, analyzer_).status().message());
  }

  text::Analyzer analyzer_;
};

constexpr const char* kCountries = "usa, united states, united states of america\n";

TEST_F(SynonymsTest, WordsBetweenCommasFindEachOther) {
  EXPECT_EQ(Expand("tv, telly, television", "tv"), "tv OR telly OR television");
  EXPECT_EQ(Expand("tv, telly, television", "television tax"),
            "(television OR tv OR telly) AND tax");
}

TEST_F(SynonymsTest, AnArrowPointsOneWay) {
  const std::string file = "flat => apartment, condo\n";
  EXPECT_EQ(Expand(file, "flat rents"), "(flat OR apartment OR condo) AND rents");
  EXPECT_EQ(Expand(file, "apartment rents"), "apartment AND rents");
}

TEST_F(SynonymsTest, RowsOfWordsAreFoundAndOffered) {
  EXPECT_EQ(Expand(kCountries, "usa exports"),
            "(usa OR \"united states\" OR \"united states of america\") AND exports");
  EXPECT_EQ(Expand(kCountries, "united states exports"),
            "((united AND states) OR usa OR \"united states of america\") AND exports");
}

TEST_F(SynonymsTest, TheRuleForMostWordsHolds) {
  EXPECT_EQ(Expand(kCountries, "united states of america"),
            "(united AND states AND of AND america) OR usa OR \"united states\"");
}

TEST_F(SynonymsTest, FormsAndAccentsOfAWordAreTheSame) {
  EXPECT_EQ(Expand("ferry, passenger boat\n[en]\ncafé, coffee shop\n", "Cafes ferry"),
            "(Cafes OR \"coffee shop\") AND (ferry OR \"passenger boat\")");
  EXPECT_EQ(Expand("[en]\nferry, passenger boat", "ferries"), "ferries OR \"passenger boat\"");
}

TEST_F(SynonymsTest, AHeadingLimitsALineToItsLanguage) {
  const std::string file = "[de]\ngift => poison\n[*]\ntv, television\n";
  EXPECT_EQ(Expand(file, "gift tv"), "gift AND (tv OR television)");
  EXPECT_EQ(Expand(file, "gift tv", MatchMode::kAll, {"de", "en"}),
            "(gift OR poison) AND (tv OR television)");
}

TEST_F(SynonymsTest, LinesOfSeveralLanguagesAreJoined) {
  EXPECT_EQ(Expand("[en]\nbank => lender\n[de]\nbank => geldhaus, lender\n", "bank",
                   MatchMode::kAll, {"en", "de"}),
            "bank OR lender OR geldhaus");
}

TEST_F(SynonymsTest, MarkedAndQuotedWordsStayAsTheyAreTyped) {
  const std::string file = "tv, television";
  for (const std::string query : {"=tv", "\"tv\"", "tv*", "tv~", "tv NEAR/3 tax", "tag:tv"}) {
    const absl::StatusOr<ParsedQuery> parsed = Parse(query, Limits(), MatchMode::kAll);
    ASSERT_THAT(parsed, testing::IsOk()) << query;
    EXPECT_EQ(Expand(file, query), ToString(parsed->root));
  }
}

TEST_F(SynonymsTest, AlternativesKeepTheFieldOfTheWord) {
  EXPECT_EQ(Expand(kCountries, "headline:usa"),
            "headline:usa OR headline:\"united states\" OR headline:\"united states of america\"");
  EXPECT_EQ(Expand(kCountries, "headline:united states"), "headline:united AND states")
      << "words of two fields are no row";
}

TEST_F(SynonymsTest, ExcludedWordsExcludeTheirSynonyms) {
  EXPECT_EQ(Expand("tv, television", "tax -tv"), "tax AND NOT (tv OR television)");
}

TEST_F(SynonymsTest, WhereAnyWordIsEnoughTheUsualOperatorMakesTheRow) {
  EXPECT_EQ(Expand(kCountries, "united states exports", MatchMode::kAny),
            "((united OR states) OR usa OR \"united states of america\") OR exports");
  EXPECT_EQ(Expand(kCountries, "united OR states"), "united OR states");
  EXPECT_EQ(Expand(kCountries, "united AND states", MatchMode::kAny), "united AND states");
}

TEST_F(SynonymsTest, CommentsBlankLinesAndByteOrderMarksArePassedOver) {
  EXPECT_EQ(Expand("\xef\xbb\xbf# ours\r\n\r\n  tv ,  television , \r\n", "tv"),
            "tv OR television");
  EXPECT_EQ(Expand("", "tv"), "tv");
  EXPECT_EQ(Expand("[en]\nferry, ferries\n", "ferry"), "ferry") << "one stem is one word";
}

TEST_F(SynonymsTest, AMistakeIsToldWithItsLine) {
  EXPECT_THAT(ErrorOf("tv, television\n\nalone\n"), HasSubstr("line 3: a line has two words"));
  EXPECT_THAT(ErrorOf("tv =>\n"), HasSubstr("line 1: a line has two words"));
  EXPECT_THAT(ErrorOf("[english]\n"), HasSubstr("line 1: [english] names no language"));
  EXPECT_THAT(ErrorOf("tv, ***\n"), HasSubstr("line 1: there is no word in \"***\""));
  EXPECT_THAT(ErrorOf("tv, a b c d e f g h i\n"), HasSubstr("has 9 words; at most 8"));
  EXPECT_THAT(ErrorOf("tv, \xff\n"), HasSubstr("line 1: the line is not UTF-8"));
  std::string many = "w0";
  for (int i = 1; i < 40; ++i) many += ", w" + std::to_string(i);
  EXPECT_THAT(ErrorOf(many), HasSubstr("has 39 alternatives; at most 32"));
}

}  // namespace
}  // namespace broadsheet::query
