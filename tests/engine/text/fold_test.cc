// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/fold.h"

#include <gtest/gtest.h>
#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>
#include <string>

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
