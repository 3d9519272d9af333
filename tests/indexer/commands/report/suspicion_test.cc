// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/suspicion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "indexer/commands/report/repeats.h"

namespace broadsheet::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const absl::Time kToday = absl::FromUnixSeconds(1'800'000'000);

std::string Words(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "word ";
  return text + "end.";
}

v1::Article Article(const std::string& headline, const std::string& body) {
  v1::Article article;
  article.set_headline(headline);
  article.set_body(body);
  article.mutable_published_time()->set_seconds(1'700'000'000);
  article.set_published_precision(v1::DATE_PRECISION_DAY);
  return article;
}

TEST(SuspicionTest, AWholeArticleIsNotSuspicious) {
  EXPECT_THAT(SuspicionsOf(Article("Head", Words(60)), kToday), IsEmpty());
}

TEST(SuspicionTest, SaysWhatIsMissing) {
  EXPECT_THAT(SuspicionsOf(v1::Article(), kToday),
              ElementsAre(Suspicion::kNoText, Suspicion::kNoHeadline, Suspicion::kUndated));
  EXPECT_THAT(SuspicionsOf(Article("Head", Words(10)), kToday), ElementsAre(Suspicion::kShort));
}

TEST(SuspicionTest, ATextThatBreaksOffIsAnExcerpt) {
  for (const char* end : {" and then...", " and then …", " and then [...]", " and then […]\n"}) {
    EXPECT_THAT(SuspicionsOf(Article("Head", Words(60) + end), kToday),
                ElementsAre(Suspicion::kBreaksOff))
        << end;
  }
}

TEST(SuspicionTest, ADateInTheFutureIsNotThatOfTomorrow) {
  v1::Article article = Article("Head", Words(60));
  article.mutable_published_time()->set_seconds(1'800'000'000 + 86'400);
  EXPECT_THAT(SuspicionsOf(article, kToday), IsEmpty());
  article.mutable_published_time()->set_seconds(1'800'000'000 + 10 * 86'400);
  EXPECT_THAT(SuspicionsOf(article, kToday), ElementsAre(Suspicion::kFutureDate));
}

TEST(RepeatsTest, WhatManyArticlesShareStandsOut) {
  ArticleRepeats repeats;
  for (uint64_t i = 1; i <= 4; ++i) {
    v1::Article article =
        Article(i < 4 ? "Same" : "Other", "First " + std::to_string(i) + ".\n\nSubscribe now.");
    article.add_bylines()->set_name("Staff");
    repeats.Add(article, i);
  }
  const std::vector<RepeatedValue> found = repeats.Find();
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_EQ(found[0].sentence, "have the same headline");
  EXPECT_EQ(found[0].repeat.sample, "Same");
  EXPECT_EQ(found[0].repeat.articles, 3U);
  EXPECT_THAT(found[0].repeat.first, ElementsAre(1U, 2U, 3U));
  EXPECT_EQ(found[1].repeat.sample, "Subscribe now.");
  EXPECT_EQ(found[1].repeat.articles, 4U);
  EXPECT_EQ(found[2].repeat.sample, "Staff");
}

TEST(RepeatsTest, TwoAreChanceAndSomeBylinesAreNotEverywhere) {
  ArticleRepeats repeats;
  for (uint64_t i = 1; i <= 8; ++i) {
    v1::Article article = Article(i <= 2 ? "Same" : "Other " + std::to_string(i), "Text.");
    article.add_bylines()->set_name(i <= 3 ? "Inga Bredal" : "Name " + std::to_string(i));
    repeats.Add(article, i);
  }
  EXPECT_THAT(repeats.Find(), IsEmpty());
}

TEST(RepeatsTest, MemoryIsBounded) {
  RepeatCounter counter;
  for (size_t i = 0; i < RepeatCounter::kMaxValues + 10; ++i) counter.Add(std::to_string(i), i);
  for (int i = 0; i < 3; ++i) counter.Add("beyond", 1);
  EXPECT_THAT(counter.MostFrequent(2, 10), IsEmpty());
  for (size_t i = 0; i < 100; ++i) counter.Add("5", i);
  ASSERT_THAT(counter.MostFrequent(2, 10), SizeIs(1));
  EXPECT_THAT(counter.MostFrequent(2, 10)[0].first, SizeIs(RepeatCounter::kMaxFirst));
}

}  // namespace
}  // namespace broadsheet::commands
