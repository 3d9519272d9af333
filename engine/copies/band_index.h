// SPDX-License-Identifier: GPL-3.0-or-later
// Finds, of many articles, those whose sketch has a band in common with a given one.
//
// Each band of each article hangs in a chain behind the last article with the same band. Articles
// are numbered in the order in which they are added, so that a chain ends where the oldest have
// been forgotten.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

#include "engine/storage/copies/copy_sketch.h"

namespace broadsheet::copies {

// Not thread-safe. About 500 bytes an article.
class BandIndex {
 public:
  struct Article {
    uint32_t docid = 0;
    int64_t seconds = 0;  // when it was published, since 1970
  };

  BandIndex();

  // Returns the article's number: one more than that of the one added before.
  uint64_t Add(const Article& article, const storage::CopySketch& sketch);
  // The article is not found any more; `number` is one that Add() returned and was not forgotten.
  void Remove(uint64_t number);
  // Forgets the article that was added first of those not forgotten; there is one.
  void ForgetOldest();
  // How many are not forgotten, removed ones included; and the first of them.
  size_t size() const { return entries_.size(); }
  const Article& oldest() const { return entries_.front().article; }

  // Calls `visit(article)` once for each that has a band in common with `sketch`.
  template <typename Visit>
  void ForEachAlike(const storage::CopySketch& sketch, Visit visit) {
    ++asked_;
    for (size_t band = 0; band < storage::kSketchBands; ++band) {
      const uint32_t wanted = storage::BandOf(sketch, band);
      for (uint64_t at = heads_[SlotOf(band, wanted)]; at > forgotten_;) {
        Entry& entry = EntryOf(at);
        at = at > entry.back[band] ? at - entry.back[band] : 0;
        if (entry.removed || entry.seen == asked_ ||
            storage::BandOf(entry.sketch, band) != wanted) {
          continue;
        }
        entry.seen = asked_;
        visit(entry.article);
      }
    }
  }

 private:
  struct Entry {
    Article article;
    uint64_t seen = 0;  // the last question it was an answer to
    storage::CopySketch sketch;
    bool removed = false;
    // How many articles back the one before it in each chain is; its own number when it is the
    // first.
    std::array<uint32_t, storage::kSketchBands> back;
  };

  // Articles are numbered from 1.
  Entry& EntryOf(uint64_t number) { return entries_[number - forgotten_ - 1]; }
  size_t SlotOf(size_t band, uint32_t values) const;
  void Hang(uint64_t number, Entry& entry);
  void Grow();

  std::deque<Entry> entries_;
  uint64_t forgotten_ = 0;  // the last number of those forgotten
  uint64_t asked_ = 0;
  // Numbers; 0 = none. As many for each band, one band behind the other: an article is once in a
  // chain.
  std::vector<uint64_t> heads_;
  size_t heads_per_band_;  // a power of two
};

}  // namespace broadsheet::copies
