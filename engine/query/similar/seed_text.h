// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a story that others are to be like: counted as indexing counts them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

struct SeedWord {
  std::string term;     // of the default search
  std::string written;  // its first form in the text, for people
  uint32_t hash = 0;    // storage::HashTerm
  uint32_t count = 0;   // occurrences, each times its field's weight
};

struct SeedText {
  std::vector<SeedWord> words;  // each term once, in the order of the text
  uint32_t length = 0;          // in words, as schema::LengthNorm takes it
};

// The words of the default search's fields, those of the beginning if there are many: the subject
// of a story is clear from it. `assumed_language` and `token_seed` are the generation's. Not
// thread-safe, as `analyzer` is not.
SeedText CountSeedWords(const v1::Article& article, std::string_view assumed_language,
                        uint64_t token_seed, text::Analyzer& analyzer);

}  // namespace broadsheet::query
