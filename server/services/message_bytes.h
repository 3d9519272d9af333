// SPDX-License-Identifier: GPL-3.0-or-later
// Messages as gRPC carries them.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::server {

// False if the bytes are not such a message. Leaves `bytes` empty.
bool FromBytes(grpc::ByteBuffer& bytes, google::protobuf::Message& message);

// INVALID_ARGUMENT_VALUE when `bytes` has more than `most`. `what` begins the message: "a query".
absl::Status CheckSize(std::string_view what, const grpc::ByteBuffer& bytes, size_t most);
// As FromBytes; INVALID_ARGUMENT_VALUE where that is false.
absl::Status ReadMessage(std::string_view what, grpc::ByteBuffer& bytes,
                         google::protobuf::Message& message);

// Not for messages over 2 GiB.
grpc::ByteBuffer ToBytes(const google::protobuf::Message& message);

// A message that is serialised already; not copied, but kept until gRPC has sent it.
grpc::ByteBuffer ToBytes(std::shared_ptr<const std::string> serialized);

}  // namespace broadsheet::server
