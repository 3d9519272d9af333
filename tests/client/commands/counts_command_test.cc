// SPDX-License-Identifier: GPL-3.0-or-later
// facets, timeline, tags and what a search counts beside its hits; similar and suggest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/client/program_fixture.h"

namespace broadsheet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class CountsTest : public ProgramTest {
 protected:
  CountsTest() {
    v1::AggregateArticlesResponse& counts = server_.script()->counts;
    counts.mutable_total()->set_value(12);
    counts.mutable_total()->set_relation(v1::Total::RELATION_EXACT);
    v1::Facet* facet = counts.add_facets();
    facet->set_field("byline");
    facet->set_distinct(1);
    facet->add_values()->set_value("Ada Quill");
    facet->mutable_values(0)->set_count(7);
  }
};

TEST_F(CountsTest, FacetsAreCountedForAQueryAndItsFilters) {
  const Result result = Run({"facets", "byline,tags", "ferry", "strike", "--tag", "x", "-n", "3"});
  EXPECT_EQ(result.exit_status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("12 articles\n\nbyline\n  Ada Quill  7  █"));
  const auto seen = server_.script()->seen_aggregate;
  EXPECT_EQ(seen.query(), "ferry strike");
  EXPECT_THAT(seen.filter().tag().all_of(), ElementsAre("x"));
  ASSERT_EQ(seen.facets_size(), 2);
  EXPECT_EQ(seen.facets(1).field(), "tag");
  EXPECT_EQ(seen.facets(1).limit(), 3);
  EXPECT_TRUE(seen.facets(1).keep_own_filter());
  EXPECT_EQ(Run({"facets", "byline", "-o", "csv"}).out,
            "field,value,count\r\nbyline,Ada Quill,7\r\n");
}

TEST_F(CountsTest, WordsBehindTwoDashesAreTheQuery) {
  Run({"facets", "byline", "--", "ferry -strike"});
  EXPECT_EQ(server_.script()->seen_aggregate.query(), "ferry -strike");
}

TEST_F(CountsTest, UnknownFieldsAndIntervalsAreMended) {
  EXPECT_THAT(Run({"facets", "bylne"}).err, HasSubstr("no facet \"bylne\"; did you mean byline?"));
  EXPECT_THAT(Run({"timeline", "mouth"}).err, HasSubstr("did you mean month?"));
  EXPECT_THAT(Run({"search", "x", "--facet", "headline"}).err, HasSubstr("There are tag, byline"));
  EXPECT_EQ(Run({"facets"}).exit_status, 2);
}

TEST_F(CountsTest, ATimelineHasItsPeriods) {
  server_.script()->counts.clear_facets();
  v1::TimelineBucket* bucket = server_.script()->counts.add_timeline();
  bucket->set_label("2024-06");
  bucket->set_count(12);
  bucket->set_all(40);
  EXPECT_THAT(Run({"timeline", "month", "ferry"}).out, HasSubstr("  2024-06  12  █"));
  EXPECT_EQ(server_.script()->seen_aggregate.timeline().interval(), v1::INTERVAL_MONTH);
  EXPECT_EQ(Run({"timeline", "month", "-o", "tsv"}).out, "period\tcount\tall\n2024-06\t12\t40\n");
}

TEST_F(CountsTest, TagsAreListedByTheirBeginning) {
  Run({"tags", "ferr", "--order", "value"});
  const auto seen = server_.script()->seen_aggregate;
  EXPECT_EQ(seen.facets(0).field(), "tag");
  EXPECT_EQ(seen.facets(0).prefix(), "ferr");
  EXPECT_EQ(seen.facets(0).order(), v1::FACET_ORDER_VALUE);
}

TEST_F(CountsTest, ASearchCountsBesideItsHits) {
  AddHit("a", "A boat");
  const Result result = Run({"search", "boat", "--facet", "byline"});
  EXPECT_THAT(result.out, HasSubstr("A boat"));
  EXPECT_THAT(result.out, HasSubstr("byline\n  Ada Quill  7"));
  EXPECT_THAT(Run({"search", "boat"}).out, Not(HasSubstr("Ada Quill")));
  EXPECT_THAT(Run({"search", "boat", "--facet", "byline", "-o", "json"}).err,
              HasSubstr("`broadsheet facets`"));
}

TEST_F(CountsTest, SimilarArticlesOfHitsAndOfATextAreFound) {
  AddHit("first", "A");
  AddHit("second", "B");
  Run({"search", "x"});
  const v1::Hit second = server_.script()->response.hits(1);
  *server_.script()->similar.add_hits() = second;
  server_.script()->similar.add_words("boat");
  const Result result = Run({"similar", "2", "other", "--source", "AP"});
  EXPECT_EQ(result.exit_status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("Alike by: boat\n\n  1  B"));
  EXPECT_THAT(server_.script()->seen_similar.ids(), ElementsAre("second", "other"));
  EXPECT_EQ(server_.script()->seen_similar.filter().source().any_of(0), "AP");
  EXPECT_EQ(Run({"similar", "--text", "-", "-o", "ids"}, "a draft").out, "second\n");
  EXPECT_EQ(server_.script()->seen_similar.text(), "a draft");
  EXPECT_THAT(Run({"similar"}).err, HasSubstr("give articles or --text FILE"));
  EXPECT_THAT(Run({"similar", "9"}).err, HasSubstr("no hit 9"));
}

TEST_F(CountsTest, CopiesOfAStoryAreListedFromAllPages) {
  for (const std::string id : {"courier", "times"}) {
    v1::ListArticleCopiesResponse& page = server_.script()->pages_of_copies.emplace_back();
    v1::ArticleCopy* copy = page.add_copies();
    copy->mutable_article()->set_id(id);
    copy->mutable_article()->set_headline("The ferry, in the " + id);
    copy->set_similarity(0.625);
    copy->set_containment(0.97);
    copy->set_leader(id == "times");
  }
  const Result result = Run({"copies", "one"});
  EXPECT_EQ(result.exit_status, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("The same story in 2 other articles\n\n  1  The ferry, in the "
                                    "courier\n"));
  EXPECT_THAT(result.out, HasSubstr("63 % of both texts are the same, 97 % of the shorter one\n"));
  EXPECT_THAT(result.out, HasSubstr("97 % of the shorter one; published first\n"));
  EXPECT_EQ(server_.script()->seen_copies.front().id(), "one");
  EXPECT_EQ(Run({"copies", "2", "-o", "ids"}).out, "courier\ntimes\n");
  EXPECT_EQ(server_.script()->seen_copies.back().id(), "times");
  server_.script()->pages_of_copies.clear();
  EXPECT_EQ(Run({"copies", "one"}).exit_status, 1);
}

TEST_F(CountsTest, ATypedTextIsCompleted) {
  v1::Completion* completion = server_.script()->completions.add_completions();
  completion->set_kind("tag");
  completion->set_query("x tag:\"ferry strike\"");
  completion->set_count(9);
  EXPECT_EQ(Run({"suggest", "x", "ferr"}).out, "tag  x tag:\"ferry strike\"  9\n");
  EXPECT_EQ(server_.script()->seen_suggest.text(), "x ferr");
  EXPECT_EQ(Run({"suggest", "x", "-o", "lines"}).out, "x tag:\"ferry strike\"\n");
}

}  // namespace
}  // namespace broadsheet::client
