// SPDX-License-Identifier: GPL-3.0-or-later
// A value and the rule that gave it.
#pragma once

#include <string>
#include <vector>

#include "indexer/sources/article/field_rule.h"

namespace broadsheet::sources {

template <typename Value>
struct Choice {
  Value value = {};
  // For a person to read; empty when no rule applied.
  std::string rule = {};
  // Where values were weighed against each other, the best first.
  std::vector<ConsideredValue> considered = {};
  bool empty() const { return rule.empty(); }
};

}  // namespace broadsheet::sources
