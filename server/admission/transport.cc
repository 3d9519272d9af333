// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/transport.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/server_builder_option.h>
#include <grpcpp/impl/server_builder_plugin.h>

#include <utility>
#include <vector>

namespace broadsheet::server {
namespace {

// Turns reflection on or off for one server: linking the library turns it on for all.
class Reflection final : public grpc::ServerBuilderOption {
 public:
  explicit Reflection(bool wanted) : wanted_(wanted) {}
  void UpdateArguments(grpc::ChannelArguments* /*arguments*/) override {}
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>* plugins) override {
    using grpc::reflection::ProtoServerReflectionPlugin;
    std::erase_if(*plugins, [](const auto& plugin) {
      return dynamic_cast<const ProtoServerReflectionPlugin*>(plugin.get()) != nullptr;
    });
    if (wanted_) plugins->push_back(std::make_unique<ProtoServerReflectionPlugin>());
  }

 private:
  const bool wanted_;
};

// Each stream of reflection holds a thread for as long as its peer likes: gRPC answers it with its
// synchronous API. Further streams end as RESOURCE_EXHAUSTED. Nothing else here has such threads.
void BoundReflectionThreads(grpc::ServerBuilder& builder) {
  constexpr int kMostThreads = 16;
  grpc::ResourceQuota quota("broadsheetd");
  quota.SetMaxThreads(kMostThreads);
  builder.SetResourceQuota(quota);
  // One queue with one thread that waits at it, not one for each core.
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::NUM_CQS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::MIN_POLLERS, 1);
  builder.SetSyncServerOption(grpc::ServerBuilder::SyncServerOption::MAX_POLLERS, 1);
}

void SetConnectionLimits(grpc::ServerBuilder& builder) {
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 100);
  // gRPC's defaults are infinite: idle connections would pile up, and clients behind a balancer
  // never move to a new server.
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS, 5 * 60'000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS, 30 * 60'000);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS, 30'000);
  // A peer that has not shown who it is, or not begun to speak HTTP/2, holds its place no longer.
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS, 20'000);
  // Finds dead peers; and how often a client may ping before it is sent away.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 60'000);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 20'000);
  // Also those who have no call under way.
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 30'000);
}

// Calls with compressed messages end as UNIMPLEMENTED. gRPC looks at a message's size only once it
// is inflated, and 18 MB of gzip may hold gigabytes; without its filter nothing here inflates, in
// whatever order a call's parts arrive.
void RefuseCompression(grpc::ServerBuilder& builder) {
  for (const grpc_compression_algorithm each : {GRPC_COMPRESS_DEFLATE, GRPC_COMPRESS_GZIP}) {
    builder.SetCompressionAlgorithmSupportStatus(each, false);
  }
  builder.AddChannelArgument(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
}

}  // namespace

void SetTransport(grpc::ServerBuilder& builder, bool reflection) {
  SetConnectionLimits(builder);
  RefuseCompression(builder);
  builder.SetOption(std::make_unique<Reflection>(reflection));
  BoundReflectionThreads(builder);
}

Door MakeDoor(grpc::ServerBuilder& builder, ListenSocket socket,
              std::shared_ptr<grpc::ServerCredentials> credentials) {
  // std::function asks for what can be copied.
  std::shared_ptr taker = builder.experimental().AddExternalConnectionAcceptor(
      grpc::ServerBuilder::experimental_type::ExternalConnectionType::FROM_FD,
      std::move(credentials));
  auto take = [taker](int listening, base::FileDescriptor connection) {
    grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters parameters;
    parameters.listener_fd = listening;
    parameters.fd = connection.Release();
    taker->HandleNewConnection(&parameters);
  };
  return {.socket = std::move(socket), .take = std::move(take)};
}

}  // namespace broadsheet::server
