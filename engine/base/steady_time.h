// SPDX-License-Identifier: GPL-3.0-or-later
// Instants to wait for. absl::Time is what the machine's clock says, which somebody may set back by
// an hour; a wait for one would then take that hour longer.
#pragma once

#include <chrono>

#include "absl/time/time.h"

namespace broadsheet::base {

using SteadyTime = std::chrono::steady_clock::time_point;

inline SteadyTime SteadyNow() { return std::chrono::steady_clock::now(); }
// `wait` from now; `wait` is finite.
inline SteadyTime SteadyIn(absl::Duration wait) {
  return SteadyNow() + absl::ToChronoNanoseconds(wait);
}

}  // namespace broadsheet::base
