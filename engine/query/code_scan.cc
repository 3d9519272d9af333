// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/code_scan.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace broadsheet::query {
namespace {

using storage::TokenRun;

// Four vector registers of the plainest x86-64; a machine without vectors runs it as a loop.
constexpr size_t kLanes = 16;
typedef uint32_t Block __attribute__((vector_size(kLanes * sizeof(uint32_t))));
typedef int32_t Hits __attribute__((vector_size(kLanes * sizeof(uint32_t))));

bool Any(const Hits& hits) {
  std::array<uint64_t, kLanes / 2> pairs;
  std::memcpy(pairs.data(), &hits, sizeof(hits));
  uint64_t any = 0;
  for (const uint64_t pair : pairs) any |= pair;
  return any != 0;
}

// Moves `at` over whole blocks that have none of the payloads.
template <size_t N>
size_t SkipBlocks(TokenRun run, size_t at, const uint32_t* payloads) {
  for (; at + kLanes <= run.size(); at += kLanes) {
    Block block;
    std::memcpy(&block, run.data() + at, sizeof(block));
    block <<= 2;  // the kind's two bits
    Hits hits = block == payloads[0] << 2;
    for (size_t i = 1; i < N; ++i) hits |= block == payloads[i] << 2;
    if (Any(hits)) break;
  }
  return at;
}

// More than these are looked up one by one.
constexpr size_t kMostVectorPayloads = 4;

}  // namespace

CodeScan::CodeScan(std::vector<uint32_t> payloads) : payloads_(std::move(payloads)) {
  std::sort(payloads_.begin(), payloads_.end());
  payloads_.erase(std::unique(payloads_.begin(), payloads_.end()), payloads_.end());
  for (const uint32_t payload : payloads_) {
    low_bits_[(payload >> 6) % low_bits_.size()] |= uint64_t{1} << (payload % 64);
  }
}

bool CodeScan::Has(uint32_t payload) const {
  const uint64_t bits = low_bits_[(payload >> 6) % low_bits_.size()];
  return ((bits >> (payload % 64)) & 1) != 0 &&
         std::binary_search(payloads_.begin(), payloads_.end(), payload);
}

size_t CodeScan::Next(TokenRun run, size_t from) const {
  static_assert(kMostVectorPayloads == 4);
  size_t at = from;
  const size_t size = run.size();
  while (at < size) {
    switch (payloads_.size()) {
      case 0:
        return size;
      case 1:
        at = SkipBlocks<1>(run, at, payloads_.data());
        break;
      case 2:
        at = SkipBlocks<2>(run, at, payloads_.data());
        break;
      case 3:
        at = SkipBlocks<3>(run, at, payloads_.data());
        break;
      case 4:
        at = SkipBlocks<4>(run, at, payloads_.data());
        break;
      default:
        break;
    }
    const size_t end = payloads_.size() > kMostVectorPayloads ? size : std::min(size, at + kLanes);
    for (; at < end; ++at) {
      if (Has(run[at] & storage::kPayloadMask)) return at;
    }
  }
  return size;
}

}  // namespace broadsheet::query
