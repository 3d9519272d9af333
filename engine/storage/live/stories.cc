// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/stories.h"

#include <algorithm>

#include "engine/schema/terms.h"

namespace broadsheet::storage {

Stories::Stories(const CopyTable& base, const Xapian::Database* live) : base_(base) {
  if (live != nullptr) ReadLive(*live);
  for (uint32_t docid = 1; docid <= base_.count(); ++docid) {
    const bool twice = base_.LinkOf(docid).leader != 0 || in_live_.contains(docid);
    if (twice) twice_in_base_.push_back(docid);
  }
  for (const auto& [story, docids] : in_live_) {
    if (docids.size() < 2 && BaseDocidOf(story) == 0) continue;
    twice_in_live_.insert(twice_in_live_.end(), docids.begin(), docids.end());
  }
  std::sort(twice_in_live_.begin(), twice_in_live_.end());
}

void Stories::ReadLive(const Xapian::Database& live) {
  const Xapian::valueno slot = schema::SlotNumber(schema::Slot::kStory);
  const Xapian::ValueIterator end = live.valuestream_end(slot);
  for (auto value = live.valuestream_begin(slot); value != end; ++value) {
    const StoryName story = DecodeStory(*value);
    if (story == 0) continue;
    of_live_.emplace(value.get_docid(), story);
    in_live_[story].push_back(value.get_docid());
  }
}

}  // namespace broadsheet::storage
