// SPDX-License-Identifier: GPL-3.0-or-later
// Where a request ends.
#pragma once

#include <event2/keyvalq_struct.h>

namespace broadsheet::desk {

// Whether the headers say it in one way alone, which nobody on the way can have read otherwise: at
// most one length, or one coding, which is "chunked", and one Host. evhttp takes the first of
// several, and a front may have taken the last: what follows would then be a request that nobody
// sent.
bool HasOneReading(const evkeyvalq& headers);

}  // namespace broadsheet::desk
