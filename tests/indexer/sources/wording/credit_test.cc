// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/credit.h"

#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

TEST(CreditTest, KnowsCreditLines) {
  const struct {
    const char* line;
    const char* credit;
  } kRows[] = {
      {"Photo: Teodor Blixen / Meridian Wire", "Teodor Blixen / Meridian Wire"},
      {"Image source, Gethin Marrable", "Gethin Marrable"},
      {"(Photo by Dana Wexcombe/Prairie Ledger)", "Dana Wexcombe/Prairie Ledger"},
      {"Bram Oyelowo-Strand, Northern Lights Pool Photo via Meridian Wire",
       "Bram Oyelowo-Strand, Northern Lights Pool Photo via Meridian Wire"},
      {"Xiomara Tsai/KQVX", "Xiomara Tsai/KQVX"},
      {"Getty Images", "Getty Images"},
  };
  for (const auto& row : kRows) EXPECT_EQ(CreditOfLine(row.line).value_or(""), row.credit);
}

TEST(CreditTest, TakesNothingElseForACredit) {
  for (const char* line : {"The mayor opened the bridge on Monday.", "News/Weather",
                           "Defense / 5 hours ago", "By Ann Lee", ""}) {
    EXPECT_FALSE(CreditOfLine(line).has_value()) << line;
  }
}

// "caption (credit)"
std::string Parted(const std::string& caption) {
  const size_t cut = FindCreditInCaption(caption);
  return std::string(Trim(caption.substr(0, cut))) + " (" + PlainCredit(caption.substr(cut)) + ")";
}

TEST(CreditTest, KnowsTheMarksOfEastAsia) {
  EXPECT_EQ(Parted("旧埠頭を見る市民＝ＡＰ"), "旧埠頭を見る市民 (ＡＰ)");
  EXPECT_EQ(Parted("旧埠頭を見る市民＝３日"), "旧埠頭を見る市民＝３日 ()");
  EXPECT_EQ(Parted("旧埠頭を見る市民（松岡大地撮影）"), "旧埠頭を見る市民 (松岡大地)");
  EXPECT_EQ(Parted("부두를 바라보는 시민들. [사진 = 항구신문]"),
            "부두를 바라보는 시민들. (항구신문)");
  EXPECT_EQ(Parted("부두를 바라보는 시민들. [사진 출처 = 항구신문]"),
            "부두를 바라보는 시민들. (항구신문)");
  EXPECT_EQ(Parted("Người dân bên cầu cảng. Ảnh: Báo Cảng"), "Người dân bên cầu cảng. (Báo Cảng)");
}

TEST(CreditTest, KnowsLabelledCaptions) {
  EXPECT_EQ(LabelledCaption("Image caption, The choir sings").value_or(""), "The choir sings");
  EXPECT_FALSE(LabelledCaption("The caption was wrong").has_value());
}

}  // namespace
}  // namespace broadsheet::sources::page
