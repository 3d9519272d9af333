// SPDX-License-Identifier: GPL-3.0-or-later
// A set of docids, a bit for each document.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/base/call_control.h"

namespace broadsheet::storage {

// A set of docids of one database.
class DocumentSet {
 public:
  // Of docids up to `last`.
  explicit DocumentSet(uint32_t last) : words_(last / kBits + 1) {}

  void Add(uint32_t docid) { words_[docid / kBits] |= uint64_t{1} << docid % kBits; }
  void Remove(uint32_t docid) { words_[docid / kBits] &= ~(uint64_t{1} << docid % kBits); }
  // `docid` may be any number.
  bool Has(uint32_t docid) const {
    return docid / kBits < words_.size() && (words_[docid / kBits] >> docid % kBits & 1) != 0;
  }
  // `other` is of the same bound.
  void RemoveAll(const DocumentSet& other) {
    for (size_t word = 0; word < words_.size(); ++word) words_[word] &= ~other.words_[word];
  }
  void RetainAll(const DocumentSet& other) {
    for (size_t word = 0; word < words_.size(); ++word) words_[word] &= other.words_[word];
  }
  // The least docid of the set that is not below `docid`; 0 when there is none.
  uint32_t FirstFrom(uint32_t docid) const;
  // Adds 1 to `last`, which is within the bound.
  void AddUpTo(uint32_t last);
  uint64_t Count() const;

  // Calls `visit(docid)` in ascending order; polls `deadline`, which throws.
  template <typename Visit>
  void ForEach(base::Deadline& deadline, Visit visit) const {
    for (size_t word = 0; word < words_.size(); ++word) {
      if (words_[word] == 0) continue;
      deadline.Poll();
      for (uint64_t rest = words_[word]; rest != 0; rest &= rest - 1) {
        visit(static_cast<uint32_t>(word * kBits) + static_cast<uint32_t>(std::countr_zero(rest)));
      }
    }
  }

 private:
  static constexpr uint32_t kBits = 64;
  std::vector<uint64_t> words_;
};

}  // namespace broadsheet::storage
