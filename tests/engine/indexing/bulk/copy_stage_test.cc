// SPDX-License-Identifier: GPL-3.0-or-later
// Which articles of a build are copies of one another.
#include "engine/indexing/bulk/copy_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::indexing {
namespace {

using testing::TestArticle;
using testing::TestIndex;

// `count` words that no other story has, from the word `first` of it on.
std::string Story(const std::string& name, int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i) text += name + std::to_string(i) + " ";
  return text;
}

class CopyStageTest : public ::testing::Test {
 protected:
  void Add(const std::string& id, const std::string& body, const std::string& source,
           const std::string& published = "2024-06-19T10:00:00Z", TestArticle article = {}) {
    article.body = body;
    article.source = source;
    article.published = published;
    index_.Add(id, article);
  }
  // "a b c; x y": the stories that several tell, each by time, the oldest first.
  std::string Stories() {
    const std::shared_ptr<const storage::Generation> generation = index_.Open();
    const storage::CopyTable& copies = generation->copies();
    std::vector<std::string> stories;
    for (uint32_t docid = copies.count(); docid > 0; --docid) {
      if (copies.LinkOf(docid).leader != docid) continue;
      std::vector<std::string> ids;
      copies.ForEachOf(docid, [&](uint32_t copy) {
        EXPECT_EQ(copies.StoryOf(copy), docid);
        ids.push_back(generation->articles().Read(copy)->id());
      });
      stories.push_back(absl::StrJoin(ids, " "));
    }
    return absl::StrJoin(stories, "; ");
  }
  TestIndex index_;
};

TEST_F(CopyStageTest, CopiesAreJoinedInTheOrderOfTheirTimes) {
  Add("late", Story("ferry", 0, 200), "Courier", "2024-06-21");
  Add("first", Story("ferry", 0, 200), "Agency", "2024-06-19");
  Add("second", "CITY HARBOUR / " + Story("ferry", 0, 190), "Mirror", "2024-06-20");
  Add("other", Story("budget", 0, 200), "Mirror", "2024-06-20");
  EXPECT_EQ(Stories(), "first second late");
}

TEST_F(CopyStageTest, OfOneTimeTheLeastIdIsFirst) {
  for (const char* id : {"c", "a", "b"}) Add(id, Story("ferry", 0, 200), std::string(id) + " Post");
  EXPECT_EQ(Stories(), "a b c");
}

TEST_F(CopyStageTest, ACutTextIsACopyAndSoIsOneWithCorrections) {
  Add("first", Story("ferry", 0, 400), "Agency", "2024-06-19");
  Add("cut", Story("ferry", 0, 260), "Courier", "2024-06-20");
  Add("mended",
      Story("ferry", 0, 100) + "n1 " + Story("ferry", 101, 200) + "n2 " + Story("ferry", 302, 98),
      "Mirror", "2024-06-20");
  EXPECT_EQ(Stories(), "first cut mended");
}

// An article that was nearer to a later copy than to the first was not found.
TEST_F(CopyStageTest, AnArticleIsComparedWithAllOfTheStory) {
  Add("first", Story("ferry", 0, 200), "Agency", "2024-06-19");
  Add("second", Story("ferry", 40, 200), "Courier", "2024-06-20");
  Add("third", Story("ferry", 80, 200), "Mirror", "2024-06-21");
  EXPECT_EQ(Stories(), "first second third");
}

TEST_F(CopyStageTest, StoriesDoNotDriftFromCopyToCopy) {
  Add("first", Story("ferry", 0, 200), "Agency", "2024-06-19");
  Add("second", Story("ferry", 60, 200), "Courier", "2024-06-20");
  Add("third", Story("ferry", 125, 200), "Mirror", "2024-06-21");
  Add("fourth", Story("ferry", 125, 200), "Post", "2024-06-21");
  EXPECT_EQ(Stories(), "first second; fourth third");
}

TEST_F(CopyStageTest, AStoryEndsAfterSevenDays) {
  Add("first", Story("ferry", 0, 200), "Agency", "2024-06-01T10:00:00Z");
  Add("within", Story("ferry", 0, 200), "Courier", "2024-06-08T10:00:00Z");
  Add("after", Story("ferry", 0, 200), "Mirror", "2024-06-08T10:00:01Z");
  Add("again", Story("ferry", 0, 200), "Post", "2024-06-09T10:00:00Z");
  EXPECT_EQ(Stories(), "first within; after again");
}

TEST_F(CopyStageTest, FormsThatOneSourceFillsAreStoriesOfTheirOwn) {
  const auto grant = [](const std::string& town) {
    return Story("grant", 0, 100) + town + " " + Story("grant", 101, 100) + town + " " +
           Story("grant", 202, 20);
  };
  Add("one", grant("Aldbury"), "Agency", "2024-06-19");
  Add("two", grant("Bexley"), "Agency", "2024-06-20");
  Add("same", grant("Bexley"), "Agency", "2024-06-21");
  Add("elsewhere", grant("Aldbury"), "Courier", "2024-06-21");
  EXPECT_EQ(Stories(), "one elsewhere; two same");
}

std::string Grant(const std::string& town, int common = 220) {
  return Story("grant", 0, 100) + town + " a b c d " + Story("grant", 105, 100) + town + " e f " +
         Story("grant", 212, common - 212);
}

// A form of the next town was a copy where two sources fill it and one lacks a town.
TEST_F(CopyStageTest, OfOneSourceAStoryHasTheNearest) {
  Add("agency", Grant("Aldbury"), "Agency", "2024-06-19");
  Add("courier", Grant("Aldbury"), "Courier", "2024-06-20");
  Add("next town", Grant("Bexley"), "Courier", "2024-06-20");
  EXPECT_EQ(Stories(), "agency courier");
}

TEST_F(CopyStageTest, WhoeverIsNearerTakesThePlaceOfAnEarlierOne) {
  Add("agency", Grant("Aldbury"), "Agency", "2024-06-19");
  Add("next town", Grant("Bexley"), "Courier", "2024-06-20");
  Add("courier", Grant("Aldbury"), "Courier", "2024-06-21");
  EXPECT_EQ(Stories(), "agency courier");
}

TEST_F(CopyStageTest, TheNearestLeavesAStoryWithWhoeverIsNearerThanItsFirst) {
  Add("agency's other", Grant("Aldbury"), "Agency", "2024-06-19");
  Add("courier", Grant("Bexley"), "Courier", "2024-06-20");
  Add("agency", Grant("Bexley"), "Agency", "2024-06-21");
  EXPECT_EQ(Stories(), "courier agency");
}

TEST_F(CopyStageTest, ASourceMayTellAStoryTwice) {
  Add("agency", Grant("Aldbury"), "Agency", "2024-06-19");
  Add("courier", Grant("Aldbury"), "Courier", "2024-06-20");
  Add("again", Grant("Aldbury", 219), "Courier", "2024-06-21");
  EXPECT_EQ(Stories(), "agency courier again");
}

TEST_F(CopyStageTest, AllOfAStoryThatManyPrintAreFound) {
  std::string story;
  for (int i = 0; i < 50; ++i) {
    const std::string id = "p" + std::to_string(i + 10);
    Add(id, Story("ferry", i % 7, 200), id);
    story += story.empty() ? id : " " + id;
  }
  EXPECT_EQ(Stories(), story);
}

TEST_F(CopyStageTest, ShortTextsHaveToBeEqual) {
  Add("a", Story("ferry", 0, 30), "Agency", "2024-06-19");
  Add("b", Story("ferry", 0, 30), "Courier", "2024-06-20");
  Add("c", Story("ferry", 0, 29), "Mirror", "2024-06-20");
  Add("none", "Photo", "Agency");
  Add("nor", "Photo", "Courier");
  EXPECT_EQ(Stories(), "a b");
}

TEST_F(CopyStageTest, UndatedAndWithheldArticlesStandAlone) {
  Add("a", Story("ferry", 0, 200), "Agency", "2024-06-19");
  Add("undated", Story("ferry", 0, 200), "Courier", "");
  Add("undated too", Story("ferry", 0, 200), "Mirror", "");
  Add("withheld", Story("ferry", 0, 200), "Post", "2024-06-19",
      {.status = v1::Article::STATUS_WITHHELD});
  EXPECT_EQ(Stories(), "");
}

}  // namespace
}  // namespace broadsheet::indexing
