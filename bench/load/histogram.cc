// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace broadsheet::bench {
namespace {

// Times below 2 * kSteps have a bucket each; from there on, every doubling has kSteps buckets.
constexpr uint64_t kSteps = 64;
constexpr int kStepBits = 6;

}  // namespace

size_t Histogram::IndexOf(uint64_t micros) {
  if (micros < 2 * kSteps) return micros;
  const int shift = static_cast<int>(std::bit_width(micros)) - 1 - kStepBits;
  return static_cast<size_t>(shift) * kSteps + (micros >> shift);
}

uint64_t Histogram::UpperEnd(size_t index) {
  if (index < 2 * kSteps) return index;
  const uint64_t shift = index / kSteps - 1;
  const uint64_t step = kSteps + index % kSteps;
  return ((step + 1) << shift) - 1;
}

void Histogram::Record(std::chrono::nanoseconds took) {
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took);
  const uint64_t value = micros.count() < 0 ? 0 : static_cast<uint64_t>(micros.count());
  const size_t index = IndexOf(value);
  if (index >= counts_.size()) counts_.resize(index + 1);
  ++counts_[index];
  ++count_;
  sum_ += value;
  longest_ = std::max(longest_, micros);
}

void Histogram::Merge(const Histogram& other) {
  if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
  for (size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  sum_ += other.sum_;
  longest_ = std::max(longest_, other.longest_);
}

double Histogram::mean() const {
  return count_ == 0 ? 0 : static_cast<double>(sum_) / static_cast<double>(count_);
}

std::chrono::microseconds Histogram::Quantile(double share) const {
  const auto rank =
      std::max<uint64_t>(static_cast<uint64_t>(std::ceil(share * static_cast<double>(count_))), 1);
  uint64_t seen = 0;
  for (size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen < rank) continue;
    return std::min(longest_, std::chrono::microseconds(UpperEnd(i)));
  }
  return longest_;
}

std::vector<Histogram::Bucket> Histogram::Buckets() const {
  std::vector<Bucket> buckets;
  for (size_t i = 0; i < counts_.size(); ++i) {
    if (counts_[i] == 0) continue;
    buckets.push_back({.up_to = std::chrono::microseconds(UpperEnd(i)), .count = counts_[i]});
  }
  return buckets;
}

}  // namespace broadsheet::bench
