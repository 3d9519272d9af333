// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/source.h"

#include <utility>

#include "engine/text/utf8.h"

namespace broadsheet::sources {
namespace {

// Names come from files: of any bytes.
void Count(std::string name, size_t max_names,
           std::map<std::string, uint64_t, std::less<>>* counts) {
  text::RepairUtf8(&name);
  const auto found = counts->find(name);
  if (found != counts->end()) {
    ++found->second;
  } else if (counts->size() < max_names) {
    counts->emplace(std::move(name), 1);
  }
}

}  // namespace

void ReadCounts::CountIgnored(std::string_view field) {
  Count(std::string(field), kMaxIgnoredFields, &ignored_fields);
}

void ReadCounts::CountSkipped(std::string_view kind) {
  ++passed_over;
  const bool is_full = skipped.size() >= kMaxIgnoredFields && skipped.find(kind) == skipped.end();
  Count(is_full ? "other kinds" : std::string(kind), kMaxIgnoredFields + 1, &skipped);
}

}  // namespace broadsheet::sources
