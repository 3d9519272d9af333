// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/prevailing_language.h"

#include <gtest/gtest.h>

namespace broadsheet::indexing {
namespace {

TEST(PrevailingLanguageTest, IsThatOfMoreThanHalfOfTheArticlesThatHaveOne) {
  EXPECT_EQ(PrevailingLanguage({{"en", 1}}), "en");
  EXPECT_EQ(PrevailingLanguage({{"de", 2}, {"en", 3}}), "en");
  EXPECT_EQ(PrevailingLanguage({{"de", 3}, {"en", 2}, {"fr", 1}}), "") << "half is not more";
  EXPECT_EQ(PrevailingLanguage({{"de", 4}, {"en", 2}, {"fr", 1}}), "de");
}

TEST(PrevailingLanguageTest, ArticlesWithoutOneHaveNoSay) {
  EXPECT_EQ(PrevailingLanguage({{"", 1000}, {"en", 2}, {"fr", 1}}), "en");
  EXPECT_EQ(PrevailingLanguage({{"", 1000}}), "");
  EXPECT_EQ(PrevailingLanguage({}), "");
}

}  // namespace
}  // namespace broadsheet::indexing
