// SPDX-License-Identifier: GPL-3.0-or-later
// What live/ knows of an article's copies: in two value slots, the story it tells and its sketch.
//
// A story is named by a number. One that begins in base has the docid of its first article there;
// one that begins in live has a number made of that article's id and sketch, so that it is another
// story when the article becomes another one. The name stays when the first article goes.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/copies/copy_sketch.h"

namespace broadsheet::storage {

using StoryName = uint64_t;  // 0 = none: the article can have no copies

// Of a story that begins with this article in live.
StoryName NameInLive(std::string_view id, const CopySketch& sketch);
// The docid in base of which a story has its name; 0 for one that begins in live, and for none.
uint32_t BaseDocidOf(StoryName story);

std::string EncodeStory(StoryName story);
// 0 for a value that EncodeStory did not make.
StoryName DecodeStory(std::string_view value);
std::string EncodeSketch(const CopySketch& sketch);
// Blank for a value that EncodeSketch of this version did not make.
CopySketch DecodeSketch(std::string_view value);

// A document of live that tells a story.
struct LiveCopy {
  uint32_t docid = 0;
  StoryName story = 0;
  CopySketch sketch{};
  int64_t seconds = 0;  // when it was published, since 1970
  // Whether the story has its name from this article.
  bool names_story = false;
};

// In order of docid. Throws what Xapian throws.
std::vector<LiveCopy> ReadLiveCopies(const Xapian::Database& live);

}  // namespace broadsheet::storage
