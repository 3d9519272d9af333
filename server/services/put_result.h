// SPDX-License-Identifier: GPL-3.0-or-later
// What became of a write, in the API's words.
#pragma once

#include "absl/status/status.h"
#include "broadsheet/v1/article_service.pb.h"
#include "engine/indexing/live/live_writer.h"
#include "server/base/logger.h"

namespace broadsheet::server {

// PUT_OUTCOME_UNSPECIFIED for a deletion and for what was not stored.
v1::PutOutcome PutOutcomeOf(indexing::WriteOutcome outcome);

// One of many. A refusal is told as the call of its own would be; what only the log may see of it
// goes there.
v1::PutResult MakePutResult(const indexing::WriteResult& result, Logger& logger);

// True for a failure of the index or the server, which concerns all that was sent with the article:
// not one that was refused for what it is.
bool ConcernsAll(const absl::Status& status);

}  // namespace broadsheet::server
