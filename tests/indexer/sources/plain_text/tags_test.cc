// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/tags.h"

#include "indexer/sources/plain_text/lines/tag_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/plain_text/read_page.h"

namespace broadsheet::sources::page {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(SplitTagsTest, NamesOfTheTextAreTags) {
  EXPECT_THAT(SplitTags("Ada Quill Bram Stone Harbour Board",
                        "Ada Quill met Bram Stone. The Harbour Board’s chair was there."),
              ElementsAre("Ada Quill", "Bram Stone", "Harbour Board"));
}

TEST(SplitTagsTest, LongestNameWins) {
  EXPECT_THAT(SplitTags("Point Averell Light Society",
                        "At Point Averell the Point Averell Light Society met."),
              ElementsAre("Point Averell Light Society"));
}

TEST(SplitTagsTest, NamesThatOnlyStandSideBySideAreTwo) {
  EXPECT_THAT(SplitTags("Ada Quill Bram Stone", "It was Ada Quill, Bram Stone and others."),
              ElementsAre("Ada Quill", "Bram Stone"));
}

TEST(SplitTagsTest, WordsThatTheTextDoesNotKnowStayTogether) {
  EXPECT_THAT(SplitTags("Foreign Policy Ada Quill", "Ada Quill spoke of foreign affairs."),
              ElementsAre("Foreign Policy", "Ada Quill"));
  EXPECT_THAT(SplitTags("", "Ada Quill"), IsEmpty());
}

constexpr const char* kTaggedPage =
    "Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo\n\n"
    "The Harbour Board voted on Tuesday to move the ferry landing to the old quay by spring.\n\n"
    "Ada Quill, who chairs it, said that the ferries would not stop running meanwhile.\n\n";

std::vector<std::string> TagsOf(const std::string& below) {
  const v1::Article article = ReadPage(kTaggedPage + below);
  return {article.tags().begin(), article.tags().end()};
}

TEST(FindTagsTest, ListMayHaveBlankLinesBetween) {
  EXPECT_THAT(TagsOf("Mehr lesen über\n\nAda Quill\n\n# Harbour Board\n\nZur Startseite\n"),
              ElementsAre("Ada Quill", "Harbour Board"));
}

TEST(FindTagsTest, ListOfLinesInOneBlockEndsWithIt) {
  EXPECT_THAT(TagsOf("Tags\nAda Quill\nHarbour Board\n\nTuba found in the hedge\n"),
              ElementsAre("Ada Quill", "Harbour Board"));
}

TEST(FindTagsTest, NamesOfTheTextRightBelowItNeedNoLabel) {
  EXPECT_THAT(TagsOf("Ada Quill\n\nHarbour Board\n\nFerries\n\nShare\n"),
              ElementsAre("Ada Quill", "Harbour Board", "Ferries"));
  EXPECT_THAT(TagsOf("Local News\n\nPancake race\n\nTuba found\n"), IsEmpty());
}

TEST(FindTagsTest, WordsThatStartASentenceAreNoLabel) {
  EXPECT_THAT(TagsOf("More about the Harbour Board tomorrow\n"), IsEmpty());
}

// Lists in other languages, and with labels of more than one word, were not found.
TEST(FindTagsTest, LabelMayBeOfAnyLanguage) {
  for (const char* label : {"Tags:",
                            "Topics",
                            "More on:",
                            "Schlagwörter:",
                            "Lesen Sie mehr zu diesen Themen:",
                            "Mots-clés",
                            "Thèmes :",
                            "Temas",
                            "Etiquetas:",
                            "Etiketter",
                            "Теги:",
                            "Onderwerpen",
                            "Argomenti",
                            "Emner",
                            "Ämnen",
                            "Avainsanat",
                            "Klíčová slova",
                            "Etiketler :",
                            "■関連キーワード",
                            "In this article:",
                            "Filed under"}) {
    EXPECT_THAT(TagsOf(std::string(label) + "\n\nHarbour Board\n\nFerries\n\nAda Quill\n\nShare\n"),
                ElementsAre("Harbour Board", "Ferries", "Ada Quill"))
        << label;
  }
}

// Tags that a copy ran together or set apart by wide gaps were one tag or none.
TEST(FindTagsTest, TagsOfALineMayBePartedInManyWays) {
  for (const char* line :
       {"Harbour BoardFerriesAda Quill", "Harbour Board   Ferries   Ada Quill",
        "Harbour Board, Ferries, Ada Quill", "Harbour Board | Ferries | Ada Quill",
        "Harbour Board   ,   Ferries   ,   Ada Quill", "#Harbour Board #Ferries #Ada Quill"}) {
    for (const char* label : {"Tags\n\n", "Topics: ", ""}) {
      EXPECT_THAT(TagsOf(std::string(label) + line + "\n\nRead next\n"),
                  ElementsAre("Harbour Board", "Ferries", "Ada Quill"))
          << label << line;
    }
  }
}

TEST(FindTagsTest, ShortLinesRightBelowTheTextAreTagsIfItIsAboutThem) {
  EXPECT_THAT(
      TagsOf("Share\n\nPrint\n\nHarbour Board\n\nFerry landing\n\nAda Quill\n\nRead next\n"),
      ElementsAre("Harbour Board", "Ferry landing", "Ada Quill"));
  EXPECT_THAT(TagsOf("Shop\n\nGames\n\nHoroscopes\n\nTerms\n"), IsEmpty());
}

TEST(FindTagsTest, ListEndsWhereAnotherStarts) {
  EXPECT_THAT(
      TagsOf("Tags\n\nFerries\n\nAda Quill\n\nMOST READ\n\n11.14 Bakers march in Norhaven\n"),
      ElementsAre("Ferries", "Ada Quill"));
  EXPECT_THAT(TagsOf("Tags\n\nFerries\n\nAda Quill\n\nto the front page\n"),
              ElementsAre("Ferries", "Ada Quill"));
  EXPECT_THAT(TagsOf("Subjects\n\nFerries\n\nPolitics\n\nAda Quill\n\nLatest on:\n\nBakers\n"),
              ElementsAre("Ferries", "Politics", "Ada Quill"));
}

TEST(FindTagsTest, ListOfWhatTheTextIsAboutIsPreferred) {
  EXPECT_THAT(TagsOf("Harbour Board\n\nFerries\n\nAda Quill\n\nShare\n\nPopular topics\n\nGolf\n\n"
                     "Cinema\n\nHoroscopes\n"),
              ElementsAre("Harbour Board", "Ferries", "Ada Quill"));
}

}  // namespace
}  // namespace broadsheet::sources::page
