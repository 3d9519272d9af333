// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/fixed_texts.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "engine/text/fold.h"

namespace broadsheet::sources::page {
namespace {

TEST(FixedTextsTest, HasWholeTextsHoweverTheyAreWritten) {
  constexpr auto kTexts = std::to_array<std::string_view>({"Fähre Pier", "ÉTÉ"});
  const FixedTexts texts(kTexts);
  EXPECT_TRUE(texts.Has(text::FoldValue("fähre  PIER")));
  EXPECT_TRUE(texts.Has(text::FoldValue("été")));
  EXPECT_FALSE(texts.Has("pier"));
  EXPECT_FALSE(texts.Has("港口"));
}

// Traditional characters fold to simplified ones, narrow kana to wide ones.
TEST(FixedTextsTest, HasTextsInChineseAndJapanese) {
  constexpr auto kTexts = std::to_array<std::string_view>({"pier", "港灣", "シェア", "ﾌｪﾘｰ"});
  const FixedTexts texts(kTexts);
  EXPECT_TRUE(texts.Has(text::FoldValue("港湾")));
  EXPECT_TRUE(texts.Has(text::FoldValue("ｼｪｱ")));
  EXPECT_TRUE(texts.Has(text::FoldValue("フェリー")));
  EXPECT_TRUE(texts.Has("pier"));
  EXPECT_FALSE(texts.Has("港"));
}

}  // namespace
}  // namespace broadsheet::sources::page
