// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/source.h"

namespace broadsheet::sources {
namespace {

void Count(std::string_view name, size_t max_names,
           std::map<std::string, uint64_t, std::less<>>* counts) {
  const auto found = counts->find(name);
  if (found != counts->end()) {
    ++found->second;
  } else if (counts->size() < max_names) {
    counts->emplace(name, 1);
  }
}

}  // namespace

void ReadCounts::CountIgnored(std::string_view field) {
  Count(field, kMaxIgnoredFields, &ignored_fields);
}

void ReadCounts::CountSkipped(std::string_view kind) { Count(kind, kMaxIgnoredFields, &skipped); }

}  // namespace broadsheet::sources
