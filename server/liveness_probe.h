// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a server of this process, as a client would, whether it answers.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace broadsheet::server {

// Not thread-safe.
class LivenessProbe {
 public:
  // `address` is where `server`, which outlives this, listens.
  LivenessProbe(const std::string& address, grpc::Server& server);

  // Asks for its health over the socket, by a connection that is kept. Any answer is one. A server
  // that takes no connection, since it has as many as it may or since it wants TLS, is asked within
  // the process. False when there is no answer within `patience`.
  bool Answers(absl::Duration patience);

 private:
  const std::shared_ptr<grpc::Channel> over_socket_;
  const std::shared_ptr<grpc::Channel> within_process_;
};

}  // namespace broadsheet::server
