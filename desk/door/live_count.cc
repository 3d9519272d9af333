// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/live_count.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "desk/http/request_guard.h"
#include "desk/pages/search_state.h"

namespace broadsheet::desk {
namespace {

constexpr absl::Duration kBetween = absl::Seconds(5);

int KnownOf(const std::vector<NameAndValue>& parameters) {
  int known = 0;
  for (const auto& [name, value] : parameters) {
    if (name == "known") std::from_chars(value.data(), value.data() + value.size(), known);
  }
  return known;
}

// How many stories, or articles, the search finds; nullopt when the server does not say.
std::optional<int> CountNow(Backend& backend, const Caller& caller,
                            const v1::AggregateArticlesRequest& request) {
  grpc::ClientContext context;
  backend.Prepare(caller, context);
  v1::AggregateArticlesResponse counts;
  if (!backend.stub().AggregateArticles(&context, request, &counts).ok()) return std::nullopt;
  return request.collapse_copies() ? counts.total_collapsed().value() : counts.total().value();
}

}  // namespace

void AnswerLive(Backend& backend, const DeskSettings& settings, Exchange& exchange) {
  const std::vector<NameAndValue> parameters = ParseParameters(exchange.request().query);
  const auto prepared = RequestOf(ParseState(parameters, settings.zone));
  if (!prepared.ok()) {
    return exchange.Reply(TextReply(400, std::string(prepared.status().message()) + "\n"));
  }
  v1::AggregateArticlesRequest request = client::AggregateRequest(prepared->request);
  request.set_collapse_copies(prepared->request.collapse_copies());
  const Caller caller{.authorization = exchange.request().authorization};
  const int known = KnownOf(parameters);
  HttpReply head{.content_type = "text/event-stream", .body = "retry: 10000\n\n"};
  head.headers.emplace_back("Cache-Control", "no-store");
  AddSecurityHeaders(head);
  exchange.Begin(std::move(head));
  do {
    const std::optional<int> count = CountNow(backend, caller, request);
    // Something is sent each time, which is how a client that has gone is noticed.
    const std::string event =
        count ? absl::StrCat("event: fresh\ndata: ", std::max(0, *count - known), "\n\n")
              : std::string(": no answer\n\n");
    if (!exchange.Write(event)) break;
  } while (exchange.Wait(kBetween));
  exchange.End();
}

}  // namespace broadsheet::desk
