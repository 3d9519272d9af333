// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/columns/article_columns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "engine/schema/published_time.h"

namespace broadsheet::storage {
namespace {

using schema::FieldId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> ReadableValues(const v1::Article& article) {
  std::vector<std::string> readable;
  for (const std::string& bytes : ColumnsOf(article).values) {
    const FieldValue value = DecodeValue(bytes);
    readable.push_back(absl::StrCat(std::string(schema::FieldOf(value.field).name), " ",
                                    std::string(value.folded), " = ", std::string(value.spelling)));
  }
  return readable;
}

StatedDate DateFrom(const std::string& text) {
  v1::Article article;
  schema::SetPublishedTime(schema::ParsePublishedTime(text).value(), &article);
  return ColumnsOf(article).date;
}

TEST(ArticleColumnsTest, HasTheWholeValuesOfEveryFieldThatHasFacets) {
  v1::Article article;
  article.add_tags("Seed Libraries");
  article.add_bylines()->set_name("Ana Núñez");
  article.set_section("Garden");
  article.set_source("The Harbour Post");
  article.set_language("en");
  article.set_headline("is no whole value");
  EXPECT_THAT(ReadableValues(article),
              ElementsAre("byline ana nunez = Ana Núñez", "tag seed libraries = Seed Libraries",
                          "section garden = Garden", "source the harbour post = The Harbour Post",
                          "language en = en"));
}

TEST(ArticleColumnsTest, HasAValueOnceHoweverOftenItIsSpelled) {
  v1::Article article;
  for (const char* tag : {"Budget", "BUDGET", " budget ", "Aid", " \t", ""}) article.add_tags(tag);
  EXPECT_THAT(ReadableValues(article), ElementsAre("tag aid = Aid", "tag budget = Budget"));
}

TEST(ArticleColumnsTest, AnArticleInARegionsLanguageIsInTheLanguageToo) {
  v1::Article article;
  article.set_language("pt-BR");
  EXPECT_THAT(ReadableValues(article), ElementsAre("language pt = pt", "language pt-br = pt-BR"));
}

TEST(ArticleColumnsTest, KnowsWhatADateStates) {
  const StatedDate instant = DateFrom("2024-06-19T23:30:00-04:00");
  EXPECT_TRUE(instant.has_time());
  EXPECT_EQ(instant.day(), absl::CivilDay(2024, 6, 19));
  EXPECT_TRUE(DateFrom("2024-06-19T23:30:00").has_time());
  EXPECT_TRUE(DateFrom("2024-06-19").has_day());
  EXPECT_FALSE(DateFrom("2024-06-19").has_time());
  EXPECT_TRUE(DateFrom("2024-06").has_month());
  EXPECT_FALSE(DateFrom("2024-06").has_day());
  EXPECT_TRUE(DateFrom("2024").dated());
  EXPECT_FALSE(DateFrom("2024").has_month());
  EXPECT_FALSE(ColumnsOf(v1::Article()).date.dated());
}

TEST(ArticleColumnsTest, DatesAreWrittenAndRead) {
  const StatedDate written[] = {{},
                                DateFrom("2024-06-19T23:30:00-04:00"),
                                DateFrom("1889-01-02"),
                                DateFrom("9999-12-31T23:59:59+14:00"),
                                DateFrom("0001-01-01T00:00:00-18:00")};
  for (const StatedDate& date : written) EXPECT_EQ(DecodeDate(EncodeDate(date)), date);
  // What is no date of ours is none.
  EXPECT_FALSE(DecodeDate(7).dated());
  EXPECT_FALSE(DecodeDate(6).dated());
}

TEST(ArticleColumnsTest, ASlotIsWrittenAndRead) {
  v1::Article article;
  article.add_tags("Ferry");
  article.add_tags("Ångström");
  schema::SetPublishedTime(schema::ParsePublishedTime("2024-06").value(), &article);
  const ArticleColumns columns = ColumnsOf(article);
  EXPECT_EQ(DecodeColumns(EncodeColumns(columns)), columns);
  EXPECT_EQ(DecodeColumns(EncodeColumns({})), ArticleColumns());
}

TEST(ArticleColumnsTest, ASlotThatIsCutIsNone) {
  v1::Article article;
  article.add_tags("Ferry");
  const std::string slot = EncodeColumns(ColumnsOf(article));
  for (size_t bytes = 0; bytes < slot.size(); ++bytes) {
    // But where a value would begin.
    if (bytes == sizeof(uint64_t)) continue;
    EXPECT_FALSE(DecodeColumns(slot.substr(0, bytes)).has_value()) << bytes;
  }
  EXPECT_THAT(DecodeValue("").folded, IsEmpty());
  EXPECT_THAT(DecodeValue("Kno end").folded, IsEmpty());
}

}  // namespace
}  // namespace broadsheet::storage
