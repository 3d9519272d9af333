// SPDX-License-Identifier: GPL-3.0-or-later
// Converts the result of a write to the API's messages.
#pragma once

#include "absl/status/status.h"
#include "broadsheet/v1/article_service.pb.h"
#include "engine/indexing/live/live_writer.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// PUT_OUTCOME_UNSPECIFIED for a deletion or a failed write.
v1::PutOutcome PutOutcomeOf(indexing::WriteOutcome outcome);

// The result of one write of a batch. An error has the same status as in a call for that write
// alone; its internal details go to `logger`.
v1::PutResult MakePutResult(const indexing::WriteResult& result, Logger& logger);

// True for a failure of the index or the server, which affects all articles sent together; false
// when the article itself was refused.
bool ConcernsAll(const absl::Status& status);

}  // namespace broadsheet::server
