// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader finds: words, phrases, fields, dates, filters, advice. Each test holds for base and
// for live alike where the suite runs over both.
#include <map>
#include <string>

#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

enum class Where { kBase, kLive };

// The same four articles, in base or in live.
class FindingTest : public SearchFixture, public ::testing::WithParamInterface<Where> {
 protected:
  void SetUp() override {
    const Article summit{
        .headline = "Putin meets Kim in Pyongyang",
        .summary = "Russia and North Korea sign a pact",
        .body = "The leaders met at a summit.\n\nThey signed a mutual defense pact on Wednesday.",
        .captions = {{"The signing ceremony in Pyongyang", "Kristina Kormilitsyna, Sputnik"},
                     {"A wreath is laid", "AP"}},
        .tags = {"Kim Jong Un", "Vladimir Putin"},
        .bylines = {"Ann O’Brien"},
        .section = "World",
        .source = "The Hill",
        .published = "2024-06-19"};
    const Article flood{.headline = "Floods reach the bridge",
                        .body = "The defense against the flood failed. A pact of mutual help.",
                        .tags = {"Floods"},
                        .bylines = {"Kim Novak"},
                        .section = "Local",
                        .source = "Herald",
                        .published = "2024-06"};
    const Article cafe{.headline = "Café owners sign",
                       .body = "Kim Jong Un was not at the cafe. COVID-19 was.",
                       .section = "Local",
                       .source = "Herald",
                       .published = "2023-12-31T23:30:00-05:00"};
    const Article undated{.headline = "A summit without a date", .body = "Kim was there."};
    if (GetParam() == Where::kBase) {
      Add("summit", summit);
      Add("flood", flood);
      Add("cafe", cafe);
      Add("undated", undated);
      return;
    }
    // Base has an older state of one of them, which must not be found.
    Add("summit", {.headline = "Outdated zeppelin", .published = "2024-06-19"});
    AddToLive("summit", summit);
    AddToLive("flood", flood);
    AddToLive("cafe", cafe);
    AddToLive("undated", undated);
  }
};

INSTANTIATE_TEST_SUITE_P(BaseAndLive, FindingTest, ::testing::Values(Where::kBase, Where::kLive),
                         [](const auto& which) {
                           return which.param == Where::kBase ? "Base" : "Live";
                         });

TEST_P(FindingTest, WordsInAnyFormAndCase) {
  EXPECT_EQ(SearchNewest("FLOODED"), "flood");
  EXPECT_EQ(SearchNewest("meeting"), "summit");
  EXPECT_EQ(SearchNewest("cafe"), "cafe");
  EXPECT_EQ(SearchNewest("café"), "cafe");
  EXPECT_EQ(SearchNewest("zeppelin"), "");
}

TEST_P(FindingTest, AllWordsUnlessAnyIsEnough) {
  EXPECT_EQ(SearchNewest("putin kim"), "summit");
  v1::SearchArticlesRequest any = Request("putin flood");
  any.set_sort(v1::SORT_ORDER_NEWEST);
  any.set_match(v1::MATCH_MODE_ANY);
  EXPECT_EQ(IdsOf(Answer(any)), "summit flood");
}

TEST_P(FindingTest, OperatorsAndNegation) {
  EXPECT_EQ(SearchNewest("putin OR floods"), "summit flood");
  EXPECT_EQ(SearchNewest("kim -putin"), "flood cafe undated");
  EXPECT_EQ(SearchNewest("-kim"), "");
  EXPECT_EQ(SearchNewest("NOT (putin OR bridge)"), "cafe undated");
  EXPECT_EQ(SearchNewest("kim (putin OR novak)"), "summit flood");
}

TEST_P(FindingTest, PhrasesWhereTheyStand) {
  EXPECT_EQ(SearchNewest("\"mutual defense pact\""), "summit");
  EXPECT_EQ(SearchNewest("\"defense mutual\""), "");
  EXPECT_EQ(SearchNewest("\"kim jong un\""), "summit cafe");
  // The last word of a caption and the first of the next are no phrase.
  EXPECT_EQ(SearchNewest("\"pyongyang a wreath\""), "");
  EXPECT_EQ(SearchNewest("\"defense flood\"~2"), "flood");
  EXPECT_EQ(SearchNewest("\"defense flood\"~1"), "");
}

TEST_P(FindingTest, NearAndAdj) {
  EXPECT_EQ(SearchNewest("pact NEAR/2 mutual"), "summit flood");
  EXPECT_EQ(SearchNewest("pact NEAR/1 defense"), "summit");
  EXPECT_EQ(SearchNewest("pact NEAR/2 (mutual OR defense)"), "summit flood");
  EXPECT_EQ(SearchNewest("mutual ADJ/2 pact"), "summit");
  EXPECT_EQ(SearchNewest("\"mutual defense\" NEAR/3 wednesday"), "summit");
}

TEST_P(FindingTest, OneSentenceOrParagraph) {
  EXPECT_EQ(SearchNewest("cafe NEAR/s kim"), "cafe");
  EXPECT_EQ(SearchNewest("covid NEAR/s kim"), "");
  EXPECT_EQ(SearchNewest("covid NEAR/p \"kim jong un\""), "cafe");
  EXPECT_EQ(SearchNewest("covid ADJ/p kim"), "");
  // Headline and body are two.
  EXPECT_EQ(SearchNewest("owners NEAR/p covid"), "");
}

TEST_P(FindingTest, FieldsApart) {
  EXPECT_EQ(SearchNewest("headline:kim"), "summit");
  EXPECT_EQ(SearchNewest("headline:(kim OR floods)"), "summit flood");
  EXPECT_EQ(SearchNewest("byline:kim"), "flood");
  EXPECT_EQ(SearchNewest("author:\"ann o'brien\""), "summit");
  EXPECT_EQ(SearchNewest("caption:\"signing ceremony\""), "summit");
  EXPECT_EQ(SearchNewest("caption:\"pyongyang wreath\""), "");
  EXPECT_EQ(SearchNewest("credit:sputnik"), "summit");
  // The credit is no part of the default search.
  EXPECT_EQ(SearchNewest("sputnik"), "");
  EXPECT_EQ(SearchNewest("body:kim"), "cafe undated");
  EXPECT_EQ(SearchNewest("body:\"kim jong un\""), "cafe");
  EXPECT_EQ(SearchNewest("summary:russia"), "summit");
}

TEST_P(FindingTest, WholeValuesWithoutCase) {
  EXPECT_EQ(SearchNewest("tag:\"kim jong un\""), "summit");
  EXPECT_EQ(SearchNewest("tag:\"kim jong\""), "");
  EXPECT_EQ(SearchNewest("tag:(floods OR \"vladimir putin\")"), "summit flood");
  EXPECT_EQ(SearchNewest("section:local"), "flood cafe");
  EXPECT_EQ(SearchNewest("-section:local"), "summit undated");
  EXPECT_EQ(SearchNewest("source:\"the hill\""), "summit");
  EXPECT_EQ(SearchNewest("id:flood"), "flood");
  EXPECT_EQ(SearchNewest("id:FLOOD"), "");
}

TEST_P(FindingTest, ExactWildcardAndFuzzyWords) {
  EXPECT_EQ(SearchNewest("=floods"), "flood");
  EXPECT_EQ(SearchNewest("=flooded"), "");
  EXPECT_EQ(SearchNewest("=Café"), "cafe");
  EXPECT_EQ(SearchNewest("pyong*"), "summit");
  EXPECT_EQ(SearchNewest("headline:pyong*"), "summit");
  EXPECT_EQ(SearchNewest("pyongyong~"), "summit");
  EXPECT_EQ(SearchNewest("\"signing cerem*\""), "summit");
  EXPECT_EQ(SearchNewest("COVID-19"), "cafe");
  EXPECT_EQ(SearchNewest("COVID-20"), "");
}

TEST_P(FindingTest, StatedDates) {
  EXPECT_EQ(SearchNewest("date:2024"), "summit flood");
  EXPECT_EQ(SearchNewest("date:2024-06"), "summit flood");
  EXPECT_EQ(SearchNewest("date:2024-06-19"), "summit");
  EXPECT_EQ(SearchNewest("date:none"), "undated");
  EXPECT_EQ(SearchNewest("date:2024-06-01..2024-06-30"), "summit flood");
  // June as a whole does not lie within its second half.
  EXPECT_EQ(SearchNewest("date:2024-06-15..2024-06-30"), "summit");
  EXPECT_EQ(SearchNewest("date:..2023"), "cafe");
  EXPECT_EQ(SearchNewest("date:2024.."), "summit flood");
  // The local date that the article states, whatever its instant.
  EXPECT_EQ(SearchNewest("date:2023-12-31"), "cafe");
}

TEST_P(FindingTest, InstantsInTheZoneOfTheRequest) {
  EXPECT_EQ(SearchNewest("after:2024"), "summit flood cafe");
  EXPECT_EQ(SearchNewest("before:2024"), "");
  v1::SearchArticlesRequest request = Request("before:2024");
  request.set_time_zone("America/New_York");
  EXPECT_EQ(IdsOf(Answer(request)), "cafe");
  ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, "2024-06-20T12:00:00Z", &call_.now, nullptr));
  EXPECT_EQ(SearchNewest("since:7d"), "summit");
}

TEST_P(FindingTest, FiltersNarrowAndNeverScore) {
  v1::SearchArticlesRequest request = Request("kim");
  const double score = Answer(request).hits(0).score();
  request.mutable_filter()->mutable_source()->add_any_of("the HILL");
  const v1::SearchArticlesResponse response = Answer(request);
  EXPECT_EQ(IdsOf(response), "summit");
  EXPECT_GT(score, 0);
  EXPECT_EQ(IdsOf(Answer("kim source:\"the hill\"")), "summit");
  EXPECT_EQ(response.hits(0).score(), Answer("kim source:\"the hill\"").hits(0).score());
}

TEST_P(FindingTest, FiltersOfEveryKind) {
  v1::SearchArticlesRequest request;
  request.mutable_filter()->mutable_section()->add_any_of("local");
  EXPECT_EQ(IdsOf(Answer(request)), "flood cafe");
  request.mutable_filter()->mutable_tag()->add_none_of("floods");
  EXPECT_EQ(IdsOf(Answer(request)), "cafe");
  request.mutable_filter()->Clear();
  request.mutable_filter()->mutable_tag()->add_all_of("kim jong un");
  request.mutable_filter()->mutable_tag()->add_all_of("VLADIMIR PUTIN");
  EXPECT_EQ(IdsOf(Answer(request)), "summit");
  request.mutable_filter()->Clear();
  request.mutable_filter()->mutable_byline()->add_any_of("Kim Novak");
  EXPECT_EQ(IdsOf(Answer(request)), "flood");
}

TEST_P(FindingTest, PublishedFilterLeavesOutUndatedAndSaysSo) {
  v1::SearchArticlesRequest request;
  // 2024-06-01T00:00:00Z, inclusive, to 2024-06-19T00:00:00Z, exclusive.
  request.mutable_filter()->mutable_published_from()->set_seconds(1717200000);
  request.mutable_filter()->mutable_published_until()->set_seconds(1718755200);
  v1::SearchArticlesResponse response = Answer(request);
  EXPECT_EQ(IdsOf(response), "flood");
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).reason(), "UNDATED_EXCLUDED");
  EXPECT_EQ(response.notices(0).metadata().at("count"), "1");
  request.mutable_filter()->set_include_undated(true);
  response = Answer(request);
  EXPECT_EQ(IdsOf(response), "flood undated");
  EXPECT_THAT(response.notices(), IsEmpty());
}

TEST_P(FindingTest, ArticlesByTheirIds) {
  v1::GetArticleRequest request;
  request.set_id("summit");
  const absl::StatusOr<v1::Article> article = searcher().Get(request, {});
  ASSERT_OK(article);
  EXPECT_EQ(article->headline(), "Putin meets Kim in Pyongyang");
  EXPECT_THAT(article->body(), HasSubstr("mutual defense pact"));
  request.set_id("nobody");
  EXPECT_THAT(searcher().Get(request, {}), testing::StatusIs(absl::StatusCode::kNotFound));
  v1::BatchGetArticlesRequest batch;
  for (const char* id : {"cafe", "nobody", "flood", "cafe"}) batch.add_ids(id);
  const absl::StatusOr<v1::BatchGetArticlesResponse> several = searcher().BatchGet(batch, call_);
  ASSERT_OK(several);
  ASSERT_EQ(several->articles_size(), 3);
  EXPECT_EQ(several->articles(2).SerializeAsString(), several->articles(0).SerializeAsString());
  EXPECT_EQ(several->articles(2).id(), "cafe");
  EXPECT_THAT(several->missing_ids(), ElementsAre("nobody"));
}

TEST_P(FindingTest, NoArticleByWhatIsNoId) {
  const auto is_refusal = [](std::string_view field) {
    return testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(field));
  };
  for (const std::string& id : {std::string(), std::string(1001, 'x'), std::string("a\nb")}) {
    v1::GetArticleRequest request;
    request.set_id(id);
    EXPECT_THAT(searcher().Get(request, call_), is_refusal("an article's id"));
    v1::BatchGetArticlesRequest batch;
    batch.add_ids("flood");
    batch.add_ids(id);
    const absl::Status refused = searcher().BatchGet(batch, call_).status();
    EXPECT_THAT(refused, is_refusal("an article's id"));
    EXPECT_EQ(schema::ErrorReason(refused), "INVALID_ARGUMENT_VALUE");
    EXPECT_THAT(refused.ToString(), HasSubstr("ids[1]"));
  }
  v1::GetArticleRequest longest;
  longest.set_id(std::string(1000, 'x'));
  EXPECT_THAT(searcher().Get(longest, call_), testing::StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(FindingTest, ABatchHasOneToAThousandIds) {
  v1::BatchGetArticlesRequest batch;
  EXPECT_THAT(searcher().BatchGet(batch, call_),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not 0")));
  for (int i = 0; i < 1000; ++i) batch.add_ids(std::to_string(i));
  EXPECT_OK(searcher().BatchGet(batch, call_));
  batch.add_ids("one too many");
  EXPECT_THAT(searcher().BatchGet(batch, call_),
              testing::StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not 1001")));
}

class NamesTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("robert", {.headline = "One", .body = "text", .bylines = {"Jane Robert"}});
    Add("roberts", {.headline = "Two",
                    .body = "text",
                    .captions = {{.text = "A port", .credit = "Jon Roberts, Reuters"}},
                    .bylines = {"Jon Roberts"}});
  }
};

// Names were stemmed: byline:robert found Jon Roberts too.
TEST_F(NamesTest, ANameMeansOneSpelling) {
  EXPECT_EQ(Search("byline:robert"), "robert");
  EXPECT_EQ(Search("byline:roberts"), "roberts");
  EXPECT_EQ(Search("byline:\"jon roberts\""), "roberts");
  EXPECT_EQ(Search("byline:\"jon robert\""), "");
  EXPECT_EQ(Search("credit:roberts"), "roberts");
  EXPECT_EQ(Search("credit:robert"), "");
}

TEST_F(NamesTest, TheDefaultSearchFindsNamesAsWritten) {
  EXPECT_EQ(Search("\"jon roberts\""), "roberts");
  EXPECT_EQ(Search("robert"), "robert");
}

// Words of more than 64 bytes were left out of the index: nobody could find them, whole or by a
// wildcard.
class LongWordTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("company", {.headline = "Die " + kCompany + " feiert", .language = "de"});
    Add("captain", {.body = "Ein " + kCompany + "skapitän geht.", .language = "de"});
    Add("tag", {.body = "They all wrote #" + kTag + " there.", .language = "en"});
    Add("law", {.body = "Новость о " + kLaw + " дня", .language = "ru"});
  }

  std::string FirstFragment(const std::string& query) {
    const v1::SearchArticlesResponse answer = Answer(query);
    return answer.hits_size() == 0 || answer.hits(0).fragments_size() == 0
               ? ""
               : Lit(answer.hits(0).fragments(0));
  }

  const std::string kCompany =
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
  const std::string kTag =
      "everybodywhoeverstoodinaqueueforaferryinthefogknowswhatthismeansforuspassengers";
  const std::string kLaw = "превысокомногорассмотрительствующегося";
};

TEST_F(LongWordTest, AreFoundWholeAndNotConfused) {
  EXPECT_EQ(Search(kCompany), "company");
  EXPECT_EQ(Search(kCompany + "en"), "company") << "its plural";
  EXPECT_EQ(Search("=" + kCompany), "company");
  EXPECT_EQ(Search(kCompany + "skapitan"), "captain");
  EXPECT_EQ(Search(kCompany + "shaus"), "");
  EXPECT_EQ(Search("headline:" + kCompany), "company");
  EXPECT_EQ(Search("\"die " + kCompany + " feiert\""), "company");
  EXPECT_EQ(Search("#" + kTag), "tag");
  EXPECT_EQ(Search(kTag), "tag");
  EXPECT_EQ(Search(kLaw), "law");
}

TEST_F(LongWordTest, AreReachedByWildcardsAndNearSpellings) {
  for (const size_t letters : {size_t{6}, size_t{40}, size_t{63}, size_t{75}}) {
    EXPECT_EQ(SearchNewest(kTag.substr(0, letters) + "*"), "tag") << letters;
  }
  EXPECT_EQ(Answer(kCompany + "*").total().value(), 2);
  EXPECT_EQ(Answer("donaudampf*").total().value(), 2);
  std::string misspelt = kTag;
  misspelt[20] = 'e';
  EXPECT_EQ(Search(misspelt + "~"), "tag");
}

TEST_F(LongWordTest, AreLitWhole) {
  EXPECT_EQ(FirstFragment(kCompany), "Die [" + kCompany + "] feiert");
  EXPECT_EQ(FirstFragment("headline:" + kCompany.substr(0, 70) + "*"),
            "Die [" + kCompany + "] feiert");
}

TEST_F(LongWordTest, SayThatTheyWereShortened) {
  for (const std::string& query : {kCompany, kCompany + "*"}) {
    const v1::SearchArticlesResponse answer = Answer(query);
    ASSERT_EQ(answer.notices_size(), 1) << query;
    EXPECT_EQ(answer.notices(0).reason(), "LONG_WORD");
    EXPECT_EQ(answer.notices(0).metadata().at("letters"), "64");
  }
  EXPECT_EQ(Answer(kLaw).notices_size(), 0) << "38 letters, though 76 bytes";
}

TEST_F(LongWordTest, ManyKilobytesWithoutASpaceAreOneWord) {
  const std::string blob(10'000, 'x');
  Add("blob", {.body = "before " + blob + " after"});
  EXPECT_EQ(Search("\"before " + blob.substr(0, 100) + "* after\""), "blob");
  EXPECT_EQ(Search(blob.substr(0, 4000)), "");
}

// `F-16` did not find F16, nor `e-mail` email, and in a phrase neither found the other.
class CompoundTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("hyphen", {.body = "The F-16 fleet sent an e-mail about Su-57s to O'Brien."});
    Add("solid", {.body = "The F16 fleet sent an email about Su57s to OBrien."});
    Add("apart", {.body = "The F 16 fleet sent an e mail about Su 57s to O Brien."});
    Add("other", {.body = "The F15 fleet sent 16 males to Brian, e. g. by mail."});
  }
  int64_t Count(const std::string& query) { return Answer(query).total().value(); }
};

TEST_F(CompoundTest, AreFoundHoweverTheyAreWritten) {
  for (const char* query :
       {"F-16", "f-16", "e-mail", "Su-57s", "O'Brien", "body:F-16", "\"F-16 fleet\"",
        "\"the F-16\"", "\"an e-mail about\"", "fleet NEAR/2 F-16", "\"fleet e-mail\"~4"}) {
    EXPECT_EQ(Count(query), 3) << query;
  }
  for (const char* query : {"F16", "\"F16\"", "\"the F16\"", "\"F16 fleet\"",
                            "\"the F16 fleet sent\"", "email", "Su57s", "OBrien"}) {
    EXPECT_EQ(Count(query), 2) << query;
  }
}

TEST_F(CompoundTest, AreOnlyWhatIsTypedWhereThatIsAskedFor) {
  EXPECT_EQ(Count("=F16"), 2);
  EXPECT_EQ(Count("=e-mail"), 2);
  EXPECT_EQ(Count("F1*"), 3);
  EXPECT_EQ(Count("F-1*"), 2);
  EXPECT_EQ(Search("-F-16"), "other");
}

TEST_F(CompoundTest, AreLitHoweverTheyAreWritten) {
  const std::map<std::string, std::string> written = {
      {"hyphen", "F-16"}, {"solid", "F16"}, {"apart", "F 16"}};
  const auto expect_lit = [&](const std::string& query, const std::string& behind) {
    const v1::SearchArticlesResponse answer = Answer(query);
    for (const v1::Hit& hit : answer.hits()) {
      EXPECT_THAT(Lit(hit.fragments(0)),
                  HasSubstr("The [" + written.at(hit.article().id()) + behind))
          << query;
    }
  };
  expect_lit("F-16", "] fleet");
  expect_lit("\"F-16 fleet\"", " fleet] sent");
  expect_lit("\"F16 fleet\"", " fleet] sent");
}

// `us` finds the pronoun alone, which surprises whoever types the country in small letters.
class CountryTest : public SearchFixture {
 protected:
  void SetUp() override {
    Add("pronoun", {.body = "They told us nothing."});
    Add("country", {.body = "A US attorney told them."});
  }
};

TEST_F(CountryTest, InSmallLettersIsThePronounAndTheAnswerSaysSo) {
  const v1::SearchArticlesResponse response = Answer("us");
  EXPECT_EQ(IdsOf(response), "pronoun");
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).reason(), "CASE_MATTERS");
  EXPECT_EQ(response.notices(0).metadata().at("suggestion"), "US");
  EXPECT_EQ(Search("US"), "country");
}

TEST_F(CountryTest, NothingIsSaidWhereItCannotBeMeant) {
  EXPECT_EQ(Answer("US").notices_size(), 0);
  EXPECT_EQ(Answer("\"told us\"").notices_size(), 0);
  EXPECT_EQ(Answer("=us").notices_size(), 0);
  EXPECT_EQ(Answer("credit:us told").notices_size(), 1) << "nothing is found, PARTIAL_MATCH says";
}

class WildcardTest : public SearchFixture {};

TEST_F(WildcardTest, TakesTheMostFrequentWordsWhenThereAreTooManyAndSaysSo) {
  std::string many;
  for (int i = 0; i < 150; ++i) many += "zebra" + std::to_string(i) + " ";
  Add("many", {.body = many});
  Add("often", {.body = "zebraoften"});
  Add("again", {.body = "zebraoften"});
  const v1::SearchArticlesResponse response = Answer("zebra*");
  EXPECT_EQ(response.total().value(), 3);
  ASSERT_EQ(response.notices_size(), 1);
  EXPECT_EQ(response.notices(0).reason(), "WILDCARD_TRUNCATED");
  EXPECT_EQ(response.notices(0).metadata().at("used"), "100");
  EXPECT_EQ(response.notices(0).metadata().at("found"), "151");
}

}  // namespace
}  // namespace broadsheet::query
