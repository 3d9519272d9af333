// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/field_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "engine/schema/article_texts.h"

namespace broadsheet::schema {
namespace {

using ::testing::ElementsAre;

v1::Article Sample() {
  v1::Article article;
  article.set_id("id-1");
  article.set_headline("the headline");
  article.set_summary("the summary");
  article.set_body("the body");
  article.add_bylines()->set_name("first byline");
  article.add_bylines()->set_name("second byline");
  for (const std::string number : {"0", "1", "2"}) {
    v1::Caption* caption = article.add_captions();
    if (number != "1") caption->set_text("caption " + number);
    caption->set_credit("credit " + number);
  }
  article.add_tags("first tag");
  article.add_tags("second tag");
  article.set_section("the section");
  article.set_source("the source");
  article.set_language("en-GB");
  article.set_dateline("the dateline");
  article.mutable_published_time()->set_seconds(1);
  return article;
}

std::vector<std::string> ValuesIn(const v1::Article& article, FieldId field) {
  std::vector<std::string> values;
  ForEachValue(article, field, [&](int index, const std::string& value) {
    values.push_back(std::to_string(index) + " " + value);
  });
  return values;
}

TEST(FieldValuesTest, EveryFieldHasItsRow) {
  for (const Field& field : Fields()) EXPECT_EQ(ValuesOf(field.id).field, field.id) << field.name;
}

TEST(FieldValuesTest, EveryRowNamesAFieldOfArticle) {
  for (const Field& field : Fields()) {
    const int number = ValuesOf(field.id).article_field;
    EXPECT_NE(v1::Article::descriptor()->FindFieldByNumber(number), nullptr) << field.name;
  }
}

TEST(FieldValuesTest, EachValueComesWithItsIndexAndNoneIsEmpty) {
  const v1::Article article = Sample();
  EXPECT_THAT(ValuesIn(article, FieldId::kHeadline), ElementsAre("0 the headline"));
  EXPECT_THAT(ValuesIn(article, FieldId::kByline),
              ElementsAre("0 first byline", "1 second byline"));
  EXPECT_THAT(ValuesIn(article, FieldId::kCaption), ElementsAre("0 caption 0", "2 caption 2"));
  EXPECT_THAT(ValuesIn(article, FieldId::kCredit),
              ElementsAre("0 credit 0", "1 credit 1", "2 credit 2"));
  EXPECT_THAT(ValuesIn(article, FieldId::kLanguage), ElementsAre("0 en-GB"));
  EXPECT_THAT(ValuesIn(article, FieldId::kId), ElementsAre("0 id-1"));
  EXPECT_THAT(ValuesIn(article, FieldId::kDate), ElementsAre());
  for (const Field& field : Fields()) {
    EXPECT_THAT(ValuesIn(v1::Article(), field.id), ElementsAre()) << field.name;
  }
}

// A fragment names a field and an index, by which its reader finds the text.
TEST(FieldValuesTest, WhatIsSearchedByWordsOrShownHasANameOfItsOwnInFragments) {
  std::set<std::string_view> names;
  for (const Field& field : Fields()) {
    const std::string_view name = ValuesOf(field.id).shown_as;
    if (field.run_place > 0) {
      EXPECT_NE(name, "") << field.name;
    }
    if (!name.empty()) {
      EXPECT_TRUE(names.insert(name).second) << name;
    }
  }
}

TEST(ArticleTextsTest, StandInTheOrderOfTheirPlacesInARun) {
  const v1::Article article = Sample();
  std::vector<std::string> texts;
  for (const ArticleText& one : TextsOf(article)) {
    EXPECT_EQ(one.text, ValuesOf(one.field).at(article, one.index));
    texts.emplace_back(one.text);
  }
  EXPECT_THAT(texts, ElementsAre("the headline", "the summary", "the body", "caption 0", "credit 0",
                                 "credit 1", "caption 2", "credit 2", "first tag", "second tag",
                                 "first byline", "second byline", "the dateline"));
}

}  // namespace
}  // namespace broadsheet::schema
