// SPDX-License-Identifier: GPL-3.0-or-later
// What is offered to somebody who types a query.
#include "engine/query/completions.h"

#include <string>

#include "engine/storage/index/takedowns.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

class CompletionsTest : public SearchFixture {
 protected:
  using Request = v1::SuggestCompletionsRequest;

  void SetUp() override {
    call_.now = absl::FromUnixSeconds(1999);
    Add("strike", {.headline = "Ferry crews strike over pay",
                   .body = "The café on the ferry stayed shut. Ferries lay idle.",
                   .tags = {"Ferries", "Port of Oslo"},
                   .bylines = {"Jane Kerrigan"},
                   .section = "Transport",
                   .source = "Fjord Courier",
                   .published = "2024-06-19"});
    Add("talks", {.headline = "Ferry talks fail",
                  .body = "Parliament heard of the ferry. A ferryman spoke in the café.",
                  .tags = {"FERRIES", "Strikes"},
                  .bylines = {"Tom Ferrars"},
                  .published = "2024-06-20"});
    Add("fares", {.headline = "Ferry fares rise",
                  .body = "Passengers of the cafe pay more.",
                  .tags = {"Ferries"},
                  .language = "en",
                  .published = "2024-06-21"});
  }

  static Request Typed(std::string text, const std::vector<std::string>& kinds = {}) {
    Request request;
    const size_t cursor = text.find('|');
    if (cursor != std::string::npos) {
      text.erase(cursor, 1);
      request.set_cursor_byte(static_cast<int32_t>(cursor));
    }
    request.set_text(text);
    for (const std::string& kind : kinds) request.add_kinds(kind);
    return request;
  }
  // "kind text count; ..."
  std::string Offered(const Request& request) {
    const auto response = searcher().SuggestCompletions(request, call_);
    EXPECT_THAT(response, testing::IsOk());
    std::string line;
    if (!response.ok()) return line;
    for (const v1::Completion& completion : response->completions()) {
      line += (line.empty() ? "" : "; ") + completion.kind() + " " + completion.text();
      if (completion.count() > 0) line += " " + std::to_string(completion.count());
    }
    return line;
  }
  std::string Words(const std::string& text) { return Offered(Typed(text, {"word"})); }
  std::string Tags(const std::string& text) { return Offered(Typed(text, {"tag"})); }
};

TEST_F(CompletionsTest, WordsAreOfferedAsTheyAreWrittenMostFrequentFirst) {
  EXPECT_EQ(Words("ferr"), "word ferries; word ferry; word ferrars; word ferryman");
  EXPECT_EQ(Words("FERRY"), "word ferry; word ferryman");
}

TEST_F(CompletionsTest, AccentsAreIgnoredAndTheUsualSpellingIsOffered) {
  EXPECT_EQ(Words("caf"), "word café");
  EXPECT_EQ(Words("cafe"), "word café");
  EXPECT_EQ(Words("CAFÉ"), "word café");
}

TEST_F(CompletionsTest, ValuesAreFoundByAnyOfTheirWordsInTheUsualSpelling) {
  EXPECT_EQ(Tags("ferr"), "tag tag:Ferries 3");
  EXPECT_EQ(Tags("oslo"), "tag tag:\"Port of Oslo\" 1");
  EXPECT_EQ(Offered(Typed("tag:\"port of o")), "tag \"Port of Oslo\" 1");
  EXPECT_EQ(Offered(Typed("byline:ker")), "byline \"Jane Kerrigan\" 1");
  EXPECT_EQ(Offered(Typed("kerr", {"byline"})), "byline byline:\"Jane Kerrigan\" 1");
  EXPECT_EQ(Offered(Typed("source:")), "source \"Fjord Courier\" 1");
  EXPECT_EQ(Offered(Typed("trans", {"section"})), "section section:Transport 1");
}

TEST_F(CompletionsTest, TheQueryLanguageIsOfferedToo) {
  EXPECT_EQ(Offered(Typed("ta", {"field"})), "field tag:");
  EXPECT_EQ(Offered(Typed("ferry AN", {"operator"})), "operator AND");
  EXPECT_EQ(Offered(Typed("AN", {"operator"})), "");
  EXPECT_EQ(Offered(Typed("ferry an", {"operator"})), "");
  const auto response = searcher().SuggestCompletions(Typed(""), call_);
  ASSERT_OK(response);
  EXPECT_EQ(response->completions(0).text(), "headline:");
  EXPECT_THAT(response->completions(0).value(), ::testing::HasSubstr("headline"));
}

TEST_F(CompletionsTest, AHeadlineIsOfferedForItsBeginningNewestFirst) {
  EXPECT_EQ(Offered(Typed("ferry ", {"headline"})),
            "headline headline:\"Ferry fares rise\"; headline headline:\"Ferry talks fail\"; "
            "headline headline:\"Ferry crews strike over pay\"");
  EXPECT_EQ(Offered(Typed("ferry crews s", {"headline"})),
            "headline headline:\"Ferry crews strike over pay\"");
  EXPECT_EQ(Offered(Typed("oslo headline:\"ferry t", {"headline"})),
            "headline headline:\"Ferry talks fail\"");
}

TEST_F(CompletionsTest, TheQueryHasTheCompletionPutIn) {
  const auto response =
      searcher().SuggestCompletions(Typed("oslo -tag:str|i sinks", {"tag"}), call_);
  ASSERT_OK(response);
  ASSERT_EQ(response->completions_size(), 1);
  const v1::Completion& completion = response->completions(0);
  EXPECT_EQ(completion.query(), "oslo -tag:Strikes sinks");
  EXPECT_EQ(completion.start_byte(), 10);
  EXPECT_EQ(completion.end_byte(), 14);
  EXPECT_EQ(completion.value(), "Strikes");
}

TEST_F(CompletionsTest, AWrongLetterIsMendedBehindWhatIsRight) {
  EXPECT_EQ(Words("parlaiment"), "word parliament");
  EXPECT_EQ(Words("ferryy"), "word ferry; word ferryman");
  EXPECT_EQ(Words("ferri"), "word ferries");
  EXPECT_EQ(Words("ferrb"), "");
  EXPECT_EQ(Tags("ferires"), "tag tag:Ferries 3");
  // Four letters are too few to tell a slip from another word.
  EXPECT_EQ(Words("fery"), "");
}

TEST_F(CompletionsTest, AWordInAFieldFindsSomethingThere) {
  EXPECT_EQ(Offered(Typed("headline:fe")), "word ferries; word ferry");
  EXPECT_EQ(Offered(Typed("headline:parl")), "");
  EXPECT_EQ(Offered(Typed("body:parl")), "word parliament");
}

TEST_F(CompletionsTest, InAPhraseWordsAloneAreOffered) {
  EXPECT_EQ(Offered(Typed("\"ferry cr")), "word crews");
}

TEST_F(CompletionsTest, WithAFilterNothingElseIsOfferedAndNothingIsCounted) {
  Request request = Typed("ferr");
  request.mutable_filter()->mutable_tag()->add_any_of("strikes");
  EXPECT_EQ(Offered(request),
            "word ferries; word ferry; tag tag:Ferries; word ferrars; word ferryman; "
            "byline byline:\"Tom Ferrars\"; headline headline:\"Ferry talks fail\"");
  request = Typed("fer", {"headline"});
  request.mutable_filter()->mutable_tag()->add_any_of("strikes");
  EXPECT_EQ(Offered(request), "headline headline:\"Ferry talks fail\"");
}

TEST_F(CompletionsTest, AKeptFilterIsAskedAnewOnceSomethingWasWritten) {
  Request request = Typed("tag:", {"tag"});
  request.mutable_filter()->mutable_byline()->add_any_of("tom ferrars");
  EXPECT_EQ(Offered(request), "tag Ferries; tag Strikes");
  AddToLive("gale", {.headline = "Gale stops all ferries",
                     .tags = {"Gales"},
                     .bylines = {"Tom Ferrars"},
                     .published = "2024-06-22"});
  EXPECT_EQ(Offered(request), "tag Ferries; tag Strikes; tag Gales");
  // The value is in base as well, where nobody of the filter has it.
  AddToLive("quay", {.headline = "Quay reopens",
                     .tags = {"Port of Oslo"},
                     .bylines = {"Tom Ferrars"},
                     .published = "2024-06-23"});
  EXPECT_EQ(Offered(request), "tag Ferries; tag \"Port of Oslo\"; tag Strikes; tag Gales");
  AddToLive("talks", {.headline = "Ferry talks fail", .tags = {"Talks"}});
  EXPECT_EQ(Offered(request), "tag \"Port of Oslo\"; tag Gales");
}

TEST_F(CompletionsTest, WhatIsWrittenAfterTheBuildIsOffered) {
  AddToLive("gale", {.headline = "Gale stops all ferries",
                     .body = "A zeppelin landed.",
                     .tags = {"Gales", "ferries"},
                     .bylines = {"Zoe Zant"},
                     .published = "2024-06-22"});
  EXPECT_EQ(Words("gal"), "word gales; word gale");
  EXPECT_EQ(Tags("gal"), "tag tag:Gales 1");
  EXPECT_EQ(Tags("ferr"), "tag tag:Ferries 4");
  EXPECT_EQ(Offered(Typed("byline:zan")), "byline \"Zoe Zant\" 1");
  EXPECT_EQ(Offered(Typed("gale s", {"headline"})), "headline headline:\"Gale stops all ferries\"");
}

TEST_F(CompletionsTest, AReplacedArticleIsNoLongerOffered) {
  AddToLive("fares", {.headline = "Hovercraft fares rise", .tags = {"Hovercraft"}});
  EXPECT_EQ(Tags("ferr"), "tag tag:FERRIES 2");
  EXPECT_EQ(Words("passen"), "");
  EXPECT_EQ(Words("hover"), "word hovercraft");
  AddToLive("fares", {.headline = "Airship fares rise", .tags = {"Airships"}});
  EXPECT_EQ(Words("hover"), "");
  EXPECT_EQ(Tags("hover"), "");
  EXPECT_EQ(Tags("air"), "tag tag:Airships 1");
}

// No completion tells of an article that readers may not see, not even by a spelling.
class HiddenCompletionsTest : public CompletionsTest {
 protected:
  static Article Secret() {
    return {.headline = "Zeppelin zealots",
            .body = "Zigzagging zeppelins. A ferrywoman was there.",
            .tags = {"Zeppelins", "ferRIES"},
            .bylines = {"Zoe Zant"},
            .section = "Zones",
            .source = "Zodiac Courier",
            .language = "zu",
            .published = "2026-01-01"};
  }
  void ExpectNothingShows(const std::string& how) {
    for (const char* text :
         {"z", "zep", "zeppe", "zeppelni", "zig", "byline:z", "source:z", "section:z", "language:z",
          "headline:z", "headline:\"zeppelin z", "source:\"zodiac", "ferryw"}) {
      EXPECT_EQ(Offered(Typed(text)), "") << how << ": " << text;
    }
    EXPECT_EQ(Tags("ferr"), "tag tag:Ferries 3") << how;
    Request request = Typed("z");
    request.mutable_filter()->mutable_tag()->add_any_of("zeppelins");
    EXPECT_EQ(Offered(request), "") << how;
  }
};

TEST_F(HiddenCompletionsTest, OfWithheldArticles) {
  Article secret = Secret();
  secret.status = v1::Article::STATUS_WITHHELD;
  Add("secret", secret);
  ExpectNothingShows("in base");
  AddToLive("secret-2", secret);
  ExpectNothingShows("in live");
}

TEST_F(HiddenCompletionsTest, OfArticlesUnderEmbargoUntilItEnds) {
  Article secret = Secret();
  secret.embargo_seconds = 2000;
  AddToLive("secret", secret);
  ExpectNothingShows("in live");
  call_.now = absl::FromUnixSeconds(2000);
  EXPECT_EQ(Tags("zep"), "tag tag:Zeppelins 1");
  EXPECT_EQ(Words("zepp"), "word zeppelins; word zeppelin");
}

TEST_F(HiddenCompletionsTest, OfArticlesThatWereTakenDown) {
  Add("secret", Secret());
  AddToLive("secret-2", Secret());
  EXPECT_EQ(Tags("zep"), "tag tag:Zeppelins 2");
  const storage::Layout layout(index_.path());
  ASSERT_OK(storage::AddTakedowns(layout, {"secret", "secret-2"}, absl::Now()));
  ExpectNothingShows("taken down");
}

TEST_F(CompletionsTest, ABadFieldIsNamed) {
  const auto reason = [&](const Request& request) {
    return std::string(searcher().SuggestCompletions(request, call_).status().message());
  };
  Request request = Typed("fer", {"tags"});
  EXPECT_THAT(reason(request), ::testing::HasSubstr("\"tags\" is no kind of completion"));
  request = Typed("café");
  request.set_cursor_byte(4);
  EXPECT_THAT(reason(request), ::testing::HasSubstr("4 is inside of a character"));
  request.set_cursor_byte(6);
  EXPECT_THAT(reason(request), ::testing::HasSubstr("6 is no byte of the text"));
  request = Typed("fer");
  request.set_limit(-1);
  EXPECT_THAT(reason(request), ::testing::HasSubstr("the limit is negative"));
  request = Typed(std::string(4097, 'a'));
  EXPECT_THAT(reason(request), ::testing::HasSubstr("the text has 4097 bytes"));
}

}  // namespace
}  // namespace broadsheet::query
