// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/door/method_table.h"

namespace broadsheet::desk {
namespace {

constexpr std::string_view kServices[] = {"broadsheet.v1.SearchService"};

constexpr DoorMethod kMethods[] = {
    {HttpMethod::kPost, "/v1/articles:search", "broadsheet.v1.SearchService.SearchArticles"},
    {HttpMethod::kPost, "/v1/articles:export", "broadsheet.v1.SearchService.ExportArticles"},
    {HttpMethod::kPost, "/v1/queries:count", "broadsheet.v1.SearchService.CountQueries"},
    {HttpMethod::kGet, "/v1/articles/{id}", "broadsheet.v1.SearchService.GetArticle"},
    {HttpMethod::kPost, "/v1/articles:batchGet", "broadsheet.v1.SearchService.BatchGetArticles"},
    {HttpMethod::kPost, "/v1/articles:aggregate", "broadsheet.v1.SearchService.AggregateArticles"},
    {HttpMethod::kPost, "/v1/articles:findSimilar",
     "broadsheet.v1.SearchService.FindSimilarArticles"},
    {HttpMethod::kGet, "/v1/articles/{id}/copies", "broadsheet.v1.SearchService.ListArticleCopies"},
    {HttpMethod::kPost, "/v1/completions:suggest",
     "broadsheet.v1.SearchService.SuggestCompletions"},
    {HttpMethod::kGet, "/v1/status", "broadsheet.v1.SearchService.GetStatus"},
};

// Fits `path` to the pattern of `method`. What stands for braces is one segment, in which "/" is
// written %2F.
std::optional<DoorMatch> Match(const DoorMethod& method, std::string_view path) {
  const size_t open = method.path.find('{');
  if (open == std::string_view::npos) {
    return path == method.path ? std::optional(DoorMatch{.method = &method}) : std::nullopt;
  }
  const size_t close = method.path.find('}');
  const std::string_view before = method.path.substr(0, open);
  const std::string_view behind = method.path.substr(close + 1);
  const bool fits = path.size() > before.size() + behind.size() && path.starts_with(before) &&
                    path.ends_with(behind);
  if (!fits) return std::nullopt;
  const std::string_view segment =
      path.substr(before.size(), path.size() - before.size() - behind.size());
  if (segment.find('/') != std::string_view::npos) return std::nullopt;
  return DoorMatch{.method = &method,
                   .field = std::string(method.path.substr(open + 1, close - open - 1)),
                   .value = Decoded(segment, /*plus_is_space=*/false)};
}

}  // namespace

std::span<const DoorMethod> DoorMethods() { return kMethods; }
std::span<const std::string_view> DoorServices() { return kServices; }

const google::protobuf::MethodDescriptor* DescriptorOf(const DoorMethod& method) {
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      std::string(method.full_name));
}

DoorMatch FindMethod(std::string_view path, HttpMethod verb) {
  for (const DoorMethod& method : kMethods) {
    if (method.verb != verb) continue;
    if (auto match = Match(method, path)) return *std::move(match);
  }
  return {};
}

bool IsDoorPath(std::string_view path) {
  for (const DoorMethod& method : kMethods) {
    if (Match(method, path)) return true;
  }
  return false;
}

bool IsStream(const DoorMethod& method) { return DescriptorOf(method)->server_streaming(); }

}  // namespace broadsheet::desk
