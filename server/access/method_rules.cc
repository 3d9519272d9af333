// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/method_rules.h"

#include <algorithm>
#include <array>

namespace broadsheet::server {
namespace {

constexpr MethodRule ForRole(std::string_view method, access::Role role) {
  return {.method = method, .whom = MethodRule::For::kRole, .role = role};
}
constexpr MethodRule ForAnybody(std::string_view method) {
  return {.method = method, .whom = MethodRule::For::kAnybody};
}
constexpr MethodRule ForCallers(std::string_view method) {
  return {.method = method, .whom = MethodRule::For::kCallers};
}

using access::Role;

constexpr std::array kMethodRules = {
    ForRole("broadsheet.v1.SearchService.SearchArticles", Role::kSearch),
    ForRole("broadsheet.v1.SearchService.ExportArticles", Role::kSearch),
    ForRole("broadsheet.v1.SearchService.CountQueries", Role::kSearch),
    ForRole("broadsheet.v1.SearchService.GetArticle", Role::kSearch),
    ForRole("broadsheet.v1.SearchService.BatchGetArticles", Role::kSearch),
    ForRole("broadsheet.v1.SearchService.AggregateArticles", Role::kSearch),
    ForRole("broadsheet.v1.SearchService.FindSimilarArticles", Role::kSearch),
    ForRole("broadsheet.v1.SearchService.ListArticleCopies", Role::kSearch),
    ForRole("broadsheet.v1.SearchService.SuggestCompletions", Role::kSearch),
    // What a program asks first, whatever it is for.
    ForCallers("broadsheet.v1.SearchService.GetStatus"),

    ForRole("broadsheet.v1.ArticleService.PutArticle", Role::kWrite),
    ForRole("broadsheet.v1.ArticleService.DeleteArticle", Role::kWrite),
    ForRole("broadsheet.v1.ArticleService.BatchPutArticles", Role::kWrite),
    ForRole("broadsheet.v1.ArticleService.ImportArticles", Role::kWrite),

    ForRole("broadsheet.v1.AdminService.Rebuild", Role::kAdmin),
    ForRole("broadsheet.v1.AdminService.GetOperation", Role::kAdmin),
    ForRole("broadsheet.v1.AdminService.CancelOperation", Role::kAdmin),
    ForRole("broadsheet.v1.AdminService.ListGenerations", Role::kAdmin),
    ForRole("broadsheet.v1.AdminService.PublishGeneration", Role::kAdmin),
    ForRole("broadsheet.v1.AdminService.RollbackGeneration", Role::kAdmin),
    ForRole("broadsheet.v1.AdminService.PruneGenerations", Role::kAdmin),

    // Balancers have no token; they learn whether the server can be asked, and nothing else.
    ForAnybody("grpc.health.v1.Health.Check"),
    ForAnybody("grpc.health.v1.Health.Watch"),
    // Describes the API, which is public. Answered by gRPC itself, where reflection is turned on.
    ForAnybody("grpc.reflection.v1alpha.ServerReflection.ServerReflectionInfo"),
};

}  // namespace

std::span<const MethodRule> MethodRules() { return kMethodRules; }

const MethodRule* FindMethodRule(std::string_view method) {
  const auto* found = std::find_if(kMethodRules.begin(), kMethodRules.end(),
                                   [&](const MethodRule& rule) { return rule.method == method; });
  return found == kMethodRules.end() ? nullptr : found;
}

}  // namespace broadsheet::server
