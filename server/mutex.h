// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's mutex, and the time to wait with it, under the server's own names.
#pragma once

#include "engine/base/mutex.h"

namespace broadsheet::server {

using storage::CondVar;
using storage::Mutex;
using storage::MutexLock;
using storage::SteadyIn;
using storage::SteadyNow;
using storage::SteadyTime;

}  // namespace broadsheet::server
