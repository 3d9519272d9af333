// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/tags.h"

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

}  // namespace
}  // namespace broadsheet::sources::page
