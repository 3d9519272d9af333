// SPDX-License-Identifier: GPL-3.0-or-later
// What an article was made from, for a report that shows it beside the article: the blocks of a
// page and why each is text or not, or the record as it was read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/sources/article/record_place.h"

namespace broadsheet::sources {

enum class BlockUse : uint8_t {
  kText,   // of the article's body
  kField,  // of another field of the article
  kNone,   // dropped
};

struct TracedBlock {
  // Shortened, with "…" at the end, when it is long.
  std::string text = {};
  BlockUse use = BlockUse::kNone;
  // For a person to read: the field, "caption"; or why the block was dropped, "in a nav element".
  std::string reason = {};
  bool operator==(const TracedBlock&) const = default;
};

// Of one page or record. Memory is bounded, whatever the size of the page. Not thread-safe.
class RecordTrace {
 public:
  explicit RecordTrace(RecordPlace place = {}) : place_(std::move(place)) {}

  static constexpr size_t kMaxBlockBytes = 2000;
  static constexpr size_t kMaxBlocks = 5000;
  static constexpr size_t kMaxBytes = 256 << 10;

  // The next block of the page, in document order. Those beyond the bounds are counted only.
  void AddBlock(std::string_view text, BlockUse use, std::string reason);
  // Whether further blocks are only counted, so that their use and reason do not matter.
  bool is_full() const { return blocks_.size() >= kMaxBlocks || bytes_ >= kMaxBytes; }
  // The record, for formats without a page: only its start when it is long.
  void SetRecord(std::string_view record);

  const RecordPlace& place() const { return place_; }
  const std::vector<TracedBlock>& blocks() const { return blocks_; }
  // How many blocks are only counted.
  size_t left_out() const { return left_out_; }
  const std::string& record() const { return record_; }

 private:
  RecordPlace place_;
  std::vector<TracedBlock> blocks_;
  size_t bytes_ = 0;
  size_t left_out_ = 0;
  std::string record_;
};

RecordTrace TraceOfRecord(RecordPlace place, std::string_view record);

// Called with the trace of each record that was read, right before its article is passed on or
// refused; records that could not be read, and files, are refused without a trace.
using TraceSink = std::function<void(RecordTrace&&)>;

}  // namespace broadsheet::sources
