// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/error_report.h"

#include <grpcpp/support/status.h>

#include <algorithm>
#include <optional>
#include <ostream>
#include <string_view>

#include "google/rpc/status.pb.h"

namespace broadsheet::client {
namespace {

std::optional<v1::QueryError> QueryErrorOf(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return std::nullopt;
  for (const auto& detail : details.details()) {
    v1::QueryError error;
    if (detail.UnpackTo(&error)) return error;
  }
  return std::nullopt;
}

// The bytes of the error that lie in what the user typed, counted from there.
struct Place {
  size_t begin = 0;
  size_t end = 0;
};

Place PlaceInTyped(const v1::QueryError& error, const SentQuery& query) {
  const auto clamp = [&](int32_t byte) {
    const auto position = static_cast<size_t>(std::max(byte, 0));
    return std::clamp(position, query.typed_begin, query.typed_end) - query.typed_begin;
  };
  Place place{.begin = clamp(error.start_byte()), .end = clamp(error.end_byte())};
  place.end = std::max(place.begin, place.end);
  return place;
}

void DrawCaret(const v1::QueryError& error, const SentQuery& query, const Terminal& terminal,
               std::ostream& err) {
  const std::string_view typed =
      std::string_view(query.text).substr(query.typed_begin, query.typed_end - query.typed_begin);
  const Place place = PlaceInTyped(error, query);
  const size_t before = DisplayWidth(Sanitized(typed.substr(0, place.begin)));
  const size_t under = DisplayWidth(Sanitized(typed.substr(place.begin, place.end - place.begin)));
  err << "  " << Sanitized(typed) << "\n  " << std::string(before, ' ')
      << terminal.Styled(Style::kError, std::string(std::max<size_t>(under, 1), '^')) << '\n';
}

}  // namespace

void ReportError(const grpc::Status& status, const SentQuery* query, const Terminal& terminal,
                 std::ostream& err) {
  if (status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED) {
    err << "broadsheet: no answer in time; try a narrower query, or --timeout SECONDS\n";
    return;
  }
  err << "broadsheet: " << Sanitized(status.error_message()) << '\n';
  if (query == nullptr) return;
  const std::optional<v1::QueryError> error = QueryErrorOf(status);
  if (!error) return;
  DrawCaret(*error, *query, terminal, err);
  if (!error->hint().empty()) err << "  " << Sanitized(error->hint()) << '\n';
  const bool whole_is_typed = query->typed_begin == 0 && query->typed_end == query->text.size();
  if (!error->suggested_query().empty() && whole_is_typed) {
    err << "  try: " << Sanitized(error->suggested_query()) << '\n';
  }
}

}  // namespace broadsheet::client
