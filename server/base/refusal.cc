// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/base/refusal.h"

#include "engine/schema/error.h"

namespace broadsheet::server {

absl::Status ShuttingDown() {
  return schema::Error(absl::StatusCode::kUnavailable, "INDEX_UNAVAILABLE",
                       "the server is shutting down; try another one, or again shortly");
}

absl::Status IndexDamaged() {
  return schema::Error(absl::StatusCode::kDataLoss, "INDEX_DAMAGED",
                       "files of the index were found damaged, so nothing is answered from it; the "
                       "server's log names them, and its administrator has to publish another one");
}

absl::Status OutOfMemory() {
  return schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                       "the server has no memory for this request; ask for less, or try again "
                       "shortly");
}

absl::Status ReadOnly() {
  return schema::Error(absl::StatusCode::kFailedPrecondition, "INDEX_READ_ONLY",
                       "this server does not take writes; start it with --writable, or write to "
                       "another one");
}

}  // namespace broadsheet::server
