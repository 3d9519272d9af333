// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/admin_service.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
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
#include "server/services/serving.h"
#include "server/services/unary_call.h"

namespace broadsheet::server {
namespace {

// Ends `call` with what `ask(operations)` returns, a StatusOr<v1::Operation>, in the response;
// INDEX_READ_ONLY when the server takes no writes.
template <typename Response, typename Ask>
void AnswerFromOperations(UnaryCall* call, const Serving& serving, Response& response, Ask ask) {
  if (serving.write_side == nullptr) return call->End(ReadOnly());
  absl::StatusOr<v1::Operation> operation = ask(serving.write_side->operations());
  if (operation.ok()) *response.mutable_operation() = *std::move(operation);
  call->End(operation.status());
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

using PublishingAnswer = absl::AnyInvocable<void(v1::Generation published, const Publishing&)>;

// Has `order` carried out and then `answer` called, which fills in the response, and ends `call`.
// It ends with an error when that fails, or when it cannot be begun. A caller who goes before the
// generation has changed stops it.
void StartPublishing(UnaryCall* call, Serving& serving, const PublishOrder& order,
                     PublishingAnswer answer) {
  if (serving.write_side == nullptr) return call->End(ReadOnly());
  auto done = [call, layout = serving.layout,
               answer = std::move(answer)](absl::StatusOr<Publishing> published) mutable {
    if (!published.ok()) return call->End(published.status());
    const auto info = storage::InspectGeneration(layout, published->ref.number);
    answer(MakeGeneration(info, layout), *published);
    call->End(absl::OkStatus());
  };
  absl::Status started = serving.write_side->operations().Publish(
      order, [call] { return call->cancelled(); }, std::move(done));
  if (!started.ok()) call->End(started);
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

grpc::ServerUnaryReactor* AdminService::Rebuild(grpc::CallbackServerContext* context,
                                                const v1::RebuildRequest* request,
                                                v1::RebuildResponse* response) {
  auto* call = new UnaryCall("Rebuild", *context, serving_);
  absl::StatusOr<RebuildOrder> order = RebuildOrderOf(*request);
  if (!order.ok()) {
    call->End(order.status());
    return call;
  }
  AnswerFromOperations(call, serving_, *response, [&order](Operations& operations) {
    return operations.Rebuild(*std::move(order));
  });
  return call;
}

grpc::ServerUnaryReactor* AdminService::GetOperation(grpc::CallbackServerContext* context,
                                                     const v1::GetOperationRequest* request,
                                                     v1::GetOperationResponse* response) {
  auto* call = new UnaryCall("GetOperation", *context, serving_);
  AnswerFromOperations(call, serving_, *response,
                       [request](Operations& operations) { return operations.Get(request->id()); });
  return call;
}

grpc::ServerUnaryReactor* AdminService::CancelOperation(grpc::CallbackServerContext* context,
                                                        const v1::CancelOperationRequest* request,
                                                        v1::CancelOperationResponse* response) {
  auto* call = new UnaryCall("CancelOperation", *context, serving_);
  AnswerFromOperations(call, serving_, *response,
                       [request](Operations& operations) -> absl::StatusOr<v1::Operation> {
                         // So that nobody stops another's work by an omission.
                         if (request->id().empty())
                           return schema::BadField("id", "name the operation to cancel");
                         return operations.Cancel(request->id());
                       });
  return call;
}

grpc::ServerUnaryReactor* AdminService::ListGenerations(
    grpc::CallbackServerContext* context, const v1::ListGenerationsRequest* /*request*/,
    v1::ListGenerationsResponse* response) {
  auto* call = new UnaryCall("ListGenerations", *context, serving_);
  // Here and not on a searcher's thread, so that it works when the index does not: reading a few
  // manifests takes milliseconds, and people ask for it.
  const auto generations = storage::ListGenerations(serving_.layout);
  if (!generations.ok()) {
    call->End(generations.status());
    return call;
  }
  for (auto info = generations->rbegin(); info != generations->rend(); ++info) {
    *response->add_generations() = MakeGeneration(*info, serving_.layout);
  }
  call->End(absl::OkStatus());
  return call;
}

grpc::ServerUnaryReactor* AdminService::PublishGeneration(
    grpc::CallbackServerContext* context, const v1::PublishGenerationRequest* request,
    v1::PublishGenerationResponse* response) {
  auto* call = new UnaryCall("PublishGeneration", *context, serving_);
  PublishFor(call, serving_, PublishOrderOf(*request), *response);
  return call;
}

grpc::ServerUnaryReactor* AdminService::RollbackGeneration(
    grpc::CallbackServerContext* context, const v1::RollbackGenerationRequest* request,
    v1::RollbackGenerationResponse* response) {
  auto* call = new UnaryCall("RollbackGeneration", *context, serving_);
  // No number: the one before the published one.
  PublishFor(call, serving_, OrderOf(*request), *response);
  return call;
}

grpc::ServerUnaryReactor* AdminService::PruneGenerations(grpc::CallbackServerContext* context,
                                                         const v1::PruneGenerationsRequest* request,
                                                         v1::PruneGenerationsResponse* response) {
  auto* call = new UnaryCall("PruneGenerations", *context, serving_);
  if (serving_.write_side == nullptr) {
    call->End(ReadOnly());
    return call;
  }
  if (request->keep() < 0) {
    call->End(schema::BadField("keep", "keep 0 or more generations"));
    return call;
  }
  auto done = [call, response](absl::StatusOr<std::vector<uint64_t>> removed) {
    if (!removed.ok()) return call->End(removed.status());
    for (const uint64_t number : *removed) response->add_removed(static_cast<int32_t>(number));
    call->End(absl::OkStatus());
  };
  const auto keep = static_cast<size_t>(request->keep());
  absl::Status started = serving_.write_side->operations().Prune(keep, std::move(done));
  if (!started.ok()) call->End(started);
  return call;
}

}  // namespace broadsheet::server
