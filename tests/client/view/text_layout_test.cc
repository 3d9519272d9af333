// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/text_layout.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::client {
namespace {

TEST(ParagraphTest, BreaksAtSpacesAndIndentsEveryLine) {
  const Terminal terminal(/*color=*/false, /*width=*/20);
  Paragraph paragraph(terminal, 2);
  paragraph.Add(Style::kPlain, "one two three four five six");

  EXPECT_EQ(paragraph.Take(), "  one two three four\n  five six\n");
}

TEST(ParagraphTest, NeverBreaksAWordThatIsPartlyLitUp) {
  const Terminal terminal(false, 12);
  Paragraph paragraph(terminal, 0);
  paragraph.Add(Style::kPlain, "aaaa bbbb ");
  paragraph.Add(Style::kMatch, "cc");
  paragraph.Add(Style::kPlain, "dd, e");

  EXPECT_EQ(paragraph.Take(), "aaaa bbbb\nccdd, e\n");
}

TEST(ParagraphTest, CountsColumnsNotBytes) {
  const Terminal terminal(false, 10);
  Paragraph paragraph(terminal, 0);
  paragraph.Add(Style::kPlain, "ééééé éééé");
  EXPECT_EQ(paragraph.Take(), "ééééé éééé\n");
  // Each of these characters takes two columns.
  paragraph.Add(Style::kPlain, "日本語 日本語");
  EXPECT_EQ(paragraph.Take(), "日本語\n日本語\n");
}

TEST(ParagraphTest, ALongWordStandsAlone) {
  const Terminal terminal(false, 5);
  Paragraph paragraph(terminal, 0);
  paragraph.Add(Style::kPlain, "a incomprehensible b");

  EXPECT_EQ(paragraph.Take(), "a\nincomprehensible\nb\n");
}

TEST(ParagraphTest, NothingAddedIsNoLine) {
  const Terminal terminal(false, 5);
  EXPECT_EQ(Paragraph(terminal, 3).Take(), "");
}

// They have no spaces to break at, and headlines of them went over the edge.
TEST(ParagraphTest, TextWithoutSpacesIsBrokenBetweenIdeographs) {
  const Terminal terminal(false, 40);
  Paragraph paragraph(terminal, 5);
  paragraph.Add(Style::kPlain,
                "北朝鮮の指導者が港を訪問し、新しい船舶の進水式に出席したと国営メディアが伝えた。");
  const std::string lines = paragraph.Take();
  size_t begin = 0;
  for (size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', begin)) {
    const std::string line = lines.substr(begin, end - begin);
    EXPECT_LE(DisplayWidth(line), 40U) << line;
    EXPECT_FALSE(line.substr(5).starts_with("、")) << line;
    begin = end + 1;
  }
  EXPECT_NE(lines.find("北朝鮮の指導者が港を訪問し、新"), std::string::npos) << lines;
}

}  // namespace
}  // namespace broadsheet::client
