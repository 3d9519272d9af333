// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/openapi.h"

#include <google/protobuf/descriptor.h>

#include <set>
#include <string>
#include <string_view>

#include "desk/door/json_value.h"
#include "desk/door/method_table.h"
#include "google/rpc/status.pb.h"

namespace broadsheet::desk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

void SetType(JsonValue& schema, const char* type, const char* format = "") {
  schema["type"] = type;
  if (*format != '\0') schema["format"] = format;
}

void DescribeEnum(const google::protobuf::EnumDescriptor& type, JsonValue& schema) {
  SetType(schema, "string");
  for (int i = 0; i < type.value_count(); ++i) schema["enum"].Add() = type.value(i)->name();
}

// The schemas of messages, and of those that their fields have.
class Schemas {
 public:
  explicit Schemas(JsonValue& all) : all_(all) {}

  // "#/components/schemas/Article"; describes the message if it is new.
  std::string Reference(const Descriptor& type) {
    if (described_.insert(type.full_name()).second) {
      JsonValue& schema = all_[type.name()];
      SetType(schema, "object");
      for (int i = 0; i < type.field_count(); ++i) {
        DescribeField(*type.field(i), schema["properties"][type.field(i)->json_name()]);
      }
    }
    return "#/components/schemas/" + type.name();
  }

  // One value, or a list or map of them.
  void DescribeField(const FieldDescriptor& field, JsonValue& schema) {
    if (field.is_map()) {
      SetType(schema, "object");
      DescribeValue(*field.message_type()->map_value(), schema["additionalProperties"]);
    } else if (field.is_repeated()) {
      SetType(schema, "array");
      DescribeValue(field, schema["items"]);
    } else {
      DescribeValue(field, schema);
    }
  }

 private:
  void DescribeValue(const FieldDescriptor& field, JsonValue& schema) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return SetType(schema, "boolean");
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return SetType(schema, "number");
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_UINT32:
        return SetType(schema, "integer", "int32");
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT64:
        // JSON has no numbers of this size.
        return SetType(schema, "string", "int64");
      case FieldDescriptor::CPPTYPE_ENUM:
        return DescribeEnum(*field.enum_type(), schema);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return DescribeMessage(*field.message_type(), schema);
      default:
        return SetType(schema, "string");
    }
  }

  void DescribeMessage(const Descriptor& type, JsonValue& schema) {
    // These have forms of their own in JSON.
    const std::string& name = type.full_name();
    if (name == "google.protobuf.Timestamp") return SetType(schema, "string", "date-time");
    if (name == "google.protobuf.Duration") return SetType(schema, "string");
    if (name == "google.protobuf.FieldMask") return SetType(schema, "string");
    if (name == "google.protobuf.Any") return SetType(schema, "object");
    schema["$ref"] = Reference(type);
  }

  JsonValue& all_;
  std::set<std::string> described_;
};

void AddContent(JsonValue& where, const Descriptor& type, bool stream, Schemas& schemas) {
  const char* const media_type = stream ? "application/jsonl" : "application/json";
  where["content"][media_type]["schema"]["$ref"] = schemas.Reference(type);
}

void AddParameter(JsonValue& operation, const FieldDescriptor& field, bool in_path,
                  Schemas& schemas) {
  JsonValue& parameter = operation["parameters"].Add();
  parameter["name"] = in_path ? field.name() : field.json_name();
  parameter["in"] = in_path ? "path" : "query";
  if (in_path) parameter["required"] = true;
  schemas.DescribeField(field, parameter["schema"]);
}

void AddRequest(const DoorMethod& row, const google::protobuf::MethodDescriptor& method,
                JsonValue& operation, Schemas& schemas) {
  if (row.verb == HttpMethod::kPost) {
    AddContent(operation["requestBody"], *method.input_type(), method.client_streaming(), schemas);
    return;
  }
  for (int i = 0; i < method.input_type()->field_count(); ++i) {
    const FieldDescriptor& field = *method.input_type()->field(i);
    const bool in_path = row.path.find("{" + field.name() + "}") != std::string_view::npos;
    AddParameter(operation, field, in_path, schemas);
  }
}

void AddOperation(const DoorMethod& row, JsonValue& operation, Schemas& schemas) {
  const google::protobuf::MethodDescriptor& method = *DescriptorOf(row);
  operation["operationId"] = method.name();
  AddRequest(row, method, operation, schemas);
  JsonValue& answers = operation["responses"];
  answers["200"]["description"] = method.output_type()->name();
  AddContent(answers["200"], *method.output_type(), method.server_streaming(), schemas);
  answers["default"]["description"] = "google.rpc.Status";
  AddContent(answers["default"], *google::rpc::Status::descriptor(), /*stream=*/false, schemas);
}

}  // namespace

std::string OpenApiJson(const std::string& base_path) {
  JsonValue api;
  api["openapi"] = "3.0.3";
  api["info"]["title"] = "Broadsheet";
  api["info"]["version"] = BROADSHEET_VERSION;
  api["info"]["description"] =
      "broadsheet.v1 by protobuf's JSON mapping. Streams are JSON lines, one message a line. What "
      "each field means is told in proto/broadsheet/v1.";
  if (!base_path.empty()) api["servers"].Add()["url"] = base_path;
  Schemas schemas(api["components"]["schemas"]);
  for (const DoorMethod& row : DoorMethods()) {
    const char* const verb = row.verb == HttpMethod::kPost ? "post" : "get";
    AddOperation(row, api["paths"][std::string(row.path)][verb], schemas);
  }
  return api.Write();
}

}  // namespace broadsheet::desk
