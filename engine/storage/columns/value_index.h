// SPDX-License-Identifier: GPL-3.0-or-later
// What is reckoned from base/values and base/columns for completions, and kept in memory: how many
// documents have each value, and where words begin in values, so that `kerrigan` finds the author
// Jane Kerrigan.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/schema/field_table.h"
#include "engine/storage/columns/value_rows.h"
#include "engine/storage/columns/value_table.h"

namespace broadsheet::storage {

// Where words begin in a folded value: bytes of it, ascending. Of long values the first words.
std::vector<size_t> WordBegins(std::string_view folded);

// A word of a value: it begins at byte `offset` of the folded form.
struct ValueWord {
  uint32_t number = 0;  // of the value's first spelling
  uint32_t offset = 0;
};

// Takes 4 bytes a value and 8 a word of one. Immutable; safe from any thread.
class ValueIndex {
 public:
  // Walks over all values and rows: some milliseconds for ten thousand articles. `values` outlives
  // this.
  ValueIndex(const ValueTable& values, const ValueRows& rows);

  // How many documents of base have the value in this spelling, whether readers may see them or
  // not.
  uint32_t DocumentsWith(uint32_t number) const {
    return number < documents_.size() ? documents_[number] : 0;
  }
  // The words of the field's values that begin so, in the order of what follows in their values.
  // `prefix` is folded; of several words it takes values that have them in this order side by side.
  std::span<const ValueWord> WordsWith(schema::FieldId field, std::string_view prefix) const;
  // All words of the field's values.
  std::span<const ValueWord> WordsOf(schema::FieldId field) const { return WordsWith(field, ""); }
  // The value from the word on.
  std::string_view TextFrom(const ValueWord& word) const {
    return values_.At(word.number).folded.substr(word.offset);
  }

 private:
  void FindWords();

  const ValueTable& values_;
  std::vector<uint32_t> documents_;  // by number
  std::vector<ValueWord> words_;     // by field, then by TextFrom
};

}  // namespace broadsheet::storage
