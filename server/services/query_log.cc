// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/query_log.h"

#include <cstdint>

#include "server/base/log_line.h"

namespace broadsheet::server {

void LogSearch(LineFile& file, absl::Time time, const v1::SearchArticlesRequest& request,
               const query::EncodedResponse& response) {
  if (request.query().empty() || !request.page_token().empty() || request.skip() > 0) return;
  // The total stands before the hits; all of it is parsed by those alone who want this log.
  v1::SearchArticlesResponse answer;
  if (!answer.ParseFromString(*response.bytes)) return;
  const absl::Time hour = absl::UnixEpoch() + absl::Floor(time - absl::UnixEpoch(), absl::Hours(1));
  LogLine line(LogFormat::kJson, hour, "search");
  line.Add("query", request.query())
      .Add("hits", int64_t{answer.total().value()})
      .AddFlag("filtered", request.has_filter());
  file.Write(line.Take());
}

}  // namespace broadsheet::server
