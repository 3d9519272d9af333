// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/rate_limit.h"

#include <algorithm>

namespace broadsheet::server {

absl::Duration RateLimit::Take(base::SteadyTime now) {
  base::MutexLock lock(mutex_);
  // Another thread may have come with a later time.
  if (now > filled_) {
    const double seconds = absl::ToDoubleSeconds(absl::FromChrono(now - filled_));
    left_ = std::min(burst_, left_ + seconds * per_second_);
    filled_ = now;
  }
  if (left_ >= 1) {
    left_ -= 1;
    return absl::ZeroDuration();
  }
  return absl::Seconds((1 - left_) / per_second_);
}

void RateLimit::GiveBack() {
  base::MutexLock lock(mutex_);
  left_ = std::min(burst_, left_ + 1);
}

}  // namespace broadsheet::server
