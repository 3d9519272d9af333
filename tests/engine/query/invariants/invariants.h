// SPDX-License-Identifier: GPL-3.0-or-later
// What holds of every answer, whatever the question.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/engine/query/invariants/question.h"
#include "tests/engine/query/invariants/reader.h"

namespace broadsheet::query::invariants {

// Absent: the invariant says nothing of this question. Empty: it holds. Else what is wrong.
using Verdict = std::optional<std::string>;

inline Verdict Holds() { return ""; }

struct Invariant {
  std::string_view name;
  // Asks the question, and others that are made of it.
  Verdict (*check)(Reader& reader, const Question& question);
};

// Those of one answer: its pages, total, order, scores, fragments, and who may see what is in it.
const std::vector<Invariant>& AnswerInvariants();
// Those of the sets that are found by queries which are made of others.
const std::vector<Invariant>& SetInvariants();
// Those of questions that are asked in another way, or for more or less.
const std::vector<Invariant>& VariantInvariants();

// "only in the first: b1 b2; only in the second: b3", empty when the sets are equal.
std::string Difference(const IdSet& a, const IdSet& b);
// "b1 b2", those of `few` that `many` lacks; empty when it has all.
std::string Missing(const IdSet& few, const IdSet& many);

}  // namespace broadsheet::query::invariants
