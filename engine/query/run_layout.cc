// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/run_layout.h"

namespace broadsheet::query {

using storage::CodeKind;
using storage::KindOf;

void RunLayout::Assign(storage::TokenRun of) {
  run = of;
  words.clear();
  stretches.clear();
  for (uint32_t i = 0; i < run.size(); ++i) {
    if (KindOf(run[i]) == CodeKind::kWord) {
      if (stretches.empty()) continue;  // a run starts with a field mark
      words.push_back(i);
      ++stretches.back().word_count;
    } else if (storage::IsFieldMark(run[i])) {
      stretches.push_back({.field = storage::FieldOfMark(run[i]),
                           .first_word = static_cast<uint32_t>(words.size())});
    }
  }
}

}  // namespace broadsheet::query
