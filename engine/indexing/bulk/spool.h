// SPDX-License-Identifier: GPL-3.0-or-later
// Takes articles in input order and gives them back newest first, each id once.
//
// Order. By published second, newest first, undated last; ties by id, ascending. This is the order
// of docids in base/, on which date-sorted search rests.
//
// One id, one article. The highest version wins, among equal versions the last by input order.
// Since the winner may come at any time, a second, small sorter finds the losers when all are in:
// it orders (id, version, sequence) and gives one bit for each sequence number.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
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

struct SpoolOptions {
  std::filesystem::path folder;  // for temporary files; it exists
  uint64_t memory_bytes = 64ULL << 20;
};

// The articles of a spool in their final order. Not thread-safe.
class OrderedArticles {
 public:
  OrderedArticles(std::unique_ptr<RecordStream> stream, std::vector<bool> superseded);

  // The next serialised Article, valid until the next call; false at the end.
  absl::StatusOr<bool> Next(std::string_view* serialized);

 private:
  const std::unique_ptr<RecordStream> stream_;
  const std::vector<bool> superseded_;  // by sequence number
};

// Not thread-safe; one thread adds, then orders.
class Spool {
 public:
  explicit Spool(SpoolOptions options);

  // `article` is prepared: it has an id. Returns it serialised, valid until the next call.
  // RESOURCE_EXHAUSTED when the disk is full.
  absl::StatusOr<std::string_view> Add(const v1::Article& article);

  // Once, after the last Add. `on_superseded` (may be empty) is told of each article that is
  // dropped by its number in the order of Add, from 0. Errors as Add's, and CANCELLED.
  absl::StatusOr<std::unique_ptr<OrderedArticles>> Order(
      Monitor& monitor, const std::function<void(uint64_t)>& on_superseded);

  uint64_t added() const { return added_; }
  // Known after Order.
  uint64_t superseded() const { return superseded_; }

 private:
  absl::StatusOr<std::vector<bool>> FindSuperseded(
      Monitor& monitor, const std::function<void(uint64_t)>& on_superseded);

  const SpoolOptions options_;
  const uint64_t hash_seed_;
  ExternalSorter articles_;
  ExternalSorter identities_;
  uint64_t added_ = 0;
  uint64_t superseded_ = 0;
  std::string key_;
  std::string payload_;
};

}  // namespace broadsheet::indexing
