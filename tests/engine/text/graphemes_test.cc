// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/graphemes.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "engine/text/char_class.h"

namespace broadsheet::text {
namespace {

// The text with a bar wherever it may be cut.
std::string Cuts(std::string_view text) {
  Graphemes graphemes;
  std::string cut;
  for (size_t pos = 0; pos < text.size();) {
    if (pos > 0) {
      EXPECT_EQ(graphemes.CutBefore(text, pos) == pos, graphemes.CutAfter(text, pos) == pos);
      if (graphemes.CutBefore(text, pos) == pos) cut += "|";
    }
    const size_t end = CharacterAt(text, pos).end;
    cut += text.substr(pos, end - pos);
    pos = end;
  }
  return cut;
}

TEST(GraphemesTest, FallBetweenCharactersAsReadersSeeThem) {
  EXPECT_EQ(Cuts("ab, “c”"), "a|b|,| |“|c|”");
  EXPECT_EQ(Cuts("cafe\u0301s"), "c|a|f|e\u0301|s") << "combining accent";
  EXPECT_EQ(Cuts("กำน"), "กำ|น") << "Thai vowel sign that is a letter to Unicode";
  EXPECT_EQ(Cuts("हिन्"), "हि|न्") << "vowel sign and virama";
  EXPECT_EQ(Cuts("\u1112\u1161\u11ab글"), "\u1112\u1161\u11ab|글") << "a syllable spelt out";
  EXPECT_EQ(Cuts("a\r\nb"), "a|\r\n|b");
}

TEST(GraphemesTest, NeverSplitEmoji) {
  EXPECT_EQ(Cuts("x👩‍👩‍👧y"), "x|👩‍👩‍👧|y")
      << "joined by zero-width joiners";
  EXPECT_EQ(Cuts("👍🏽❤️"), "👍🏽|❤️") << "skin tone, variation selector";
  EXPECT_EQ(Cuts("🇩🇪🇫🇷"), "🇩🇪|🇫🇷") << "flags are pairs, counted from the first";
  EXPECT_EQ(Cuts("1️⃣2"), "1️⃣|2") << "keycap";
}

TEST(GraphemesTest, TheEndsOfATextAreCuts) {
  Graphemes graphemes;
  EXPECT_EQ(graphemes.CutBefore("é", 0), 0u);
  EXPECT_EQ(graphemes.CutAfter("é", 2), 2u);
  EXPECT_EQ(graphemes.CutAfter("", 0), 0u);
}

TEST(GraphemesTest, CutsOnBothSidesOfACluster) {
  Graphemes graphemes;
  const std::string_view text = "ae\u0301b";
  EXPECT_EQ(graphemes.CutBefore(text, 2), 1u);
  EXPECT_EQ(graphemes.CutAfter(text, 2), 4u);
}

TEST(GraphemesTest, LooksAtABoundedPieceOfAnEndlessCluster) {
  std::string text = "a";
  for (int i = 0; i < 100'000; ++i) text += "\u0301";
  Graphemes graphemes;
  EXPECT_LE(graphemes.CutAfter(text, 100'001), 100'001u + 512);
}

}  // namespace
}  // namespace broadsheet::text
