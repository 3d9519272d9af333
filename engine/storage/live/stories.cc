// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/live/stories.h"

#include "engine/schema/terms.h"

namespace broadsheet::storage {

Stories::Stories(const CopyTable& base, const Xapian::Database* live) : base_(base) {
  if (live == nullptr) return;
  const Xapian::valueno slot = schema::SlotNumber(schema::Slot::kStory);
  const Xapian::ValueIterator end = live->valuestream_end(slot);
  for (auto value = live->valuestream_begin(slot); value != end; ++value) {
    const StoryName story = DecodeStory(*value);
    if (story == 0) continue;
    of_live_.emplace(value.get_docid(), story);
    in_live_[story].push_back(value.get_docid());
  }
}

}  // namespace broadsheet::storage
