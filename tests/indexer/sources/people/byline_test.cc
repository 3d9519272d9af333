// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/people/byline.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::sources::people {
namespace {

// "Name (role, organisation); ..."
std::string Describe(const std::vector<v1::Byline>& bylines) {
  std::string text;
  for (const v1::Byline& byline : bylines) {
    if (!text.empty()) text += "; ";
    text += byline.name();
    if (!byline.role().empty()) text += " [" + byline.role() + "]";
    if (!byline.organisation().empty()) text += " <" + byline.organisation() + ">";
  }
  return text;
}

TEST(BylineTest, ReadsAuthorsRolesAndHouses) {
  const struct {
    const char* line;
    const char* bylines;
  } kRows[] = {
      {"By Rosalba Finnegan-Ito", "Rosalba Finnegan-Ito"},
      {"By Rosalba Finnegan-Ito and Curtis Mbeki-Dahl", "Rosalba Finnegan-Ito; Curtis Mbeki-Dahl"},
      {"By Ann Lee, Bo Chan and Cy Dorn", "Ann Lee; Bo Chan; Cy Dorn"},
      {"by: Latoya Brinkerhoff-Diaz, Meridian Wire", "Latoya Brinkerhoff-Diaz <Meridian Wire>"},
      {"By Ann Lee, Senior Correspondent", "Ann Lee [Senior Correspondent]"},
      {"Von Grit Überhorst", "Grit Überhorst"},
      {"By Ludwig van der Berg in Antwerp", "Ludwig van der Berg"},
      {"By J. R. Hale", "J. R. Hale"},
      {"By the end of the week", ""},
      {"By 2030", ""},
      {"Standing by Ann Lee", ""},
      {"By signing up you agree to our terms", ""},
  };
  for (const auto& row : kRows) EXPECT_EQ(Describe(ReadByline(row.line)), row.bylines) << row.line;
}

TEST(BylineTest, BareNameMayHaveAPlace) {
  EXPECT_EQ(Describe(ReadBareByline("Ingeborg Castellan in Varnholm")), "Ingeborg Castellan");
  EXPECT_EQ(Describe(ReadBareByline("Copy link")), "");
}

TEST(BylineTest, LinesAreCutWhereTheySayTwoThings) {
  EXPECT_EQ(SplitSegments("By Ann Lee | Published March 3, 2025").size(), 2U);
  EXPECT_EQ(SplitSegments("by Ann Lee - 03/14/25 9:00 AM ET").size(), 2U);
  EXPECT_EQ(SplitSegments("By Siân Olabode-Pryce").size(), 1U);
}

}  // namespace
}  // namespace broadsheet::sources::people
