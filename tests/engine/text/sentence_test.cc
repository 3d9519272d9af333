// SPDX-License-Identifier: GPL-3.0-or-later
// Where sentences and paragraphs end.
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "engine/text/analyzer.h"

namespace broadsheet::text {
namespace {

// The words of a text, "|" where a sentence and "¶" where a paragraph starts.
std::string Breaks(std::string_view text) {
  Analyzer analyzer;
  std::string all;
  analyzer.Analyze(text, "", [&all](const Token& token) {
    if (token.alternative) return;
    if (token.before == Break::kSentence) all += "| ";
    if (token.before == Break::kParagraph) all += "¶ ";
    all += std::string(token.term) + " ";
  });
  if (!all.empty()) all.pop_back();
  return all;
}

TEST(SentenceTest, EndsAtAStopBeforeACapitalAQuoteOrADigit) {
  EXPECT_EQ(Breaks("He left. She stayed! Why? Well… Yes."),
            "he left | she stayed | why | well | yes");
  EXPECT_EQ(Breaks("It rose. 40 fell."), "it rose | 40 fell");
  EXPECT_EQ(Breaks("It rose. “and fell,” he said."), "it rose | and fell he said");
  EXPECT_EQ(Breaks("“It rose.” He left. (She stayed.) Yes"),
            "it rose | he left | she stayed | yes");
}

TEST(SentenceTest, GoesOnBeforeALowerCaseLetterOrWithoutSpace) {
  EXPECT_EQ(Breaks("He paid approx. ten. or so"), "he paid approx ten or so");
  EXPECT_EQ(Breaks("Who?! said he… and left"), "who said he and left");
  EXPECT_EQ(Breaks("one.Two"), "one two");
}

TEST(SentenceTest, TitlesInitialsAndInitialismsEndNone) {
  EXPECT_EQ(Breaks("Mr. Lee met Sen. J. Smith on Jan. 6 at the U.S. Capitol."),
            "mr lee met sen j smith on jan 6 at the u.s capitol");
  EXPECT_EQ(Breaks("He met Gen. Lee. Lt. Col. Roe left."), "he met gen lee | lt col roe left");
  EXPECT_EQ(Breaks("Is it Mr.? No"), "is it mr | no");
}

TEST(SentenceTest, ABlankLineStartsAParagraph) {
  EXPECT_EQ(Breaks("One\n\ntwo. Three\n \t\r\nfour"), "one ¶ two | three ¶ four");
  EXPECT_EQ(Breaks("One\ntwo.\nThree"), "one two | three");
  EXPECT_EQ(Breaks("One\n* * *\ntwo"), "one two");
}

TEST(SentenceTest, TheFirstWordStartsNothing) { EXPECT_EQ(Breaks(". \n\n One"), "one"); }

TEST(SentenceTest, FullWidthStopsNeedNoSpace) { EXPECT_EQ(Breaks("和平。战争"), "和平 | 战争"); }

TEST(SentenceTest, ScriptsWithoutCaseStartSentencesToo) {
  EXPECT_EQ(Breaks("שלום. עולם"), "שלום | עולם");
}

TEST(SentenceTest, OpeningQuotesOfOtherLanguagesStartSentences) {
  EXPECT_EQ(Breaks("Eins. „und zwei“, hieß es"), "eins | und zwei hiess es");
}

}  // namespace
}  // namespace broadsheet::text
