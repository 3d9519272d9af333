// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/completion_plan.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/query/plan/filter_request.h"
#include "engine/schema/error.h"
#include "engine/text/utf8.h"

namespace broadsheet::query {
namespace {

// search_service.proto promises both.
constexpr int kDefaultCompletions = 10;
constexpr int kMostCompletions = 100;

absl::Status ReadText(const v1::SuggestCompletionsRequest& request, const Limits& limits,
                      TypedText* typed) {
  if (request.text().size() > limits.max_query_bytes) {
    return schema::BadField("text", absl::StrFormat("the text has %d bytes; at most %d are taken",
                                                    request.text().size(), limits.max_query_bytes));
  }
  typed->text = request.text();
  typed->cursor = typed->text.size();
  if (!request.has_cursor_byte()) return absl::OkStatus();
  const int cursor = request.cursor_byte();
  if (cursor < 0 || static_cast<size_t>(cursor) > typed->text.size()) {
    return schema::BadField(
        "cursor_byte",
        absl::StrFormat("%d is no byte of the text, which has %d", cursor, typed->text.size()));
  }
  typed->cursor = static_cast<size_t>(cursor);
  if (text::PrefixOf(typed->text, typed->cursor).size() == typed->cursor) return absl::OkStatus();
  return schema::BadField("cursor_byte",
                          absl::StrFormat("%d is inside of a character of the text", cursor));
}

absl::Status ReadKinds(const v1::SuggestCompletionsRequest& request, TypedText* typed) {
  if (request.kinds().empty()) return absl::OkStatus();
  const std::vector<CompletionKind> known = std::move(typed->kinds);
  typed->kinds.clear();
  for (const std::string& wanted : request.kinds()) {
    const auto kind = std::find_if(known.begin(), known.end(),
                                   [&](const auto& one) { return NameOf(one) == wanted; });
    if (kind == known.end()) {
      std::string names;
      for (const CompletionKind& one : known) {
        names += (names.empty() ? "" : ", ") + std::string(NameOf(one));
      }
      return schema::BadField(
          "kinds", absl::StrFormat("\"%s\" is no kind of completion; there are %s", wanted, names));
    }
    typed->kinds.push_back(*kind);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CompletionPlan> MakeCompletionPlan(const v1::SuggestCompletionsRequest& request,
                                                  const Limits& limits) {
  CompletionPlan plan;
  absl::Status status = ReadText(request, limits, &plan.typed);
  if (status.ok()) status = ReadKinds(request, &plan.typed);
  if (status.ok()) status = ReadFilter(request.filter(), limits, &plan.filter);
  if (!status.ok()) return status;
  if (request.limit() < 0) return schema::BadField("limit", "the limit is negative");
  plan.typed.most = static_cast<size_t>(
      std::min(request.limit() == 0 ? kDefaultCompletions : request.limit(), kMostCompletions));
  return plan;
}

}  // namespace broadsheet::query
