// SPDX-License-Identifier: GPL-3.0-or-later
// Which documents of one state of an index tell the same story, in base and live. Superseded and
// withheld documents are among them: whoever shows one asks for that.
#pragma once

#include <xapian.h>

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engine/storage/copies/copy_table.h"
#include "engine/storage/live/live_copies.h"

namespace broadsheet::storage {

// Immutable once made. `base` must outlive it.
class Stories {
 public:
  // `live` may be null. Throws what Xapian throws.
  Stories(const CopyTable& base, const Xapian::Database* live);

  StoryName OfBase(uint32_t docid) const { return base_.StoryOf(docid); }
  // 0 for a document that can have no copies.
  StoryName OfLive(uint32_t docid) const {
    const auto found = of_live_.find(docid);
    return found == of_live_.end() ? 0 : found->second;
  }
  // Whether another document tells the story of this one.
  bool IsTwiceInBase(uint32_t docid) const {
    return base_.LinkOf(docid).leader != 0 || in_live_.contains(docid);
  }
  bool IsTwiceInLive(uint32_t docid) const {
    const auto found = in_live_.find(OfLive(docid));
    return found != in_live_.end() && (found->second.size() > 1 || BaseDocidOf(found->first) != 0);
  }

  // Call `visit(docid)` for the documents of base, and of live, that tell `story`; in no order.
  template <typename Visit>
  void ForEachOfBase(StoryName story, Visit visit) const {
    if (const uint32_t leader = BaseDocidOf(story); leader != 0) base_.ForEachOf(leader, visit);
  }
  template <typename Visit>
  void ForEachOfLive(StoryName story, Visit visit) const {
    const auto found = in_live_.find(story);
    if (found == in_live_.end()) return;
    for (const uint32_t docid : found->second) visit(docid);
  }

 private:
  const CopyTable& base_;
  std::unordered_map<uint32_t, StoryName> of_live_;
  std::unordered_map<StoryName, std::vector<uint32_t>> in_live_;
};

}  // namespace broadsheet::storage
