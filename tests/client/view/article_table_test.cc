// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/article_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/status_matchers.h"

namespace broadsheet::client {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

v1::Article Sample() {
  v1::Article article;
  article.set_id("a1");
  article.set_headline("Boats, \"big\" ones");
  article.add_bylines()->set_name("Ada Quill");
  article.add_bylines()->set_name("Tom Oar");
  article.mutable_published_time()->set_seconds(1718784000);  // 2024-06-19T08:00:00Z
  article.set_published_precision(v1::DATE_PRECISION_INSTANT);
  article.set_published_offset_minutes(-240);
  return article;
}

TEST(ArticleTableTest, CellsAreQuotedAsRfc4180Says) {
  const auto columns = ColumnsOf("id,headline,bylines,published");
  ASSERT_OK(columns);
  EXPECT_EQ(HeaderLine(*columns, TableForm::kCsv), "id,headline,bylines,published\r\n");
  EXPECT_EQ(ArticleLine(Sample(), *columns, TableForm::kCsv),
            "a1,\"Boats, \"\"big\"\" ones\",Ada Quill; Tom Oar,2024-06-19T04:00:00-04:00\r\n");
  EXPECT_EQ(TableLine({"two\nlines", ""}, TableForm::kCsv), "\"two\nlines\",\r\n");
}

// An article's headline must not run in the spreadsheet of a reader.
TEST(ArticleTableTest, NoCellOfCsvIsAFormula) {
  EXPECT_EQ(TableLine({"=HYPERLINK(1)", "+1", "-1", "@x", " =1", "a=b"}, TableForm::kCsv),
            "'=HYPERLINK(1),'+1,'-1,'@x,' =1,a=b\r\n");
  EXPECT_EQ(TableLine({"\t=1", "\n=1"}, TableForm::kCsv), "' =1,\"'\n=1\"\r\n");
}

TEST(ArticleTableTest, TsvIsToTheLetterButForTabsAndLineEnds) {
  EXPECT_EQ(TableLine({"=1", "a\tb\nc", "x,\"y\""}, TableForm::kTsv), "=1\ta b c\tx,\"y\"\n");
}

TEST(ArticleTableTest, MarksThatTurnRoundTextAreLeftOut) {
  EXPECT_EQ(TableLine({"a\u202eb\x1b[2J"}, TableForm::kCsv), "ab [2J\r\n");
}

TEST(ArticleTableTest, ADateIsAsExactAsItIsStated) {
  const auto columns = ColumnsOf("published");
  ASSERT_OK(columns);
  v1::Article article = Sample();
  article.set_published_offset_minutes(0);
  const auto cell = [&](v1::DatePrecision precision) {
    article.set_published_precision(precision);
    return ArticleLine(article, *columns, TableForm::kTsv);
  };
  EXPECT_EQ(cell(v1::DATE_PRECISION_DAY), "2024-06-19\n");
  EXPECT_EQ(cell(v1::DATE_PRECISION_MONTH), "2024-06\n");
  EXPECT_EQ(cell(v1::DATE_PRECISION_YEAR), "2024\n");
  EXPECT_EQ(cell(v1::DATE_PRECISION_NO_ZONE), "2024-06-19T08:00:00\n");
  EXPECT_EQ(ArticleLine(v1::Article(), *columns, TableForm::kTsv), "\n");
}

TEST(ArticleTableTest, ColumnsAreNamedAsInQueriesTooAndAskForWhatTheyNeed) {
  const auto columns = ColumnsOf("byline, tag,published,captions,credit");
  ASSERT_OK(columns);
  EXPECT_EQ(columns->size(), 5U);
  EXPECT_THAT(MaskOf(*columns).paths(),
              ElementsAre("id", "bylines", "tags", "published_time", "published_precision",
                          "published_offset_minutes", "captions"));
}

TEST(ArticleTableTest, AnUnknownColumnIsMended) {
  const auto columns = ColumnsOf("id,headlnie");
  EXPECT_THAT(std::string(columns.status().message()),
              HasSubstr("no field \"headlnie\"; did you mean headline?"));
  EXPECT_THAT(std::string(ColumnsOf("id,,url").status().message()), HasSubstr("no field \"\""));
}

}  // namespace
}  // namespace broadsheet::client
