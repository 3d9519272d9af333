// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/prevailing_language.h"

namespace broadsheet::indexing {

std::string PrevailingLanguage(const std::map<std::string, uint64_t>& languages) {
  uint64_t stated = 0;
  for (const auto& [language, articles] : languages) stated += language.empty() ? 0 : articles;
  for (const auto& [language, articles] : languages) {
    if (!language.empty() && articles > stated / 2) return language;
  }
  return {};
}

}  // namespace broadsheet::indexing
