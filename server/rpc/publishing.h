// SPDX-License-Identifier: GPL-3.0-or-later
// What publishing and rolling back have in common.
#pragma once

#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/admin_service.pb.h"
#include "engine/build/live_writes.h"
#include "server/generation_keeper.h"
#include "server/rpc/serving.h"
#include "server/rpc/unary_call.h"

namespace broadsheet::server {

// INVALID_ARGUMENT with INVALID_ARGUMENT_VALUE for a value that we do not know.
absl::StatusOr<build::LiveWrites> LiveWritesOf(v1::LiveWrites wanted);

// Has `order` carried out and then `answer` called, which fills in the response, and ends `call`.
// It ends with an error when that fails, or when it cannot be begun. A caller who goes before the
// generation has changed stops it.
using PublishingAnswer = absl::AnyInvocable<void(v1::Generation published, const Publishing&)>;
void StartPublishing(UnaryCall* call, Serving& serving, const PublishOrder& order,
                     PublishingAnswer answer);

// The same for a response that has the three fields of PublishGenerationResponse.
template <typename Response>
void PublishFor(UnaryCall* call, Serving& serving, const PublishOrder& order, Response& response) {
  StartPublishing(call, serving, order,
                  [&response](v1::Generation published, const Publishing& publishing) {
                    *response.mutable_generation() = std::move(published);
                    response.set_discarded_writes(publishing.discarded_writes());
                    response.set_carried_writes(publishing.carried_writes());
                  });
}

}  // namespace broadsheet::server
