// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/method_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "broadsheet/v1/search_service.pb.h"
#include "desk/door/openapi.h"

namespace broadsheet::desk {
namespace {

// Linked in, so that the pool has its services.
const google::protobuf::DescriptorPool& Pool() {
  return *v1::SearchArticlesRequest::descriptor()->file()->pool();
}

TEST(MethodTableTest, HasEveryMethodOfItsServicesOnce) {
  std::multiset<std::string> rows;
  for (const DoorMethod& method : DoorMethods()) rows.emplace(method.full_name);
  std::multiset<std::string> methods;
  for (const std::string_view name : DoorServices()) {
    const auto* service = Pool().FindServiceByName(std::string(name));
    ASSERT_NE(service, nullptr) << name;
    for (int i = 0; i < service->method_count(); ++i) {
      methods.insert(service->method(i)->full_name());
    }
  }
  EXPECT_EQ(rows, methods)
      << "give the new method a row in desk/door/method_table.cc, and a line in "
         "docs/json.md";
}

TEST(MethodTableTest, BracesNameTextFieldsOfTheRequest) {
  for (const DoorMethod& method : DoorMethods()) {
    const size_t open = method.path.find('{');
    if (open == std::string_view::npos) continue;
    const std::string field(method.path.substr(open + 1, method.path.find('}') - open - 1));
    const auto* descriptor = DescriptorOf(method)->input_type()->FindFieldByName(field);
    ASSERT_NE(descriptor, nullptr) << method.path;
    EXPECT_EQ(descriptor->type(), google::protobuf::FieldDescriptor::TYPE_STRING) << method.path;
  }
}

TEST(MethodTableTest, FindsARowByPathAndVerb) {
  EXPECT_EQ(FindMethod("/v1/articles:search", HttpMethod::kPost).method->full_name,
            "broadsheet.v1.SearchService.SearchArticles");
  EXPECT_EQ(FindMethod("/v1/articles:search", HttpMethod::kGet).method, nullptr);
  EXPECT_TRUE(IsDoorPath("/v1/articles:search"));
  const DoorMatch get = FindMethod("/v1/articles/https%3A%2F%2Fa%2Fb", HttpMethod::kGet);
  EXPECT_EQ(get.method->full_name, "broadsheet.v1.SearchService.GetArticle");
  EXPECT_EQ(get.field, "id");
  EXPECT_EQ(get.value, "https://a/b");
  const DoorMatch copies = FindMethod("/v1/articles/x/copies", HttpMethod::kGet);
  EXPECT_EQ(copies.method->full_name, "broadsheet.v1.SearchService.ListArticleCopies");
  EXPECT_EQ(copies.value, "x");
  for (const char* path : {"/v1/articles/", "/v1/articles/a/b", "/v1/articles", "/v1/x", "/v1/"}) {
    EXPECT_FALSE(IsDoorPath(path)) << path;
  }
}

TEST(OpenApiTest, DescribesEveryRowAndEveryFieldOfItsRequest) {
  google::protobuf::Struct api;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(OpenApiJson(), &api).ok());
  const auto& paths = api.fields().at("paths").struct_value().fields();
  const auto& schemas =
      api.fields().at("components").struct_value().fields().at("schemas").struct_value().fields();
  for (const DoorMethod& method : DoorMethods()) {
    ASSERT_TRUE(paths.contains(std::string(method.path))) << method.path;
    const auto& verbs = paths.at(std::string(method.path)).struct_value().fields();
    EXPECT_TRUE(verbs.contains(method.verb == HttpMethod::kPost ? "post" : "get")) << method.path;
    if (method.verb != HttpMethod::kPost) continue;
    const auto* type = DescriptorOf(method)->input_type();
    const auto& fields =
        schemas.at(type->name()).struct_value().fields().at("properties").struct_value().fields();
    for (int i = 0; i < type->field_count(); ++i) {
      EXPECT_TRUE(fields.contains(type->field(i)->json_name())) << type->field(i)->full_name();
    }
  }
}

// Every "$ref" of the description, wherever it stands.
void CollectReferences(const google::protobuf::Value& value, std::set<std::string>& found) {
  for (const auto& item : value.list_value().values()) CollectReferences(item, found);
  for (const auto& [name, member] : value.struct_value().fields()) {
    if (name == "$ref") found.insert(member.string_value());
    CollectReferences(member, found);
  }
}

TEST(OpenApiTest, EveryReferenceLeadsToASchema) {
  google::protobuf::Value api;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(OpenApiJson(), &api).ok());
  const auto& schemas = api.struct_value()
                            .fields()
                            .at("components")
                            .struct_value()
                            .fields()
                            .at("schemas")
                            .struct_value()
                            .fields();
  std::set<std::string> references;
  CollectReferences(api, references);
  EXPECT_GT(references.size(), 10U);
  constexpr std::string_view kPrefix = "#/components/schemas/";
  for (const std::string& reference : references) {
    ASSERT_TRUE(reference.starts_with(kPrefix)) << reference;
    EXPECT_TRUE(schemas.contains(reference.substr(kPrefix.size()))) << reference;
  }
}

}  // namespace
}  // namespace broadsheet::desk
