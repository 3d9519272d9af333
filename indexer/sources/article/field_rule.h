// SPDX-License-Identifier: GPL-3.0-or-later
// The rule that gave a field of an article, for `parse --explain`.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources {

// One of several values of a page that were weighed against each other.
struct ConsideredValue {
  double score = 0;
  // What speaks for and against it, for a person to read: "h1, JSON-LD".
  std::string signs = {};
  std::string value = {};
};
inline constexpr size_t kMaxConsidered = 20;

struct FieldRule {
  // As in the proto: "headline", "published_time"; "labels.desk" for one label.
  std::string field = {};
  // For a person to read: "JSON-LD headline", "the h1 above the body".
  std::string rule = {};
  // The values that a rule weighed, the one that was taken first; at most kMaxConsidered. Empty for
  // rules that weigh none.
  std::vector<ConsideredValue> considered = {};
};
using FieldRules = std::vector<FieldRule>;

// Called for each article right before the article is passed on. A field without a rule has the
// same name in the record, as in JSON lines.
using RuleSink = std::function<void(const v1::Article&, const FieldRules&)>;

}  // namespace broadsheet::sources
