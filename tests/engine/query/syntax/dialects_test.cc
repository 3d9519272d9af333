// SPDX-License-Identifier: GPL-3.0-or-later
// Bug: `!fraud` found fraud, and other operators of other search engines were ignored, too.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/query/syntax/parser.h"
#include "engine/query/syntax/tree_text.h"
#include "tests/engine/query/syntax/query_errors.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

struct Foreign {
  std::string typed;
  std::string ours;
};

class ForeignOperatorTest : public ::testing::TestWithParam<Foreign> {};

TEST_P(ForeignOperatorTest, IsRefusedWithOursInItsPlace) {
  const absl::StatusOr<ParsedQuery> parsed = Parse(GetParam().typed, Limits(), MatchMode::kAll);
  ASSERT_FALSE(parsed.ok()) << ToString(parsed->root);
  EXPECT_EQ(ErrorOf(parsed.status()).suggested_query(), GetParam().ours) << parsed.status();
}

INSTANTIATE_TEST_SUITE_P(
    Lucene, ForeignOperatorTest,
    ::testing::Values(
        Foreign{"!fraud", "-fraud"}, Foreign{"tax !fraud", "tax -fraud"},
        Foreign{"tax !(a b)", "tax -(a b)"}, Foreign{"tax !\"a b\"", "tax -\"a b\""},
        Foreign{"fraud^2 tax", "fraud tax"}, Foreign{"title:\"a b\"^3", "title:\"a b\""},
        Foreign{"headline:fraud^2.5", "headline:fraud"}, Foreign{"(a b)^2", "(a b)"},
        Foreign{"date:[2023 TO 2024-06]", "date:2023..2024-06"},
        Foreign{"date:[2023 TO *]", "date:2023.."}, Foreign{"[2023 TO 2024]", "date:2023..2024"},
        Foreign{"tag:[a TO b]", "tag:(a OR b)"}, Foreign{"{a TO b}", "a b"},
        Foreign{"*:*", "(since:0001 OR date:none)"}, Foreign{"/gov.*ment/ tax", "gov* tax"},
        Foreign{"date:>=2024", "after:2024"}, Foreign{"a||b", "a OR b"}, Foreign{"a&&b", "a AND b"},
        Foreign{"!tax^2", "-tax"}));

INSTANTIATE_TEST_SUITE_P(Google, ForeignOperatorTest,
                         ::testing::Values(Foreign{"intitle:fraud", "headline:fraud"},
                                           Foreign{"allintitle: tax fraud", "headline:(tax fraud)"},
                                           Foreign{"tax site:ap.org", "tax source:ap.org"},
                                           Foreign{"inurl:tax fraud", "tax fraud"},
                                           Foreign{"tax AROUND(5) fraud", "tax NEAR/5 fraud"},
                                           Foreign{"intext:\"a b\"", "body:\"a b\""}));

INSTANTIATE_TEST_SUITE_P(
    NewsArchives, ForeignOperatorTest,
    ::testing::Values(
        Foreign{"tax w/5 fraud", "tax NEAR/5 fraud"}, Foreign{"tax /s fraud", "tax NEAR/s fraud"},
        Foreign{"tax w/p fraud", "tax NEAR/p fraud"}, Foreign{"tax +s fraud", "tax ADJ/s fraud"},
        Foreign{"tax pre/3 fraud", "tax ADJ/3 fraud"},
        Foreign{"tax near5 fraud", "tax NEAR/5 fraud"}, Foreign{"tax /5 fraud", "tax NEAR/5 fraud"},
        Foreign{"tax near/5 fraud", "tax NEAR/5 fraud"},
        Foreign{"\"a b\" w/5 (c OR d)", "\"a b\" NEAR/5 (c OR d)"},
        Foreign{"tax ANDNOT fraud", "tax NOT fraud"}, Foreign{"headline(tax)", "headline:(tax)"},
        Foreign{"HEADLINE(tax) fraud", "HEADLINE:(tax) fraud"}, Foreign{"source=AP", "source:AP"},
        Foreign{"source=\"the hill\"", "source:\"the hill\""}, Foreign{"source!=AP", "-source:AP"},
        Foreign{"date>=2024 tax", "since:2024 tax"}, Foreign{"date<=2024", "until:2024"},
        Foreign{"wom?n", "wom*"}, Foreign{"wom*n", "wom*"}));

TEST(UnderstoodOperatorTest, SignsOfProgrammersAreOperators) {
  const auto understood = [](std::string_view query) {
    const auto parsed = Parse(query, Limits(), MatchMode::kAll);
    return parsed.ok() ? ToString(parsed->root) : std::string(parsed.status().ToString());
  };
  EXPECT_EQ(understood("a || b"), "a OR b");
  EXPECT_EQ(understood("a && b || c"), "(a AND b) OR c");
  EXPECT_EQ(understood("a NOT(b)"), "a AND NOT b");
  EXPECT_EQ(understood("until:2024"), "until:2024");
}

TEST(UnderstoodOperatorTest, QuotesAndValuesMayHoldAnything) {
  for (const std::string_view query :
       {"\"!fraud\"", "\"a w/5 b\"", "tag:c^2", "id:a||b", "tag:!x", "source:w/5",
        "https://a.org/?source=AP", "headline:\"[a TO b]\""}) {
    EXPECT_THAT(Parse(query, Limits(), MatchMode::kAll), testing::IsOk()) << query;
  }
}

}  // namespace
}  // namespace broadsheet::query
