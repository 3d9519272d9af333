// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/method_rules.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "broadsheet/v1/admin_service.pb.h"
#include "broadsheet/v1/article_service.pb.h"
#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::server {
namespace {

using google::protobuf::DescriptorPool;

// All that the server's services have, whatever files they are declared in.
std::set<std::string> DeclaredMethods() {
  std::set<std::string> methods;
  const auto add = [&](const google::protobuf::ServiceDescriptor* service) {
    for (int i = 0; i < service->method_count(); ++i) {
      methods.insert(service->method(i)->full_name());
    }
  };
  const std::filesystem::path proto = std::filesystem::path(BROADSHEET_SOURCE_DIR) / "proto";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(proto / "broadsheet")) {
    if (entry.path().extension() != ".proto") continue;
    const std::string name = std::filesystem::relative(entry.path(), proto).string();
    const auto* file = DescriptorPool::generated_pool()->FindFileByName(name);
    EXPECT_NE(file, nullptr) << name;
    if (file == nullptr) continue;
    for (int i = 0; i < file->service_count(); ++i) add(file->service(i));
  }
  for (const char* standard :
       {"grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection"}) {
    const auto* service = DescriptorPool::generated_pool()->FindServiceByName(standard);
    EXPECT_NE(service, nullptr) << standard;
    if (service != nullptr) add(service);
  }
  return methods;
}

TEST(MethodRulesTest, EveryMethodHasARuleAndEveryRuleAMethod) {
  std::set<std::string> ruled;
  for (const MethodRule& rule : MethodRules()) {
    EXPECT_TRUE(ruled.insert(std::string(rule.method)).second) << rule.method;
  }
  EXPECT_EQ(ruled, DeclaredMethods()) << "give each method a row in server/access/method_rules.cc";
}

TEST(MethodRulesTest, OnlyReadingIsForTheRoleSearch) {
  for (const MethodRule& rule : MethodRules()) {
    if (rule.whom != MethodRule::For::kRole) continue;
    const bool searches = rule.method.starts_with("broadsheet.v1.SearchService.");
    EXPECT_EQ(rule.role == access::Role::kSearch, searches) << rule.method;
  }
}

TEST(MethodRulesTest, OtherMethodsHaveNone) {
  EXPECT_EQ(FindMethodRule("broadsheet.v1.SearchService.Nothing"), nullptr);
  EXPECT_EQ(FindMethodRule("SearchArticles"), nullptr);
  EXPECT_EQ(FindMethodRule(""), nullptr);
}

}  // namespace
}  // namespace broadsheet::server
