// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/generic_call.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/proto_buffer_reader.h>

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "desk/door/json_request.h"

namespace broadsheet::desk {
namespace {

// The operations of a call that may be under way at the same time, one of each.
enum class Operation : uintptr_t { kStart = 1, kRead, kWrite, kFinish };

void* TagOf(Operation operation) { return reinterpret_cast<void*>(operation); }

// One call, driven by the thread that made it: all its events come to a queue of its own.
class GenericCall {
 public:
  GenericCall(Backend& backend, const Caller& caller,
              const google::protobuf::MethodDescriptor& method, const GenericTraffic& traffic)
      : method_(method), traffic_(traffic), stub_(backend.channel()) {
    const bool streams = method.server_streaming() || method.client_streaming();
    if (streams) {
      Backend::PrepareStream(caller, context_);
    } else {
      backend.Prepare(caller, context_);
    }
    const std::string path = absl::StrCat("/", method.service()->full_name(), "/", method.name());
    call_ = stub_.PrepareCall(&context_, path, &queue_);
  }

  ~GenericCall() {
    queue_.Shutdown();
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
    }
  }
  GenericCall(const GenericCall&) = delete;
  GenericCall& operator=(const GenericCall&) = delete;

  grpc::Status Run() {
    call_->StartCall(TagOf(Operation::kStart));
    void* tag = nullptr;
    bool ok = false;
    while (queue_.Next(&tag, &ok)) {
      const auto operation = static_cast<Operation>(reinterpret_cast<uintptr_t>(tag));
      if (operation == Operation::kFinish) break;
      On(operation, ok);
    }
    return own_status_.ok() ? status_ : own_status_;
  }

 private:
  void On(Operation operation, bool ok) {
    switch (operation) {
      case Operation::kStart:
        Read();
        if (ok) Write();
        break;
      case Operation::kWrite:
        if (ok && !written_) Write();
        break;
      case Operation::kRead:
        // Behind the last response, or once the call has failed.
        if (!ok) {
          call_->Finish(&status_, TagOf(Operation::kFinish));
        } else {
          Take();
          Read();
        }
        break;
      case Operation::kFinish:
        break;
    }
  }

  void Read() { call_->Read(&incoming_, TagOf(Operation::kRead)); }

  void Write() {
    const auto request = traffic_.next_request();
    if (request == nullptr) {
      written_ = true;
      call_->WritesDone(TagOf(Operation::kWrite));
      return;
    }
    bool own_buffer = false;
    const grpc::Status packed =
        grpc::GenericSerialize<grpc::ProtoBufferWriter, google::protobuf::Message>(
            *request, &outgoing_, &own_buffer);
    if (!packed.ok()) return End(packed);
    call_->Write(outgoing_, TagOf(Operation::kWrite));
  }

  void Take() {
    if (!own_status_.ok()) return;
    const auto response = NewMessage(method_.output_type());
    grpc::ProtoBufferReader reader(&incoming_);
    if (!response->ParseFromZeroCopyStream(&reader)) {
      return End({grpc::StatusCode::INTERNAL, "the server's answer cannot be read"});
    }
    if (!traffic_.take_response(*response)) {
      End({grpc::StatusCode::CANCELLED, "the caller has gone"});
    }
  }

  void End(grpc::Status status) {
    own_status_ = std::move(status);
    context_.TryCancel();
  }

  const google::protobuf::MethodDescriptor& method_;
  const GenericTraffic& traffic_;
  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  grpc::ByteBuffer incoming_;
  grpc::ByteBuffer outgoing_;
  bool written_ = false;
  grpc::Status status_;
  grpc::Status own_status_;
};

}  // namespace

grpc::Status CallGeneric(Backend& backend, const Caller& caller,
                         const google::protobuf::MethodDescriptor& method,
                         const GenericTraffic& traffic) {
  return GenericCall(backend, caller, method, traffic).Run();
}

}  // namespace broadsheet::desk
