// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/compound_spellings.h"

#include <utility>

namespace broadsheet::query {
namespace {

constexpr size_t kMostSpellings = 8;

// A row of which the first `next` words of the one asked for are written.
struct Written {
  std::vector<Word> words;
  size_t next = 0;
};

Written With(Written row, Word word, size_t taken) {
  row.words.push_back(std::move(word));
  row.next += taken;
  return row;
}

Word WordOf(std::vector<std::string> terms) {
  Word word;
  word.terms = std::move(terms);
  return word;
}

}  // namespace

std::vector<std::vector<Word>> SpellingsOf(const std::vector<Word>& row) {
  std::vector<Written> rows(1);
  for (size_t at = 0; at < row.size(); ++at) {
    const Word& word = row[at];
    for (size_t i = 0, count = rows.size(); i < count; ++i) {
      if (rows[i].next != at) continue;
      const Written before = rows[i];
      rows[i] = With(before, word, 1);
      if (!word.whole_terms.empty() && rows.size() < kMostSpellings) {
        rows.push_back(With(before, WordOf(word.whole_terms), word.whole_words));
      }
      if (!word.number.empty() && row.size() > 1 && rows.size() < kMostSpellings) {
        rows.push_back(rows[i]);
        rows.back().words.push_back(WordOf({word.number}));
      }
    }
  }
  std::vector<std::vector<Word>> spellings;
  for (Written& one : rows) spellings.push_back(std::move(one.words));
  return spellings;
}

}  // namespace broadsheet::query
