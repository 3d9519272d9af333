// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/copies/likeness.h"

#include <algorithm>

namespace broadsheet::copies {

double Likeness::resemblance() const {
  const size_t either = shorter + longer - shared;
  return either == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(either);
}

double Likeness::containment() const {
  return shorter == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(shorter);
}

Likeness Compare(std::span<const uint64_t> a, std::span<const uint64_t> b) {
  Likeness likeness{.shorter = std::min(a.size(), b.size()),
                    .longer = std::max(a.size(), b.size())};
  for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++likeness.shared;
    const bool advance_a = a[i] <= b[j];
    if (b[j] <= a[i]) ++j;
    if (advance_a) ++i;
  }
  return likeness;
}

bool AreCopies(const Likeness& likeness, Sources sources) {
  if (likeness.shorter < kFewestShingles) {
    return likeness.shorter > 0 && likeness.shared == likeness.longer;
  }
  if (sources == Sources::kSame) {
    return likeness.resemblance() >= kLeastResemblanceWithin &&
           likeness.containment() >= kLeastContainmentWithin;
  }
  if (likeness.resemblance() >= kLeastResemblance) return true;
  return likeness.shared >= kFewestShingles && likeness.containment() >= kLeastContainment;
}

std::optional<size_t> FindNearest(std::span<const Neighbour> neighbours) {
  std::optional<size_t> nearest;
  for (size_t at = 0; at < neighbours.size(); ++at) {
    const Neighbour& neighbour = neighbours[at];
    if (!AreCopies(neighbour.likeness, neighbour.sources)) continue;
    const double most = nearest.has_value() ? neighbours[*nearest].likeness.resemblance() : -1;
    if (neighbour.likeness.resemblance() > most) nearest = at;
  }
  return nearest;
}

bool IsRival(const Neighbour& neighbour) {
  return neighbour.sources == Sources::kSame && !AreCopies(neighbour.likeness, neighbour.sources);
}

bool LeavesNoRoom(const Likeness& rival_and_nearest, const Likeness& own_and_nearest) {
  return rival_and_nearest.resemblance() >= own_and_nearest.resemblance();
}

}  // namespace broadsheet::copies
