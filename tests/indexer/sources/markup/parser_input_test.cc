// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/parser_input.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::sources::markup {
namespace {

std::string ForParser(const std::string& html) {
  std::string room;
  return std::string(HtmlForParser(html, &room));
}

std::string Attributes(size_t count, const std::string& value) {
  std::string attributes;
  for (size_t i = 0; i < count; ++i) attributes += " a" + std::to_string(i) + value;
  return attributes;
}

// A bug once: the time to read a tag grew as the square of its attributes.
TEST(ParserInputTest, AttributesBeyondTheBoundAreLeftOut) {
  for (const std::string value : {"", "=1", "=\"x > y\"", " = 'z'"}) {
    const std::string before = "<p class=\"ferry\">The mill</p><h1";
    const std::string behind = ">Ferry stops</h1><p>Tides</p>";
    const std::string most = Attributes(kMostHtmlAttributes, value);
    EXPECT_EQ(ForParser(before + most + behind), before + most + behind);
    std::string more = Attributes(3 * kMostHtmlAttributes, value);
    EXPECT_EQ(ForParser(before + more + behind), before + most + behind);
  }
}

TEST(ParserInputTest, WhatIsNoTagStaysWhole) {
  const std::string words = Attributes(2 * kMostHtmlAttributes, "");
  for (const std::string& html :
       {"<script type=\"application/ld+json\">{\"b\":\"x <y" + words + "\"}</script><p>Tides",
        "<!-- <p" + words + "--!><p>Tides", "<!DOCTYPE html \"<p" + words + "\"><p>Tides",
        "<p>5 < 6" + words, "<p title=\"<b" + words + "\">Tides"}) {
    EXPECT_EQ(ForParser(html), html);
  }
}

TEST(ParserInputTest, TagsBehindScriptsAndCommentsAreBoundedToo) {
  const std::string more = "<h1" + Attributes(2 * kMostHtmlAttributes, "=1") + ">";
  for (const std::string before :
       {"<script>x</script>", "<!-- <script> -->", "<p title='<script>'>", "<script/></script>",
        "<!DOCTYPE html '<script>'>", "<scripts>"}) {
    EXPECT_LT(ForParser(before + more).size(), before.size() + more.size()) << before;
  }
}

TEST(ParserInputTest, WhatBreaksOffIsLeftAsItIs) {
  for (const std::string html :
       {"", "<", "<p", "<p a", "<p a=", "<p a='", "<!", "<!--", "<!-- --", "<script"}) {
    EXPECT_EQ(ForParser(html), html);
  }
}

TEST(ParserInputTest, ScriptsAndStylesAreEmptiedAndStatementsKept) {
  EXPECT_EQ(ForParser("<p>Ferry</p><script>if (a<b) x('</p>');</script><p>Tides</p>"),
            "<p>Ferry</p><script></script><p>Tides</p>");
  EXPECT_EQ(ForParser("<style media=print>p > a { b: c }</STYLE><p>Tides"),
            "<style media=print></STYLE><p>Tides");
  EXPECT_EQ(ForParser("<SCRIPT src='a'>x</Script ><p>Tides"), "<SCRIPT src='a'></Script ><p>Tides");
  EXPECT_EQ(ForParser("<p>Tides</p><script>x</"), "<p>Tides</p><script>");
  EXPECT_EQ(ForParser("<script>a</script><script>b</script>"),
            "<script></script><script></script>");
  const std::string statement =
      "<script type='application/LD+JSON'>{\"headline\": \"Ferry stops\"}</script>";
  EXPECT_EQ(ForParser(statement + "<p>Tides"), statement + "<p>Tides");
}

TEST(ParserInputTest, WhatOnlyLooksLikeAScriptStaysWhole) {
  for (const std::string html :
       {"<!-- <script>x</script> --><p>Tides", "<p title=\"<script>x</script>\">Tides",
        "<scripts>x</scripts>", "<script/><p>Tides</p><script/>", "a < script > b"}) {
    EXPECT_EQ(ForParser(html), html);
  }
}

}  // namespace
}  // namespace broadsheet::sources::markup
