// SPDX-License-Identifier: GPL-3.0-or-later
// Takes articles in input order and returns them newest first, one article for each id.
//
// Order. By published second, newest first, undated last; ties by id, ascending. Docids in base/
// have this order, and date-sorted search depends on it.
//
// One id, one article. The highest version wins, among equal versions the last by input order. A
// second, small sorter finds the superseded articles after the last Add: it sorts (id, version,
// sequence number), and gives one bit for each sequence number. It also counts the languages of the
// articles that stay, since what prevails among them has to be known before any is analysed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/indexing/sort/external_sorter.h"

namespace broadsheet::indexing {

// Called with the number of an article that is dropped, and that of the one with the same id that
// is kept; from 0, in the order of Add.
using SupersededSink = std::function<void(uint64_t dropped, uint64_t kept)>;

struct SpoolOptions {
  std::filesystem::path folder;  // for temporary files; it exists
  uint64_t memory_bytes = 64ULL << 20;
};

// The articles of a spool in their final order, which a thread of its own finishes sorting. Not
// thread-safe.
class OrderedArticles {
 public:
  OrderedArticles(std::unique_ptr<ExternalSorter> sorter, std::vector<bool> superseded);

  // Sets `serialized` to the next Article, valid until the next call; returns false at the end. The
  // first call waits for the sorting, and returns its error.
  absl::StatusOr<bool> Next(std::string_view* serialized);

 private:
  const std::vector<bool> superseded_;  // by sequence number
  std::unique_ptr<RecordStream> stream_;
  // Joins its thread. No longer valid once stream_ is set.
  std::future<absl::StatusOr<std::unique_ptr<RecordStream>>> sorting_;
};

// Not thread-safe; one thread adds, then orders.
class Spool {
 public:
  explicit Spool(SpoolOptions options);

  // `article` is prepared: it has an id. Returns it serialised, valid until the next call.
  // RESOURCE_EXHAUSTED when the disk is full.
  absl::StatusOr<std::string_view> Add(const v1::Article& article);

  // Call once, after the last Add. Calls `on_superseded` (may be empty) for each dropped article.
  // The result may outlive the spool.
  // Errors of Add, and CANCELLED.
  absl::StatusOr<std::unique_ptr<OrderedArticles>> Order(Monitor& monitor,
                                                         const SupersededSink& on_superseded);

  uint64_t added() const { return added_; }
  // Valid after Order.
  uint64_t superseded() const { return superseded_; }
  // Valid after Order: the articles that are not superseded, by the primary subtag of their
  // language ("" = without one).
  const std::map<std::string, uint64_t>& languages() const { return languages_; }

 private:
  absl::StatusOr<std::vector<bool>> FindSuperseded(Monitor& monitor,
                                                   const SupersededSink& on_superseded);

  const SpoolOptions options_;
  const uint64_t hash_seed_;
  std::unique_ptr<ExternalSorter> articles_;  // null after Order
  ExternalSorter identities_;
  uint64_t added_ = 0;
  uint64_t superseded_ = 0;
  std::map<std::string, uint64_t> languages_;
  std::string key_;
  std::string payload_;
};

}  // namespace broadsheet::indexing
