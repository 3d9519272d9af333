// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/rpc/publishing.h"

#include <utility>

#include "engine/schema/error.h"
#include "engine/storage/generations.h"
#include "server/operations.h"
#include "server/refusal.h"
#include "server/rpc/generation_message.h"

namespace broadsheet::server {
namespace {

// What the listing says; without one, what is known of it.
v1::Generation DescribePublished(const storage::Layout& layout, const Publishing& published) {
  const auto generations = storage::ListGenerations(layout);
  if (generations.ok()) {
    for (const storage::GenerationInfo& info : *generations) {
      if (info.number == published.ref.number) return MakeGeneration(info, layout);
    }
  }
  v1::Generation generation;
  generation.set_number(static_cast<int32_t>(published.ref.number));
  generation.set_build_id(published.ref.build_id);
  generation.set_state(v1::Generation::STATE_PUBLISHED);
  generation.set_article_count(static_cast<int32_t>(published.articles));
  return generation;
}

}  // namespace

absl::StatusOr<build::LiveWrites> LiveWritesOf(v1::LiveWrites wanted) {
  switch (wanted) {
    case v1::LIVE_WRITES_UNSPECIFIED:
      return build::LiveWrites::kRefuse;
    case v1::LIVE_WRITES_KEEP:
      return build::LiveWrites::kKeep;
    case v1::LIVE_WRITES_DISCARD:
      return build::LiveWrites::kDiscard;
    default:
      return schema::BadField("live_writes", "no value of LiveWrites");
  }
}

void PublishFor(UnaryCall* call, Serving& serving, const PublishOrder& order,
                PublishingAnswer answer) {
  if (serving.operations == nullptr) return call->End(ReadOnly());
  auto done = [call, layout = serving.layout,
               answer = std::move(answer)](absl::StatusOr<Publishing> published) mutable {
    if (!published.ok()) return call->End(published.status());
    answer(DescribePublished(layout, *published), *published);
    call->End(absl::OkStatus());
  };
  absl::Status started = serving.operations->Publish(
      order, [call] { return call->cancelled(); }, std::move(done));
  if (!started.ok()) call->End(started);
}

}  // namespace broadsheet::server
