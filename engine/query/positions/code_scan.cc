// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/positions/code_scan.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace broadsheet::query {
namespace {

using storage::RunCode;

constexpr size_t kBlock = 64;

// Bits of a block of 64 codes: those that have one of some values, are below a limit.
using MembersOfBlock = uint64_t (*)(const RunCode* codes, const RunCode* values, size_t count);
using BelowInBlock = uint64_t (*)(const RunCode* codes, RunCode limit);
// Whether any of the 32-bit codes has the payload.
using AnyPayload = bool (*)(const uint32_t* codes, size_t count, uint32_t payload);

struct ScanKind {
  std::string_view name;
  MembersOfBlock members;
  BelowInBlock below;
  AnyPayload any;
  bool (*here)();
};

uint64_t PortableMembers(const RunCode* codes, const RunCode* values, size_t count) {
  uint64_t found = 0;
  for (size_t at = 0; at < kBlock; ++at) {
    bool is_member = false;
    for (size_t i = 0; i < count; ++i) is_member |= codes[at] == values[i];
    found |= uint64_t{is_member} << at;
  }
  return found;
}

uint64_t PortableBelow(const RunCode* codes, RunCode limit) {
  uint64_t found = 0;
  for (size_t at = 0; at < kBlock; ++at) found |= uint64_t{codes[at] < limit} << at;
  return found;
}

bool PortableAny(const uint32_t* codes, size_t count, uint32_t payload) {
  return std::any_of(codes, codes + count, [payload](uint32_t code) {
    return (code & storage::kPayloadMask) == payload;
  });
}

#if defined(__x86_64__)

__attribute__((target("avx512bw"))) uint64_t Avx512Members(const RunCode* codes,
                                                           const RunCode* values, size_t count) {
  const __m512i low = _mm512_loadu_si512(codes);
  const __m512i high = _mm512_loadu_si512(codes + kBlock / 2);
  uint64_t in_low = 0;
  uint64_t in_high = 0;
  for (size_t i = 0; i < count; ++i) {
    const __m512i value = _mm512_set1_epi16(static_cast<int16_t>(values[i]));
    in_low |= _mm512_cmpeq_epi16_mask(low, value);
    in_high |= _mm512_cmpeq_epi16_mask(high, value);
  }
  return in_low | in_high << (kBlock / 2);
}

__attribute__((target("avx512bw"))) uint64_t Avx512Below(const RunCode* codes, RunCode limit) {
  const __m512i bound = _mm512_set1_epi16(static_cast<int16_t>(limit));
  const uint64_t low = _mm512_cmplt_epu16_mask(_mm512_loadu_si512(codes), bound);
  const uint64_t high = _mm512_cmplt_epu16_mask(_mm512_loadu_si512(codes + kBlock / 2), bound);
  return low | high << (kBlock / 2);
}

__attribute__((target("avx512bw"))) bool Avx512Any(const uint32_t* codes, size_t count,
                                                   uint32_t payload) {
  const __m512i wanted = _mm512_set1_epi32(static_cast<int>(payload));
  const __m512i mask = _mm512_set1_epi32(static_cast<int>(storage::kPayloadMask));
  for (size_t at = 0; at < count; at += 16) {
    const size_t left = count - at;
    const auto lanes = static_cast<__mmask16>(left < 16 ? (1U << left) - 1 : 0xffff);
    const __m512i some = _mm512_maskz_loadu_epi32(lanes, codes + at);
    const __m512i payloads = _mm512_and_si512(some, mask);
    if (_mm512_mask_cmpeq_epi32_mask(lanes, payloads, wanted) != 0) return true;
  }
  return false;
}

// A bit for each of the 32 codes whose lanes are all ones.
__attribute__((target("avx2"))) uint64_t Avx2Bits(__m256i low, __m256i high) {
  // Packing works within each half of a register; the permutation restores the order.
  const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packs_epi16(low, high), 0xd8);
  return static_cast<uint32_t>(_mm256_movemask_epi8(bytes));
}

__attribute__((target("avx2"))) __m256i Avx2Load(const RunCode* codes) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes));
}

__attribute__((target("avx2"))) uint64_t Avx2Members(const RunCode* codes, const RunCode* values,
                                                     size_t count) {
  constexpr size_t kParts = 4;
  __m256i found[kParts] = {};  // std::array warns of a vector's attributes
  for (size_t i = 0; i < count; ++i) {
    const __m256i value = _mm256_set1_epi16(static_cast<int16_t>(values[i]));
    for (size_t part = 0; part < kParts; ++part) {
      const __m256i equal = _mm256_cmpeq_epi16(Avx2Load(codes + 16 * part), value);
      found[part] = _mm256_or_si256(found[part], equal);
    }
  }
  return Avx2Bits(found[0], found[1]) | Avx2Bits(found[2], found[3]) << (kBlock / 2);
}

__attribute__((target("avx2"))) uint64_t Avx2Below(const RunCode* codes, RunCode limit) {
  // There is no comparison of unsigned lanes: x < limit where the lesser of both is not limit.
  const __m256i bound = _mm256_set1_epi16(static_cast<int16_t>(limit));
  const auto not_below = [bound](const RunCode* at) __attribute__((target("avx2"))) {
    return _mm256_cmpeq_epi16(_mm256_min_epu16(Avx2Load(at), bound), bound);
  };
  return ~(Avx2Bits(not_below(codes), not_below(codes + 16)) |
           Avx2Bits(not_below(codes + 32), not_below(codes + 48)) << (kBlock / 2));
}

__attribute__((target("avx2"))) bool Avx2Any(const uint32_t* codes, size_t count,
                                             uint32_t payload) {
  const __m256i wanted = _mm256_set1_epi32(static_cast<int>(payload));
  const __m256i mask = _mm256_set1_epi32(static_cast<int>(storage::kPayloadMask));
  size_t at = 0;
  for (; at + 8 <= count; at += 8) {
    const __m256i some = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes + at));
    const __m256i equal = _mm256_cmpeq_epi32(_mm256_and_si256(some, mask), wanted);
    if (_mm256_movemask_epi8(equal) != 0) return true;
  }
  return PortableAny(codes + at, count - at, payload);
}

__m128i Sse2Load(const RunCode* codes) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(codes));
}

uint64_t Sse2Bits(__m128i low, __m128i high) {
  return static_cast<uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(low, high)));
}

uint64_t Sse2Members(const RunCode* codes, const RunCode* values, size_t count) {
  constexpr size_t kParts = 8;
  __m128i found[kParts] = {};
  for (size_t i = 0; i < count; ++i) {
    const __m128i value = _mm_set1_epi16(static_cast<int16_t>(values[i]));
    for (size_t part = 0; part < kParts; ++part) {
      found[part] = _mm_or_si128(found[part], _mm_cmpeq_epi16(Sse2Load(codes + 8 * part), value));
    }
  }
  uint64_t bits = 0;
  for (size_t part = 0; part < kParts; part += 2) {
    bits |= Sse2Bits(found[part], found[part + 1]) << (8 * part);
  }
  return bits;
}

uint64_t Sse2Below(const RunCode* codes, RunCode limit) {
  // Comparisons are of signed lanes, so both sides are moved by half of the range.
  const __m128i half = _mm_set1_epi16(INT16_MIN);
  const __m128i bound = _mm_xor_si128(_mm_set1_epi16(static_cast<int16_t>(limit)), half);
  const auto below = [&](const RunCode* at) {
    return _mm_cmplt_epi16(_mm_xor_si128(Sse2Load(at), half), bound);
  };
  uint64_t bits = 0;
  for (size_t at = 0; at < kBlock; at += 16) {
    bits |= Sse2Bits(below(codes + at), below(codes + at + 8)) << at;
  }
  return bits;
}

#endif

constexpr ScanKind kKinds[] = {
#if defined(__x86_64__)
    {"avx512bw", Avx512Members, Avx512Below, Avx512Any,
     [] { return __builtin_cpu_supports("avx512bw") != 0; }},
    {"avx2", Avx2Members, Avx2Below, Avx2Any, [] { return __builtin_cpu_supports("avx2") != 0; }},
    {"sse2", Sse2Members, Sse2Below, PortableAny, [] { return true; }},
#endif
    {"portable", PortableMembers, PortableBelow, PortableAny, [] { return true; }},
};

const ScanKind* BestKind() {
  return std::find_if(std::begin(kKinds), std::end(kKinds),
                      [](const ScanKind& kind) { return kind.here(); });
}

// Changed by tests only.
std::atomic<const ScanKind*> used_kind = BestKind();

const ScanKind& UsedKind() { return *used_kind.load(std::memory_order_relaxed); }

// Fills up a block with codes that stand for nothing.
std::array<RunCode, kBlock> FilledUp(Codes codes) {
  std::array<RunCode, kBlock> block;
  std::fill(std::copy(codes.begin(), codes.end(), block.begin()), block.end(), storage::kNothing);
  return block;
}

// The first place from `from` on of which `bits`, given a block, has the bit.
template <typename Bits>
size_t FirstOf(Codes codes, size_t from, Bits bits) {
  size_t at = from;
  for (; at + kBlock <= codes.size(); at += kBlock) {
    const uint64_t found = bits(codes.data() + at);
    if (found != 0) return at + static_cast<size_t>(std::countr_zero(found));
  }
  if (at >= codes.size()) return codes.size();
  const uint64_t found = bits(FilledUp(codes.subspan(at)).data());
  return found == 0 ? codes.size() : at + static_cast<size_t>(std::countr_zero(found));
}

}  // namespace

size_t LastFieldMark(Codes codes, size_t at) {
  const BelowInBlock below = UsedKind().below;
  size_t end = at + 1;
  for (; end >= kBlock; end -= kBlock) {
    const size_t begin = end - kBlock;
    const uint64_t marks = below(codes.data() + begin, storage::kPastFieldMarks);
    if (marks != 0) return begin + static_cast<size_t>(std::bit_width(marks)) - 1;
  }
  const uint64_t marks = below(FilledUp(codes.first(end)).data(), storage::kPastFieldMarks);
  return marks == 0 ? codes.size() : static_cast<size_t>(std::bit_width(marks)) - 1;
}

size_t NextFieldMark(Codes codes, size_t from) {
  const BelowInBlock below = UsedKind().below;
  return FirstOf(codes, from,
                 [below](const RunCode* block) { return below(block, storage::kPastFieldMarks); });
}

size_t CountWords(Codes codes) {
  const BelowInBlock below = UsedKind().below;
  const auto others = [below](const RunCode* block) {
    return static_cast<size_t>(std::popcount(below(block, storage::kFirstWord)));
  };
  size_t words = 0;
  size_t at = 0;
  for (; at + kBlock <= codes.size(); at += kBlock) words += kBlock - others(codes.data() + at);
  if (at < codes.size()) words += kBlock - others(FilledUp(codes.subspan(at)).data());
  return words;
}

bool AnyHasPayload(std::span<const uint32_t> codes, uint32_t payload) {
  return UsedKind().any(codes.data(), codes.size(), payload);
}

void CodeSet::Clear() { Shrink(0); }

void CodeSet::Add(RunCode code) {
  if (Has(code)) return;
  codes_.push_back(code);
  if (member_.empty() && IsMany()) {
    member_.resize(kCodes);
    for (const RunCode known : codes_) member_[known] = true;
  } else if (!member_.empty()) {
    member_[code] = true;
  }
}

void CodeSet::Shrink(size_t size) {
  while (codes_.size() > size) {
    if (!member_.empty()) member_[codes_.back()] = false;
    codes_.pop_back();
  }
}

bool CodeSet::Has(RunCode code) const {
  if (IsMany()) return member_[code];
  return std::find(codes_.begin(), codes_.end(), code) != codes_.end();
}

size_t CodeSet::Next(Codes codes, size_t from) const {
  if (codes_.empty()) return codes.size();
  if (!IsMany()) {
    const MembersOfBlock members = UsedKind().members;
    return FirstOf(codes, from, [this, members](const RunCode* block) {
      return members(block, codes_.data(), codes_.size());
    });
  }
  size_t at = from;
  while (at < codes.size() && !member_[codes[at]]) ++at;
  return std::min(at, codes.size());
}

std::vector<std::string_view> ScanKinds() {
  std::vector<std::string_view> names;
  for (const ScanKind& kind : kKinds) {
    if (kind.here()) names.push_back(kind.name);
  }
  return names;
}

void UseScanKindForTest(std::string_view kind) {
  used_kind = BestKind();
  for (const ScanKind& one : kKinds) {
    if (one.name == kind) used_kind = &one;
  }
}

}  // namespace broadsheet::query
