// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the words that get a code of their own in token runs (storage/base/word_table.h), by
// counting those of a sample. A word of the index that the sample lacks, or has too seldom, costs
// 8 bytes or more in each article that has it, and nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/storage/base/split_articles.h"

namespace broadsheet::indexing {

// The forms of the most frequent words of a `sample` of so many `articles`, the most frequent word
// first: what WordTable takes. As many articles of the sample are read as an eighth of all, and a
// few megabytes at most. Each card of it stands beside its body; a card that was cut is passed over
// with it. `token_seed` and `assumed_language` are those of the generation. Safe from any thread.
std::vector<uint32_t> FrequentWords(const storage::ArticleSample& sample, uint64_t articles,
                                    uint64_t token_seed, const std::string& assumed_language);

}  // namespace broadsheet::indexing
