// SPDX-License-Identifier: GPL-3.0-or-later
// Reduces a question that breaks an invariant to a smaller one that breaks it too.
#pragma once

#include "absl/functional/function_ref.h"
#include "tests/engine/query/invariants/question.h"

namespace broadsheet::query::invariants {

// The smallest question that is reached from `question` by leaving out a part of its queries, a
// mark or a setting at a time, so that `breaks` holds of each on the way. It holds of `question`.
Question Smallest(Question question, absl::FunctionRef<bool(const Question&)> breaks);

// The same of what is typed, from which runs of bytes are left out.
Question SmallestTyped(Question question, absl::FunctionRef<bool(const Question&)> breaks);

}  // namespace broadsheet::query::invariants
