// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/shared/server_publication.h"

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <cstdlib>
#include <future>
#include <utility>

#include "absl/strings/str_format.h"
#include "broadsheet/v1/admin_service.grpc.pb.h"
#include "engine/base/shell_word.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/index/current.h"
#include "indexer/commands/shared/call_status.h"
#include "indexer/commands/shared/remedy.h"
#include "indexer/commands/shared/server_channel.h"
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

absl::StatusOr<v1::PublishGenerationResponse> Ask(const PublishingServer& server,
                                                  const storage::GenerationRef& ref,
                                                  indexing::WritePolicy writes,
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
    return CannotConnect(server.address, server.security, status.error_message(), /*remedy=*/"");
  }
  return StatusOfCall(status);
}

}  // namespace

std::string ServerThatHolds(const absl::Status& not_locked) {
  for (schema::IndexFault& fault : schema::FaultsOf(not_locked)) {
    if (!fault.server.empty()) return std::move(fault.server);
  }
  return "";
}

absl::StatusOr<PublishedByServer> PublishOnServer(const PublishingServer& server,
                                                  const storage::Layout& layout,
                                                  const storage::GenerationRef& ref,
                                                  std::string_view made,
                                                  indexing::WritePolicy writes,
                                                  const std::function<bool()>& cancelled) {
  PublishedByServer published;
  const auto answer = Ask(server, ref, writes, cancelled);
  if (answer.ok()) {
    published.kept.put = static_cast<uint64_t>(answer->carried_writes());
    published.discarded.articles = static_cast<uint64_t>(answer->discarded_writes());
    return published;
  }
  // It may have been too late for the server to stop.
  const auto current = storage::ReadCurrent(layout);
  if (current.ok() && *current == ref) return published;
  return absl::FailedPreconditionError(absl::StrFormat(
      "generation %d is %s, but the server at %s has not published it: %s; nothing was "
      "published; to try again: broadsheet%s admin publish %d",
      ref.number, std::string(made), server.address, WithRemedy(answer.status()),
      base::ShellOption("--server", server.address), ref.number));
}

}  // namespace broadsheet::commands
