// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/services/get_status.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "engine/schema/error.h"
#include "server/services/unary_call.h"
#include "server/version.h"

namespace broadsheet::server {
namespace {

// search_service.proto promises it.
constexpr size_t kMaxSources = 20;

void SetSeconds(absl::Time time, google::protobuf::Timestamp* out) {
  out->set_seconds(absl::ToUnixSeconds(time));
}

// The `limit` values with the most articles, most first, equals by name.
template <typename Field>
void AddMostFrequent(const std::map<std::string, uint64_t>& counts, size_t limit, Field* field) {
  std::vector<std::pair<std::string, uint64_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  sorted.resize(std::min(sorted.size(), limit));
  for (const auto& [value, count] : sorted) {
    v1::ValueCount* added = field->Add();
    added->set_value(value);
    added->set_count(static_cast<int32_t>(count));
  }
}

void DescribeCheck(const BaseReport& report, v1::GetStatusResponse& response) {
  switch (report.state) {
    case BaseReport::State::kUnchecked:
      return response.set_base_check(v1::GetStatusResponse::BASE_CHECK_UNSPECIFIED);
    case BaseReport::State::kRunning:
      return response.set_base_check(v1::GetStatusResponse::BASE_CHECK_RUNNING);
    case BaseReport::State::kWhole:
      response.set_base_check(v1::GetStatusResponse::BASE_CHECK_WHOLE);
      break;
    case BaseReport::State::kDamaged:
      response.set_base_check(v1::GetStatusResponse::BASE_CHECK_DAMAGED);
      break;
  }
  SetSeconds(report.found, response.mutable_base_check_time());
}

void Describe(const storage::Manifest& manifest, v1::GetStatusResponse& response) {
  response.set_generation(manifest.ref.build_id);
  response.set_generation_number(static_cast<int32_t>(manifest.ref.number));
  response.set_build_id(manifest.ref.build_id);
  SetSeconds(manifest.built, response.mutable_built_time());
  response.set_undated_count(static_cast<int32_t>(manifest.undated));
  if (manifest.oldest_seconds) {
    response.mutable_oldest_published_time()->set_seconds(*manifest.oldest_seconds);
  }
  if (manifest.newest_seconds) {
    response.mutable_newest_published_time()->set_seconds(*manifest.newest_seconds);
  }
  AddMostFrequent(manifest.languages, manifest.languages.size(), response.mutable_languages());
  AddMostFrequent(manifest.sources, kMaxSources, response.mutable_sources());
  response.set_index_bytes(static_cast<int64_t>(manifest.IndexBytes()));
}

}  // namespace

grpc::ServerUnaryReactor* GetStatus(Serving& serving, grpc::CallbackServerContext& context,
                                    const v1::GetStatusRequest& /*request*/,
                                    v1::GetStatusResponse& response) {
  auto* call = new UnaryCall("GetStatus", context, serving);
  const auto generation = serving.index.Current();
  if (generation == nullptr) {
    call->End(schema::Error(absl::StatusCode::kUnavailable, "INDEX_UNAVAILABLE",
                            "no index is open yet; try again once one has been published"));
    return call;
  }
  response.set_server_version(std::string(kVersion));
  response.mutable_uptime()->set_seconds(absl::ToInt64Seconds(absl::Now() - serving.start));
  response.set_writable(serving.writes != nullptr);
  Describe(generation->manifest, response);
  const uint64_t articles =
      generation->count_articles ? generation->count_articles() : generation->manifest.articles;
  response.set_article_count(static_cast<int32_t>(articles));
  DescribeCheck(serving.index.CheckOf(generation.get()), response);
  call->End(absl::OkStatus());
  return call;
}

}  // namespace broadsheet::server
