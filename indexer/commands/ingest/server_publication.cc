// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/ingest/server_publication.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cstdlib>
#include <future>

#include "broadsheet/v1/admin_service.grpc.pb.h"
#include "indexer/commands/ingest/call_status.h"
#include "indexer/commands/ingest/server_channel.h"
#include "indexer/commands/shared/server_token.h"

namespace broadsheet::commands {
namespace {

// How often an interruption is looked for while waiting.
constexpr std::chrono::milliseconds kLookInterval{100};

v1::LiveWrites ToMessage(indexing::WritePolicy writes) {
  switch (writes) {
    case indexing::WritePolicy::kKeep:
      return v1::LIVE_WRITES_KEEP;
    case indexing::WritePolicy::kDiscard:
      return v1::LIVE_WRITES_DISCARD;
    default:
      return v1::LIVE_WRITES_UNSPECIFIED;
  }
}

}  // namespace

absl::StatusOr<v1::PublishGenerationResponse> PublishOnServer(
    const PublishingServer& server, const storage::GenerationRef& ref, indexing::WritePolicy writes,
    const std::function<bool()>& cancelled) {
  // gRPC would print its own account of a server that is gone beside ours.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  const auto channel = OpenChannel(server.address, server.security);
  if (!channel.ok()) return channel.status();
  const auto stub = v1::AdminService::NewStub(*channel);
  v1::PublishGenerationRequest request;
  request.set_number(static_cast<int32_t>(ref.number));
  request.set_build_id(ref.build_id);
  request.set_live_writes(ToMessage(writes));
  v1::PublishGenerationResponse response;
  grpc::ClientContext context;
  ShowToken(server.token, context);
  std::promise<grpc::Status> ended;
  std::future<grpc::Status> end = ended.get_future();
  stub->async()->PublishGeneration(&context, &request, &response, [&ended](grpc::Status status) {
    ended.set_value(std::move(status));
  });
  while (end.wait_for(kLookInterval) != std::future_status::ready) {
    if (cancelled && cancelled()) context.TryCancel();
  }
  const grpc::Status status = end.get();
  if (status.ok()) return response;
  if (status.error_code() == grpc::StatusCode::UNAVAILABLE && status.error_details().empty()) {
    return CannotConnect(server.address, server.security, status.error_message());
  }
  return StatusOfCall(status);
}

}  // namespace broadsheet::commands
