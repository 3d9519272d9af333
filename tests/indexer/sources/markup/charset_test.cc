// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/charset.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::sources::markup {
namespace {

std::string Page(const std::string& charset, const std::string& text) {
  const std::string meta = charset.empty() ? "" : "<meta charset=\"" + charset + "\">";
  return "<html><head>" + meta + "</head><body><p>" + text + "</p></body></html>";
}

TEST(CharsetTest, DeclaredCharacterSetsAreRead) {
  const struct {
    const char* charset;
    const char* bytes;
    const char* utf8;
  } kRows[] = {
      {"iso-8859-1", "F\xe4hre \x96 \x84Hafen\x93", "Fähre – „Hafen“"},
      {"windows-1252", "d\xe9j\xe0 vu", "déjà vu"},
      {"windows-1251", "\xcf\xe0\xf0\xee\xec", "Паром"},
      {"koi8-r", "\xf0\xc1\xd2\xcf\xcd", "Паром"},
      {"iso-8859-2", "p\xf8\xedstav", "přístav"},
      {"shift_jis", "\x8d\x60", "港"},
      {"euc-jp", "\xb9\xc1", "港"},
      {"gb2312", "\xb8\xdb", "港"},
      {"big5", "\xb4\xe4", "港"},
      {"euc-kr", "\xc7\xd7", "항"},
      {"utf-8", "Fähre", "Fähre"},
  };
  for (const auto& row : kRows) {
    const Decoded decoded = DecodePage(Page(row.charset, row.bytes), "");
    EXPECT_NE(decoded.utf8.find(row.utf8), std::string::npos) << row.charset << decoded.utf8;
    EXPECT_FALSE(decoded.repaired) << row.charset;
  }
}

TEST(CharsetTest, WhatCameWithThePageOutweighsWhatItSays) {
  const Decoded decoded = DecodePage(Page("windows-1252", "\xcf\xe0\xf0\xee\xec"), "windows-1251");
  EXPECT_NE(decoded.utf8.find("Паром"), std::string::npos);
  EXPECT_EQ(decoded.reason, "declared by the transport");
}

TEST(CharsetTest, LyingDeclarationsAreSeenThrough) {
  // UTF-8 that says it is Latin-1, in the page and in the header.
  const Decoded utf8 = DecodePage(Page("iso-8859-1", "Fähre über den Fluß"), "iso-8859-1");
  EXPECT_NE(utf8.utf8.find("Fähre über den Fluß"), std::string::npos);
  EXPECT_EQ(utf8.reason, "valid UTF-8");
  // Latin-1 that says it is UTF-8.
  std::string text;
  for (int i = 0; i < 20; ++i)
    text +=
        "Die F\xe4hre f\xe4hrt \xfc"
        "ber den Flu\xdf. ";
  const Decoded latin = DecodePage(Page("utf-8", text), "utf-8");
  EXPECT_NE(latin.utf8.find("Die Fähre fährt über den Fluß."), std::string::npos);
  EXPECT_EQ(latin.reason, "detected");
}

TEST(CharsetTest, OneBrokenCharacterDoesNotTurnAPageIntoAnotherCharacterSet) {
  std::string text;
  for (int i = 0; i < 50; ++i) text += "Fähre über den Fluß. ";
  const Decoded decoded = DecodePage(Page("utf-8", text + "\xff"), "");
  EXPECT_NE(decoded.utf8.find("Fähre über den Fluß."), std::string::npos);
  EXPECT_TRUE(decoded.repaired);
}

TEST(CharsetTest, ByteOrderMarksDecide) {
  const Decoded utf8 = DecodePage("\xef\xbb\xbf" + Page("iso-8859-1", "Fähre"), "");
  EXPECT_TRUE(utf8.utf8.starts_with("<html>"));
  EXPECT_NE(utf8.utf8.find("Fähre"), std::string::npos);
  std::string utf16 = "\xff\xfe";
  for (const char c : std::string("<p>Ferry")) utf16 += std::string({c, '\0'});
  EXPECT_EQ(DecodePage(utf16, "").utf8, "<p>Ferry");
}

TEST(CharsetTest, UnknownAndImpossibleNamesAreDetectedInstead) {
  for (const char* name : {"klingon", "utf-16", "x", ""}) {
    const Decoded decoded = DecodePage(Page(name, "d\xe9j\xe0 vu, a\xefs et caf\xe9s"), name);
    EXPECT_NE(decoded.utf8.find("<p>d"), std::string::npos) << name;
    EXPECT_NE(decoded.utf8.find("déjà"), std::string::npos) << name << decoded.charset;
  }
}

}  // namespace
}  // namespace broadsheet::sources::markup
