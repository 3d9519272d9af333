// SPDX-License-Identifier: GPL-3.0-or-later
// How far apart copies of a story are published.
#pragma once

#include <cstdint>

namespace broadsheet::copies {

// A story that is printed again later is news of its own. Between a story's first article and any
// copy of it.
inline constexpr int64_t kWindowSeconds = int64_t{7} * 24 * 60 * 60;

}  // namespace broadsheet::copies
