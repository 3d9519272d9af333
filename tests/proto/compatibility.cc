// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/proto/compatibility.h"

#include <google/protobuf/descriptor.pb.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace broadsheet::testing {
namespace {

using google::protobuf::DescriptorProto;
using google::protobuf::EnumDescriptorProto;
using google::protobuf::EnumValueDescriptorProto;
using google::protobuf::FieldDescriptorProto;
using google::protobuf::FileDescriptorProto;
using google::protobuf::FileDescriptorSet;
using google::protobuf::MethodDescriptorProto;
using google::protobuf::ServiceDescriptorProto;

// A message, an enum or a service, and the file it is in.
template <typename Proto>
struct Element {
  const Proto* proto;
  const FileDescriptorProto* file;
};

template <typename Proto>
using Elements = std::map<std::string, Element<Proto>, std::less<>>;

// Everything in a set by its full name, nested types too.
struct Api {
  std::map<std::string, const FileDescriptorProto*> files;
  Elements<DescriptorProto> messages;
  Elements<EnumDescriptorProto> enums;
  Elements<ServiceDescriptorProto> services;
};

void AddMessage(const std::string& scope, const DescriptorProto& message,
                const FileDescriptorProto& file, Api& api) {
  const std::string name = scope + "." + message.name();
  api.messages[name] = {&message, &file};
  for (const auto& nested : message.nested_type()) AddMessage(name, nested, file, api);
  for (const auto& nested : message.enum_type()) {
    api.enums[name + "." + nested.name()] = {&nested, &file};
  }
}

Api Flatten(const FileDescriptorSet& set) {
  Api api;
  for (const FileDescriptorProto& file : set.file()) {
    api.files[file.name()] = &file;
    for (const auto& message : file.message_type()) AddMessage(file.package(), message, file, api);
    for (const auto& type : file.enum_type()) {
      api.enums[file.package() + "." + type.name()] = {&type, &file};
    }
    for (const auto& service : file.service()) {
      api.services[file.package() + "." + service.name()] = {&service, &file};
    }
  }
  return api;
}

// The one of `fields` (or enum values) with this number or name; nullptr when there is none.
template <typename Protos>
auto FindNumber(const Protos& protos, int number) -> decltype(&*protos.begin()) {
  for (const auto& proto : protos) {
    if (proto.number() == number) return &proto;
  }
  return nullptr;
}
template <typename Protos>
auto FindName(const Protos& protos, std::string_view name) -> decltype(&*protos.begin()) {
  for (const auto& proto : protos) {
    if (proto.name() == name) return &proto;
  }
  return nullptr;
}

// "repeated broadsheet.v1.Byline", "optional int32", "string in oneof kind": all that decides how a
// field is written and what is generated for it.
std::string TypeOf(const FieldDescriptorProto& field, const DescriptorProto& message) {
  std::string type;
  if (field.label() == FieldDescriptorProto::LABEL_REPEATED) type += "repeated ";
  if (field.label() == FieldDescriptorProto::LABEL_REQUIRED) type += "required ";
  if (field.proto3_optional()) type += "optional ";
  if (!field.type_name().empty()) {
    type += field.type_name().substr(field.type_name().find_first_not_of('.'));
  } else {
    // TYPE_INT32 -> int32
    for (const char c : FieldDescriptorProto::Type_Name(field.type()).substr(5)) {
      type += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
  }
  if (field.has_oneof_index() && !field.proto3_optional()) {
    type += " in oneof " + message.oneof_decl(field.oneof_index()).name();
  }
  return type;
}

std::string MethodTypes(const MethodDescriptorProto& method) {
  const auto side = [](bool stream, const std::string& type) {
    return (stream ? "stream " : "") + type.substr(type.find_first_not_of('.'));
  };
  return side(method.client_streaming(), method.input_type()) + " -> " +
         side(method.server_streaming(), method.output_type());
}

// Walks the published API and notes what the present one lacks.
class Comparison {
 public:
  Comparison(const FileDescriptorSet& published, const FileDescriptorSet& present)
      : published_(Flatten(published)), present_(Flatten(present)) {}

  std::vector<std::string> Run() {
    for (const auto& [name, file] : published_.files) CompareFile(name, *file);
    CompareAll("message", published_.messages, present_.messages, &Comparison::CompareMessage);
    CompareAll("enum", published_.enums, present_.enums, &Comparison::CompareEnum);
    CompareAll("service", published_.services, present_.services, &Comparison::CompareService);
    return std::move(changes_);
  }

 private:
  void Report(const std::string& what, const std::string& change) {
    changes_.push_back(absl::StrCat(what, " ", change));
  }

  // Reports `what` as changed when the two differ.
  void Same(const std::string& what, const std::string& before, const std::string& now) {
    if (before != now) {
      Report(what, absl::StrCat("was changed from '", before, "' to '", now, "'"));
    }
  }

  void CompareFile(const std::string& name, const FileDescriptorProto& before) {
    const auto found = present_.files.find(name);
    // What was in it is reported by name.
    if (found == present_.files.end()) return;
    const FileDescriptorProto& now = *found->second;
    const std::string file = "file " + name;
    Same(file + ": syntax", before.syntax(), now.syntax());
    Same(file + ": go_package", before.options().go_package(), now.options().go_package());
    Same(file + ": java_package", before.options().java_package(), now.options().java_package());
    Same(file + ": java_outer_classname", before.options().java_outer_classname(),
         now.options().java_outer_classname());
    Same(file + ": java_multiple_files", before.options().java_multiple_files() ? "true" : "false",
         now.options().java_multiple_files() ? "true" : "false");
    Same(file + ": csharp_namespace", before.options().csharp_namespace(),
         now.options().csharp_namespace());
  }

  template <typename Proto>
  void CompareAll(const std::string& kind, const Elements<Proto>& before,
                  const Elements<Proto>& now,
                  void (Comparison::*compare)(const std::string&, const Proto&, const Proto&)) {
    for (const auto& [name, element] : before) {
      const auto found = now.find(name);
      if (found == now.end()) {
        Report(absl::StrCat(kind, " ", name), "was removed");
        continue;
      }
      // The file is what other files import, and in C++ what they include.
      Same(absl::StrCat(kind, " ", name, ": file"), element.file->name(),
           found->second.file->name());
      (this->*compare)(name, *element.proto, *found->second.proto);
    }
  }

  // Compares name and number of one field or enum value; the counterpart when there is one that
  // may be compared further.
  template <typename Proto, typename Protos>
  const Proto* CompareNumbered(const std::string& what, const Proto& before, const Protos& now) {
    const Proto* same_name = FindName(now, before.name());
    if (same_name != nullptr && same_name->number() == before.number()) return same_name;
    if (same_name != nullptr) {
      Report(what, absl::StrCat("was renumbered to ", same_name->number()));
      return nullptr;
    }
    const Proto* same_number = FindNumber(now, before.number());
    if (same_number != nullptr) {
      Report(what, "was renamed to " + same_number->name());
    } else {
      Report(what, "was removed");
    }
    return same_number;
  }

  void CompareMessage(const std::string& name, const DescriptorProto& before,
                      const DescriptorProto& now) {
    Same("message " + name + ": map entry", before.options().map_entry() ? "true" : "false",
         now.options().map_entry() ? "true" : "false");
    for (const FieldDescriptorProto& field : before.field()) {
      const std::string what =
          absl::StrCat("field ", name, ".", field.name(), " = ", field.number());
      const FieldDescriptorProto* present = CompareNumbered(what, field, now.field());
      if (present == nullptr) continue;
      Same(what + ": type", TypeOf(field, before), TypeOf(*present, now));
      if (field.name() == present->name()) {
        Same(what + ": JSON name", field.json_name(), present->json_name());
      }
    }
  }

  void CompareEnum(const std::string& name, const EnumDescriptorProto& before,
                   const EnumDescriptorProto& now) {
    for (const EnumValueDescriptorProto& value : before.value()) {
      CompareNumbered(absl::StrCat("value ", name, ".", value.name(), " = ", value.number()), value,
                      now.value());
    }
  }

  void CompareService(const std::string& name, const ServiceDescriptorProto& before,
                      const ServiceDescriptorProto& now) {
    for (const MethodDescriptorProto& method : before.method()) {
      const std::string what = "method " + name + "." + method.name();
      const MethodDescriptorProto* present = FindName(now.method(), method.name());
      if (present == nullptr) {
        Report(what, "was removed");
      } else {
        Same(what, MethodTypes(method), MethodTypes(*present));
      }
    }
  }

  Api published_;
  Api present_;
  std::vector<std::string> changes_;
};

}  // namespace

std::vector<std::string> BreakingChanges(const FileDescriptorSet& published,
                                         const FileDescriptorSet& present) {
  return Comparison(published, present).Run();
}

}  // namespace broadsheet::testing
