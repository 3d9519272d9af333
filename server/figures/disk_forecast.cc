// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/figures/disk_forecast.h"

namespace broadsheet::server {
namespace {

constexpr absl::Duration kForecastWindow = absl::Hours(6);
constexpr absl::Duration kShortestSpan = absl::Minutes(10);
constexpr absl::Duration kFarthestForecast = absl::Hours(24 * 365);

}  // namespace

void DiskForecast::Note(absl::Time now, uint64_t free) {
  // The clock may have been set back.
  while (!samples_.empty() && samples_.back().time >= now) samples_.pop_back();
  samples_.push_back({.time = now, .free = static_cast<double>(free)});
  while (samples_.front().time < now - kForecastWindow) samples_.pop_front();
}

std::optional<absl::Duration> DiskForecast::FullIn() const {
  if (samples_.empty()) return std::nullopt;
  const absl::Time last = samples_.back().time;
  if (last - samples_.front().time < kShortestSpan) return std::nullopt;
  // Least squares, with seconds counted from the last sample.
  const auto count = static_cast<double>(samples_.size());
  double sum_x = 0;
  double sum_y = 0;
  double sum_xx = 0;
  double sum_xy = 0;
  for (const Sample& each : samples_) {
    const double x = absl::ToDoubleSeconds(each.time - last);
    sum_x += x;
    sum_y += each.free;
    sum_xx += x * x;
    sum_xy += x * each.free;
  }
  const double bytes_per_second =
      (count * sum_xy - sum_x * sum_y) / (count * sum_xx - sum_x * sum_x);
  if (bytes_per_second >= 0) return std::nullopt;
  const absl::Duration left = absl::Seconds(samples_.back().free / -bytes_per_second);
  if (left > kFarthestForecast) return std::nullopt;
  return left;
}

}  // namespace broadsheet::server
