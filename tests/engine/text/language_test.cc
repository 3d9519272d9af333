// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/language.h"

#include <gtest/gtest.h>

namespace broadsheet::text {
namespace {

TEST(PrimaryLanguageTest, IsTheFirstSubtagInLowerCase) {
  EXPECT_EQ(PrimaryLanguage("pt-BR"), "pt");
  EXPECT_EQ(PrimaryLanguage("EN_us"), "en");
  EXPECT_EQ(PrimaryLanguage("de"), "de");
  EXPECT_EQ(PrimaryLanguage(""), "");
}

}  // namespace
}  // namespace broadsheet::text
