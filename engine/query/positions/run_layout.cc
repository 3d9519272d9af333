// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/positions/run_layout.h"

namespace broadsheet::query {

void RunLayout::Assign(const storage::TokenRun& of) {
  run = of;
  stretches.clear();
  words.resize(run.size());
  uint32_t* const places = words.data();
  uint32_t count = 0;
  const auto end_stretch = [this](uint32_t past_word) {
    if (!stretches.empty()) stretches.back().word_count = past_word - stretches.back().first_word;
  };
  for (uint32_t i = 0; i < of.size(); ++i) {
    const storage::RunCode code = of[i];
    if (storage::IsFieldMark(code)) [[unlikely]] {
      if (stretches.empty()) count = 0;  // a run starts with a field mark
      end_stretch(count);
      stretches.push_back({.field = storage::FieldOfMark(code), .first_word = count});
    }
    // Avoids a branch that cannot be predicted: every place is written, but only a word's is kept.
    places[count] = i;
    count += static_cast<uint32_t>(storage::StartsWord(code));
  }
  if (stretches.empty()) count = 0;
  end_stretch(count);
  words.resize(count);
}

}  // namespace broadsheet::query
