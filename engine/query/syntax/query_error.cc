// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/query_error.h"

#include "engine/schema/error.h"

namespace broadsheet::query {

absl::Status ToStatus(const Mistake& mistake) {
  v1::QueryError error;
  error.set_reason(std::string(mistake.reason));
  error.set_start_byte(static_cast<int32_t>(mistake.span.begin));
  error.set_end_byte(static_cast<int32_t>(mistake.span.end));
  error.set_hint(mistake.hint);
  error.set_suggested_query(mistake.suggested_query);
  return schema::QueryError(error, mistake.message);
}

}  // namespace broadsheet::query
