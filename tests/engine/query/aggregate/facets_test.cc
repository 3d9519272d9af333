// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "tests/engine/query/aggregate/aggregate_fixture.h"

namespace broadsheet::query {
namespace {

class FacetsTest : public AggregateFixture {
 protected:
  void SetUp() override {
    Add("a", {.headline = "ferry strike",
              .tags = {"Ferries", "Strikes"},
              .bylines = {"Ana Núñez", "Bo Lund"},
              .section = "Harbour",
              .source = "The Harbour Post",
              .published = "2023-12-31T23:30:00-05:00"});
    Add("b", {.headline = "ferry opens",
              .tags = {"ferries"},
              .bylines = {"Ana Nuñez"},
              .section = "Harbour",
              .source = "The Hill Courier",
              .published = "2024-02-05"});
    Add("c", {.headline = "bridge opens",
              .tags = {"Ferries", "FERRIES", "Bridges"},
              .source = "The Hill Courier",
              .language = "pt-BR",
              .published = "2024-02"});
    Add("d", {.headline = "bridge closed", .source = "The Hill Courier", .published = "2024"});
    Add("e", {.headline = "choir sings", .tags = {"Choirs"}, .language = "pt"});
  }
};

TEST_F(FacetsTest, CountsAnArticleOnceForAValueInTheSpellingOfMost) {
  EXPECT_EQ(FacetOf("tag"), "Ferries 3, Bridges 1, Choirs 1, Strikes 1 | 4 distinct, 1 without")
      << "one article has both \"Ferries\" and \"FERRIES\"";
}

TEST_F(FacetsTest, CountsWhatTheQueryFinds) {
  EXPECT_EQ(FacetOf("tag", "ferry"), "Ferries 3, Bridges 1, Strikes 1 | 3 distinct, 0 without");
  EXPECT_EQ(FacetOf("source", "opens"), "The Hill Courier 2 | 1 distinct, 0 without");
  EXPECT_EQ(FacetOf("section", "bridge"), " | 0 distinct, 2 without");
  EXPECT_EQ(FacetOf("tag", "unheard"), " | 0 distinct, 0 without");
  EXPECT_EQ(Counts(CountsOf("tag", "opens")).total().value(), 2);
  EXPECT_EQ(Counts(CountsOf("tag")).total().value(), 5);
}

TEST_F(FacetsTest, NamesThatDifferInAccentsAreOne) {
  EXPECT_EQ(FacetOf("byline"), "Ana Nuñez 2, Bo Lund 1 | 2 distinct, 3 without");
  EXPECT_EQ(FacetOf("author"), FacetOf("byline"));
}

TEST_F(FacetsTest, ALanguageHasTheArticlesOfItsRegions) {
  EXPECT_EQ(FacetOf("language"), "en 3, pt 2, pt-BR 1 | 3 distinct, 0 without");
}

TEST_F(FacetsTest, DatesAreThoseThatArticlesState) {
  EXPECT_EQ(FacetOf("year"), "2024 3, 2023 1 | 2 distinct, 1 without");
  EXPECT_EQ(FacetOf("month"), "2024-02 2, 2023-12 1 | 2 distinct, 2 without");
  EXPECT_EQ(FacetOf("weekday"), "Monday 1, Sunday 1 | 2 distinct, 3 without");
}

TEST_F(FacetsTest, ValuesComeByCountOrByName) {
  Request request = CountsOf("tag");
  request.mutable_facets(0)->set_order(v1::FACET_ORDER_VALUE);
  EXPECT_EQ(FacetOf(request), "Bridges 1, Choirs 1, Ferries 3, Strikes 1 | 4 distinct, 1 without");
  request.mutable_facets(0)->set_limit(2);
  EXPECT_EQ(FacetOf(request), "Bridges 1, Choirs 1 | 4 distinct, 1 without");
  request = CountsOf("month");
  request.mutable_facets(0)->set_order(v1::FACET_ORDER_VALUE);
  EXPECT_EQ(FacetOf(request), "2023-12 1, 2024-02 2 | 2 distinct, 2 without");
}

TEST_F(FacetsTest, APrefixSearchesInsideAFacet) {
  Request request = CountsOf("source");
  request.mutable_facets(0)->set_prefix("THE  Ha");
  EXPECT_EQ(FacetOf(request), "The Harbour Post 1 | 1 distinct, 1 without");
  request = CountsOf("weekday");
  request.mutable_facets(0)->set_prefix("sun");
  EXPECT_EQ(FacetOf(request), "Sunday 1 | 1 distinct, 3 without");
  request = CountsOf("month");
  request.mutable_facets(0)->set_prefix("2024");
  EXPECT_EQ(FacetOf(request), "2024-02 2 | 1 distinct, 2 without");
}

TEST_F(FacetsTest, AFacetLeavesItsOwnFilterOutUnlessToldToKeepIt) {
  Request request = CountsOf("source");
  request.add_facets()->set_field("tag");
  request.mutable_filter()->mutable_source()->add_any_of("the harbour post");
  v1::AggregateArticlesResponse response = Counts(request);
  EXPECT_EQ(response.total().value(), 1);
  EXPECT_EQ(Written(response.facets(0)),
            "The Hill Courier 3, The Harbour Post 1 | 2 distinct, 1 without");
  EXPECT_EQ(Written(response.facets(1)), "Ferries 1, Strikes 1 | 2 distinct, 0 without");
  request.mutable_facets(0)->set_keep_own_filter(true);
  response = Counts(request);
  EXPECT_EQ(Written(response.facets(0)), "The Harbour Post 1 | 1 distinct, 0 without");
}

// With the language chosen, words are stemmed in it alone; the facet counts what the others find.
TEST_F(FacetsTest, AFilterOnLanguagesIsLeftOutLikeAnyOther) {
  Request request = CountsOf("language", "bridge");
  request.mutable_filter()->mutable_language()->add_any_of("pt");
  EXPECT_EQ(FacetOf(request), "en 1, pt 1, pt-BR 1 | 3 distinct, 0 without");
}

TEST_F(FacetsTest, AnswersSeveralFacetsInTheirOrder) {
  Request request = CountsOf("year", "opens");
  for (const char* field : {"tag", "source", "tag"}) request.add_facets()->set_field(field);
  request.mutable_facets(3)->set_prefix("b");
  const v1::AggregateArticlesResponse response = Counts(request);
  ASSERT_EQ(response.facets_size(), 4);
  EXPECT_EQ(Written(response.facets(0)), "2024 2 | 1 distinct, 0 without");
  EXPECT_EQ(response.facets(1).field(), "tag");
  EXPECT_EQ(Written(response.facets(1)), "Ferries 2, Bridges 1 | 2 distinct, 0 without")
      << "of spellings with as many articles the first";
  EXPECT_EQ(Written(response.facets(2)), "The Hill Courier 2 | 1 distinct, 0 without");
  EXPECT_EQ(Written(response.facets(3)), "Bridges 1 | 1 distinct, 0 without");
}

TEST_F(FacetsTest, CountsBaseAndLiveAlike) {
  AddToLive("f",
            {.headline = "ferry", .tags = {"Ferries", "Lighthouses"}, .published = "2024-02-06"});
  AddToLive("e", {.headline = "choir", .tags = {"CHOIRS", "Concerts"}});
  EXPECT_EQ(FacetOf("tag"),
            "Ferries 4, Bridges 1, CHOIRS 1, Concerts 1, Lighthouses 1, Strikes 1 | 6 distinct, 1 "
            "without");
  EXPECT_EQ(FacetOf("month"), "2024-02 3, 2023-12 1 | 2 distinct, 2 without");
  EXPECT_EQ(FacetOf("tag", "date:2024-02"),
            "Ferries 3, Bridges 1, Lighthouses 1 | 3 distinct, 0 "
            "without");
  Request request = CountsOf("tag");
  request.mutable_facets(0)->set_prefix("c");
  EXPECT_EQ(FacetOf(request), "CHOIRS 1, Concerts 1 | 2 distinct, 1 without");
}

TEST_F(FacetsTest, NamesTheGenerationAndWhatAReaderOughtToKnow) {
  const v1::AggregateArticlesResponse response = Counts(CountsOf("tag", "tag:choir"));
  EXPECT_EQ(response.generation(), Answer("tag:choir").generation());
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).reason(), "NO_SUCH_VALUE");
}

TEST_F(FacetsTest, EndsAtTheDeadline) {
  call_.deadline = absl::InfinitePast();
  EXPECT_EQ(ReasonOf(AskCounts(CountsOf("tag")).status()), "DEADLINE_EXCEEDED");
}

TEST_F(FacetsTest, AMistakeInTheQueryIsRefusedWithItsPlace) {
  const absl::Status refused = AskCounts(CountsOf("tag", "tagg:ferries")).status();
  EXPECT_EQ(ReasonOf(refused), "QUERY_UNKNOWN_FIELD");
}

// A value that most of a large index shares, and one that few have: what each filter finds.
TEST_F(FacetsTest, EveryCountIsWhatAFilterFinds) {
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(i);
    Add("n" + number, {.headline = "ferry " + number,
                       .tags = {"Ferries", "Pier " + std::to_string(i % 7)},
                       .published = "2024-03-01"});
  }
  for (int i = 0; i < 40; ++i) {
    AddToLive("n" + std::to_string(i * 5),
              {.headline = "pier", .tags = {"Pier " + std::to_string(i % 3)}});
  }
  Request request = CountsOf("tag");
  request.mutable_facets(0)->set_limit(100);
  const v1::AggregateArticlesResponse counted = Counts(request);
  EXPECT_EQ(counted.facets(0).distinct(), counted.facets(0).values_size());
  for (const v1::ValueCount& value : counted.facets(0).values()) {
    v1::SearchArticlesRequest search;
    search.mutable_filter()->mutable_tag()->add_any_of(value.value());
    EXPECT_EQ(value.count(), Answer(search).total().value()) << value.value();
  }
}

}  // namespace
}  // namespace broadsheet::query
