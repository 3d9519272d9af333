// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that runs out while searchers are used: an error of that request.
#pragma once

#include <type_traits>
#include <utility>

#include "server/admission/searcher_pool.h"
#include "server/base/memory_guard.h"

namespace broadsheet::server {

// As GuardMemory; `fn` uses `searchers`, which are opened anew after it ran out.
template <typename Fn>
std::invoke_result_t<Fn> GuardSearch(Searchers& searchers, Fn&& fn) {
  auto result = GuardMemory(std::forward<Fn>(fn));
  if (result.status() == OutOfMemory()) searchers.Forget();
  return result;
}

}  // namespace broadsheet::server
