// SPDX-License-Identifier: GPL-3.0-or-later
// Captions with their credit in one line, and the pages around them.
#include "indexer/sources/plain_text/lines/caption_line.h"

#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/plain_text/read_page.h"

namespace broadsheet::sources::page {
namespace {

CaptionLine ReadLine(const std::string& line) {
  return ReadCaptionLine(SplitPage(line).front()).value_or(CaptionLine{});
}

TEST(CaptionLineTest, KnowsCreditsBehindCaptions) {
  const struct {
    const char* line;
    const char* text;
    const char* credit;
  } kRows[] = {
      {"The quay on Monday.  (AP)", "The quay on Monday.", "AP"},
      {"The quay on Monday.  (Jo Bell/The Lantern)", "The quay on Monday.", "Jo Bell/The Lantern"},
      {"The quay on Monday. (Bild: Jo Bell/Lantern)", "The quay on Monday.", "Jo Bell/Lantern"},
      {"The quay on Monday. (AP Photo/Jo Bell) more >", "The quay on Monday.", "AP Photo/Jo Bell"},
      {"The quay on Monday. (AP)  Share", "The quay on Monday.", "AP"},
      {"The quay on Monday Foto: Jo Bell", "The quay on Monday", "Jo Bell"},
      {"The quay on MondayQuelle: Jo Bell/dpa", "The quay on Monday", "Jo Bell/dpa"},
      {"The quay on Monday. Photo by JO BELL /AFP via Getty Images", "The quay on Monday.",
       "JO BELL /AFP via Getty Images"},
      {"The quay on Monday.AFP", "The quay on Monday.", "AFP"},
      {"The quay on Monday.Jo Bell/dpa", "The quay on Monday.", "Jo Bell/dpa"},
      {"The quay on Monday. Reuters", "The quay on Monday.", "Reuters"},
      {"The quay on Monday.  Getty Images/Jo Bell", "The quay on Monday.", "Getty Images/Jo Bell"},
      {"The quay on Monday.  Jo Bell", "The quay on Monday.", "Jo Bell"},
      {"The quay on Monday  / Jo Bell", "The quay on Monday", "Jo Bell"},
      {"The quay on Monday © dpa | Jo Bell", "The quay on Monday", "dpa, Jo Bell"},
      {"The quay at noon AP Photo/Jo Bell, File", "The quay at noon", "AP Photo/Jo Bell, File"},
      {"Legende:  The quay on Monday.   Keystone", "The quay on Monday.", "Keystone"},
  };
  for (const auto& row : kRows) {
    const CaptionLine read = ReadLine(row.line);
    EXPECT_EQ(read.text, row.text) << row.line;
    EXPECT_EQ(read.credit, row.credit) << row.line;
  }
}

TEST(CaptionLineTest, TextIsNoCaption) {
  for (const char* line :
       {"The harbour board (a body of nine) voted to move the landing.",
        "“We asked everybody,” she told Reuters.", "He moved to the U.S. Navy in May.",
        "The vote was close, said J. Bell.", "Photo: Jo Bell", "(AP)", "Getty Images",
        "Board sues AP over picture of the quay", "The quay and its history (1890-1925)"}) {
    EXPECT_EQ(ReadLine(line).credit, "") << line;
  }
}

constexpr const char* kFerryText =
    "The harbour board voted on Tuesday to move the ferry landing to the old quay by spring.\n\n"
    "Ada Quill, who chairs the board, said that the ferries would not stop running meanwhile.\n\n";

TEST(CaptionLineTest, CaptionBetweenParagraphsIsNoTextOfTheBody) {
  const v1::Article article = ReadPage(
      std::string("Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo\n\n") +
      kFerryText +
      "The empty old quay, where ships loaded grain until eleven years ago.  (Jo Bell/Lantern)\n\n"
      "“We asked everybody, and everybody had an answer,” she said after the long meeting.\n");
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).credit(), "Jo Bell/Lantern");
  EXPECT_EQ(article.body().find("loaded grain"), std::string::npos);
}

TEST(CaptionLineTest, CreditInALineOfItsOwnFindsTheCaptionAcrossBlankLines) {
  const v1::Article article =
      ReadPage(std::string("Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo\n\n") +
               "The empty old quay on Monday\n\n© Jo Bell / Lantern Images\n\n" + kFerryText);
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).text(), "The empty old quay on Monday");
  EXPECT_EQ(article.captions(0).credit(), "Jo Bell / Lantern Images");
}

TEST(CaptionLineTest, CreditsOfAPageStandOnOneSide) {
  const v1::Article article = ReadPage(
      std::string("Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo\n\n") +
      "Image: Jo Bell\n\nThe empty old quay on a cold and rainy Monday\n\n" + kFerryText +
      "A sentence of the text that is short.\n\nImage: Jo Bell\n\n"
      "A ship that loads grain at the old quay eleven years ago\n\n"
      "“We asked everybody, and everybody had an answer,” she said after the long meeting.\n");
  ASSERT_EQ(article.captions_size(), 2);
  EXPECT_EQ(article.captions(1).text(), "A ship that loads grain at the old quay eleven years ago");
}

TEST(CaptionLineTest, BracketMayGoOnInTheNextLines) {
  const v1::Article article = ReadPage(
      std::string("Board moves the ferry landing to the old quay\n\nBy Ines Okonkwo\n\n") +
      kFerryText + "The empty old quay on Monday (\nImage:\nLantern via Getty Images)\n\n" +
      kFerryText);
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).text(), "The empty old quay on Monday");
  EXPECT_EQ(article.captions(0).credit(), "Lantern via Getty Images");
}

TEST(CaptionLineTest, LineBetweenTheTimeAndTheTextNeedsNoCredit) {
  const v1::Article article =
      ReadPage(std::string("Board moves the ferry landing to the old quay\n\nInes Okonkwo\n\n"
                           "3 March 2025, 14:20\n\nThe ferry lands at the old quay.\n\nShare\n\n") +
               kFerryText);
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).text(), "The ferry lands at the old quay.");
}

TEST(CaptionLineTest, MenuWithGapsIsNoCaption) {
  EXPECT_EQ(ReadLine("Startseite  Newsletter  Mediadaten").credit, "");
  EXPECT_EQ(ReadLine("Home | Jobs & Karriere | Kontakt").credit, "");
  EXPECT_EQ(ReadLine("Do you have an account?  Create Account").credit, "");
}

}  // namespace
}  // namespace broadsheet::sources::page
