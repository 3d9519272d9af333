// SPDX-License-Identifier: GPL-3.0-or-later
// Which language the articles of an index that have none are probably in.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace broadsheet::indexing {

// The language of more than half of the articles that have one; "" when there is none. Articles
// that have none have no say, however many. `languages`: from primary subtags ("" = none) to
// articles. Pure.
std::string PrevailingLanguage(const std::map<std::string, uint64_t>& languages);

}  // namespace broadsheet::indexing
