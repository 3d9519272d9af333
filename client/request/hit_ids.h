// SPDX-License-Identifier: GPL-3.0-or-later
// Articles as people name them: by id, or by the number of a hit.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace broadsheet::client {

// The ids that `named` stand for; numbers stand for hits of the last search in this terminal unless
// `literal`. nullopt, with a message, when there is no such hit.
std::optional<std::vector<std::string>> IdsOfHits(const std::vector<std::string>& named,
                                                  bool literal, std::ostream& err);

}  // namespace broadsheet::client
