// SPDX-License-Identifier: GPL-3.0-or-later
// The rule that gave a field of an article, for `parse --explain`.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources {

struct FieldRule {
  // As in the proto: "headline", "published_time"; "labels.desk" for one label.
  std::string field = {};
  // For a person to read: "JSON-LD headline", "the h1 above the body".
  std::string rule = {};
};
using FieldRules = std::vector<FieldRule>;

// Called for each article right before the article is passed on. A field without a rule has the
// same name in the record, as in JSON lines.
using RuleSink = std::function<void(const v1::Article&, const FieldRules&)>;

}  // namespace broadsheet::sources
