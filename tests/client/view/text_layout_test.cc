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

}  // namespace
}  // namespace broadsheet::client
