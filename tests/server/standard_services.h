// SPDX-License-Identifier: GPL-3.0-or-later
// Asks grpc.health.v1.Health. Debian ships no health.proto, and its two messages are this small:
// HealthCheckRequest{string service = 1}, HealthCheckResponse{ServingStatus status = 1}.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

namespace broadsheet::server {

// "SERVING", "NOT_SERVING", or the error's message.
inline std::string HealthOf(const std::shared_ptr<grpc::Channel>& channel,
                            const std::string& service) {
  std::string request;
  if (!service.empty()) {
    request = std::string("\x0a") + static_cast<char>(service.size()) + service;
  }
  const grpc::Slice slice(request);
  grpc::ByteBuffer sent(&slice, 1);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check", sent, &queue);
  call->StartCall();
  grpc::ByteBuffer received;
  grpc::Status status;
  call->Finish(&received, &status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  if (!status.ok()) return status.error_message();
  grpc::Slice body;
  if (!received.DumpToSingleSlice(&body).ok()) return "unreadable";
  const std::string bytes(body.begin(), body.end());
  if (bytes == "\x08\x01") return "SERVING";
  if (bytes == "\x08\x02") return "NOT_SERVING";
  return "unknown";
}

}  // namespace broadsheet::server
