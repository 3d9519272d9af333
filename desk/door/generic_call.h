// SPDX-License-Identifier: GPL-3.0-or-later
// A call of any method, known by its descriptor.
#pragma once

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>

#include "desk/calls/backend.h"

namespace broadsheet::desk {

// What a call sends and gets; called from the thread that makes the call.
struct GenericTraffic {
  // The next request; null behind the last. A method without a stream of requests has one.
  std::function<std::unique_ptr<google::protobuf::Message>()> next_request;
  // Takes a response. False ends the call: nobody wants more.
  std::function<bool(const google::protobuf::Message&)> take_response;
};

// Makes the call, and returns when it has ended: with the server's status, with CANCELLED where
// take_response() ended it, with INTERNAL for a response that is no message of the type.
grpc::Status CallGeneric(Backend& backend, const Caller& caller,
                         const google::protobuf::MethodDescriptor& method,
                         const GenericTraffic& traffic);

}  // namespace broadsheet::desk
