// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/people/copyright_notice.h"

#include <gtest/gtest.h>

#include <string>

#include "indexer/sources/wording/people/byline.h"

namespace broadsheet::sources::people {
namespace {

TEST(CopyrightNoticeTest, NoticesAreNoNames) {
  for (const char* notice :
       {"Copyright 2026 AP", "COPYRIGHT 2026 LANTERN WIRE", "Copyright: Lantern Wire",
        "(c) 2026 Reuters", "(C) LANTERN WIRE", "(c)2026 Lantern", "\u00a9 2026 Lantern Wire",
        "\u00a9Inga Bredal", "Copyright (c) 2026 by Inga Bredal", "Copyright by Lantern Wire",
        "Copyright \u00a9 2026 The Lantern. All rights reserved.", "All rights reserved",
        "Alle Rechte vorbehalten.", "Tous droits r\u00e9serv\u00e9s"}) {
    EXPECT_TRUE(IsCopyrightNotice(notice)) << notice;
    EXPECT_TRUE(ReadStatedAuthors(notice).empty()) << notice;
    EXPECT_TRUE(ReadByline(notice).empty()) << notice;
    EXPECT_TRUE(ReadBareByline(notice).empty()) << notice;
  }
}

TEST(CopyrightNoticeTest, NamesBesideANoticeAreKept) {
  constexpr struct {
    const char* text;
    const char* kept;
  } kRows[] = {
      {"Inga Bredal, Copyright 2026 AP", "Inga Bredal"},
      {"Inga Bredal (c) 2026 Lantern", "Inga Bredal"},
      {"Inga Bredal \u00a9 2026 Lantern", "Inga Bredal"},
      {"Inga Bredal and Copyright 2026 AP", "Inga Bredal"},
      {"Inga Bredal / Copyright Lantern Wire 2026", "Inga Bredal"},
      {"Inga Bredal. All rights reserved", "Inga Bredal"},
      {"\u00a9 2026 Lantern Wire | By Inga Bredal", "By Inga Bredal"},
      {"Inga Bredal", "Inga Bredal"},
      {"Inga Bredal, copyright lawyer", "Inga Bredal, copyright lawyer"},
      {"Allan Reserve", "Allan Reserve"},
      {"", ""},
  };
  for (const auto& row : kRows) {
    EXPECT_EQ(StripCopyright(row.text), row.kept) << row.text;
    EXPECT_FALSE(IsCopyrightNotice(row.text)) << row.text;
  }
}

// No stretch of a text is looked at again for each notice in it, or a page could keep a reader
// busy.
TEST(CopyrightNoticeTest, ManyNoticesEndTheText) {
  std::string many;
  for (int i = 0; i < 20'000; ++i) many += "(c) 2026 Lantern | By Inga Bredal | ";
  EXPECT_EQ(StripCopyright(many), "By Inga Bredal | By Inga Bredal | By Inga Bredal | ");
}

}  // namespace
}  // namespace broadsheet::sources::people
