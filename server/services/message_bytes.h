// SPDX-License-Identifier: GPL-3.0-or-later
// Messages as gRPC carries them.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>

#include <memory>
#include <string>

namespace broadsheet::server {

// False if the bytes are not such a message. Leaves `bytes` empty.
bool FromBytes(grpc::ByteBuffer& bytes, google::protobuf::Message& message);

// Not for messages over 2 GiB.
grpc::ByteBuffer ToBytes(const google::protobuf::Message& message);

// A message that is serialised already; not copied, but kept until gRPC has sent it.
grpc::ByteBuffer ToBytes(std::shared_ptr<const std::string> serialized);

}  // namespace broadsheet::server
