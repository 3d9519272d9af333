// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/method_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <initializer_list>
#include <set>
#include <string>

#include "broadsheet/v1/search_service.pb.h"
#include "desk/door/json_value.h"
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

// The description, read by a parser that is not ours.
class OpenApiTest : public testing::Test {
 protected:
  OpenApiTest() { EXPECT_EQ(parser_.parse(OpenApiJson("")).get(api_), simdjson::SUCCESS); }

  bool Has(std::initializer_list<std::string> path) const {
    simdjson::dom::element at = api_;
    for (const std::string& name : path) {
      if (at[name].get(at) != simdjson::SUCCESS) return false;
    }
    return true;
  }

  simdjson::dom::element api_;

 private:
  simdjson::dom::parser parser_;
};

TEST_F(OpenApiTest, DescribesEveryRowAndEveryFieldOfItsRequest) {
  for (const DoorMethod& method : DoorMethods()) {
    const bool post = method.verb == HttpMethod::kPost;
    EXPECT_TRUE(Has({"paths", std::string(method.path), post ? "post" : "get"})) << method.path;
    if (!post) continue;
    const auto* type = DescriptorOf(method)->input_type();
    for (int i = 0; i < type->field_count(); ++i) {
      EXPECT_TRUE(
          Has({"components", "schemas", type->name(), "properties", type->field(i)->json_name()}))
          << type->field(i)->full_name();
    }
  }
}

// Every "$ref" of the description, wherever it stands.
void CollectReferences(simdjson::dom::element value, std::set<std::string>& found) {
  if (value.is_array()) {
    const simdjson::dom::array items = value.get_array().value();
    for (const auto item : items) CollectReferences(item, found);
  }
  if (!value.is_object()) return;
  const simdjson::dom::object members = value.get_object().value();
  for (const auto [name, member] : members) {
    if (name == "$ref") found.emplace(member.get_string().value());
    CollectReferences(member, found);
  }
}

TEST_F(OpenApiTest, EveryReferenceLeadsToASchema) {
  std::set<std::string> references;
  CollectReferences(api_, references);
  EXPECT_GT(references.size(), 10U);
  constexpr std::string_view kPrefix = "#/components/schemas/";
  for (const std::string& reference : references) {
    ASSERT_TRUE(reference.starts_with(kPrefix)) << reference;
    EXPECT_TRUE(Has({"components", "schemas", reference.substr(kPrefix.size())})) << reference;
  }
}

TEST(JsonValueTest, IsWrittenWithItsTextsEscaped) {
  JsonValue value;
  EXPECT_EQ(value.Write(), "{}");
  value["b"] = "a\"b\\c\n";
  value["a"].Add() = true;
  value["a"].Add()["x"] = "é";
  EXPECT_EQ(value.Write(), "{\"a\":[true,{\"x\":\"é\"}],\"b\":\"a\\\"b\\\\c\\u000a\"}");
}

}  // namespace
}  // namespace broadsheet::desk
