// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the words that get a code of their own in token runs (storage/base/word_table.h), by
// counting those of a sample. A word of the index that the sample lacks, or has too seldom, costs
// 8 bytes or more in each article that has it, and nothing else.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace broadsheet::indexing {

// The forms of the most frequent words of `samples`, serialised prepared Articles of which the
// first few megabytes are read, the most frequent word first: what WordTable takes. `token_seed`
// and `assumed_language` are those of the generation. Safe from any thread.
std::vector<uint32_t> FrequentWords(const std::vector<std::string>& samples, uint64_t token_seed,
                                    const std::string& assumed_language);

}  // namespace broadsheet::indexing
