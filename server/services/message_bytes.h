// SPDX-License-Identifier: GPL-3.0-or-later
// Messages as gRPC carries them.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/query/encoded_response.h"

namespace broadsheet::server {

// INVALID_ARGUMENT_VALUE when `bytes` has more than `most`. `what` begins the message: "a query".
absl::Status CheckSize(std::string_view what, const grpc::ByteBuffer& bytes, size_t most);
// Reads `message`, and leaves `bytes` empty. INVALID_ARGUMENT_VALUE when they are no such message,
// OVERLOADED when there is no memory for it. `what` as above.
absl::Status ReadMessage(std::string_view what, grpc::ByteBuffer& bytes,
                         google::protobuf::Message& message);

// Not for messages over 2 GiB. Throws std::bad_alloc, where gRPC would end the process.
grpc::ByteBuffer ToBytes(const google::protobuf::Message& message);

// A message that is serialised already; not copied, but kept until gRPC has sent it.
grpc::ByteBuffer ToBytes(std::shared_ptr<const std::string> serialized);
grpc::ByteBuffer ToBytes(query::EncodedResponse response);

}  // namespace broadsheet::server
