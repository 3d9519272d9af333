// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/source.h"

namespace broadsheet::sources {

void ReadCounts::CountIgnored(std::string_view field) {
  const auto found = ignored_fields.find(field);
  if (found != ignored_fields.end()) {
    ++found->second;
  } else if (ignored_fields.size() < kMaxIgnoredFields) {
    ignored_fields.emplace(field, 1);
  }
}

}  // namespace broadsheet::sources
