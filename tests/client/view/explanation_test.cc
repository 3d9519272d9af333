// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/explanation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace broadsheet::client {
namespace {

using ::testing::HasSubstr;

std::string Printed(const v1::SearchArticlesResponse& response) {
  std::ostringstream out;
  PrintExplanation(response, Terminal(false, 80), out);
  return out.str();
}

TEST(ExplanationTest, IsNothingWhenNothingIsExplained) {
  EXPECT_EQ(Printed(v1::SearchArticlesResponse()), "");
}

TEST(ExplanationTest, ShowsTheTreeTheWordsTheFiltersAndTheLanguages) {
  v1::SearchArticlesResponse response;
  response.set_parsed_query("kim AND zeppelin");
  v1::Explanation& explanation = *response.mutable_explanation();
  v1::WordMeaning& kim = *explanation.add_words();
  kim.set_word("kim");
  v1::IndexTerm& term = *kim.add_terms();
  term.set_term("kim");
  term.set_article_count(1234);
  explanation.add_words()->set_word("zeppelin");
  v1::AppliedFilter& filter = *explanation.add_filters();
  filter.set_field("tag");
  filter.set_condition("all_of");
  filter.add_values("Kim Jong Un");
  filter.add_values("Politics");
  explanation.add_languages("en");
  EXPECT_EQ(Printed(response),
            "Understood as\n"
            "  query: kim AND zeppelin\n"
            "  kim: kim (1234)\n"
            "  zeppelin: in no article\n"
            "  filter: tag all of Kim Jong Un, Politics\n"
            "  forms of words in: en\n"
            "\n");
}

TEST(ExplanationTest, CountsTheTermsOfAWildcardThatAreNotShown) {
  v1::SearchArticlesResponse response;
  v1::WordMeaning& wildcard = *response.mutable_explanation()->add_words();
  wildcard.set_word("co*");
  wildcard.set_reached(4321);
  for (int i = 0; i < 100; ++i) wildcard.add_terms()->set_term("co" + std::to_string(i));
  EXPECT_THAT(Printed(response), HasSubstr("and 88 more"));
  EXPECT_THAT(Printed(response), HasSubstr("of 4321 words"));
}

}  // namespace
}  // namespace broadsheet::client
