// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/sealed_json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/json_util.h>

#include <string_view>

#include "absl/strings/str_cat.h"
#include "engine/base/checksum.h"

namespace broadsheet::storage {
namespace {

namespace json_util = google::protobuf::util;

constexpr std::string_view kChecksumKey = "\"checksum\": \"";

// Where the checksum's digits are, or npos.
size_t ChecksumPosition(std::string_view json) {
  const size_t key = json.find(kChecksumKey);
  if (key == std::string_view::npos) return key;
  const size_t digits = key + kChecksumKey.size();
  return digits + base::kChecksumDigits <= json.size() ? digits : std::string_view::npos;
}

bool ChecksumHolds(std::string json) {
  const size_t position = ChecksumPosition(json);
  if (position == std::string::npos) return false;
  const std::string stated = json.substr(position, base::kChecksumDigits);
  json.replace(position, base::kChecksumDigits, base::kChecksumDigits, '0');
  return base::ChecksumOf(json) == stated;
}

}  // namespace

absl::StatusOr<std::string> SealJson(google::protobuf::Message& message) {
  const auto* field = message.GetDescriptor()->FindFieldByName("checksum");
  if (field == nullptr || field->index() != 0) {
    return absl::InternalError(
        absl::StrCat(message.GetTypeName(), " does not start with a checksum"));
  }
  message.GetReflection()->SetString(&message, field, std::string(base::kChecksumDigits, '0'));
  json_util::JsonPrintOptions options;
  options.add_whitespace = true;
  options.always_print_primitive_fields = true;
  std::string json;
  const auto printed = json_util::MessageToJsonString(message, &json, options);
  const size_t position = printed.ok() ? ChecksumPosition(json) : std::string::npos;
  if (position == std::string::npos) return absl::InternalError(printed.ToString());
  json.replace(position, base::kChecksumDigits, base::ChecksumOf(json));
  return json;
}

absl::Status UnsealJson(const std::string& json, google::protobuf::Message* message) {
  if (!ChecksumHolds(json)) return absl::DataLossError("its checksum does not match");
  json_util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (json_util::JsonStringToMessage(json, message, options).ok()) return absl::OkStatus();
  return absl::DataLossError("it is not the JSON that belongs there");
}

}  // namespace broadsheet::storage
