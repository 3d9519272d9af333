// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/json_request.h"

#include <google/protobuf/util/json_util.h>

#include <map>

#include "absl/strings/str_cat.h"
#include "desk/door/json_value.h"

namespace broadsheet::desk {
namespace {

using google::protobuf::FieldDescriptor;

const FieldDescriptor* FindField(const google::protobuf::Descriptor& type,
                                 const std::string& name) {
  for (int i = 0; i < type.field_count(); ++i) {
    if (type.field(i)->name() == name || type.field(i)->json_name() == name) return type.field(i);
  }
  return nullptr;
}

// Whether one value of the field can be written as one text.
bool IsScalar(const FieldDescriptor& field) {
  if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return true;
  const std::string& type = field.message_type()->full_name();
  return type == "google.protobuf.FieldMask" || type == "google.protobuf.Timestamp" ||
         type == "google.protobuf.Duration";
}

// Numbers and names of enum values may stand in quotes, too.
std::string WriteParameter(const FieldDescriptor& field, const std::string& value) {
  // The only type that the mapping does not take as text.
  const bool plain =
      field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL && (value == "true" || value == "false");
  return plain ? value : QuotedJson(value);
}

}  // namespace

std::unique_ptr<google::protobuf::Message> NewMessage(const google::protobuf::Descriptor* type) {
  const auto* prototype = google::protobuf::MessageFactory::generated_factory()->GetPrototype(type);
  return std::unique_ptr<google::protobuf::Message>(prototype->New());
}

absl::Status ReadJson(const std::string& json, google::protobuf::Message& message) {
  if (json.find_first_not_of(" \t\r\n") == std::string::npos) return absl::OkStatus();
  const auto read = google::protobuf::util::JsonStringToMessage(json, &message);
  if (read.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("not a ", message.GetDescriptor()->name(),
                                                 " in JSON: ", read.message().ToString()));
}

absl::Status ReadParameters(const std::vector<NameAndValue>& parameters,
                            google::protobuf::Message& message) {
  const google::protobuf::Descriptor& type = *message.GetDescriptor();
  std::map<std::string, std::string> values;
  for (const auto& [name, value] : parameters) {
    const FieldDescriptor* field = FindField(type, name);
    if (field == nullptr || !IsScalar(*field)) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", name, "\" is no parameter of ", type.name()));
    }
    std::string& json = values[field->json_name()];
    const std::string one = WriteParameter(*field, value);
    json = field->is_repeated() && !json.empty() ? absl::StrCat(json, ",", one) : one;
  }
  std::string object;
  for (const auto& [name, value] : values) {
    const bool repeated = FindField(type, name)->is_repeated();
    absl::StrAppend(&object, object.empty() ? "{" : ",", "\"", name, "\":", repeated ? "[" : "",
                    value, repeated ? "]" : "");
  }
  return object.empty() ? absl::OkStatus() : ReadJson(object + "}", message);
}

std::string WriteJson(const google::protobuf::Message& message) {
  std::string json;
  // What our server sends has valid UTF-8 and known types, which can always be written.
  const auto written = google::protobuf::util::MessageToJsonString(message, &json);
  return written.ok() ? json : "{}";
}

}  // namespace broadsheet::desk
