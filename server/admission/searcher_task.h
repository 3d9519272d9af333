// SPDX-License-Identifier: GPL-3.0-or-later
// One piece of work for a searcher.
#pragma once

#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "engine/base/call_control.h"
#include "engine/base/steady_time.h"
#include "server/access/caller.h"

namespace broadsheet::server {

class Searchers;

struct SearcherTask {
  // Whose work it is; never null.
  std::shared_ptr<const Caller> caller = nullptr;
  // Checked before the work begins, so that no work is done for a call that is late or cancelled.
  base::CallControl call;
  // Takes microseconds: does not wait for searches.
  bool light = false;
  // By what those are told apart who take turns: the name of a known caller, else the connection.
  std::string turn_name = {};
  // Called exactly once: with searchers, on a thread that calls RunQueued; or, on any thread, also
  // that of Submit, with the reason why there are none. Must not throw.
  absl::AnyInvocable<void(absl::StatusOr<Searchers*>)> run;
  // Set by the pool: when the task was submitted.
  base::SteadyTime submitted = {};
};

}  // namespace broadsheet::server
