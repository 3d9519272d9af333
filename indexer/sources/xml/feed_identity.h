// SPDX-License-Identifier: GPL-3.0-or-later
// Finds ids that are none: feeds in which items of other titles have the same one, because it is
// that of the feed, or a number that a program makes up anew each time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "indexer/sources/article/draft.h"

namespace broadsheet::sources {

// Not thread-safe. Looks at the items of one feed, a batch at a time; remembers those of earlier
// batches up to a bound.
class FeedIdentity {
 public:
  // Takes from the articles of `batch` the ids and addresses that are no identity. Such an article
  // has the other of both for its identity, or what it says. An id that was handed out in an
  // earlier batch stays with the article that had it.
  //
  // The same id, or address, with another title is no identity, unless both articles have the same
  // address and their titles half of the words in common: then one is a correction of the other.
  void Settle(const std::vector<std::unique_ptr<Draft>>& batch);

 private:
  struct Seen {
    // Hashes of the words of the title, sorted, and of the address.
    std::vector<uint32_t> words;
    uint64_t address = 0;
    bool is_shared = false;  // with other titles
  };
  using SeenMap = absl::flat_hash_map<uint64_t, Seen>;

  static void Look(const std::string& identity, const Seen& item, SeenMap* seen);
  static bool IsShared(const std::string& identity, const SeenMap& seen);
  static void SettleOne(const SeenMap& ids, const SeenMap& addresses, v1::Article* article);

  SeenMap ids_;
  SeenMap addresses_;
};

}  // namespace broadsheet::sources
