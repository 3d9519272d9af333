// SPDX-License-Identifier: GPL-3.0-or-later
// The layout of one document's token run: its stretches, one for each text, and the words in them.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/schema/field_table.h"
#include "engine/storage/base/token_run.h"

namespace broadsheet::query {

// One text of the article; a phrase never leaves it.
struct Stretch {
  schema::FieldId field;
  uint32_t first_word = 0;  // counted over the whole run
  uint32_t word_count = 0;

  uint32_t past_word() const { return first_word + word_count; }
};

// Reused from document to document. The run's owner must outlive it.
struct RunLayout {
  storage::TokenRun run;
  std::vector<uint32_t> words;  // the code of the run with which each word starts
  std::vector<Stretch> stretches;

  void Assign(const storage::TokenRun& of);

  // Whether a text, paragraph or sentence starts with word `word`.
  bool StartsSentence(uint32_t word) const {
    return run[words[word] - 1] <= storage::kParagraphMark;
  }
};

}  // namespace broadsheet::query
