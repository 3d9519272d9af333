// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace broadsheet::text {
namespace {

std::string Repaired(std::string text, size_t expected_repairs) {
  EXPECT_EQ(RepairUtf8(&text), expected_repairs);
  EXPECT_TRUE(IsValidUtf8(text));
  return text;
}

TEST(Utf8Test, TellsWellFormedTextFromIllFormed) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("plain, café, 北京, 🕊"));
  EXPECT_TRUE(IsValidUtf8(std::string_view("a\0b", 3)));
  EXPECT_FALSE(IsValidUtf8("a long enough line of ASCII and then \xE9"));
  EXPECT_FALSE(IsValidUtf8("\xC0\xAF")) << "overlong";
  EXPECT_FALSE(IsValidUtf8("\xED\xA0\x80")) << "a surrogate";
  EXPECT_FALSE(IsValidUtf8("\xF4\x90\x80\x80")) << "above U+10FFFF";
}

TEST(Utf8Test, RepairsEachMaximalSubpartByOneReplacement) {
  EXPECT_EQ(Repaired("caf\xE9!", 1), "caf\uFFFD!");
  EXPECT_EQ(Repaired("\xE5\x8C"
                     "a",
                     1),
            "\uFFFDa");
  EXPECT_EQ(Repaired("\xED\xA0\x80", 3), "\uFFFD\uFFFD\uFFFD");
  // The example of the Unicode Standard, table 3-8.
  EXPECT_EQ(Repaired("a\xF1\x80\x80\xE1\x80\xC2"
                     "b\x80"
                     "c\x80\xBF"
                     "d",
                     6),
            "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd");
}

TEST(Utf8Test, LeavesWellFormedTextUntouched) {
  std::string text = "café, 北京, 🕊";
  const char* data = text.data();
  EXPECT_EQ(RepairUtf8(&text), 0U);
  EXPECT_EQ(text.data(), data);
  EXPECT_EQ(text, "café, 北京, 🕊");
}

TEST(Utf8Test, CutsBetweenCharacters) {
  EXPECT_EQ(PrefixOf("café", 10), "café");
  EXPECT_EQ(PrefixOf("café", 5), "café");
  EXPECT_EQ(PrefixOf("café", 4), "caf");
  EXPECT_EQ(PrefixOf("🕊🕊", 7), "🕊");
  EXPECT_EQ(PrefixOf("🕊", 3), "");
  EXPECT_EQ(PrefixOf("abc", 0), "");
  EXPECT_EQ(PrefixOf("\x80\x80\x80\x80\x80\x80", 5).size(), 5U) << "ill-formed bytes may be cut";
}

TEST(Utf8Test, CountsCharacters) {
  EXPECT_EQ(CountCharacters(""), 0U);
  EXPECT_EQ(CountCharacters("café🕊"), 5U);
}

}  // namespace
}  // namespace broadsheet::text
