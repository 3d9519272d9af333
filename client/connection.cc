// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/connection.h"

#include <grpcpp/grpcpp.h>

#include <ostream>
#include <utility>

#include "client/shell_word.h"

namespace broadsheet::client {

// The largest page (1,000 hits with their bodies) has to fit.
constexpr int kMaxReceiveBytes = 256 << 20;

Connection::Connection(ConnectionOptions options) : options_(std::move(options)) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceiveBytes);
  channel_ =
      grpc::CreateCustomChannel(options_.server, grpc::InsecureChannelCredentials(), arguments);
  stub_ = v1::SearchService::NewStub(channel_);
  articles_ = v1::ArticleService::NewStub(channel_);
  admin_ = v1::AdminService::NewStub(channel_);
}

bool Connection::Connect() {
  const auto deadline = std::chrono::system_clock::now() + kConnectTimeout;
  for (grpc_connectivity_state state = channel_->GetState(/*try_to_connect=*/true);
       state != GRPC_CHANNEL_READY; state = channel_->GetState(true)) {
    if (state == GRPC_CHANNEL_TRANSIENT_FAILURE || state == GRPC_CHANNEL_SHUTDOWN) return false;
    if (!channel_->WaitForStateChange(state, deadline)) return false;
  }
  return true;
}

void Connection::Prepare(grpc::ClientContext& context) const {
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::seconds(options_.timeout_seconds));
}

bool ConnectOrExplain(Connection& connection, std::ostream& err) {
  if (connection.Connect()) return true;
  err << "broadsheet: no server answers at " << connection.server()
      << "; start one with: broadsheetd --index DIR" << ShellOption("--listen", connection.server())
      << " (another address: --server ADDR or BROADSHEET_SERVER)\n";
  return false;
}

}  // namespace broadsheet::client
