// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/message_bytes.h"

#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

#include <memory>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/schema/error.h"

namespace broadsheet::server {

bool FromBytes(grpc::ByteBuffer& bytes, google::protobuf::Message& message) {
  bool parsed = false;
  {
    grpc::ProtoBufferReader reader(&bytes);
    parsed = reader.status().ok() && message.ParseFromZeroCopyStream(&reader);
  }
  bytes.Clear();
  return parsed;
}

absl::Status CheckSize(std::string_view what, const grpc::ByteBuffer& bytes, size_t most) {
  if (bytes.Length() <= most) return absl::OkStatus();
  return schema::BadField("", absl::StrFormat("%s takes %d bytes; at most %d are taken",
                                              std::string(what), bytes.Length(), most));
}

absl::Status ReadMessage(std::string_view what, grpc::ByteBuffer& bytes,
                         google::protobuf::Message& message) {
  if (FromBytes(bytes, message)) return absl::OkStatus();
  return schema::BadField(
      "", absl::StrFormat("%s cannot be read: it is no %s, or has text that is not UTF-8",
                          std::string(what), message.GetDescriptor()->name()));
}

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message) {
  // Written in place: a stream over many small slices costs more.
  const grpc::Slice slice(message.ByteSizeLong());
  message.SerializeWithCachedSizesToArray(const_cast<uint8_t*>(slice.begin()));
  return {&slice, 1};
}

grpc::ByteBuffer ToBytes(std::shared_ptr<const std::string> serialized) {
  using Kept = std::shared_ptr<const std::string>;
  auto kept = std::make_unique<Kept>(std::move(serialized));
  const std::string& bytes = **kept;
  // gRPC does not write to it.
  const grpc::Slice slice(
      const_cast<char*>(bytes.data()), bytes.size(),
      [](void* sent) { delete static_cast<Kept*>(sent); }, kept.release());
  return {&slice, 1};
}

}  // namespace broadsheet::server
