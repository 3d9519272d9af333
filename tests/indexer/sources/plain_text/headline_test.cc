// SPDX-License-Identifier: GPL-3.0-or-later
// Which line of a text copy is the headline, on small pages of our own invention.
#include "indexer/sources/plain_text/headline.h"

#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/plain_text/read_page.h"

namespace broadsheet::sources::page {
namespace {

constexpr const char* kQuayText =
    "The harbour board voted on Tuesday to move the ferry landing to the old quay by spring.\n\n"
    "Ada Quill, who chairs the board, said that the ferries would not stop running meanwhile.\n\n"
    "“We asked everybody, and everybody had an answer,” she said after the long meeting.\n\n"
    "The old quay has been empty since the grain ships left it eleven years ago.\n";

std::string HeadlineAbove(const std::string& above) {
  return ReadPage(above + "\n\n" + kQuayText).headline();
}

TEST(HeadlineTest, StandsAboveTheStandfirstWithTheNamesAndTheTime) {
  EXPECT_EQ(HeadlineAbove("News\n\nHarbour\n\nFerry landing moves to the old quay\n\n"
                          "Boats keep running while the board builds its new pier.\n\n"
                          "Ines Okonkwo\n\n3 March 2025, 14:20"),
            "Ferry landing moves to the old quay");
}

TEST(HeadlineTest, SectionAboveItIsNone) {
  EXPECT_EQ(HeadlineAbove("Sport\n\nCulture\n\nWeather\n\nLetters\n\nThe quay question\n\n"
                          "Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo"),
            "Board moves the ferry landing to the old quay");
}

TEST(HeadlineTest, LineThatAlsoStandsInAnotherIsPreferred) {
  EXPECT_EQ(HeadlineAbove("Home / Harbour / Board moves the ferry landing\n\n"
                          "Share this story: Board moves the ferry landing\n\n"
                          "Board moves the ferry landing\n\nBy Ines Okonkwo"),
            "Board moves the ferry landing");
}

TEST(HeadlineTest, ListOfOtherArticlesAboveIsPassedOver) {
  EXPECT_EQ(HeadlineAbove("Bakers march against the price of flour\n\n"
                          "Why the ferry board wants the old quay back\n\n"
                          "Nine harbour towns that lost their boats\n\nHarbour\n\n"
                          "Board moves the ferry landing to the old quay\n\n"
                          "Ines Okonkwo\n\n3 March 2025, 14:20"),
            "Board moves the ferry landing to the old quay");
}

TEST(HeadlineTest, NoticeAboveIsNeitherHeadlineNorText) {
  const v1::Article article = ReadPage(
      std::string("The Lantern belongs to Lantern Press. Lantern Press answers for what is done "
                  "with the data of readers of the harbour pages here.\n\n"
                  "Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo\n\n") +
      kQuayText);
  EXPECT_EQ(article.headline(), "Board moves the ferry landing to the old quay");
}

TEST(HeadlineTest, CaptionIsNone) {
  EXPECT_EQ(
      HeadlineAbove("Board moves the ferry landing to the old quay\n\n"
                    "The ferry landing at the old quay on Monday. Photo: Jo Bell/The Lantern"),
      "Board moves the ferry landing to the old quay");
}

TEST(HeadlineTest, KickerBeforeAWideGapIsCutOff) {
  EXPECT_EQ(HeadlineAbove("Harbour quarrel  Board moves the ferry landing to the old quay\n\n"
                          "By Ines Okonkwo"),
            "Board moves the ferry landing to the old quay");
  EXPECT_EQ(HeadlineAbove("Ferry landing:  Board moves to the old quay\n\nBy Ines Okonkwo"),
            "Ferry landing: Board moves to the old quay");
}

TEST(HeadlineTest, KickerRunTogetherWithItGetsItsColonBack) {
  EXPECT_EQ(HeadlineAbove("Harbour quarrelBoard moves the ferry landing to the old quay\n\n"
                          "By Ines Okonkwo"),
            "Harbour quarrel: Board moves the ferry landing to the old quay");
  EXPECT_EQ(HeadlineAbove("Harbour master MacAllister moves the ferry landing\n\nBy Ines Okonkwo"),
            "Harbour master MacAllister moves the ferry landing");
}

TEST(HeadlineTest, DialogAboutCookiesIsNoArticle) {
  const std::string dialog =
      "Manage your preferences\n\n"
      "We use cookies and the like to store and read personal data on your device, such as what "
      "you read here, how long you read it and where you went then, so that what you see fits.\n\n"
      "You may opt out of the sale of your personal information to third parties at any time by "
      "moving the switch below, which holds for this browser and until you clear its cookies.\n\n"
      "These cookies cannot be switched off; they hold your privacy settings and whether you are "
      "logged in, and nothing of them tells who you are or which pages of ours you have read.\n";
  const v1::Article article = ReadPage(
      std::string("Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo\n\n") +
      kQuayText + "\nMenu\n\nAbout\n\nContact\n\nJobs\n\nHelp\n\nShop\n\nTerms\n\n" + dialog);
  EXPECT_EQ(article.headline(), "Board moves the ferry landing to the old quay");
  EXPECT_EQ(article.body().find("cookies"), std::string::npos);
}

TEST(HeadlineTest, IsFoundInScriptsWithoutSpaces) {
  const std::string text =
      "港湾委員会は火曜日、渡し船の乗り場を春までに古い埠頭へ移すことを決めた。反対はなかった。\n\n"
      "委員長のキルさんは、工事の間も渡し船は止まらないと話した。市民の声を聞いた結果だという。\n";
  EXPECT_EQ(ReadPage("社会\n\n渡し船の乗り場、古い埠頭へ移転\n\n2025年3月3日 14:20\n\n" + text)
                .headline(),
            "渡し船の乗り場、古い埠頭へ移転");
}

// A standfirst without a full stop was taken for the headline above it.
TEST(HeadlineTest, LongerLineBetweenItAndTheAuthorIsTheStandfirst) {
  const struct {
    const char* above;
    const char* headline;
  } kRows[] = {
      {"Harbour\n\nFerry landing moves\n\n"
       "The board and the town will shift the boats to the old quay before spring comes\n\n"
       "By Ines Okonkwo • 3/4/25 4:23pm",
       "Ferry landing moves"},
      {"Old quay gets its boats back\n\n"
       "Harbour board votes to move the ferry landing while its pier is built anew in spring\n\n"
       "3 March 2025, 14:20",
       "Old quay gets its boats back"},
      {"News | Coast\n\nQuay wins the ferry\n\n"
       "Grain ships left it eleven years ago and the board now wants its boats to land there\n\n"
       "Von Ines Okonkwo",
       "Quay wins the ferry"},
  };
  for (const auto& row : kRows) EXPECT_EQ(HeadlineAbove(row.above), row.headline);
}

// A teaser of another article above the headline was taken for it.
TEST(HeadlineTest, TeaserUnderItsLabelIsNone) {
  for (const char* label : {"TOP STORY", "Breaking news", "Most read", "Eilmeldung", "À la une",
                            "Lo más leído", "Leggi anche", "Trending now:"}) {
    EXPECT_EQ(HeadlineAbove(std::string(label) +
                            "\n\nFerries of Norhaven will stop running to the harbour board\n\n"
                            "Coast\n\nOld quay wins the boats\n\nBy Ines Okonkwo\n\n3 March 2025"),
              "Old quay wins the boats")
        << label;
  }
}

// A path through the site was taken for the headline.
TEST(HeadlineTest, PathThroughTheSiteIsNone) {
  for (const char* path : {"You are here: Home » Harbour » Ferry landing moves to the quay",
                           "Home > Harbour board > Ferry landing moves to the quay",
                           "Harbour › Ferries › Ferry landing moves to the quay",
                           "Startseite / Hafen / Ferry landing moves to the quay",
                           "Accueil » Ferry landing moves to the quay"}) {
    EXPECT_EQ(
        HeadlineAbove(std::string(path) + "\n\nFerry landing moves to the quay\n\nBy Ines Okonkwo"),
        "Ferry landing moves to the quay")
        << path;
    // Its last part speaks for the line that repeats it.
    EXPECT_EQ(
        HeadlineAbove(std::string(path) + "\n\nWhat the harbour board thinks of the ferries\n\n"
                                          "Ferry landing moves to the quay\n\nInes Okonkwo"),
        "Ferry landing moves to the quay")
        << path;
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
