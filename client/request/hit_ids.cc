// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/request/hit_ids.h"

#include <ostream>

#include "client/session/last_search.h"

namespace broadsheet::client {

std::optional<std::vector<std::string>> IdsOfHits(const std::vector<std::string>& named,
                                                  bool literal, std::ostream& err) {
  std::optional<LastSearch> last;
  std::vector<std::string> ids;
  for (const std::string& name : named) {
    if (literal || !IsHitNumber(name)) {
      ids.push_back(name);
      continue;
    }
    if (!last) last = RecallSearch(LastSearchFile()).value_or(LastSearch());
    const auto id = last->IdOf(std::stoul(name));
    if (!id) {
      err << "broadsheet: the last search in this terminal shows no hit " << name
          << "; search first, or give an id (--id if it is a number)\n";
      return std::nullopt;
    }
    ids.push_back(*id);
  }
  return ids;
}

}  // namespace broadsheet::client
