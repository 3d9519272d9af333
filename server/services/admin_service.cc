// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/admin_service.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/admin_service.pb.h"
#include "engine/indexing/publish/writes_at_stake.h"
#include "engine/schema/article_language.h"
#include "engine/schema/error.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/live/live_counts.h"
#include "engine/storage/live/live_stamp.h"
#include "engine/text/language.h"
#include "server/base/refusal.h"
#include "server/base/remedy.h"
#include "server/generations/generation_manager.h"
#include "server/generations/operations.h"

namespace broadsheet::server {
namespace {

// Ends `call` with what `ask(operations)` returns, a StatusOr<v1::Operation>, in a Response;
// INDEX_READ_ONLY when the server takes no writes.
template <typename Response, typename Ask>
void AnswerFromOperations(UnaryCall& call, const Serving& serving, Ask ask) {
  if (serving.write_side == nullptr) return call.End(ReadOnly());
  absl::StatusOr<v1::Operation> operation = ask(serving.write_side->operations());
  if (!operation.ok()) return call.End(operation.status());
  Response response;
  *response.mutable_operation() = *std::move(operation);
  call.Answer(response);
}

// A generation on disk, in the API's words. Counts what was written to it, which opens it.
v1::Generation MakeGeneration(const storage::GenerationInfo& info, const storage::Layout& layout) {
  v1::Generation message;
  message.set_number(static_cast<int32_t>(info.number));
  message.set_size_bytes(static_cast<int64_t>(info.bytes_on_disk));
  message.set_state(info.current ? v1::Generation::STATE_PUBLISHED : v1::Generation::STATE_READY);
  const auto unusable = [&message](const absl::Status& why) {
    message.set_state(v1::Generation::STATE_UNUSABLE);
    message.set_problem(WithRemedy(why));
  };
  if (!info.problem.ok()) {
    unusable(info.problem);
    return message;
  }
  message.set_build_id(info.manifest.ref.build_id);
  message.mutable_built_time()->set_seconds(absl::ToUnixSeconds(info.manifest.built));
  message.set_article_count(static_cast<int32_t>(info.manifest.articles));
  const auto folder = layout.generation(info.number);
  if (!storage::LiveExists(folder)) return message;
  const auto generation = storage::Generation::Open(folder);
  if (!generation.ok()) {
    unusable(generation.status());
    return message;
  }
  const auto written = storage::CountLive(*generation);
  if (!written.ok()) {
    unusable(written.status());
    return message;
  }
  message.set_live_writes(static_cast<int32_t>(written->total()));
  return message;
}

// INVALID_ARGUMENT with INVALID_ARGUMENT_VALUE for a value that we do not know.
absl::StatusOr<indexing::WritePolicy> LiveWritesOf(v1::LiveWrites wanted) {
  switch (wanted) {
    case v1::LIVE_WRITES_UNSPECIFIED:
      return indexing::WritePolicy::kRefuse;
    case v1::LIVE_WRITES_KEEP:
      return indexing::WritePolicy::kKeep;
    case v1::LIVE_WRITES_DISCARD:
      return indexing::WritePolicy::kDiscard;
    default:
      return schema::BadField("live_writes", "no value of LiveWrites");
  }
}

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

// Has `order` carried out, and then ends `call` with a Response, which has the three fields of
// PublishGenerationResponse. It ends with an error when there is no order, when that fails, or when
// it cannot be begun. A caller who goes before the generation has changed stops it.
template <typename Response>
void PublishFor(UnaryCall& call, Serving& serving, const absl::StatusOr<PublishOrder>& order) {
  if (!order.ok()) return call.End(order.status());
  if (serving.write_side == nullptr) return call.End(ReadOnly());
  auto done = [&call, layout = serving.layout](absl::StatusOr<Publishing> published) {
    if (!published.ok()) return call.End(published.status());
    Response response;
    *response.mutable_generation() =
        MakeGeneration(storage::InspectGeneration(layout, published->ref.number), layout);
    response.set_discarded_writes(published->discarded_writes());
    response.set_carried_writes(published->carried_writes());
    call.Answer(response);
  };
  absl::Status started = serving.write_side->operations().Publish(
      *order, [&call] { return call.cancelled(); }, std::move(done));
  if (!started.ok()) call.End(started);
}

absl::StatusOr<PublishOrder> PublishOrderOf(const v1::PublishGenerationRequest& request) {
  if (request.number() < 1) return schema::BadField("number", "generations are numbered from 1");
  absl::StatusOr<PublishOrder> order = OrderOf(request);
  if (!order.ok()) return order;
  order->number = static_cast<uint64_t>(request.number());
  order->build_id = request.build_id();
  return order;
}

absl::StatusOr<RebuildOrder> RebuildOrderOf(const v1::RebuildRequest& request) {
  RebuildOrder order{.build_only = request.build_only()};
  if (request.language().empty()) return order;
  const std::string tag = text::PrimaryLanguage(schema::ReadLanguage(request.language()));
  if (tag.empty()) {
    return schema::BadField("language", "\"" + request.language() +
                                            "\" is no language; give a tag such as en or pt-BR");
  }
  order.language = {.tag = tag, .given = true};
  return order;
}

}  // namespace

AdminService::AdminService(Serving& serving)
    : serving_(serving),
      methods_({
          {"Rebuild", std::bind_front(&AdminService::RequestRebuild, this),
           std::bind_front(&AdminService::StartRebuild, this)},
          {"GetOperation", std::bind_front(&AdminService::RequestGetOperation, this),
           std::bind_front(&AdminService::ShowOperation, this)},
          {"CancelOperation", std::bind_front(&AdminService::RequestCancelOperation, this),
           std::bind_front(&AdminService::Cancel, this)},
          {"ListGenerations", std::bind_front(&AdminService::RequestListGenerations, this),
           std::bind_front(&AdminService::List, this)},
          {"PublishGeneration", std::bind_front(&AdminService::RequestPublishGeneration, this),
           std::bind_front(&AdminService::Publish, this)},
          {"RollbackGeneration", std::bind_front(&AdminService::RequestRollbackGeneration, this),
           std::bind_front(&AdminService::Rollback, this)},
          {"PruneGenerations", std::bind_front(&AdminService::RequestPruneGenerations, this),
           std::bind_front(&AdminService::Prune, this)},
      }) {}

void AdminService::TakeCalls() {
  for (const UnaryMethod& method : methods_) UnaryCall::TakeCalls(method, serving_);
}

void AdminService::StartRebuild(UnaryCall& call) {
  const auto* request = call.Read<v1::RebuildRequest>();
  if (request == nullptr) return;
  absl::StatusOr<RebuildOrder> order = RebuildOrderOf(*request);
  if (!order.ok()) return call.End(order.status());
  AnswerFromOperations<v1::RebuildResponse>(call, serving_, [&order](Operations& operations) {
    return operations.Rebuild(*std::move(order));
  });
}

void AdminService::ShowOperation(UnaryCall& call) {
  const auto* request = call.Read<v1::GetOperationRequest>();
  if (request == nullptr) return;
  AnswerFromOperations<v1::GetOperationResponse>(
      call, serving_, [request](Operations& operations) { return operations.Get(request->id()); });
}

void AdminService::Cancel(UnaryCall& call) {
  const auto* request = call.Read<v1::CancelOperationRequest>();
  if (request == nullptr) return;
  AnswerFromOperations<v1::CancelOperationResponse>(
      call, serving_, [request](Operations& operations) -> absl::StatusOr<v1::Operation> {
        // So that nobody stops another's work by an omission.
        if (request->id().empty()) return schema::BadField("id", "name the operation to cancel");
        return operations.Cancel(request->id());
      });
}

void AdminService::List(UnaryCall& call) {
  // Needs no searcher, so that it works when the index does not; but it reads files, which whoever
  // receives calls must not wait for.
  call.AnswerFromIndex<v1::ListGenerationsRequest>(
      /*light=*/true,
      [this](Searchers& /*searchers*/, const v1::ListGenerationsRequest& /*request*/,
             const base::CallControl& /*call*/) -> absl::StatusOr<v1::ListGenerationsResponse> {
        const auto generations = storage::ListGenerations(serving_.layout);
        if (!generations.ok()) return generations.status();
        v1::ListGenerationsResponse response;
        for (auto info = generations->rbegin(); info != generations->rend(); ++info) {
          *response.add_generations() = MakeGeneration(*info, serving_.layout);
        }
        return response;
      });
}

void AdminService::Publish(UnaryCall& call) {
  const auto* request = call.Read<v1::PublishGenerationRequest>();
  if (request == nullptr) return;
  PublishFor<v1::PublishGenerationResponse>(call, serving_, PublishOrderOf(*request));
}

void AdminService::Rollback(UnaryCall& call) {
  const auto* request = call.Read<v1::RollbackGenerationRequest>();
  if (request == nullptr) return;
  // No number: the one before the published one.
  PublishFor<v1::RollbackGenerationResponse>(call, serving_, OrderOf(*request));
}

void AdminService::Prune(UnaryCall& call) {
  const auto* request = call.Read<v1::PruneGenerationsRequest>();
  if (request == nullptr) return;
  if (serving_.write_side == nullptr) return call.End(ReadOnly());
  if (request->keep() < 0) {
    return call.End(schema::BadField("keep", "keep 0 or more generations"));
  }
  auto done = [&call](absl::StatusOr<std::vector<uint64_t>> removed) {
    if (!removed.ok()) return call.End(removed.status());
    v1::PruneGenerationsResponse response;
    for (const uint64_t number : *removed) response.add_removed(static_cast<int32_t>(number));
    call.Answer(response);
  };
  const auto keep = static_cast<size_t>(request->keep());
  absl::Status started = serving_.write_side->operations().Prune(keep, std::move(done));
  if (!started.ok()) call.End(started);
}

}  // namespace broadsheet::server
