// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/positions/code_scan.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <utility>

namespace broadsheet::query {
namespace {

using storage::TokenRun;

constexpr size_t kBlockCodes = 16;

#ifdef __SSE2__
// Returns a bit for each code of the block for which `compare`, given four codes, sets all bits.
template <typename Compare>
uint32_t BitsOfBlock(const uint32_t* codes, Compare compare) {
  const auto quarter = [&](int number) {
    return compare(_mm_loadu_si128(reinterpret_cast<const __m128i*>(codes) + number));
  };
  const __m128i halves = _mm_packs_epi32(quarter(0), quarter(1));
  const __m128i others = _mm_packs_epi32(quarter(2), quarter(3));
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(halves, others)));
}
#endif

// Returns a bit for each code of the block that has one of the payloads.
template <size_t N>
uint32_t HitsInBlock(const uint32_t* codes, const uint32_t* payloads) {
#ifdef __SSE2__
  return BitsOfBlock(codes, [payloads](__m128i four) {
    const __m128i shifted = _mm_slli_epi32(four, 2);  // the kind's two bits
    __m128i hits = _mm_setzero_si128();
    for (size_t i = 0; i < N; ++i) {
      const __m128i wanted = _mm_set1_epi32(static_cast<int>(payloads[i] << 2));
      hits = _mm_or_si128(hits, _mm_cmpeq_epi32(shifted, wanted));
    }
    return hits;
  });
#else
  uint32_t hits = 0;
  for (size_t at = 0; at < kBlockCodes; ++at) {
    for (size_t i = 0; i < N; ++i) {
      if (codes[at] << 2 == payloads[i] << 2) hits |= 1U << at;
    }
  }
  return hits;
#endif
}

// Returns a bit for each code of the block that is a field mark.
uint32_t FieldMarksInBlock(const uint32_t* codes) {
#ifdef __SSE2__
  // The bits that distinguish field marks, and their values in a field mark.
  constexpr uint32_t kKinds = storage::BreakMark(static_cast<storage::MarkKind>(3));
  constexpr uint32_t kField = storage::MakeCode(storage::CodeKind::kMark, 0);
  return BitsOfBlock(codes, [](__m128i four) {
    const __m128i kinds = _mm_and_si128(four, _mm_set1_epi32(static_cast<int>(kKinds)));
    return _mm_cmpeq_epi32(kinds, _mm_set1_epi32(static_cast<int>(kField)));
  });
#else
  uint32_t marks = 0;
  for (size_t at = 0; at < kBlockCodes; ++at) {
    if (storage::IsFieldMark(codes[at])) marks |= 1U << at;
  }
  return marks;
#endif
}

// The first code from `at` on that has one of the payloads, or where less than a block is left.
template <size_t N>
size_t NextInBlocks(TokenRun run, size_t at, const uint32_t* payloads) {
  for (; at + kBlockCodes <= run.size(); at += kBlockCodes) {
    const uint32_t hits = HitsInBlock<N>(run.data() + at, payloads);
    if (hits != 0) return at + static_cast<size_t>(std::countr_zero(hits));
  }
  return at;
}

// More than these are looked up one by one.
constexpr size_t kMostVectorPayloads = 4;

}  // namespace

size_t LastFieldMark(TokenRun run, size_t at) {
  size_t end = at + 1;
  for (; end >= kBlockCodes; end -= kBlockCodes) {
    const size_t begin = end - kBlockCodes;
    const uint32_t marks = FieldMarksInBlock(run.data() + begin);
    if (marks != 0) return begin + static_cast<size_t>(std::bit_width(marks)) - 1;
  }
  while (end > 0) {
    --end;
    if (storage::IsFieldMark(run[end])) return end;
  }
  return run.size();
}

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
  switch (payloads_.size()) {
    case 0:
      return run.size();
    case 1:
      at = NextInBlocks<1>(run, at, payloads_.data());
      break;
    case 2:
      at = NextInBlocks<2>(run, at, payloads_.data());
      break;
    case 3:
      at = NextInBlocks<3>(run, at, payloads_.data());
      break;
    case 4:
      at = NextInBlocks<4>(run, at, payloads_.data());
      break;
    default:
      break;
  }
  // At a hit, or in the rest of the run.
  while (at < run.size() && !Has(run[at] & storage::kPayloadMask)) ++at;
  return std::min(at, run.size());
}

}  // namespace broadsheet::query
