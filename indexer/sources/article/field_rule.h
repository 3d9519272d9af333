// SPDX-License-Identifier: GPL-3.0-or-later
// Which rule gave which field of an article: what `parse --explain` shows.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources {

struct FieldRule {
  // As in the proto: "headline", "published_time".
  std::string field = {};
  // For a person to read: "JSON-LD headline", "the h1 above the body".
  std::string rule = {};
};
using FieldRules = std::vector<FieldRule>;

// Told about each article right before it is handed over. Fields that it does not name stand in the
// record under their own name, as in JSON lines.
using RuleSink = std::function<void(const v1::Article&, const FieldRules&)>;

}  // namespace broadsheet::sources
