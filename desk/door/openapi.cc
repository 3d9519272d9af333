// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/openapi.h"

#include <google/protobuf/struct.pb.h>

#include <set>
#include <string_view>
#include <vector>

#include "desk/door/json_request.h"
#include "desk/door/method_table.h"
#include "google/rpc/status.pb.h"

namespace broadsheet::desk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Struct;

void SetText(Struct& object, const std::string& name, const std::string& text) {
  (*object.mutable_fields())[name].set_string_value(text);
}

Struct& Child(Struct& object, const std::string& name) {
  return *(*object.mutable_fields())[name].mutable_struct_value();
}

Struct& AddTo(Struct& object, const std::string& list) {
  return *(*object.mutable_fields())[list]
              .mutable_list_value()
              ->add_values()
              ->mutable_struct_value();
}

// The schemas of messages, and of those that their fields have.
class Schemas {
 public:
  explicit Schemas(Struct& all) : all_(all) {}

  // "#/components/schemas/Article"; describes the message if it is new.
  std::string Reference(const Descriptor& type) {
    if (described_.insert(type.full_name()).second) Describe(type);
    return "#/components/schemas/" + type.name();
  }

  // One value, or a list or map of them.
  void DescribeField(const FieldDescriptor& field, Struct& schema) {
    if (field.is_map()) {
      SetText(schema, "type", "object");
      DescribeValue(*field.message_type()->map_value(), Child(schema, "additionalProperties"));
    } else if (field.is_repeated()) {
      SetText(schema, "type", "array");
      DescribeValue(field, Child(schema, "items"));
    } else {
      DescribeValue(field, schema);
    }
  }

 private:
  void Describe(const Descriptor& type) {
    Struct& schema = Child(all_, type.name());
    SetText(schema, "type", "object");
    for (int i = 0; i < type.field_count(); ++i) {
      // The map of schemas grows meanwhile, so the field's is made apart.
      Struct field;
      DescribeField(*type.field(i), field);
      Child(Child(Child(all_, type.name()), "properties"), type.field(i)->json_name()) = field;
    }
  }

  void DescribeValue(const FieldDescriptor& field, Struct& schema) {
    switch (field.cpp_type()) {
      case FieldDescriptor::CPPTYPE_BOOL:
        return SetText(schema, "type", "boolean");
      case FieldDescriptor::CPPTYPE_DOUBLE:
      case FieldDescriptor::CPPTYPE_FLOAT:
        return SetText(schema, "type", "number");
      case FieldDescriptor::CPPTYPE_INT32:
      case FieldDescriptor::CPPTYPE_UINT32:
        SetText(schema, "type", "integer");
        return SetText(schema, "format", "int32");
      case FieldDescriptor::CPPTYPE_INT64:
      case FieldDescriptor::CPPTYPE_UINT64:
        // JSON has no numbers of this size.
        SetText(schema, "type", "string");
        return SetText(schema, "format", "int64");
      case FieldDescriptor::CPPTYPE_ENUM:
        return DescribeEnum(*field.enum_type(), schema);
      case FieldDescriptor::CPPTYPE_MESSAGE:
        return DescribeMessage(*field.message_type(), schema);
      default:
        return SetText(schema, "type", "string");
    }
  }

  static void DescribeEnum(const google::protobuf::EnumDescriptor& type, Struct& schema) {
    SetText(schema, "type", "string");
    auto& values = *(*schema.mutable_fields())["enum"].mutable_list_value();
    for (int i = 0; i < type.value_count(); ++i) {
      values.add_values()->set_string_value(type.value(i)->name());
    }
  }

  void DescribeMessage(const Descriptor& type, Struct& schema) {
    // These have forms of their own in JSON.
    const std::string& name = type.full_name();
    if (name == "google.protobuf.Timestamp") {
      SetText(schema, "type", "string");
      return SetText(schema, "format", "date-time");
    }
    if (name == "google.protobuf.Duration" || name == "google.protobuf.FieldMask") {
      return SetText(schema, "type", "string");
    }
    if (name == "google.protobuf.Any") return SetText(schema, "type", "object");
    SetText(schema, "$ref", Reference(type));
  }

  Struct& all_;
  std::set<std::string> described_;
};

void AddContent(Struct& where, const Descriptor& type, bool stream, Schemas& schemas) {
  SetText(Child(Child(Child(where, "content"), stream ? "application/jsonl" : "application/json"),
                "schema"),
          "$ref", schemas.Reference(type));
}

void AddParameter(Struct& operation, const FieldDescriptor& field, bool in_path, Schemas& schemas) {
  Struct& parameter = AddTo(operation, "parameters");
  SetText(parameter, "name", in_path ? field.name() : field.json_name());
  SetText(parameter, "in", in_path ? "path" : "query");
  if (in_path) (*parameter.mutable_fields())["required"].set_bool_value(true);
  schemas.DescribeField(field, Child(parameter, "schema"));
}

void AddRequest(const DoorMethod& row, const google::protobuf::MethodDescriptor& method,
                Struct& operation, Schemas& schemas) {
  if (row.verb == HttpMethod::kPost) {
    AddContent(Child(operation, "requestBody"), *method.input_type(), method.client_streaming(),
               schemas);
    return;
  }
  for (int i = 0; i < method.input_type()->field_count(); ++i) {
    const FieldDescriptor& field = *method.input_type()->field(i);
    const bool in_path = row.path.find("{" + field.name() + "}") != std::string_view::npos;
    AddParameter(operation, field, in_path, schemas);
  }
}

std::string Describe() {
  Struct api;
  SetText(api, "openapi", "3.0.3");
  SetText(Child(api, "info"), "title", "Broadsheet");
  SetText(Child(api, "info"), "version", BROADSHEET_VERSION);
  SetText(Child(api, "info"), "description",
          "broadsheet.v1 by protobuf's JSON mapping. Streams are JSON lines, one message a line. "
          "What each field means is told in proto/broadsheet/v1.");
  Struct described;
  Schemas schemas(described);
  for (const DoorMethod& row : DoorMethods()) {
    const google::protobuf::MethodDescriptor& method = *DescriptorOf(row);
    Struct operation;
    SetText(operation, "operationId", method.name());
    AddRequest(row, method, operation, schemas);
    Struct& answers = Child(operation, "responses");
    SetText(Child(answers, "200"), "description", method.output_type()->name());
    AddContent(Child(answers, "200"), *method.output_type(), method.server_streaming(), schemas);
    SetText(Child(answers, "default"), "description", "google.rpc.Status");
    AddContent(Child(answers, "default"), *google::rpc::Status::descriptor(), false, schemas);
    Child(Child(Child(api, "paths"), std::string(row.path)),
          row.verb == HttpMethod::kPost ? "post" : "get") = operation;
  }
  Child(Child(api, "components"), "schemas") = described;
  return WriteJson(api);
}

}  // namespace

const std::string& OpenApiJson() {
  static const std::string json = Describe();
  return json;
}

}  // namespace broadsheet::desk
