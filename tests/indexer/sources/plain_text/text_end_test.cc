// SPDX-License-Identifier: GPL-3.0-or-later
// Where the text of a copied page ends, on small pages of our own invention.
#include "indexer/sources/plain_text/text_end.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/plain_text/read_page.h"

namespace broadsheet::sources::page {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kQuay =
    "Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo\n\n"
    "The harbour board voted on Tuesday to move the ferry landing to the old quay by spring.\n\n"
    "Ada Quill, who chairs the board, said that the ferries would not stop running meanwhile.\n\n"
    "“We asked everybody, and everybody had an answer,” she said after the long meeting.\n\n"
    "The old quay has been empty since the grain ships left it eleven years ago, she added.\n\n";

constexpr const char* kTeasers =
    "A baker in Norhaven burns his books\n\n"
    "The last baker of Norhaven has thrown his recipes into the oven, and nobody knows why yet.\n\n"
    "His wife found the ashes under a tray of rolls on Sunday morning and called a neighbour.\n\n"
    "School choir sings for its roof\n\n"
    "Forty pupils sang for six hours to pay for slates, which a storm had blown off in January.\n\n"
    "Their teacher, who plays the organ, lost her voice but kept the time with a wooden spoon.\n\n";

std::string BodyOf(const std::string& between) {
  return ReadPage(kQuay + between + kTeasers).body();
}

// A text went on into the teasers of other articles below its share buttons or tags.
TEST(TextEndTest, ButtonsOrTagsInARowEndTheText) {
  for (const char* between : {
           "Facebook\n\nX\n\nWhatsApp\n\n",
           "Share\n\nFacebook Twitter LinkedIn Email\n\n",
           "Facebook X LinkedIn Tumblr Pinterest\n\n",
           "Teilen\n\nDrucken\n\nE-Mail\n\nLesen Sie auch\n\n",
           "Partager\n\nImprimer\n\nWhatsApp\n\nArticles connexes\n\n",
           "Ada Quill\n\nHarbour Board\n\nFerries\n\nQuays\n\n",
           "Opinion\n\nHarbour\n\nOld Quay\n\nMore from this author\n\n",
           "Tags\n\nHarbour\n\nFerries\n\nRelated articles\n\n",
           "Comments\n\nReply\n\nAnna\n\n",
       }) {
    EXPECT_THAT(BodyOf(between), EndsWith("she added.")) << between;
  }
}

TEST(TextEndTest, ListWithinTheTextDoesNotEndIt) {
  const std::string list = "New landing\n\nOld quay\n\nGrain shed\n\n";
  const std::string rest =
      "The harbour board will choose among the three places for the ferry landing in spring.\n\n"
      "Ferries would reach the old quay ten minutes later than the present landing, said Quill.\n\n"
      "The board has money for one landing only, whatever the ferries and the quay need now.\n";
  EXPECT_THAT(ReadPage(kQuay + list + rest).body(), EndsWith("need now."));
}

TEST(TextEndTest, PicturesWithTheirCreditsDoNotEndTheText) {
  EXPECT_THAT(BodyOf("Zoom\n\nPhoto: Per Lindqvist\n\nOld quay\n\nPhoto: Rosa Tamm\n\n"),
              HasSubstr("wooden spoon"));
}

TEST(TextEndTest, FormToReadOnDoesNotEndTheText) {
  const std::string wall = "Subscribe now\n\nEmail Address\n\nContinue\n\nor\n\nSign in\n\n";
  EXPECT_THAT(BodyOf(wall), HasSubstr("wooden spoon"));
}

TEST(TextEndTest, ButtonsAboveTheTextDoNotEndIt) {
  const std::string top = "Facebook\n\nTwitter\n\nWhatsApp\n\nPrint\n\n";
  EXPECT_THAT(ReadPage(top + kQuay).body(), EndsWith("she added."));
  EXPECT_THAT(ReadPage(top + kQuay).body(), Not(HasSubstr("Facebook")));
}

}  // namespace
}  // namespace broadsheet::sources::page
