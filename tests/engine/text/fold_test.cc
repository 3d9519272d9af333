// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/fold.h"

#include <gtest/gtest.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "engine/text/normal_form.h"

namespace broadsheet::text {
namespace {

TEST(FoldValueTest, CaseSpacesAndHyphensNeverDecide) {
  EXPECT_EQ(FoldValue("  Kim  Jong-Un "), "kim jong-un");
  EXPECT_EQ(FoldValue("KIM JONG‑UN"), "kim jong-un");
  EXPECT_EQ(FoldValue("Kim\u00A0Jong\tUn\n"), "kim jong un");
}

TEST(FoldValueTest, AccentsAndCompatibilityFormsNeverDecide) {
  EXPECT_EQ(FoldValue("Zoë Brännström"), "zoe brannstrom");
  EXPECT_EQ(FoldValue("ＡＢＣ ﬁnance"), "abc finance");
  EXPECT_EQ(FoldValue("Straße"), "strasse");
}

TEST(FoldValueTest, CurlyQuotesArePlain) {
  EXPECT_EQ(FoldValue("O’Brien"), "o'brien");
  EXPECT_EQ(FoldValue("the “Big” one"), "the \"big\" one");
}

TEST(FoldValueTest, GershayimAndFractionsAreOneHoweverTyped) {
  EXPECT_EQ(FoldValue("צה״ל"), FoldValue("צה\"ל"));
  EXPECT_EQ(FoldValue("צה”ל"), FoldValue("צה\"ל"));
  EXPECT_EQ(FoldValue("½ mile"), FoldValue("1/2 mile"));
}

TEST(FoldValueTest, WaysOfWritingALetterNeverDecide) {
  EXPECT_EQ(FoldValue("臺灣"), FoldValue("台湾"));
  EXPECT_EQ(FoldValue("علی"), FoldValue("علي"));
}

TEST(FoldValueTest, OtherSignsStay) {
  EXPECT_EQ(FoldValue("C++ & C#: 50%"), "c++ & c#: 50%");
  EXPECT_EQ(FoldValue("北京"), "北京");
}

TEST(FoldValueTest, IsIdempotentAndEmptyForBlanks) {
  EXPECT_EQ(FoldValue(FoldValue("  Đoković—‘Été’ ")), FoldValue("  Đoković—‘Été’ "));
  EXPECT_EQ(FoldValue(" \u00AD\u3000"), "");
}

// FoldText() folds piece by piece; FoldAccents() of what CaseFold() gives, all at once.
void ExpectPiecesFoldAsTheWhole(const std::string& text) {
  std::string case_folded;
  CaseFold(text, &case_folded);
  std::string whole;
  FoldAccents(case_folded, &whole);
  std::string in_pieces;
  FoldText(text, &in_pieces);
  ASSERT_EQ(in_pieces, whole) << text;
}

// Texts of characters that join with others, vanish, are ill-formed or fold to several: in pieces
// they fold to what they do as one.
TEST(FoldTextTest, PiecesFoldAsTheWhole) {
  const std::vector<std::string> parts = {
      "e",        "A",      " ",          "\u0301", "\u0308", "\u0327", "\u00AD", "\u200D",
      "é",        "Ё",      "й",          "Ǆ",      "ß",      "ﬁ",      "ｱ",      "ﾞ",
      "ガ",       "か",     "\u3099",     "\u1100", "\u1161", "\u11A8", "각",     "가",
      "ا",        "\u0653", "آ",          "ه",      "\u0654", "ی",      "\u064B", "ש",
      "\u05B8",   "क",      "\u093C",     "\u09C7", "\u09BE", "ে",      "\u0BC6", "ཱི",
      "\u0F71",   "‘",      "”",          "½",      "㎏",     "灣",     "髮",     "\u2126",
      "\u212B",   "ﷺ",      "\u0345",     "α",      "ς",      "\u0130", "\xc3",   "\xff",
      "\xe2\x80", "𝐀",      "\U0001D15E", "😀",      "٣",      "ø",      "\u034F"};
  std::minstd_rand random(4);
  std::uniform_int_distribution<size_t> part(0, parts.size() - 1);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (int i = 0; i < 1 + round % 7; ++i) text += parts[part(random)];
    ASSERT_NO_FATAL_FAILURE(ExpectPiecesFoldAsTheWhole(text));
  }
}

// Every character, beside one that most marks join with.
TEST(FoldTextTest, EachCharacterFoldsAsBesideOthers) {
  for (UChar32 c = 0x80; c <= 0x1FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text = "a";
    icu::UnicodeString(c).append(c).append(u'e').toUTF8String(text);
    ASSERT_NO_FATAL_FAILURE(ExpectPiecesFoldAsTheWhole(text)) << std::hex << c;
  }
}

// Letters that do not decompose are folded as by ICU's own transform: the table in normal_form.cc
// is its excerpt, since the transform itself is too slow for every word.
TEST(FoldAccentsTest, SpecialLettersAgreeWithTheLatinAsciiTransform) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> latin_ascii(
      icu::Transliterator::createInstance("Latin-ASCII", UTRANS_FORWARD, status));
  ASSERT_TRUE(U_SUCCESS(status)) << u_errorName(status);
  for (const char* letter : {"æ", "ð", "ø", "þ", "đ", "ħ", "ı", "ĸ", "ł", "ŋ", "œ", "ŧ",
                             "ƀ", "ƈ", "ƌ", "ƒ", "ƙ", "ƚ", "ƶ", "ɖ", "ɗ", "ɨ", "ɲ"}) {
    icu::UnicodeString text = icu::UnicodeString::fromUTF8(letter);
    latin_ascii->transliterate(text);
    std::string expected;
    text.toUTF8String(expected);
    std::string folded;
    FoldAccents(letter, &folded);
    EXPECT_EQ(folded, expected) << letter;
  }
}

}  // namespace
}  // namespace broadsheet::text
