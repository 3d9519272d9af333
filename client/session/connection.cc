// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/connection.h"

#include <grpcpp/grpcpp.h>

#include <cstdlib>
#include <ostream>
#include <utility>

#include "engine/base/shell_word.h"

namespace broadsheet::client {

// The largest page (1,000 hits with their bodies) has to fit.
constexpr int kMaxReceiveBytes = 256 << 20;

Connection::Connection(ConnectionOptions options) : options_(std::move(options)) {
  // gRPC would print its own account of an address it cannot read beside ours.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxReceiveBytes);
  // Despite its name the time that one attempt to connect gets. By default it is 20 seconds, after
  // which a silent server would pass for one that refused. Never the first to end here.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, (options_.timeout_seconds + 1) * 1000);
  channel_ =
      grpc::CreateCustomChannel(options_.server, grpc::InsecureChannelCredentials(), arguments);
  stub_ = v1::SearchService::NewStub(channel_);
  articles_ = v1::ArticleService::NewStub(channel_);
  admin_ = v1::AdminService::NewStub(channel_);
}

std::chrono::system_clock::time_point Connection::Deadline() const {
  return std::chrono::system_clock::now() + std::chrono::seconds(options_.timeout_seconds);
}

Reached Connection::Connect() {
  first_deadline_ = Deadline();
  for (grpc_connectivity_state state = channel_->GetState(/*try_to_connect=*/true);
       state != GRPC_CHANNEL_READY; state = channel_->GetState(true)) {
    // When a name has several addresses, all of them have failed by then.
    if (state == GRPC_CHANNEL_TRANSIENT_FAILURE || state == GRPC_CHANNEL_SHUTDOWN) {
      return Reached::kNobody;
    }
    if (!channel_->WaitForStateChange(state, *first_deadline_)) return Reached::kSilent;
  }
  return Reached::kServer;
}

void Connection::Prepare(grpc::ClientContext& context) {
  context.set_deadline(std::exchange(first_deadline_, std::nullopt).value_or(Deadline()));
}

bool ConnectOrExplain(Connection& connection, std::ostream& err) {
  const Reached reached = connection.Connect();
  if (reached == Reached::kServer) return true;
  const std::string& server = connection.server();
  if (reached == Reached::kNobody) {
    err << "broadsheet: no server answers at " << server
        << "; start one with: broadsheetd --index DIR" << base::ShellOption("--listen", server)
        << " (another address: --server ADDR or BROADSHEET_SERVER)\n";
  } else {
    err << "broadsheet: the server at " << server << " is silent: nothing came from it within "
        << connection.timeout_seconds()
        << " s; it may be stopped, overloaded or behind a firewall (to wait longer: --timeout "
           "SECONDS; another address: --server ADDR or BROADSHEET_SERVER)\n";
  }
  return false;
}

}  // namespace broadsheet::client
