// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's mutex under the server's own names.
#pragma once

#include "engine/storage/mutex.h"

namespace broadsheet::server {

using storage::CondVar;
using storage::Mutex;
using storage::MutexLock;

}  // namespace broadsheet::server
