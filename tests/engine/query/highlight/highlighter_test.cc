// SPDX-License-Identifier: GPL-3.0-or-later
// What a hit shows. Matched words are in brackets, "…" is where the text goes on.
#include "engine/query/highlight/highlighter.h"

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
  // The highlights of the only article there is.
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

TEST_F(HighlighterTest, LightsNothingOfAnAlternativeThatDidNotMatch) {
  Add("a", {.headline = "alpha gamma"});
  EXPECT_THAT(Shown("(alpha beta) OR gamma"), ElementsAre("headline: alpha [gamma]"));
  EXPECT_THAT(Shown("(alpha gamma) OR beta"), ElementsAre("headline: [alpha] [gamma]"));
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
    EXPECT_LE(text::CountCharacters(text), static_cast<size_t>(chars) * 6 / 5 + 10);
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

TEST_F(HighlighterTest, LightsCompoundsWholeOrInTheirParts) {
  Add("a", {.headline = "COVID-19 and e‑mails of AT&T"});
  EXPECT_THAT(Shown("covid19"), ElementsAre("headline: [COVID-19] and e‑mails of AT&T"));
  EXPECT_THAT(Shown("covid-19"), ElementsAre("headline: [COVID-19] and e‑mails of AT&T"));
  EXPECT_THAT(Shown("19"), ElementsAre("headline: COVID-[19] and e‑mails of AT&T"));
  EXPECT_THAT(Shown("email at&t"), ElementsAre("headline: COVID-19 and [e‑mails] of [AT&T]"));
}

TEST_F(HighlighterTest, LightsInitialismsWithTheirDotsAndNoWordLikeThem) {
  Add("a", {.headline = "The U.S. told us so: U.S.A. and USA"});
  EXPECT_THAT(Shown("U.S."), ElementsAre("headline: The [U.S.] told us so: U.S.A. and USA"));
  EXPECT_THAT(Shown("us"), ElementsAre("headline: The U.S. told [us] so: U.S.A. and USA"));
  EXPECT_THAT(Shown("usa"), ElementsAre("headline: The U.S. told us so: [U.S.A.] and [USA]"));
}

TEST_F(HighlighterTest, LightsATagWithoutItsSignWhenThatWasNotAsked) {
  Add("a", {.headline = "#MeToo is metoo"});
  EXPECT_THAT(Shown("metoo"), ElementsAre("headline: #[MeToo] is [metoo]"));
  EXPECT_THAT(Shown("\"#metoo\""), ElementsAre("headline: [#MeToo] is metoo"));
}

TEST_F(HighlighterTest, LightsOnlyTheExactFormThatWasAskedFor) {
  Add("a", {.headline = "A café, a cafe, cafés"});
  EXPECT_THAT(Shown("=café"), ElementsAre("headline: A [café], a cafe, cafés"));
  EXPECT_THAT(Shown("=cafe"), ElementsAre("headline: A café, a [cafe], cafés"));
  EXPECT_THAT(Shown("cafe"), ElementsAre("headline: A [café], a [cafe], [cafés]"));
}

TEST_F(HighlighterTest, LightsNothingOfAFieldOutsideOfIt) {
  Add("a", {.headline = "Summit ends",
            .body = "The summit ended.",
            .captions = {{"Leaders at the summit", "Summit Photos"}},
            .bylines = {"Ann Summit"}});
  EXPECT_THAT(Shown("headline:summit"), ElementsAre("headline: [Summit] ends"));
  EXPECT_THAT(Shown("body:summit"), ElementsAre("body: The [summit] ended."));
  EXPECT_THAT(Shown("caption:summit"), ElementsAre("captions: Leaders at the [summit]"));
  EXPECT_THAT(Shown("credit:summit"), ElementsAre("credits: [Summit] Photos"));
  EXPECT_THAT(Shown("byline:summit"), ElementsAre("bylines: Ann [Summit]"));
  EXPECT_THAT(Shown("headline:ends body:\"the summit\""),
              ElementsAre("body: [The summit] ended.", "headline: Summit [ends]"));
}

TEST_F(HighlighterTest, LightsSectionsAndSourcesThatWereAskedFor) {
  Add("a", {.headline = "Kim", .section = "World", .source = "The Hill"});
  EXPECT_THAT(
      Shown("section:world source:\"the hill\" kim"),
      ::testing::UnorderedElementsAre("headline: [Kim]", "section: [World]", "source: [The Hill]"));
}

TEST_F(HighlighterTest, LightsScriptsWithoutSpacesAsOnePiece) {
  Add("a", {.headline = "我爱北京大学。", .language = "zh"});
  EXPECT_THAT(Shown("北京大学"), ElementsAre("headline: 我爱[北京大学]。"));
  EXPECT_THAT(Shown("北京 京大 大学"), ElementsAre("headline: 我爱[北京大学]。"));
}

TEST_F(HighlighterTest, NeverLightsHalfACharacter) {
  // ำ is a letter of its own to Unicode, but part of กำ to a reader.
  Add("a", {.headline = "คำนำ 한글\u0301 cafe\u0301", .language = "th"});
  EXPECT_THAT(Shown("คำ"), ElementsAre("headline: [คำ]นำ 한글\u0301 cafe\u0301"));
  EXPECT_THAT(Shown("cafe"), ElementsAre("headline: คำนำ 한글\u0301 [cafe\u0301]"));
}

TEST_F(HighlighterTest, ShowsAShortTextWithAllThatStandsAroundItsWords) {
  const std::string family = "👩‍👩‍👧 👩‍👩‍👧 👩‍👩‍👧";
  Add("a", {.body = family + " Summit ends " + family});
  EXPECT_THAT(Shown("summit"), ElementsAre("body: " + family + " [Summit] ends " + family));
}

// What the pieces of a long body look like. Filler sentences have none of the query's words.
class LongBodyTest : public HighlighterTest {
 protected:
  static std::string Filler(int sentences) {
    std::string filler;
    for (int i = 0; i < sentences; ++i) filler += "Nothing of note was said here. ";
    return filler;
  }
  // Alone in the index the words would all be equally frequent.
  void AddOthers() {
    for (const char* id : {"b", "c", "d", "e", "f", "g", "h"}) {
      Add(id, {.headline = "common words", .body = "More common words, near and far."});
    }
  }
  std::vector<std::string> BodyShown(const std::string& query, int most = 3) {
    v1::SearchArticlesRequest request = Request(query + " id:a");
    request.mutable_highlight()->set_max_fragments(most);
    request.mutable_highlight()->set_fragment_chars(80);
    return Shown(request);
  }
};

TEST_F(LongBodyTest, StartsAndEndsWithASentenceWhereOneDoes) {
  Add("a", {.headline = "x",
            .body = Filler(9) + "They met in Geneva for the first time. Both left. " + Filler(9)});
  EXPECT_THAT(BodyShown("geneva"),
              ElementsAre("body: …They met in [Geneva] for the first time. Both left.…"));
}

TEST_F(LongBodyTest, CutsLongSentencesAtWords) {
  std::string endless;
  for (int i = 0; i < 50; ++i) endless += "and on and on ";
  Add("a", {.headline = "x", .body = endless + "(“Geneva”) " + endless});
  EXPECT_THAT(BodyShown("geneva"), ElementsAre(::testing::AllOf(
                                       HasSubstr(" (“[Geneva]”) and on"),
                                       ::testing::MatchesRegex("body: …(and|on) .* (and|on)…"))));
}

TEST_F(LongBodyTest, PutsRareWordsBeforeFrequentOnes) {
  AddOthers();
  Add("a", {.headline = "x",
            .body = "Common common common. " + Filler(9) + "Zeppelins land. " + Filler(9)});
  EXPECT_THAT(BodyShown("common zeppelin", 1), ElementsAre(HasSubstr("[Zeppelins] land.")));
}

TEST_F(LongBodyTest, PutsWordsThatStandTogetherBeforeWordsApart) {
  Add("a", {.headline = "x",
            .body = "Alpha was there, and many words later came beta. " + Filler(9) +
                    "The alpha beta test. " + Filler(9)});
  EXPECT_THAT(BodyShown("alpha beta", 1), ElementsAre(HasSubstr("The [alpha] [beta] test.")));
}

TEST_F(LongBodyTest, PutsAPhraseBeforeItsWords) {
  AddOthers();
  Add("a",
      {.headline = "x",
       .body = "Words, near words, words. " + Filler(9) + "Here are common words. " + Filler(9)});
  EXPECT_THAT(BodyShown("near \"common words\"", 1),
              ElementsAre(HasSubstr("Here are [common words].")));
}

TEST_F(LongBodyTest, ShowsEveryWordBeforeAnyTwice) {
  Add("a", {.headline = "x",
            .body = "Alpha one. " + Filler(9) + "Alpha two, alpha. " + Filler(9) +
                    "Beta at last. " + Filler(9)});
  const std::vector<std::string> shown = BodyShown("alpha beta", 2);
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_THAT(shown[0], HasSubstr("[Alpha] two, [alpha].")) << "the piece with more of the word";
  EXPECT_THAT(shown[1], HasSubstr("[Beta] at last."));
}

TEST_F(LongBodyTest, PiecesNeverOverlap) {
  std::string body;
  for (int i = 0; i < 40; ++i) body += "Alpha and more words follow. ";
  Add("a", {.headline = "x", .body = body});
  v1::SearchArticlesRequest request = Request("alpha");
  request.mutable_highlight()->set_max_fragments(20);
  request.mutable_highlight()->set_fragment_chars(60);
  size_t shown = 0;
  for (const std::string& piece : Shown(request)) shown += piece.size();
  // "body: " and the marks are not the text's.
  EXPECT_LE(shown, body.size() + 20 * (6 + 6 + 2 * 6));
}

TEST_F(LongBodyTest, FindsTheBestPieceAtTheEndOfABook) {
  Add("a", {.headline = "x", .body = Filler(20'000) + "Zeppelins land in Geneva."});
  EXPECT_THAT(BodyShown("zeppelins geneva", 1),
              ElementsAre(HasSubstr("[Zeppelins] land in [Geneva].")));
}

}  // namespace
}  // namespace broadsheet::query
