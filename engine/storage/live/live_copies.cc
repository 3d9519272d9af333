// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/live_copies.h"

#include <xxhash.h>

#include <cstring>
#include <limits>

#include "engine/schema/terms.h"

namespace broadsheet::storage {
namespace {

constexpr StoryName kBegunInLive = StoryName{1} << 63;

}  // namespace

StoryName NameInLive(std::string_view id, const CopySketch& sketch) {
  return XXH3_64bits_withSeed(id.data(), id.size(), XXH3_64bits(sketch.data(), sketch.size())) |
         kBegunInLive;
}

uint32_t BaseDocidOf(StoryName story) {
  return story > std::numeric_limits<uint32_t>::max() ? 0 : static_cast<uint32_t>(story);
}

std::string EncodeStory(StoryName story) {
  return {reinterpret_cast<const char*>(&story), sizeof(story)};
}

StoryName DecodeStory(std::string_view value) {
  StoryName story = 0;
  if (value.size() == sizeof(story)) std::memcpy(&story, value.data(), sizeof(story));
  return story;
}

std::string EncodeSketch(const CopySketch& sketch) {
  std::string value(1, static_cast<char>(kSketchVersion));
  value.append(reinterpret_cast<const char*>(sketch.data()), sketch.size());
  return value;
}

CopySketch DecodeSketch(std::string_view value) {
  CopySketch sketch{};
  if (value.size() != sketch.size() + 1 || value.front() != char{kSketchVersion}) return sketch;
  std::memcpy(sketch.data(), value.data() + 1, sketch.size());
  return sketch;
}

std::vector<LiveCopy> ReadLiveCopies(const Xapian::Database& live) {
  const auto begin = [&](schema::Slot slot) {
    return live.valuestream_begin(schema::SlotNumber(slot));
  };
  Xapian::ValueIterator sketches = begin(schema::Slot::kCopySketch);
  Xapian::ValueIterator times = begin(schema::Slot::kPublishedTime);
  Xapian::ValueIterator ids = begin(schema::Slot::kId);
  const auto read = [](Xapian::ValueIterator& values, Xapian::docid docid) -> std::string {
    const Xapian::ValueIterator end;
    if (values != end) values.skip_to(docid);
    return values != end && values.get_docid() == docid ? *values : "";
  };
  std::vector<LiveCopy> copies;
  const Xapian::ValueIterator end;
  for (auto story = begin(schema::Slot::kStory); story != end; ++story) {
    LiveCopy copy{.docid = story.get_docid(), .story = DecodeStory(*story)};
    copy.sketch = DecodeSketch(read(sketches, copy.docid));
    copy.seconds = schema::DecodeSeconds(read(times, copy.docid));
    copy.names_story = copy.story == NameInLive(read(ids, copy.docid), copy.sketch);
    if (copy.story != 0) copies.push_back(copy);
  }
  return copies;
}

}  // namespace broadsheet::storage
