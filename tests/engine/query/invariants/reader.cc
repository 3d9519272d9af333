// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/invariants/reader.h"
#include "tests/testing/parsed_response.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace broadsheet::query::invariants {
namespace {

// As RankedSearch names them.
constexpr std::array<std::string_view, 5> kPartsOfProfiles = {"exact form", "whole headline",
                                                              "nearness", "centroid", "recency"};

}  // namespace

const v1::SearchArticlesResponse& Reader::Ask(const v1::SearchArticlesRequest& request) {
  const std::string key = request.SerializeAsString();
  auto known = answers_.find(key);
  if (known == answers_.end()) {
    known =
        answers_.emplace(key, testing::Parsed(edition_.searcher().Search(request, call_))).first;
  }
  if (known->second.ok()) return *known->second;
  refusal_.Update(known->second.status());
  return nothing_;
}

IdSet Reader::Found(const Question& question) { return SetOf(All(question)); }

std::map<std::string, WordScores> Reader::WordScoresOf(const Question& question) {
  v1::SearchArticlesRequest request = RequestOf(question);
  request.set_sort(v1::SORT_ORDER_RELEVANCE);
  request.set_explain(true);
  std::map<std::string, WordScores> scores;
  for (const v1::Hit& hit : Ask(request).hits()) {
    WordScores& parts = scores[hit.article().id()];
    for (const v1::ScoreContribution& part : hit.contributions()) {
      if (!IsOfProfile(part)) parts[part.part()] += part.weight();
    }
  }
  return scores;
}

absl::Status Reader::TakeRefusal() {
  absl::Status refusal = refusal_;
  refusal_ = absl::OkStatus();
  return refusal;
}

Ids IdsOf(const v1::SearchArticlesResponse& response) {
  Ids ids;
  for (const v1::Hit& hit : response.hits()) ids.push_back(hit.article().id());
  return ids;
}

IdSet SetOf(const v1::SearchArticlesResponse& response) {
  const Ids ids = IdsOf(response);
  return {ids.begin(), ids.end()};
}

bool IsOfProfile(const v1::ScoreContribution& contribution) {
  return std::find(kPartsOfProfiles.begin(), kPartsOfProfiles.end(), contribution.part()) !=
         kPartsOfProfiles.end();
}

}  // namespace broadsheet::query::invariants
