// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/html_text.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::commands {
namespace {

std::string Shown(const std::string& number) { return "<span class=cp>U+" + number + "</span>"; }

TEST(HtmlTextTest, TextCannotBecomeMarkup) {
  EXPECT_EQ(HtmlText("<script>alert(1)</script>"), "&lt;script&gt;alert(1)&lt;/script&gt;");
  EXPECT_EQ(HtmlText("\"><img src=x onerror='y'>"),
            "&quot;&gt;&lt;img src=x onerror=&#39;y&#39;&gt;");
  EXPECT_EQ(HtmlText("&lt; & &#60;"), "&amp;lt; &amp; &amp;#60;");
  EXPECT_EQ(HtmlText("--><!-- ]]>"), "--&gt;&lt;!-- ]]&gt;");
}

TEST(HtmlTextTest, CharactersThatHideOrTurnRoundOthersAreShown) {
  EXPECT_EQ(HtmlText("a\xe2\x80\xae"
                     "b"),
            "a" + Shown("202E") + "b");
  EXPECT_EQ(HtmlText("\xe2\x81\xa6x\xe2\x81\xa9"), Shown("2066") + "x" + Shown("2069"));
  EXPECT_EQ(HtmlText(std::string("\0\x1b[31m\x7f", 7)),
            Shown("0000") + Shown("001B") + "[31m" + Shown("007F"));
  EXPECT_EQ(HtmlText("\xc2\x85"), Shown("0085"));
  EXPECT_EQ(HtmlText("\xe2\x80\x8b\xef\xbb\xbf\xe2\x80\xa8"),
            Shown("200B") + Shown("FEFF") + Shown("2028"));
  EXPECT_EQ(HtmlText("\xf3\xa0\x81\xa1"), Shown("E0061"));
}

TEST(HtmlTextTest, OrdinaryTextOfAnyScriptStaysAsItIs) {
  for (const char* text :
       {"Größe\tund\nZeile", "می‌خواهم", "家族👨‍👩‍👧", "שלום"}) {
    EXPECT_EQ(HtmlText(text), text);
  }
}

TEST(HtmlTextTest, IllFormedBytesAreReplaced) {
  EXPECT_EQ(HtmlText("a\xff<"), "a\xef\xbf\xbd&lt;");
  EXPECT_EQ(HtmlText("\xe2\x82"), "\xef\xbf\xbd");
}

TEST(HtmlTextTest, ALongTextIsCutBetweenCharacters) {
  EXPECT_EQ(HtmlStart("üüü", 5), "üü…");
  EXPECT_EQ(HtmlStart("<<<", 2), "&lt;&lt;…");
  EXPECT_EQ(HtmlStart("abc", 3), "abc");
}

}  // namespace
}  // namespace broadsheet::commands
