// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/tree.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::sources::html {
namespace {

NodeId First(const Tree& tree, Tag tag) {
  for (NodeId at = 0; at < tree.size(); ++at) {
    if (tree.tag(at) == tag) return at;
  }
  return kNoNode;
}

TEST(TreeTest, NodesBelowOneAreARange) {
  const auto tree = Tree::Parse("<div id=a><p>one <b>two</b></p></div><p>three</p>");
  ASSERT_TRUE(tree.ok());
  const NodeId div = First(*tree, Tag::kDiv);
  EXPECT_EQ(tree->attribute(div, Attribute::kId), "a");
  EXPECT_EQ(tree->TextBelow(div), "one two");
  EXPECT_TRUE(tree->Within(First(*tree, Tag::kB), div));
  EXPECT_EQ(tree->Enclosing(First(*tree, Tag::kB), Tag::kDiv), div);
  EXPECT_EQ(tree->FirstBelow(div, Tag::kB), First(*tree, Tag::kB));
  EXPECT_EQ(tree->FirstBelow(div, Tag::kImg), kNoNode);
}

TEST(TreeTest, ScriptsAndStylesAreNoText) {
  const auto tree =
      Tree::Parse("<div>a<script>var b = '<p>x</p>';</script><style>p{}</style>c</div>");
  ASSERT_TRUE(tree.ok());
  EXPECT_EQ(tree->TextBelow(First(*tree, Tag::kDiv)), "ac");
}

TEST(TreeTest, WhiteSpaceIsCollapsedAndInvisibleCharactersGo) {
  const auto tree = Tree::Parse(
      "<p> a \n\t b&nbsp;&shy;c\xe2\x80\x8b"
      "d <div>e</div>");
  ASSERT_TRUE(tree.ok());
  EXPECT_EQ(tree->TextBelow(First(*tree, Tag::kP)), "a b cd");
}

TEST(TreeTest, MarkupIsMended) {
  const auto tree = Tree::Parse("<p>one<p>two<li>three</b></i>");
  ASSERT_TRUE(tree.ok());
  EXPECT_EQ(tree->TextBelow(First(*tree, Tag::kP)), "one");
}

TEST(TreeTest, NoBytesGiveNoNodes) {
  const auto tree = Tree::Parse("");
  ASSERT_TRUE(tree.ok());
  EXPECT_EQ(tree->size(), 0U);
}

}  // namespace
}  // namespace broadsheet::sources::html
