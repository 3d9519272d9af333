// SPDX-License-Identifier: GPL-3.0-or-later
// What a hit shows. Matched words are in brackets, "…" is where the text goes on.
#include "engine/query/highlighter.h"

#include <string>
#include <vector>

#include "engine/text/utf8.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class HighlighterTest : public SearchFixture {
 protected:
  // Of the only article there is.
  std::vector<std::string> Shown(const v1::SearchArticlesRequest& request) {
    std::vector<std::string> shown;
    const v1::SearchArticlesResponse response = Answer(request);
    EXPECT_EQ(response.hits_size(), 1);
    for (const v1::Hit& hit : response.hits()) {
      for (const v1::Fragment& fragment : hit.fragments()) {
        shown.push_back(fragment.field() + ": " + Lit(fragment));
      }
    }
    return shown;
  }
  std::vector<std::string> Shown(const std::string& query) { return Shown(Request(query)); }
};

TEST_F(HighlighterTest, LightsStemsAccentsAndCase) {
  Add("a", {.headline = "Café owners signed it"});
  EXPECT_THAT(Shown("CAFE signing"), ElementsAre("headline: [Café] owners [signed] it"));
}

TEST_F(HighlighterTest, LightsPhrasesWholeAndOnlyWhereTheyStand) {
  Add("a", {.headline = "Kim met Kim Jong Un, un ami"});
  EXPECT_THAT(Shown("\"kim jong un\""), ElementsAre("headline: Kim met [Kim Jong Un], un ami"));
}

TEST_F(HighlighterTest, LightsBothSidesOfNear) {
  Add("a", {.headline = "alpha x beta y alpha y y y y beta"});
  EXPECT_THAT(Shown("alpha NEAR/2 beta"),
              ElementsAre("headline: [alpha] x [beta] y [alpha] y y y y beta"));
}

TEST_F(HighlighterTest, LightsWhatWildcardsAndFuzzyWordsReached) {
  Add("a", {.headline = "The government of Pyongyang"});
  EXPECT_THAT(Shown("pyongyong~ gov*"), ElementsAre("headline: The [government] of [Pyongyang]"));
}

TEST_F(HighlighterTest, LightsOnlyTheFieldAskedFor) {
  Add("a", {.headline = "Kim", .body = "Kim was there.", .tags = {"Kim"}});
  EXPECT_THAT(Shown("body:kim"), ElementsAre("body: [Kim] was there."));
}

TEST_F(HighlighterTest, LightsNothingOfANegation) {
  Add("a", {.headline = "alpha beta"});
  EXPECT_THAT(Shown("alpha -\"beta alpha\""), ElementsAre("headline: [alpha] beta"));
}

TEST_F(HighlighterTest, LightsAWholeTagThatWasAskedFor) {
  Add("a", {.headline = "x", .tags = {"Other", "Kim Jong Un"}});
  EXPECT_THAT(Shown("tag:\"kim jong un\""), ElementsAre("tags: [Kim Jong Un]"));
  EXPECT_EQ(Answer("tag:\"kim jong un\"").hits(0).fragments(0).index(), 1);
}

TEST_F(HighlighterTest, ShowsCaptionsWithTheirNumber) {
  Add("a", {.headline = "x", .captions = {{"A wreath is laid"}, {"The signing ceremony"}}});
  const v1::SearchArticlesResponse response = Answer("caption:\"signing ceremony\"");
  ASSERT_EQ(response.hits(0).fragments_size(), 1);
  EXPECT_EQ(response.hits(0).fragments(0).field(), "captions");
  EXPECT_EQ(response.hits(0).fragments(0).index(), 1);
  EXPECT_EQ(Lit(response.hits(0).fragments(0)), "The [signing ceremony]");
}

TEST_F(HighlighterTest, PutsThePieceWithMostOfTheQueryFirst) {
  std::string filler;
  for (int i = 0; i < 60; ++i) filler += "Nothing of note was said here. ";
  Add("a", {.headline = "x",
            .body = "Alpha alone. " + filler + "Here alpha met beta at last. " + filler});
  const std::vector<std::string> shown = Shown("alpha beta");
  ASSERT_GE(shown.size(), 1u);
  EXPECT_THAT(shown[0], HasSubstr("Here [alpha] met [beta] at last."));
  EXPECT_TRUE(shown[0].starts_with("body: …"));
}

TEST_F(HighlighterTest, PiecesAreOfTheLengthAskedForAndNeverSplitACharacter) {
  std::string body;
  for (int i = 0; i < 200; ++i) body += "Größe über 日本 “naïve” ";
  Add("a", {.headline = "x", .body = body + "ziel " + body});
  for (const int chars : {40, 77, 160, 1000}) {
    v1::SearchArticlesRequest request = Request("ziel");
    request.mutable_highlight()->set_fragment_chars(chars);
    const v1::SearchArticlesResponse response = Answer(request);
    ASSERT_EQ(response.hits(0).fragments_size(), 1);
    std::string text;
    for (const v1::Segment& segment : response.hits(0).fragments(0).segments()) {
      EXPECT_TRUE(text::IsValidUtf8(segment.text()));
      text += segment.text();
    }
    EXPECT_LE(text::CountCharacters(text), static_cast<size_t>(chars) + 10);
    EXPECT_GE(text::CountCharacters(text), static_cast<size_t>(chars) / 2);
    EXPECT_NE(body.size(), text.size());
  }
}

TEST_F(HighlighterTest, SegmentsPutTogetherAreThePieceAsItStands) {
  const std::string headline = "“Kim” – and ‘Putin’: a \t pact!";
  Add("a", {.headline = headline});
  std::string text;
  const v1::SearchArticlesResponse response = Answer("kim putin pact");
  bool matched = true;
  for (const v1::Segment& segment : response.hits(0).fragments(0).segments()) {
    EXPECT_NE(segment.matched(), matched) << "segments alternate, unmatched first here";
    matched = segment.matched();
    text += segment.text();
  }
  EXPECT_EQ(text, response.hits(0).article().headline());
}

TEST_F(HighlighterTest, CanBeLimitedAndSwitchedOff) {
  Add("a", {.headline = "Kim", .summary = "Kim", .body = "Kim", .tags = {"Kim"}});
  EXPECT_EQ(Shown("kim").size(), 3u);
  v1::SearchArticlesRequest request = Request("kim");
  request.mutable_highlight()->set_max_fragments(1);
  EXPECT_THAT(Shown(request), ElementsAre("headline: [Kim]"));
  request.mutable_highlight()->set_disabled(true);
  EXPECT_THAT(Shown(request), IsEmpty());
}

}  // namespace
}  // namespace broadsheet::query
