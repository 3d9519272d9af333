// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/error.h"

#include <google/protobuf/message.h>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/rpc/error_details.pb.h"

namespace broadsheet::schema {
namespace {

std::string TypeUrl(const google::protobuf::Message& message) {
  return absl::StrCat("type.googleapis.com/", message.GetTypeName());
}

void Attach(const google::protobuf::Message& detail, absl::Status* status) {
  status->SetPayload(TypeUrl(detail), absl::Cord(detail.SerializeAsString()));
}

void AttachFieldViolation(std::string_view field, std::string_view message, absl::Status* status) {
  google::rpc::BadRequest bad_request;
  google::rpc::BadRequest::FieldViolation* violation = bad_request.add_field_violations();
  violation->set_field(std::string(field));
  violation->set_description(std::string(message));
  Attach(bad_request, status);
}

}  // namespace

absl::Status Error(absl::StatusCode code, std::string_view reason, std::string_view message,
                   const std::map<std::string, std::string>& metadata) {
  absl::Status status(code, absl::string_view(message.data(), message.size()));
  google::rpc::ErrorInfo info;
  info.set_reason(std::string(reason));
  info.set_domain(std::string(kErrorDomain));
  info.mutable_metadata()->insert(metadata.begin(), metadata.end());
  Attach(info, &status);
  return status;
}

absl::Status QueryError(const v1::QueryError& error, std::string_view message) {
  absl::Status status = Error(absl::StatusCode::kInvalidArgument, error.reason(), message);
  AttachFieldViolation("query", message, &status);
  Attach(error, &status);
  return status;
}

absl::Status BadField(std::string_view field, std::string_view message) {
  absl::Status status =
      Error(absl::StatusCode::kInvalidArgument, "INVALID_ARGUMENT_VALUE", message);
  AttachFieldViolation(field, message, &status);
  return status;
}

absl::Status BadArticle(std::string_view field, std::string_view message) {
  absl::Status status = Error(absl::StatusCode::kInvalidArgument, "ARTICLE_INVALID", message);
  const std::string path = field.empty() ? "article" : "article." + std::string(field);
  AttachFieldViolation(path, message, &status);
  return status;
}

std::string ErrorReason(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  const auto payload = status.GetPayload(TypeUrl(info));
  if (!payload.has_value() || !info.ParseFromString(std::string(*payload))) return {};
  return info.domain() == kErrorDomain ? info.reason() : std::string();
}

absl::Status WithPrefix(std::string_view prefix, const absl::Status& status) {
  absl::Status told(status.code(), absl::StrCat(absl::string_view(prefix.data(), prefix.size()),
                                                status.message()));
  status.ForEachPayload([&told](absl::string_view type_url, const absl::Cord& payload) {
    told.SetPayload(type_url, payload);
  });
  return told;
}

}  // namespace broadsheet::schema
