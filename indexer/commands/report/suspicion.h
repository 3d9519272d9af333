// SPDX-License-Identifier: GPL-3.0-or-later
// What makes an article worth a look before its source is trusted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::commands {

// In the order in which a person should look at them.
enum class Suspicion : uint8_t {
  kNoText,
  kNoHeadline,
  kUndated,
  kFutureDate,
  kShort,
  kBreaksOff,
};
inline constexpr size_t kSuspicions = 6;

// "no text", "very short".
std::string_view SuspicionName(Suspicion suspicion);
// For the summary, behind a number of articles: "have no text", "are very short: fewer than 50
// ...".
std::string_view SuspicionSentence(Suspicion suspicion);

// `article` is prepared (schema::PrepareArticle).
std::vector<Suspicion> SuspicionsOf(const v1::Article& article, absl::Time now);

}  // namespace broadsheet::commands
