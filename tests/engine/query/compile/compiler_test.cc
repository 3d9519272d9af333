// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/compiler.h"
#include "engine/query/compile/query_languages.h"

#include <string>
#include <vector>

#include "engine/query/compile/filters.h"
#include "engine/query/syntax/query_error.h"
#include "tests/engine/query/compile_fixture.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class CompilerTest : public CompileFixture {
 protected:
  void SetUp() override {
    Add("a", {.headline = "Ferry strike",
              .body = "The ferry stopped before the bridge.",
              .tags = {"Transport"},
              .section = "World",
              .published = "2024-06-19"});
    Add("b", {.headline = "Harbour", .body = "Bridges and ferries.", .language = "vi"});
    Add("c",
        {.headline = "Floods", .body = "A strike at a flooded bridge.", .published = "2024-06-20"});
    OpenSnapshot();
  }

  // As Xapian writes a query, without "Query(" around it.
  static std::string Written(const Xapian::Query& query) {
    const std::string text = query.get_description();
    return text.substr(6, text.size() - 7);
  }
  std::string Candidates(const std::string& query) { return Written(Compiled(query).candidates); }
  std::vector<TokenConstraint> Checks(const std::string& query) { return Compiled(query).checks; }
  std::vector<std::string> PartNames(const std::string& query) {
    std::vector<std::string> names;
    for (const ScoredPart& part : Compiled(query).parts) names.push_back(part.name);
    return names;
  }
  std::string Reason(const std::string& query) {
    return schema::ErrorReason(Compile(query).status());
  }
};

TEST_F(CompilerTest, AWordIsOneGroupOfItsFormsThatTheIndexHas) {
  EXPECT_EQ(Candidates("ferry"), "ferri");
  EXPECT_EQ(Candidates("bridges"), "(bridges SYNONYM bridg)");
  EXPECT_EQ(Candidates("headline:ferry"), "Sferri");
  EXPECT_EQ(Candidates("headline:bridges"), "");
  EXPECT_EQ(Candidates("zeppelin"), "");
  EXPECT_THAT(Checks("bridges"), IsEmpty());
}

TEST_F(CompilerTest, WordsScoreAndValuesDatesAndNegationsNarrow) {
  EXPECT_EQ(Candidates("ferry bridge"), "(ferri AND bridg)");
  EXPECT_EQ(Candidates("ferry OR bridge"), "(ferri OR bridg)");
  EXPECT_EQ(Candidates("ferry tag:transport"), "(ferri FILTER 0 * Ktransport)");
  EXPECT_EQ(Candidates("ferry date:2024-06"), "(ferri FILTER 0 * M202406)");
  EXPECT_EQ(Candidates("ferry -bridge"), "(ferri AND_NOT bridg)");
  EXPECT_EQ(Candidates("-ferry"), "(<alldocuments> AND_NOT ferri)");
  EXPECT_TRUE(Compiled("ferry tag:transport").scored);
  EXPECT_FALSE(Compiled("tag:transport date:2024-06").scored);
  EXPECT_FALSE(Compiled("-ferry").scored);
}

TEST_F(CompilerTest, WhatNoTermTellsIsLeftToBeConfirmed) {
  const std::vector<TokenConstraint> body = Checks("body:ferry");
  ASSERT_THAT(body, SizeIs(1));
  EXPECT_EQ(body[0].fields, MaskOf(FieldId::kBody));
  const std::vector<TokenConstraint> phrase = Checks("\"ferry strike\"~2");
  ASSERT_THAT(phrase, SizeIs(1));
  EXPECT_EQ(phrase[0].fields, DefaultFields());
  ASSERT_THAT(phrase[0].operands, SizeIs(1));
  EXPECT_EQ(phrase[0].operands[0][0].slop, 2U);
  EXPECT_THAT(phrase[0].operands[0][0].words, SizeIs(2));
  const std::vector<TokenConstraint> near = Checks("ferry ADJ/3 (strike OR bridge)");
  ASSERT_THAT(near, SizeIs(1));
  EXPECT_EQ(near[0].distance, 3U);
  EXPECT_TRUE(near[0].ordered);
  ASSERT_THAT(near[0].operands, SizeIs(2));
  EXPECT_THAT(near[0].operands[1], SizeIs(2));
  const std::vector<TokenConstraint> exact = Checks("=bridges");
  ASSERT_THAT(exact, SizeIs(1));
  EXPECT_THAT(exact[0].operands[0][0].words[0].exact, SizeIs(1));
  EXPECT_THAT(Checks("\"ferry strike\" =bridges zeppelin"), SizeIs(2));
}

TEST_F(CompilerTest, ConfirmsWithinTheMatchBelowAnOrAndANegation) {
  for (const std::string query :
       {"strike OR \"ferry strike\"", "strike OR =ferry", "strike -\"ferry strike\""}) {
    const CompiledQuery compiled = Compiled(query);
    EXPECT_THAT(compiled.checks, IsEmpty()) << query;
    EXPECT_THAT(Written(compiled.candidates), HasSubstr("PostingSource")) << query;
    EXPECT_EQ(Written(compiled.query), Written(compiled.candidates)) << query;
  }
  // At the top the candidates are the terms alone, and the whole query confirms by itself.
  const CompiledQuery phrase = Compiled("\"ferry strike\"");
  EXPECT_EQ(Written(phrase.candidates), "(ferri AND strike)");
  EXPECT_THAT(Written(phrase.query), StartsWith("((ferri AND strike) FILTER PostingSource"));
}

TEST_F(CompilerTest, PartsAndRankedWordsAreWhatScores) {
  EXPECT_THAT(PartNames("ferry \"the bridge\" tag:transport -strike"),
              ElementsAre("ferry", "\"the bridge\""));
  const std::vector<RankedWord> words = Compiled("the bridges zeppelin -strike").ranked_words;
  ASSERT_THAT(words, SizeIs(2));
  EXPECT_TRUE(words[0].stop_word);
  EXPECT_THAT(words[1].terms, ElementsAre("bridges", "bridg"));
  EXPECT_EQ(words[1].articles_with, 3);
  EXPECT_FALSE(words[1].stop_word);
  EXPECT_FALSE(Compiled("headline:ferry").ranked_words.at(0).default_search);
  // Counts only where the AND beside the alternative matches as a whole.
  const std::vector<ScoredPart> parts = Compiled("floods OR (ferry strike)").parts;
  ASSERT_THAT(parts, SizeIs(3));
  EXPECT_EQ(Written(parts[0].query), "flood");
  EXPECT_EQ(Written(parts[1].query), "(ferri FILTER (ferri AND strike))");
}

TEST_F(CompilerTest, HighlightsOfAnAndBelowAnOrNeedEachOther) {
  const std::vector<HighlightPattern> highlights = Compiled("floods OR (ferry bridge)").highlights;
  ASSERT_THAT(highlights, SizeIs(3));
  EXPECT_THAT(highlights[0].needs, IsEmpty());
  EXPECT_THAT(highlights[1].needs, ElementsAre(2));
  EXPECT_THAT(highlights[2].needs, ElementsAre(1));
  EXPECT_GT(highlights[0].weight, highlights[2].weight) << "the rarer word tells more";
  EXPECT_THAT(Compiled("tag:transport -ferry").highlights, IsEmpty());
}

TEST_F(CompilerTest, ListsTheValuesThatAreAskedForAndNotThoseExcluded) {
  const std::vector<AskedValue> values = Compiled("tag:Transport -section:World id:a").values;
  ASSERT_THAT(values, SizeIs(2));
  EXPECT_EQ(values[0].field, FieldId::kTag);
  EXPECT_EQ(values[0].value, "Transport");
  EXPECT_EQ(values[1].field, FieldId::kId);
}

TEST_F(CompilerTest, TellsWhatAWordMeansOnlyWhenAsked) {
  EXPECT_THAT(Compiled("bridges").meanings, IsEmpty());
  const absl::StatusOr<ParsedQuery> parsed = Parse("bridges fl*", limits_, MatchMode::kAll);
  ASSERT_OK(parsed);
  CompilerInput input = Input();
  input.explain = true;
  const absl::StatusOr<CompiledQuery> compiled = query::Compile(parsed->root, input);
  ASSERT_OK(compiled);
  ASSERT_THAT(compiled->meanings, SizeIs(2));
  EXPECT_EQ(compiled->meanings[0].terms_size(), 2);
  EXPECT_EQ(compiled->meanings[1].word(), "fl*");
}

TEST_F(CompilerTest, MistakesAreToldWithTheirReason) {
  EXPECT_EQ(Reason("date:2023-02-30"), "QUERY_BAD_DATE");
  EXPECT_EQ(Reason("?!"), "QUERY_SYNTAX");
  EXPECT_EQ(Reason("headline:\"?!\""), "QUERY_SYNTAX");
  EXPECT_EQ(Reason("ferry ?!"), "") << "passed over beside a word";
}

TEST_F(CompilerTest, TermsAreBoundedInAllAndWildcardsGetWhatIsLeft) {
  EXPECT_EQ(Candidates("st* ferry"), "((strike SYNONYM stop) AND ferri)");
  limits_.max_expanded_leaves = 3;
  EXPECT_EQ(Reason("st* ferry harbour"), "QUERY_TOO_COMPLEX");
  EXPECT_EQ(Reason("ferry strike harbour"), "");
  EXPECT_EQ(Reason("ferry strike harbour tag:transport"), "QUERY_TOO_COMPLEX");
  // The most frequent ones, and a notice of the others.
  const CompiledQuery cut = Compiled("ferry harbour st*");
  EXPECT_EQ(Written(cut.candidates), "(ferri AND harbour AND strike)");
  ASSERT_THAT(cut.notices, SizeIs(1));
  EXPECT_EQ(cut.notices[0].reason(), "WILDCARD_TRUNCATED");
  EXPECT_EQ(cut.notices[0].metadata().at("found"), "2");
}

class FilterTest : public CompilerTest {
 protected:
  std::string Filtering(const Filter& filter) { return Written(CompileFilter(context(), filter)); }
};

TEST_F(FilterTest, WithoutAConditionEverythingPasses) {
  EXPECT_EQ(Filtering({}), "<alldocuments>");
  EXPECT_EQ(Filtering({.values = {{.field = FieldId::kTag}}, .include_undated = true}),
            "<alldocuments>");
}

TEST_F(FilterTest, EveryConditionMustHold) {
  const Filter filter{.values = {{.field = FieldId::kTag, .any_of = {"Transport", "Harbour"}},
                                 {.field = FieldId::kSection, .all_of = {"World"}},
                                 {.field = FieldId::kSource, .none_of = {"The Times"}},
                                 {.field = FieldId::kLanguage, .none_of = {"de"}}}};
  EXPECT_EQ(Filtering(filter),
            "(((Ktransport OR Kharbour) AND XSECTION:world) AND_NOT (XSOURCE:the times OR Lde))");
}

TEST_F(FilterTest, PublishedFromIsIncludedAndUntilIsNot) {
  const auto matches = [this](const Filter& filter) {
    Xapian::Enquire enquire(context().snapshot.both());
    enquire.set_query(CompileFilter(context(), filter));
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    const Xapian::MSet found = enquire.get_mset(0, 10);
    std::string ids;
    for (auto hit = found.begin(); hit != found.end(); ++hit) {
      ids += IdOf(context().snapshot.FromBoth(*hit));
    }
    return ids;
  };
  const absl::Time day_of_a = absl::FromUnixSeconds(1718755200);  // 2024-06-19
  const absl::Time just_after = day_of_a + absl::Nanoseconds(1);
  EXPECT_EQ(matches({.published_from = day_of_a}), "ca");
  EXPECT_EQ(matches({.published_from = just_after}), "c");
  EXPECT_EQ(matches({.published_from = just_after, .include_undated = true}), "cb");
  EXPECT_EQ(matches({.published_until = day_of_a, .include_undated = true}), "b");
  EXPECT_EQ(matches({.published_until = just_after, .include_undated = true}), "ab");
  EXPECT_EQ(matches({.published_from = day_of_a, .published_until = just_after}), "a");
  EXPECT_EQ(matches({.published_from = day_of_a, .published_until = day_of_a}), "");
  EXPECT_EQ(matches({.published_until = absl::InfinitePast()}), "");
  EXPECT_EQ(
      matches({.published_from = absl::InfinitePast(), .published_until = absl::InfiniteFuture()}),
      "ca");
}

TEST_F(FilterTest, WordsAreReadInTheLanguagesThatItNames) {
  EXPECT_THAT(QueryLanguages({}, {"en", "fr"}), ElementsAre("en", "fr"));
  EXPECT_THAT(QueryLanguages({.values = {{.field = FieldId::kLanguage, .none_of = {"en"}},
                                         {.field = FieldId::kTag, .any_of = {"de"}}}},
                             {"en", "fr"}),
              ElementsAre("en", "fr"));
  EXPECT_THAT(
      QueryLanguages(
          {.values = {{.field = FieldId::kLanguage, .any_of = {"de-CH"}, .all_of = {"de", "it"}}}},
          {"en", "fr"}),
      ElementsAre("de", "it"));
}

TEST_F(FilterTest, IsExplainedConditionByCondition) {
  const Filter filter{.values = {{.field = FieldId::kByline, .none_of = {"Ann Doe"}}},
                      .published_from = absl::FromUnixSeconds(1718755200) + absl::Milliseconds(500),
                      .include_undated = true};
  std::vector<std::string> told;
  for (const v1::AppliedFilter& one : ExplainFilter(filter)) {
    told.push_back(one.field() + " " + one.condition());
    if (one.values_size() > 0) told.back() += " " + one.values(0);
  }
  EXPECT_THAT(told,
              ElementsAre("byline none_of Ann Doe", "published from 2024-06-19T00:00:00.5+00:00",
                          "published or_undated"));
}

}  // namespace
}  // namespace broadsheet::query
