// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the searcher of an edition, and remembers the answers to one question and its variants, many
// of which are asked more than once.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "tests/engine/query/invariants/edition.h"
#include "tests/engine/query/invariants/question.h"

namespace broadsheet::query::invariants {

using Ids = std::vector<std::string>;
using IdSet = std::set<std::string>;

// What each part of the query adds to the score of a hit, without what the ranking profile adds.
using WordScores = std::map<std::string, double>;

// Not thread-safe. Answers are valid until Forget().
class Reader {
 public:
  // `edition` must outlive it.
  explicit Reader(Edition& edition) : edition_(edition) { call_.now = kNow; }

  // An error gives an empty answer and is kept for TakeRefusal().
  const v1::SearchArticlesResponse& Ask(const v1::SearchArticlesRequest& request);
  // Everything that is found, on one page.
  const v1::SearchArticlesResponse& All(const Question& question) {
    return Ask(RequestOf(question));
  }
  IdSet Found(const Question& question);
  // By id.
  std::map<std::string, WordScores> WordScoresOf(const Question& question);

  // The first error since the last call, which it forgets.
  absl::Status TakeRefusal();
  void Forget() { answers_.clear(); }

  const std::map<std::string, v1::Article>& visible() const { return edition_.visible(); }

 private:
  Edition& edition_;
  base::CallControl call_;
  std::unordered_map<std::string, absl::StatusOr<v1::SearchArticlesResponse>> answers_;
  const v1::SearchArticlesResponse nothing_;
  absl::Status refusal_;
};

// In order.
Ids IdsOf(const v1::SearchArticlesResponse& response);
IdSet SetOf(const v1::SearchArticlesResponse& response);
// True for a part of a score that the ranking profile adds to those of the words.
bool IsOfProfile(const v1::ScoreContribution& contribution);

}  // namespace broadsheet::query::invariants
