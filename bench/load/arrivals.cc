// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/load/arrivals.h"

namespace broadsheet::bench {

std::chrono::nanoseconds Arrivals::Next() {
  if (kind_ == ArrivalKind::kPoisson) {
    at_ += exponential_(random_);
  } else {
    // Not summed up, so that no rounding adds up.
    at_ = static_cast<double>(count_++) * gap_;
  }
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(at_));
}

}  // namespace broadsheet::bench
