// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/remedy.h"

#include <array>

#include "client/view/terminal.h"
#include "google/rpc/error_details.pb.h"

namespace broadsheet::client {
namespace {

struct RemedyRow {
  std::string_view reason;
  std::string_view remedy;
  std::string_view of_search;  // empty: the same
};

constexpr std::array kRemedyRows = {
    RemedyRow{"DEADLINE_EXCEEDED", "try again, or --timeout SECONDS",
              "try a narrower query, or --timeout SECONDS"},
    RemedyRow{"TOKEN_MISSING",
              "put yours into a file and name it with --token-file FILE, or set BROADSHEET_TOKEN",
              ""},
    RemedyRow{"TOKEN_INVALID", "ask the server's administrator for one, and see --token-file FILE",
              ""},
    RemedyRow{"TOKEN_EXPIRED", "ask the server's administrator for a new one", ""},
    RemedyRow{"IDENTITY_UNKNOWN", "ask the server's administrator to add you", ""},
    RemedyRow{"ROLE_MISSING", "ask the server's administrator for it, or use another token", ""},
    RemedyRow{"LIVE_WRITES_AT_STAKE",
              "carry them over with --keep-writes or lose them with --discard-writes", ""},
};

}  // namespace

std::string ReasonOf(const google::rpc::Status& error) {
  google::rpc::ErrorInfo info;
  for (const auto& detail : error.details()) {
    if (detail.UnpackTo(&info)) return info.reason();
  }
  return "";
}

std::string_view Remedy(std::string_view reason, Asked asked) {
  for (const RemedyRow& row : kRemedyRows) {
    if (row.reason != reason) continue;
    return asked == Asked::kSearch && !row.of_search.empty() ? row.of_search : row.remedy;
  }
  return "";
}

std::string WithRemedy(const google::rpc::Status& error) {
  const std::string remedy(Remedy(ReasonOf(error)));
  return Sanitized(error.message()) + (remedy.empty() ? "" : "; " + remedy);
}

}  // namespace broadsheet::client
