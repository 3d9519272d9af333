// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/publishing.h"

#include <utility>

#include "engine/schema/error.h"
#include "engine/storage/index/generations.h"
#include "server/base/refusal.h"
#include "server/generations/operations.h"
#include "server/services/generation_message.h"

namespace broadsheet::server {

absl::StatusOr<indexing::LiveWrites> LiveWritesOf(v1::LiveWrites wanted) {
  switch (wanted) {
    case v1::LIVE_WRITES_UNSPECIFIED:
      return indexing::LiveWrites::kRefuse;
    case v1::LIVE_WRITES_KEEP:
      return indexing::LiveWrites::kKeep;
    case v1::LIVE_WRITES_DISCARD:
      return indexing::LiveWrites::kDiscard;
    default:
      return schema::BadField("live_writes", "no value of LiveWrites");
  }
}

void StartPublishing(UnaryCall* call, Serving& serving, const PublishOrder& order,
                     PublishingAnswer answer) {
  if (serving.operations == nullptr) return call->End(ReadOnly());
  auto done = [call, layout = serving.layout,
               answer = std::move(answer)](absl::StatusOr<Publishing> published) mutable {
    if (!published.ok()) return call->End(published.status());
    const auto info = storage::InspectGeneration(layout, published->ref.number);
    answer(MakeGeneration(info, layout), *published);
    call->End(absl::OkStatus());
  };
  absl::Status started = serving.operations->Publish(
      order, [call] { return call->cancelled(); }, std::move(done));
  if (!started.ok()) call->End(started);
}

}  // namespace broadsheet::server
