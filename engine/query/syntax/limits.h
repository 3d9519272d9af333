// SPDX-License-Identifier: GPL-3.0-or-later
// Limits of one query. The defaults are those of docs/query_language.md.
#pragma once

#include <cstddef>
#include <cstdint>

namespace broadsheet::query {

struct Limits {
  size_t max_query_bytes = 4096;
  int max_written_terms = 128;
  int max_expanded_leaves = 512;  // in all, after wildcards, stems and languages
  int max_nesting = 32;
  size_t min_wildcard_prefix = 2;  // letters before the *
  int max_page_size = 1000;
  int default_page_size = 10;
  uint32_t max_relevance_depth = 10000;  // hits that relevance pages reach
  uint32_t total_check_limit = 1000;     // totals are exact below this
  // By relevance, those of phrases, NEAR and fields' words only where no more documents have the
  // words: verifying so many takes less than half a millisecond.
  uint32_t most_verified = 1000;

  // Those of a query of which any word is enough: it may be a pasted article, since only the words
  // that tell most are searched for (compile/telling_words.h).
  Limits ForAnyWord() const {
    Limits any = *this;
    any.max_query_bytes *= 4;
    any.max_written_terms *= 8;
    return any;
  }
};

}  // namespace broadsheet::query
