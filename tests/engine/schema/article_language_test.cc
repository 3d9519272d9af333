// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/article_language.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::schema {
namespace {

TEST(ReadLanguageTest, KeepsTags) {
  for (const char* tag : {"en", "EN", "pt-BR", "zh-Hant-TW", "gsw", "no", "tlh"}) {
    EXPECT_EQ(ReadLanguage(tag), tag);
  }
  EXPECT_EQ(ReadLanguage("pt_BR"), "pt-BR");
}

// Articles that stated "English" or "eng" were not found by `language:en`, and "English" not by the
// forms of its words either.
TEST(ReadLanguageTest, ReadsNamesAndCodesOfThreeLetters) {
  EXPECT_EQ(ReadLanguage("English"), "en");
  EXPECT_EQ(ReadLanguage("english"), "en");
  EXPECT_EQ(ReadLanguage("English (US)"), "en");
  EXPECT_EQ(ReadLanguage("Deutsch"), "de");
  EXPECT_EQ(ReadLanguage("GERMAN"), "de");
  EXPECT_EQ(ReadLanguage("français"), "fr");
  EXPECT_EQ(ReadLanguage("Español"), "es");
  EXPECT_EQ(ReadLanguage("русский"), "ru");
  EXPECT_EQ(ReadLanguage("eng"), "en");
  EXPECT_EQ(ReadLanguage("ENG"), "en");
  EXPECT_EQ(ReadLanguage("deu"), "de");
  EXPECT_EQ(ReadLanguage("ger"), "de");
  EXPECT_EQ(ReadLanguage("fre"), "fr");
  EXPECT_EQ(ReadLanguage("eng-GB"), "en-GB");
}

TEST(ReadLanguageTest, WhatNamesNoLanguageStatesNone) {
  for (const char* stated : {"", "und", "UND", "mul", "zxx", "mis", "und-Latn", "xx", "unknown",
                             "n/a", "Klartext", "en, de", "-", "en en"}) {
    EXPECT_EQ(ReadLanguage(stated), "") << stated;
  }
}

TEST(LanguageNameTest, IsEnglishElseTheTag) {
  EXPECT_EQ(LanguageName("en"), "English");
  EXPECT_EQ(LanguageName("de-AT"), "German");
  EXPECT_EQ(LanguageName("qqx"), "qqx");
}

TEST(PrepareLanguageTest, AnArticleOfUndeterminedLanguageIsReadForIt) {
  v1::Article article;
  article.set_headline("A fire broke out on a boat in the harbour");
  for (const char* stated : {"", "und", "zxx"}) {
    article.set_language(stated);
    PrepareLanguage(&article);
    EXPECT_EQ(article.language(), "en") << stated;
  }
}

TEST(PrepareLanguageTest, AllTextsTellTogether) {
  v1::Article article;
  article.set_headline("Ferries stop");
  article.set_summary("Last boat gone");
  article.set_body("First paragraph.");
  article.add_captions()->set_text("The harbour on Monday");
  article.add_captions()->set_text("Nobody was at the pier");
  PrepareLanguage(&article);
  EXPECT_EQ(article.language(), "en");
}

TEST(AnalysisLanguageTest, IsTheArticlesOwnElseTheAssumedOne) {
  v1::Article article;
  EXPECT_EQ(AnalysisLanguage(article, "en"), "en");
  EXPECT_EQ(AnalysisLanguage(article, ""), "");
  article.set_language("de");
  EXPECT_EQ(AnalysisLanguage(article, "en"), "de");
}

}  // namespace
}  // namespace broadsheet::schema
