// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/liveness_probe.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>

#include "absl/strings/match.h"
#include "grpc/health/v1/health.grpc.pb.h"

namespace broadsheet::server {
namespace {

// Where a server that listens on all addresses of the machine is reached from here.
std::string LocalAddress(const std::string& address) {
  if (absl::StartsWith(address, "0.0.0.0:")) return "127.0.0.1" + address.substr(7);
  if (absl::StartsWith(address, "[::]:")) return "[::1]" + address.substr(4);
  return address;
}

std::shared_ptr<grpc::Channel> OpenChannel(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return grpc::CreateCustomChannel(LocalAddress(address), grpc::InsecureChannelCredentials(),
                                   arguments);
}

grpc::StatusCode AskHealth(const std::shared_ptr<grpc::Channel>& channel, absl::Duration patience) {
  grpc::ClientContext call;
  call.set_deadline(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(patience));
  grpc::health::v1::HealthCheckResponse response;
  return grpc::health::v1::Health::NewStub(channel)->Check(&call, {}, &response).error_code();
}

}  // namespace

LivenessProbe::LivenessProbe(const std::string& address, grpc::Server& server)
    : over_socket_(OpenChannel(address)), within_process_(server.InProcessChannel({})) {}

bool LivenessProbe::Answers(absl::Duration patience) {
  grpc::StatusCode code = AskHealth(over_socket_, patience);
  if (code == grpc::StatusCode::UNAVAILABLE) code = AskHealth(within_process_, patience);
  return code != grpc::StatusCode::UNAVAILABLE && code != grpc::StatusCode::DEADLINE_EXCEEDED;
}

}  // namespace broadsheet::server
