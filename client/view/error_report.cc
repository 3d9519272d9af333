// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/error_report.h"

#include <grpcpp/support/status.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <string_view>

#include "client/view/call_error.h"
#include "client/view/remedy.h"

namespace broadsheet::client {
namespace {

bool IsTooLarge(const grpc::Status& status) {
  return status.error_code() == grpc::StatusCode::RESOURCE_EXHAUSTED &&
         status.error_details().empty();
}

constexpr std::string_view kCutMark = "…";

// As much of a query as fits on a line, in three pieces: before the mistake, the mistake, behind.
struct Excerpt {
  std::string before;
  std::string marked;
  std::string behind;
};

// A long query is cut at both sides so that its mistake stays in sight.
Excerpt Cut(const Excerpt& whole, size_t columns) {
  Excerpt cut = whole;
  if (DisplayWidth(whole.before + whole.marked + whole.behind) <= columns) return cut;
  // One column for the ellipsis at either end.
  const size_t room = columns - 2;
  if (DisplayWidth(whole.before) > room / 2) {
    cut.before = std::string(kCutMark) + std::string(EndOfColumns(whole.before, room / 2));
  }
  size_t left = room - std::min(DisplayWidth(whole.before), room / 2);
  cut.marked = StartOfColumns(whole.marked, left);
  left -= DisplayWidth(cut.marked);
  cut.behind = cut.marked.size() < whole.marked.size() ? "" : StartOfColumns(whole.behind, left);
  const bool all =
      cut.marked.size() == whole.marked.size() && cut.behind.size() == whole.behind.size();
  if (!all) cut.behind += kCutMark;
  return cut;
}

void DrawCaret(const v1::QueryError& error, const SentQuery& query, const Terminal& terminal,
               std::ostream& err) {
  const std::string_view typed =
      std::string_view(query.text).substr(query.typed_begin, query.typed_end - query.typed_begin);
  const Place place = PlaceInTyped(error, query);
  const Excerpt shown =
      Cut({.before = Sanitized(typed.substr(0, place.begin)),
           .marked = Sanitized(typed.substr(place.begin, place.end - place.begin)),
           .behind = Sanitized(typed.substr(place.end))},
          terminal.width() - 2);
  const size_t under = std::max<size_t>(DisplayWidth(shown.marked), 1);
  err << "  " << shown.before << shown.marked << shown.behind << "\n  "
      << std::string(DisplayWidth(shown.before), ' ')
      << terminal.Styled(Style::kError, std::string(under, '^')) << '\n';
}

}  // namespace

void ReportError(const grpc::Status& status, const SentQuery* query, const Terminal& terminal,
                 std::ostream& err) {
  if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    // Ours may pass before the server's, which then gives no reason.
    err << "broadsheet: no answer in time; "
        << Remedy("DEADLINE_EXCEEDED", query == nullptr ? Asked::kOther : Asked::kSearch) << '\n';
    return;
  }
  err << "broadsheet: " << WithRemedy(ErrorOf(status)) << '\n';
  // gRPC itself refuses what is larger than a request may be, before the server sees it.
  if (query != nullptr && IsTooLarge(status)) {
    err << "  the query has " << query->text.size()
        << " bytes, more than a request may hold; ask for less at once\n";
  }
  if (query == nullptr) return;
  const std::optional<v1::QueryError> error = QueryErrorOf(status);
  if (!error) return;
  // A mistake in what an option added was not typed here.
  const auto begin = static_cast<size_t>(std::max(error->start_byte(), 0));
  if (begin >= query->typed_begin && begin <= query->typed_end) {
    DrawCaret(*error, *query, terminal, err);
  }
  if (!error->hint().empty()) err << "  " << Sanitized(error->hint()) << '\n';
}

std::string MendedQuery(const grpc::Status& status) {
  const std::optional<v1::QueryError> error = QueryErrorOf(status);
  return error ? error->suggested_query() : "";
}

}  // namespace broadsheet::client
