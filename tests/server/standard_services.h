// SPDX-License-Identifier: GPL-3.0-or-later
// Asks gRPC's own services, health and reflection. Debian ships no health.proto, and its messages
// are small: HealthCheckRequest{string service = 1}, HealthCheckResponse{ServingStatus status = 1}.
#pragma once

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

namespace broadsheet::server {

struct RawAnswer {
  grpc::Status status;
  std::string bytes;
};

// Calls a method with the bytes of a request, for services without a generated stub.
inline RawAnswer CallRaw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                         const std::string& request) {
  const grpc::Slice slice(request);
  grpc::ByteBuffer sent(&slice, 1);
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  grpc::GenericStub stub(channel);
  auto call = stub.PrepareUnaryCall(&context, method, sent, &queue);
  call->StartCall();
  grpc::ByteBuffer received;
  RawAnswer answer;
  call->Finish(&received, &answer.status, nullptr);
  void* tag = nullptr;
  bool ok = false;
  queue.Next(&tag, &ok);
  grpc::Slice body;
  if (answer.status.ok() && received.DumpToSingleSlice(&body).ok()) {
    answer.bytes.assign(body.begin(), body.end());
  }
  return answer;
}

// "SERVING", "NOT_SERVING", or the error's message.
inline std::string HealthOf(const std::shared_ptr<grpc::Channel>& channel,
                            const std::string& service) {
  std::string request;
  if (!service.empty()) {
    request = std::string("\x0a") + static_cast<char>(service.size()) + service;
  }
  const RawAnswer answer = CallRaw(channel, "/grpc.health.v1.Health/Check", request);
  if (!answer.status.ok()) return answer.status.error_message();
  if (answer.bytes == "\x08\x01") return "SERVING";
  return answer.bytes == "\x08\x02" ? "NOT_SERVING" : "unknown";
}

// Whether the server describes its API to tools.
inline bool HasReflection(const std::shared_ptr<grpc::Channel>& channel) {
  // ServerReflectionRequest{list_services = 7: ""}
  const RawAnswer answer =
      CallRaw(channel, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
              std::string("\x3a\x00", 2));
  return answer.status.error_code() != grpc::StatusCode::UNIMPLEMENTED;
}

}  // namespace broadsheet::server
