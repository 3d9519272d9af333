// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that runs out is an error of the request that asked for it, and not the end of all others.
#pragma once

#include <new>
#include <type_traits>
#include <utility>

#include "server/base/refusal.h"

namespace broadsheet::server {

// Runs `fn`, which returns a StatusOr. RESOURCE_EXHAUSTED (OVERLOADED) when memory ran out in it.
template <typename Fn>
std::invoke_result_t<Fn> GuardMemory(Fn&& fn) {
  try {
    return std::forward<Fn>(fn)();
  } catch (const std::bad_alloc&) {
    return OutOfMemory();
  }
}

}  // namespace broadsheet::server
