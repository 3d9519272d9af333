// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/credit.h"

#include <gtest/gtest.h>

#include <string>

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

TEST(CreditTest, KnowsLabelledCaptions) {
  EXPECT_EQ(LabelledCaption("Image caption, The choir sings").value_or(""), "The choir sings");
  EXPECT_FALSE(LabelledCaption("The caption was wrong").has_value());
}

}  // namespace
}  // namespace broadsheet::sources::page
