// SPDX-License-Identifier: GPL-3.0-or-later
// Instants to wait for. absl::Time follows the machine's clock: if somebody sets the clock back by
// an hour, a wait until an absl::Time takes an hour longer.
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
