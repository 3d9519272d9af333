// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/hashed_words.h"

#include <algorithm>

#include "engine/schema/field_table.h"

namespace broadsheet::weights {

void HashedWords::Add(uint32_t hash, uint32_t word) {
  const std::pair<uint32_t, uint32_t> entry(hash, word);
  const auto place = std::lower_bound(words_.begin(), words_.end(), entry);
  if (place == words_.end() || *place != entry) words_.insert(place, entry);
  seen_.set(hash % kSeenBits);
}

std::span<const std::pair<uint32_t, uint32_t>> HashedWords::FindSeen(uint32_t payload) const {
  const auto first =
      std::lower_bound(words_.begin(), words_.end(), std::pair<uint32_t, uint32_t>(payload, 0));
  auto last = first;
  while (last != words_.end() && last->first == payload) ++last;
  return {first, last};
}

const schema::Field& TableFieldOf(storage::RunCode mark) {
  static constexpr schema::Field kNone{};
  for (const schema::Field& field : schema::Fields()) {
    if (field.id == storage::FieldOfMark(mark)) return field;
  }
  return kNone;
}

}  // namespace broadsheet::weights
