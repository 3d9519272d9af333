// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/terms.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>
#include <vector>

namespace broadsheet::schema {
namespace {

constexpr size_t kXapianTermBytes = 245;

TEST(TermsTest, WordsOfAFieldBearItsPrefix) {
  EXPECT_EQ(FieldTerm(FieldId::kHeadline, "summit"), "Ssummit");
  EXPECT_EQ(FieldTerm(FieldId::kCaption, "ceremoni"), "XCAPTION:ceremoni");
}

TEST(TermsTest, ValuesMatchWhateverTheirCaseAccentsAndQuotes) {
  EXPECT_EQ(ValueTerm(FieldId::kTag, "  Kim  Jong Un "), "Kkim jong un");
  EXPECT_EQ(ValueTerm(FieldId::kSection, "Économie"), "XSECTION:economie");
  EXPECT_EQ(ValueTerm(FieldId::kByline, "Sinéad O’Brien"), "XBYLINE:sinead o'brien");
  EXPECT_EQ(ValueTerm(FieldId::kLanguage, "pt-BR"), "Lpt-br");
}

TEST(TermsTest, IdsMatchToTheLetter) {
  EXPECT_EQ(IdTerm("Harbour-2024/07"), "QHarbour-2024/07");
  EXPECT_NE(IdTerm("a"), IdTerm("A"));
}

TEST(TermsTest, LongValuesFitIntoXapianAndStayDistinct) {
  const std::string id(1000, 'x');
  EXPECT_LE(IdTerm(id).size(), kXapianTermBytes);
  EXPECT_NE(IdTerm(id), IdTerm(id + "y"));
  EXPECT_NE(IdTerm(id), IdTerm(id.substr(0, 999)));
  // A short id that spells the term of a long one is still another article.
  EXPECT_NE(IdTerm(id), IdTerm(IdTerm(id).substr(1)));
  const std::string tag = "tag " + std::string(600, 'y');
  EXPECT_LE(ValueTerm(FieldId::kTag, tag).size(), kXapianTermBytes);
  EXPECT_NE(ValueTerm(FieldId::kTag, tag), ValueTerm(FieldId::kTag, tag + "z"));
}

TEST(TermsTest, DatesHaveTermsOfFixedWidth) {
  EXPECT_EQ(YearTerm(2024), "Y2024");
  EXPECT_EQ(MonthTerm(2024, 6), "M202406");
  EXPECT_EQ(DayTerm(987, 6, 9), "D09870609");
}

template <typename Number, typename Encode, typename Decode>
void ExpectOrderKept(const std::vector<Number>& ascending, Encode encode, Decode decode) {
  for (size_t i = 0; i < ascending.size(); ++i) {
    EXPECT_EQ(decode(encode(ascending[i])), ascending[i]);
    if (i > 0) {
      EXPECT_LT(encode(ascending[i - 1]), encode(ascending[i])) << ascending[i];
    }
  }
}

TEST(TermsTest, SlotValuesOrderLikeTheirNumbers) {
  ExpectOrderKept<int64_t>({std::numeric_limits<int64_t>::min(), -62135596800, -1, 0, 1, 255, 256,
                            253402300799, std::numeric_limits<int64_t>::max()},
                           EncodeSeconds, DecodeSeconds);
  ExpectOrderKept<int32_t>({-719162, -1, 0, 1, 19893, 2932896}, EncodeDay, DecodeDay);
  ExpectOrderKept<uint32_t>({0, 1, 255, 256, 4294967295U}, EncodeCount, DecodeCount);
  EXPECT_EQ(EncodeSeconds(0).size(), 8U);
  EXPECT_EQ(EncodeDay(0).size(), 4U);
}

}  // namespace
}  // namespace broadsheet::schema
