// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/put_result.h"

#include "absl/strings/str_format.h"
#include "engine/schema/error.h"
#include "server/base/status_mapping.h"

namespace broadsheet::server {

v1::PutOutcome PutOutcomeOf(indexing::WriteOutcome outcome) {
  switch (outcome) {
    case indexing::WriteOutcome::kCreated:
      return v1::PUT_OUTCOME_CREATED;
    case indexing::WriteOutcome::kReplaced:
      return v1::PUT_OUTCOME_REPLACED;
    case indexing::WriteOutcome::kSuperseded:
      return v1::PUT_OUTCOME_SUPERSEDED;
    case indexing::WriteOutcome::kUnchanged:
      return v1::PUT_OUTCOME_UNCHANGED;
    case indexing::WriteOutcome::kNone:
    case indexing::WriteOutcome::kDeleted:
      break;
  }
  return v1::PUT_OUTCOME_UNSPECIFIED;
}

v1::PutResult MakePutResult(const indexing::WriteResult& result, Logger& logger) {
  v1::PutResult made;
  made.set_id(result.id);
  made.set_outcome(PutOutcomeOf(result.outcome));
  if (result.status.ok()) return made;
  const MappedStatus mapped = MapStatus(result.status);
  if (!mapped.internal_detail.empty()) {
    logger.Error(absl::StrFormat("an article was not stored: %s", mapped.internal_detail));
  }
  made.mutable_status()->ParseFromString(mapped.status.error_details());
  made.set_reason(schema::ErrorReason(result.status));
  return made;
}

bool ConcernsAll(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kFailedPrecondition:
    // The article that is stored under this id cannot be read; others can.
    case absl::StatusCode::kDataLoss:
      return false;
    default:
      return true;
  }
}

}  // namespace broadsheet::server
