// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/xml_writing.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "engine/text/utf8.h"

namespace broadsheet::sources::markup {
namespace {

Element Story() {
  Element story{.name = "STORY", .attributes = {{"num", "7 \"a\" & <b>"}}};
  auto head = std::make_unique<Element>(Element{.name = "HEAD"});
  head->children.push_back({.text = "Lock & \"weir\" < mill"});
  story.children.push_back({.element = std::move(head)});
  story.children.push_back({.text = " Fähre "});
  story.children.push_back({.element = std::make_unique<Element>(Element{.name = "END"})});
  return story;
}

TEST(WriteXmlTest, WritesElementsAttributesAndText) {
  EXPECT_EQ(WriteXml(Story(), 1000),
            "<STORY num=\"7 &quot;a&quot; &amp; &lt;b&gt;\"><HEAD>Lock &amp; \"weir\" &lt; "
            "mill</HEAD> Fähre <END/></STORY>");
}

TEST(WriteXmlTest, OfALongElementWritesTheStart) {
  const Element story = Story();
  const std::string whole = WriteXml(story, 1000);
  for (size_t size = 0; size <= whole.size(); ++size) {
    const std::string start = WriteXml(story, size);
    EXPECT_LE(start.size(), size);
    EXPECT_TRUE(whole.starts_with(start)) << start;
    EXPECT_TRUE(text::IsValidUtf8(start)) << start;
  }
}

}  // namespace
}  // namespace broadsheet::sources::markup
