// SPDX-License-Identifier: GPL-3.0-or-later
// Figures as people read them.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "engine/schema/withheld.h"

namespace broadsheet::commands {

// 75232 -> "75,232"
std::string Count(uint64_t number);
// 1, "article" -> "1 article"; 2 -> "2 articles"
std::string Counted(uint64_t number, const std::string& noun);
// 246000000 -> "246 MB"; decimal units.
std::string Bytes(uint64_t bytes);
// "0.8 s", "14.2 s", "3 min 05 s", "2 h 10 min"
std::string Elapsed(absl::Duration duration);
// "2 withheld, 1 under embargo, 3 cancelled", without those that are 0; "" when all are.
std::string DescribeWithheld(const schema::WithheldCounts& counts);

}  // namespace broadsheet::commands
