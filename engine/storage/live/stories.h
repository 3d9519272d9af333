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
  // `live` may be null. Looks at each document once. Throws what Xapian throws.
  Stories(const CopyTable& base, const Xapian::Database* live);

  StoryName OfBase(uint32_t docid) const { return base_.StoryOf(docid); }
  // 0 for a document that can have no copies.
  StoryName OfLive(uint32_t docid) const {
    const auto found = of_live_.find(docid);
    return found == of_live_.end() ? 0 : found->second;
  }
  // The docids of base, and of live, whose story another document tells, too. Ascending.
  const std::vector<uint32_t>& twice_in_base() const { return twice_in_base_; }
  const std::vector<uint32_t>& twice_in_live() const { return twice_in_live_; }

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
  void ReadLive(const Xapian::Database& live);

  const CopyTable& base_;
  std::unordered_map<uint32_t, StoryName> of_live_;
  std::unordered_map<StoryName, std::vector<uint32_t>> in_live_;
  std::vector<uint32_t> twice_in_base_;
  std::vector<uint32_t> twice_in_live_;
};

}  // namespace broadsheet::storage
