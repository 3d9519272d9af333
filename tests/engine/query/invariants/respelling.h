// SPDX-License-Identifier: GPL-3.0-or-later
// The same query in another spelling, by docs/query_language.md, "What counts as the same": case,
// accents, compatibility forms, curly quotes, kinds of hyphens and of spaces.
#pragma once

#include <string>

#include "tests/engine/query/invariants/chance.h"
#include "tests/engine/query/invariants/question.h"

namespace broadsheet::query::invariants {

// What a reader may type, or paste from elsewhere, in the place of TextOf(question).
std::string Respelt(const Question& question, Chance& chance);

}  // namespace broadsheet::query::invariants
