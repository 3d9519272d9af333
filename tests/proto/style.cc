// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/proto/style.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace broadsheet::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::FileDescriptorProto;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;
using google::protobuf::SourceLocation;

// Methods that return something else than their own response message, each with its reason.
const std::map<std::string, std::string, std::less<>> kOtherResponses = {
    // Reading one resource returns the resource itself (AIP-131): a wrapper would hold nothing
    // else, and every caller would have to take it off.
    {"broadsheet.v1.SearchService.GetArticle", "broadsheet.v1.Article"},
};

bool IsLowerSnake(const std::string& name) {
  static const std::regex kPattern("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  return std::regex_match(name, kPattern);
}
bool IsUpperSnake(const std::string& name) {
  static const std::regex kPattern("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  return std::regex_match(name, kPattern);
}
bool IsPascal(const std::string& name) {
  static const std::regex kPattern("([A-Z][a-z0-9]+)+");
  return std::regex_match(name, kPattern);
}

// "DatePrecision" -> "DATE_PRECISION"
std::string UpperSnake(std::string_view pascal) {
  std::string upper;
  for (const char c : pascal) {
    if (std::isupper(static_cast<unsigned char>(c)) != 0 && !upper.empty()) upper += '_';
    upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return upper;
}

// The comment above a descriptor, without the blank it starts with; "" when there is none.
template <typename Described>
std::string Comment(const Described& described) {
  SourceLocation location;
  if (!described.GetSourceLocation(&location)) return "";
  const size_t start = location.leading_comments.find_first_not_of(" \n");
  return start == std::string::npos ? "" : location.leading_comments.substr(start);
}

// Walks an API's files and notes every broken rule.
class Review {
 public:
  Review(const std::vector<const FileDescriptor*>& files, bool only_comments)
      : files_(files), only_comments_(only_comments) {}

  std::vector<std::string> Run() {
    for (const FileDescriptor* file : files_) {
      for (int i = 0; i < file->service_count(); ++i) CollectSent(*file->service(i));
    }
    for (const FileDescriptor* file : files_) {
      ReviewFile(*file);
      for (int i = 0; i < file->service_count(); ++i) ReviewService(*file->service(i));
      for (int i = 0; i < file->message_type_count(); ++i) ReviewMessage(*file->message_type(i));
      for (int i = 0; i < file->enum_type_count(); ++i) ReviewEnum(*file->enum_type(i));
    }
    return std::move(violations_);
  }

 private:
  void Check(bool kept, const std::string& name, const std::string& rule,
             const std::string& problem) {
    if (kept || (only_comments_ && rule != "COMMENT" && rule != "FILE_HEADER")) return;
    violations_.push_back(name + ": " + rule + ": " + problem);
  }

  template <typename Described>
  void CheckComment(const Described& described) {
    Check(!Comment(described).empty(), described.full_name(), "COMMENT", "has none");
  }

  // Fills sent_by_callers_: the requests, and what they are made of.
  void CollectSent(const ServiceDescriptor& service) {
    std::vector<const Descriptor*> todo;
    todo.reserve(static_cast<size_t>(service.method_count()));
    for (int i = 0; i < service.method_count(); ++i) {
      todo.push_back(service.method(i)->input_type());
    }
    while (!todo.empty()) {
      const Descriptor* message = todo.back();
      todo.pop_back();
      if (!sent_by_callers_.insert(message).second) continue;
      for (int i = 0; i < message->field_count(); ++i) {
        const Descriptor* part = message->field(i)->message_type();
        if (part != nullptr) todo.push_back(part);
      }
    }
  }

  void ReviewFile(const FileDescriptor& file) {
    const std::string& name = file.name();
    const size_t slash = name.rfind('/');
    const std::string directory = name.substr(0, slash == std::string::npos ? 0 : slash);
    const std::string base = name.substr(slash == std::string::npos ? 0 : slash + 1);
    std::string package_directory = file.package();
    std::replace(package_directory.begin(), package_directory.end(), '.', '/');
    Check(directory == package_directory, name, "PACKAGE_DIRECTORY",
          "package " + file.package() + " belongs into " + package_directory + "/");
    static const std::regex kVersioned(R"(.*\.v[1-9][0-9]*)");
    Check(std::regex_match(file.package(), kVersioned), name, "PACKAGE_DIRECTORY",
          "package " + file.package() + " does not end in a version");
    static const std::regex kFileName(R"([a-z][a-z0-9]*(_[a-z0-9]+)*\.proto)");
    Check(std::regex_match(base, kFileName), name, "NAMES", "is not lower_snake_case.proto");

    const auto& options = file.options();
    Check(!options.go_package().empty(), name, "FILE_OPTIONS", "go_package is not set");
    Check(!options.java_package().empty(), name, "FILE_OPTIONS", "java_package is not set");
    Check(options.java_multiple_files(), name, "FILE_OPTIONS", "java_multiple_files is not set");
    Check(!options.csharp_namespace().empty(), name, "FILE_OPTIONS", "csharp_namespace is not set");

    // The comment above `syntax = ...;`.
    SourceLocation location;
    Check(file.GetSourceLocation({FileDescriptorProto::kSyntaxFieldNumber}, &location) &&
              location.leading_comments.starts_with(" SPDX-License-Identifier: Apache-2.0\n"),
          name, "FILE_HEADER", "does not start with its SPDX line");
  }

  void ReviewService(const ServiceDescriptor& service) {
    CheckComment(service);
    Check(IsPascal(service.name()), service.full_name(), "NAMES", "is not PascalCase");
    Check(service.name().ends_with("Service"), service.full_name(), "SERVICE_SUFFIX",
          "does not end in Service");
    for (int i = 0; i < service.method_count(); ++i) ReviewMethod(*service.method(i));
  }

  void ReviewMethod(const MethodDescriptor& method) {
    CheckComment(method);
    const std::string& name = method.full_name();
    Check(IsPascal(method.name()), name, "NAMES", "is not PascalCase");
    const std::string own = method.file()->package() + "." + method.name();
    const auto other = kOtherResponses.find(name);
    CheckMethodType(name, method.input_type()->full_name(), own + "Request");
    CheckMethodType(name, method.output_type()->full_name(),
                    other == kOtherResponses.end() ? own + "Response" : other->second);
  }

  void CheckMethodType(const std::string& method, const std::string& type,
                       const std::string& expected) {
    Check(type == expected, method, "METHOD_TYPES", "has " + type + " in place of " + expected);
    Check(method_types_.insert(type).second, method, "METHOD_TYPES",
          type + " is another method's too");
  }

  void ReviewMessage(const Descriptor& message) {
    if (message.options().map_entry()) return;
    CheckComment(message);
    Check(IsPascal(message.name()), message.full_name(), "NAMES", "is not PascalCase");
    for (int i = 0; i < message.field_count(); ++i) {
      const FieldDescriptor& field = *message.field(i);
      CheckComment(field);
      Check(IsLowerSnake(field.name()), field.full_name(), "NAMES", "is not lower_snake_case");
      if (sent_by_callers_.contains(&message)) ReviewBehaviour(field);
    }
    for (int i = 0; i < message.nested_type_count(); ++i) ReviewMessage(*message.nested_type(i));
    for (int i = 0; i < message.enum_type_count(); ++i) ReviewEnum(*message.enum_type(i));
  }

  void ReviewBehaviour(const FieldDescriptor& field) {
    const std::string comment = Comment(field);
    constexpr std::array<std::string_view, 3> kBehaviours = {"Required. ", "Optional. ",
                                                             "Output only. "};
    Check(std::any_of(kBehaviours.begin(), kBehaviours.end(),
                      [&](std::string_view start) { return comment.starts_with(start); }),
          field.full_name(), "FIELD_BEHAVIOUR",
          "its comment starts with none of Required, Optional, Output only");
  }

  void ReviewEnum(const EnumDescriptor& type) {
    CheckComment(type);
    Check(IsPascal(type.name()), type.full_name(), "NAMES", "is not PascalCase");
    const std::string prefix = UpperSnake(type.name()) + "_";
    for (int i = 0; i < type.value_count(); ++i) {
      const EnumValueDescriptor& value = *type.value(i);
      CheckComment(value);
      Check(IsUpperSnake(value.name()), value.full_name(), "NAMES", "is not UPPER_SNAKE_CASE");
      Check(value.name().starts_with(prefix), value.full_name(), "ENUM_PREFIX",
            "does not begin with " + prefix);
    }
    const EnumValueDescriptor* zero = type.FindValueByNumber(0);
    Check(zero != nullptr && zero->name() == prefix + "UNSPECIFIED", type.full_name(), "ENUM_ZERO",
          "its value 0 is not " + prefix + "UNSPECIFIED");
  }

  const std::vector<const FileDescriptor*>& files_;
  const bool only_comments_;
  std::set<const Descriptor*> sent_by_callers_;
  std::set<std::string> method_types_;
  std::vector<std::string> violations_;
};

}  // namespace

std::vector<std::string> StyleViolations(const std::vector<const FileDescriptor*>& files) {
  return Review(files, /*only_comments=*/false).Run();
}

std::vector<std::string> CommentViolations(const std::vector<const FileDescriptor*>& files) {
  return Review(files, /*only_comments=*/true).Run();
}

}  // namespace broadsheet::testing
