// SPDX-License-Identifier: GPL-3.0-or-later
// The sample pages against what a person reads in them, the reference page when it is there, and
// small pages for single rules.
#include "indexer/sources/plain_text/read_page.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/indexer/sources/told_bylines.h"
#include "tests/testing/shared_data.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources::page {
namespace {

using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::SharedData;
using ::broadsheet::testing::ToldBylines;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class SamplePageTest : public ::testing::TestWithParam<const char*> {};

// The expectations leave out what follows from others: the dateline stands in the body, and an
// instant is compared as such.
TEST_P(SamplePageTest, IsReadAsAPersonReadsIt) {
  const std::filesystem::path root = BROADSHEET_SOURCE_DIR;
  const std::string name = GetParam();
  const std::filesystem::path page = root / "examples/articles/pages" / (name + ".txt");
  const std::filesystem::path expected_file =
      root / "tests/testing/data/pages" / (name + ".expected.json");
  ASSERT_TRUE(std::filesystem::exists(page)) << page;
  v1::Article expected;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(ReadFile(expected_file), &expected).ok());
  v1::Article got = ReadPage(ReadFile(page));
  got.clear_dateline();
  got.clear_published_offset_minutes();
  google::protobuf::util::MessageDifferencer differencer;
  std::string differences;
  differencer.ReportDifferencesToString(&differences);
  EXPECT_TRUE(differencer.Compare(expected, got)) << differences;
}

INSTANTIATE_TEST_SUITE_P(Pages, SamplePageTest,
                         ::testing::Values("hospital-choir", "lighthouse-handover", "night-train",
                                           "school-bees", "seed-library"));

TEST(ReferencePageTest, IsReadWithoutItsFurniture) {
  const std::filesystem::path file = SharedData() / "seeds/000_36508fdd0623717b.txt";
  SKIP_UNLESS_PRESENT(file);
  const v1::Article article = ReadPage(ReadFile(file));
  EXPECT_EQ(article.headline(), "Russia-North Korea partnership sends warning to West");
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_THAT(article.captions(0).text(), HasSubstr("during a signing ceremony"));
  EXPECT_EQ(article.captions(0).credit(),
            "Kristina Kormilitsyna, Sputnik, Kremlin Pool Photo via AP");
  EXPECT_THAT(article.bylines(), IsEmpty());
  EXPECT_THAT(article.tags(), ElementsAre("Kim Jong Un", "Victor Cha", "Vladimir Putin"));
  EXPECT_THAT(article.copyright(), StartsWith("Copyright 2023"));
  EXPECT_THAT(article.copyright(), EndsWith("redistributed."));
  EXPECT_THAT(article.body(), StartsWith("Russia and North Korea strengthened an alliance"));
  EXPECT_THAT(article.body(), EndsWith("doesn’t already have.”"));
  for (const char* furniture : {"Main Area Top", "More Defense News", "See All", "Load more",
                                "Most Popular", "Regular the hill posts", "Tags"}) {
    EXPECT_THAT(article.DebugString(), Not(HasSubstr(furniture)));
  }
  EXPECT_FALSE(article.has_published_time());
}

constexpr const char* kBody =
    "The harbour board voted on Tuesday to move the ferry landing to the old quay by spring.\n\n"
    "Ada Quill, who chairs the board, said that the ferries would not stop running meanwhile.\n\n"
    "“We asked everybody, and everybody had an answer,” she said after the long meeting.\n";

v1::Article ReadAround(const std::string& above, const std::string& below = "") {
  return ReadPage(above + "\n\n" + kBody + "\n" + below);
}

TEST(ReadPageTest, PlainPageIsHeadlineAndBody) {
  const v1::Article article = ReadAround("Harbour board moves the ferry landing");
  EXPECT_EQ(article.headline(), "Harbour board moves the ferry landing");
  EXPECT_EQ(article.body() + "\n", kBody);
  EXPECT_THAT(article.bylines(), IsEmpty());
  EXPECT_THAT(article.captions(), IsEmpty());
  EXPECT_EQ(article.copyright(), "");
  EXPECT_FALSE(article.has_published_time());
}

TEST(ReadPageTest, PhotoCreditIsNoByline) {
  const v1::Article article = ReadAround(
      "Harbour board moves the ferry landing\n\nThe ferry at the old quay\nJo Bell/The Lantern\n"
      "The ferry at the old quay on Monday, where it will land from spring on.");
  EXPECT_THAT(article.bylines(), IsEmpty());
  ASSERT_EQ(article.captions_size(), 1);
  EXPECT_EQ(article.captions(0).credit(), "Jo Bell/The Lantern");
  EXPECT_THAT(article.captions(0).text(), EndsWith("from spring on."));
}

TEST(ReadPageTest, MenusAboveAndListsBelowAreLeftOut) {
  const v1::Article article = ReadAround(
      "Skip to content\nHome\nNews\nSport\n\nHarbour board moves the ferry landing\n\nShare",
      "More Local News\n\nTuba found\n\nSee All\n\nMost Popular\n\nPancake race\n");
  EXPECT_EQ(article.headline(), "Harbour board moves the ferry landing");
  EXPECT_EQ(article.body() + "\n", kBody);
}

TEST(ReadPageTest, CopyrightEndsWithItsLastSentence) {
  EXPECT_EQ(ReadAround("Harbour board moves the ferry landing",
                       "© 2025 Lantern Press. All rights reserved. Regular posts below")
                .copyright(),
            "© 2025 Lantern Press. All rights reserved.");
  EXPECT_EQ(ReadAround("Harbour board moves the ferry landing", "© 2025 Lantern Press").copyright(),
            "© 2025 Lantern Press");
}

TEST(ReadPageTest, RelativeTimeIsNoDate) {
  EXPECT_FALSE(ReadAround("Harbour board moves the ferry landing\n\nPublished\n3 days ago")
                   .has_published_time());
}

TEST(ReadPageTest, PageWithoutParagraphsKeepsItsWords) {
  const v1::Article article = ReadPage("Ferry cancelled\n\nNo boats today.\n");
  EXPECT_EQ(article.headline(), "Ferry cancelled");
  EXPECT_EQ(article.body(), "No boats today.");
}

TEST(ReadPageTest, AnythingAtAllIsSurvived) {
  for (const std::string& text :
       {std::string(), std::string("\n\n\n"), std::string("x"), std::string(200000, 'x'),
        std::string(50000, '\n'), std::string("Tags"), std::string("©"), std::string("Photo: "),
        std::string("By "), std::string("(((((((\n)))))))\n....\n")}) {
    ReadPage(text);
  }
}

struct MemoCase {
  const char* head;
  const char* headline;
  const char* bylines;
};

// A bug once: the headline of a memorandum was a line of its head, "TO: Members of the board", and
// its subject became a caption.
TEST(ReadPageTest, TheSubjectOfAHeadIsTheHeadline) {
  constexpr MemoCase kCases[] = {
      {"MEMORANDUM\n\nTO:      Members of the board\nFROM:    Jane Doe, director of "
       "harbours\nDATE:    March 2, 2026\nSUBJECT: RE: FW: Ferry terminal is to close",
       "Ferry terminal is to close", "Jane Doe [director of harbours]"},
      {"From: Jane Doe\nDate: 2 March 2026\nSubject: Old quay opens again", "Old quay opens again",
       "Jane Doe"},
      {"TO: All editors\nFROM: Harbour board\nDATE: March 2, 2026\nRE: The old ferry",
       "The old ferry", ""},
      {"PRESS RELEASE\nFOR IMMEDIATE RELEASE\n\nFrom: Varnholm Harbour Office\nDate: 2 March "
       "2026\nSubject: Fwd: Mill turns at last",
       "Mill turns at last", ""},
      {"Von: Anna Bredal\nAn: Alle Redaktionen\nDatum: 2. M\u00e4rz 2026\nBetreff: AW: "
       "F\u00e4hrhafen schlie\u00dft",
       "F\u00e4hrhafen schlie\u00dft", "Anna Bredal"},
      {"De : Marie Leroy\n\u00c0 : Les r\u00e9dactions\nDate : 2 mars 2026\nObjet : Le bac "
       "s'arr\u00eate",
       "Le bac s'arr\u00eate", "Marie Leroy"},
      {"Para: Redacciones\nDe: Ana Ruiz\nFecha: 2 de marzo de 2026\nAsunto: RE: El ferri para",
       "El ferri para", "Ana Ruiz"},
      {"TO: Staff\nCC: Board\nFROM: Tom Quill\nDATE: March 2, 2026\nSUBJECT:\nLamps for the wall",
       "Lamps for the wall", "Tom Quill"},
  };
  for (const MemoCase& row : kCases) {
    const v1::Article article = ReadPage(
        std::string(row.head) +
        "\n\nThe harbour board voted on Tuesday to close the old ferry terminal, which has served "
        "the islands for eighty years.\n\nThe council met on Tuesday, and its members asked for a "
        "vote before the summer.\n");
    EXPECT_EQ(article.headline(), row.headline) << row.head;
    EXPECT_EQ(ToldBylines(article.bylines()), row.bylines) << row.head;
    EXPECT_THAT(article.captions(), IsEmpty()) << row.head;
    EXPECT_EQ(article.published_time().seconds(), 1772409600) << row.head;
    EXPECT_THAT(article.body(), StartsWith("The harbour board voted")) << row.head;
    EXPECT_THAT(article.body(), EndsWith("before the summer.")) << row.head;
  }
}

TEST(ReadPageTest, LinesLikeThoseOfAHeadAreHeadlinesToo) {
  for (const char* headline :
       {"Subject: matter of the day", "From: the harbour To: the hills", "Re: your ferry"}) {
    const v1::Article article = ReadPage(
        std::string(headline) +
        "\n\nBy Jane Doe\n\nThe harbour board voted on Tuesday to close the old ferry terminal, "
        "which has served the islands for eighty years.\n\nThe council met on Tuesday, and its "
        "members asked for a vote before the summer.\n");
    EXPECT_EQ(article.headline(), headline);
    EXPECT_EQ(ToldBylines(article.bylines()), "Jane Doe");
  }
}

}  // namespace
}  // namespace broadsheet::sources::page
