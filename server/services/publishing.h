// SPDX-License-Identifier: GPL-3.0-or-later
// What publishing and rolling back have in common.
#pragma once

#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/admin_service.pb.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/schema/error.h"
#include "server/generations/generation_manager.h"
#include "server/services/serving.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {

// INVALID_ARGUMENT with INVALID_ARGUMENT_VALUE for a value that we do not know.
absl::StatusOr<indexing::LiveWrites> LiveWritesOf(v1::LiveWrites wanted);

// Has `order` carried out and then `answer` called, which fills in the response, and ends `call`.
// It ends with an error when that fails, or when it cannot be begun. A caller who goes before the
// generation has changed stops it.
using PublishingAnswer = absl::AnyInvocable<void(v1::Generation published, const Publishing&)>;
void StartPublishing(UnaryCall* call, Serving& serving, const PublishOrder& order,
                     PublishingAnswer answer);

// What the requests of both say: which generation is expected to be published, and what is to
// become of its writes. INVALID_ARGUMENT (INVALID_ARGUMENT_VALUE).
template <typename Request>
absl::StatusOr<PublishOrder> OrderOf(const Request& request) {
  if (request.expected_published() < 0) {
    return schema::BadField("expected_published", "generations are numbered from 1");
  }
  const auto writes = LiveWritesOf(request.live_writes());
  if (!writes.ok()) return writes.status();
  PublishOrder order;
  order.expected_published = static_cast<uint64_t>(request.expected_published());
  order.live_writes = *writes;
  return order;
}

// As StartPublishing, for a response that has the three fields of PublishGenerationResponse; ends
// `call` with the error when there is no order.
template <typename Response>
void PublishFor(UnaryCall* call, Serving& serving, const absl::StatusOr<PublishOrder>& order,
                Response& response) {
  if (!order.ok()) return call->End(order.status());
  StartPublishing(call, serving, *order,
                  [&response](v1::Generation published, const Publishing& publishing) {
                    *response.mutable_generation() = std::move(published);
                    response.set_discarded_writes(publishing.discarded_writes());
                    response.set_carried_writes(publishing.carried_writes());
                  });
}

}  // namespace broadsheet::server
