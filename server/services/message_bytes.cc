// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/message_bytes.h"

#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/slice.h>

#include <memory>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "engine/schema/error.h"
#include "server/base/memory_guard.h"

namespace broadsheet::server {

absl::Status CheckSize(std::string_view what, const grpc::ByteBuffer& bytes, size_t most) {
  if (bytes.Length() <= most) return absl::OkStatus();
  return schema::BadField("", absl::StrFormat("%s takes %d bytes; at most %d are taken",
                                              std::string(what), bytes.Length(), most));
}

absl::Status ReadMessage(std::string_view what, grpc::ByteBuffer& bytes,
                         google::protobuf::Message& message) {
  const auto parsed = GuardMemory([&]() -> absl::StatusOr<bool> {
    grpc::ProtoBufferReader reader(&bytes);
    return reader.status().ok() && message.ParseFromZeroCopyStream(&reader);
  });
  bytes.Clear();
  if (!parsed.ok()) return parsed.status();
  if (*parsed) return absl::OkStatus();
  return schema::BadField(
      "", absl::StrFormat("%s cannot be read: it is no %s, or has text that is not UTF-8",
                          std::string(what), message.GetDescriptor()->name()));
}

grpc::ByteBuffer ToBytes(const google::protobuf::Message& message) {
  // Written in place: a stream over many small slices costs more.
  const size_t size = message.ByteSizeLong();
  auto bytes = std::make_unique_for_overwrite<uint8_t[]>(size);
  message.SerializeWithCachedSizesToArray(bytes.get());
  uint8_t* kept = bytes.release();
  const grpc::Slice slice(kept, size, [](void* sent) { delete[] static_cast<uint8_t*>(sent); });
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

grpc::ByteBuffer ToBytes(query::EncodedResponse response) {
  return ToBytes(std::move(response.bytes));
}

}  // namespace broadsheet::server
