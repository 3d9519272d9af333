// SPDX-License-Identifier: GPL-3.0-or-later
// The only place that catches Xapian's exceptions. Xapian::Error is not a std::exception; one that
// escapes a thread ends the process.
#pragma once

#include <xapian.h>
#include <string_view>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/call_control.h"

namespace broadsheet::xapian {

// The Status for `error`: "<action>: <message>". DatabaseModifiedError is ABORTED (try again with a
// new snapshot), a held lock FAILED_PRECONDITION, a missing database NOT_FOUND, corruption
// DATA_LOSS, bad arguments INVALID_ARGUMENT, a full disk RESOURCE_EXHAUSTED, everything else
// INTERNAL.
absl::Status FromXapian(std::string_view action, const Xapian::Error& error);

// "<action>: <why>", DEADLINE_EXCEEDED or CANCELLED.
absl::Status FromDeadline(std::string_view action, const base::DeadlineError& error);

// Runs `fn`, which returns a Status, a StatusOr<T> or nothing, and turns Xapian's exceptions and
// base::DeadlineError into a Status that names `action`.
template <typename Fn>
auto Guard(std::string_view action, Fn&& fn) {
  using Result = std::invoke_result_t<Fn>;
  try {
    if constexpr (std::is_void_v<Result>) {
      std::forward<Fn>(fn)();
      return absl::OkStatus();
    } else {
      return std::forward<Fn>(fn)();
    }
  } catch (const Xapian::Error& error) {
    using Returned = std::conditional_t<std::is_void_v<Result>, absl::Status, Result>;
    return Returned(FromXapian(action, error));
  } catch (const base::DeadlineError& error) {
    using Returned = std::conditional_t<std::is_void_v<Result>, absl::Status, Result>;
    return Returned(FromDeadline(action, error));
  }
}

}  // namespace broadsheet::xapian
