// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/text/clean.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::text {
namespace {

std::string Text(std::string text) {
  CleanText(&text);
  const std::string once = text;
  CleanText(&text);
  EXPECT_EQ(text, once) << "cleaning twice changes nothing";
  return text;
}

std::string Line(std::string line) {
  CleanLine(&line);
  const std::string once = line;
  CleanLine(&line);
  EXPECT_EQ(line, once) << "cleaning twice changes nothing";
  return line;
}

TEST(CleanTextTest, MakesLineEndsOneKind) {
  EXPECT_EQ(Text("a\r\nb\rc\u0085d\n\ne"), "a\nb\nc\nd\n\ne");
}

TEST(CleanTextTest, RemovesControlCharactersButKeepsTabs) {
  EXPECT_EQ(Text(std::string("a\x01\tb\0c\x7F\u0090"
                             "d",
                             10)),
            "a\tbcd");
}

TEST(CleanTextTest, TrimsBlanksOfEveryKind) {
  EXPECT_EQ(Text(" \uFEFF\u00A0\n a  b \u3000\u200B\t"), "a  b");
  EXPECT_EQ(Text(" \n\t "), "");
  EXPECT_EQ(Text("\x02 \x03 a"), "a");
}

TEST(CleanTextTest, LeavesAccentsAlone) { EXPECT_EQ(Text("Â à é"), "Â à é"); }

TEST(CleanLineTest, MakesOneLine) {
  EXPECT_EQ(Line(" Ferry\r\n\truns\u00A0 again\x07 "), "Ferry runs again");
  EXPECT_EQ(Line("a\u200B \x02"), "a");
  EXPECT_EQ(Line(""), "");
}

TEST(HasControlCharacterTest, FindsAllOfThem) {
  EXPECT_TRUE(HasControlCharacter("a\nb"));
  EXPECT_TRUE(HasControlCharacter("a\x7F"));
  EXPECT_TRUE(HasControlCharacter("a\u0085"));
  EXPECT_FALSE(HasControlCharacter("a\u00A0 é"));
}

}  // namespace
}  // namespace broadsheet::text
