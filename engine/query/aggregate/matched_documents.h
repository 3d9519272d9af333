// SPDX-License-Identifier: GPL-3.0-or-later
// All documents that match, to be counted: a bit for each document of base and of live.
#pragma once

#include <xapian.h>

#include <bit>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "engine/query/match/match_context.h"

namespace broadsheet::query {

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

struct MatchedDocuments {
  DocumentSet base;
  DocumentSet live;  // empty without live

  uint64_t Count() const { return base.Count() + live.Count(); }
};

// None, with room for all documents of the snapshot.
MatchedDocuments NoDocuments(const storage::Snapshot& snapshot);

// What `query` matches, without superseded documents. Throws what Xapian and the deadline throw.
MatchedDocuments CollectMatches(MatchContext& context, const Xapian::Query& query);

// All that readers may see at `now`, without asking Xapian document by document. Throws likewise.
MatchedDocuments CollectVisible(MatchContext& context, absl::Time now);

}  // namespace broadsheet::query
