// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/bounded_tags.h"

#include <gtest/gtest.h>

#include <string>

namespace broadsheet::sources::markup {
namespace {

std::string Bounded(const std::string& html) {
  std::string room;
  return std::string(WithBoundedTags(html, &room));
}

std::string Attributes(size_t count, const std::string& value) {
  std::string attributes;
  for (size_t i = 0; i < count; ++i) attributes += " a" + std::to_string(i) + value;
  return attributes;
}

// A bug once: the time to read a tag grew as the square of its attributes.
TEST(BoundedTagsTest, AttributesBeyondTheBoundAreLeftOut) {
  for (const std::string value : {"", "=1", "=\"x > y\"", " = 'z'"}) {
    const std::string before = "<p class=\"ferry\">The mill</p><h1";
    const std::string behind = ">Ferry stops</h1><p>Tides</p>";
    const std::string most = Attributes(kMostHtmlAttributes, value);
    EXPECT_EQ(Bounded(before + most + behind), before + most + behind);
    std::string more = Attributes(3 * kMostHtmlAttributes, value);
    EXPECT_EQ(Bounded(before + more + behind), before + most + behind);
  }
}

TEST(BoundedTagsTest, WhatIsNoTagStaysWhole) {
  const std::string words = Attributes(2 * kMostHtmlAttributes, "");
  for (const std::string& html :
       {"<script type=\"application/ld+json\">{\"b\":\"x <y" + words + "\"}</script><p>Tides",
        "<style>a<b" + words + "</STYLE><p>Tides", "<!-- <p" + words + "--!><p>Tides",
        "<!DOCTYPE html \"<p" + words + "\"><p>Tides", "<p>5 < 6" + words,
        "<p title=\"<b" + words + "\">Tides"}) {
    EXPECT_EQ(Bounded(html), html);
  }
}

TEST(BoundedTagsTest, TagsBehindScriptsAndCommentsAreBoundedToo) {
  const std::string more = "<h1" + Attributes(2 * kMostHtmlAttributes, "=1") + ">";
  for (const std::string before :
       {"<script>x</script>", "<!-- <script> -->", "<p title='<script>'>", "<script/></script>",
        "<!DOCTYPE html '<script>'>", "<scripts>"}) {
    EXPECT_LT(Bounded(before + more).size(), before.size() + more.size()) << before;
  }
}

TEST(BoundedTagsTest, WhatBreaksOffIsLeftAsItIs) {
  for (const std::string html : {"", "<", "<p", "<p a", "<p a=", "<p a='", "<!", "<!--", "<!-- --",
                                 "<script", "<script>x</"}) {
    EXPECT_EQ(Bounded(html), html);
  }
}

}  // namespace
}  // namespace broadsheet::sources::markup
