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

#include "tests/testing/shared_data.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::sources::page {
namespace {

using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::SharedData;
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

}  // namespace
}  // namespace broadsheet::sources::page
