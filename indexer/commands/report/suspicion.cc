// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/suspicion.h"

#include <algorithm>
#include <array>
#include <string>

#include "indexer/sources/wording/words.h"

namespace broadsheet::commands {
namespace {

constexpr size_t kVeryShortWords = 50;
// Dates without a zone, and of machines whose clocks differ.
constexpr absl::Duration kFuture = absl::Hours(48);

struct Wording {
  std::string_view name;
  std::string_view sentence;
};

constexpr std::array<Wording, kSuspicions> kWordings = {{
    {"no text", "without text"},
    {"no headline", "without a headline"},
    {"no date", "without a date"},
    {"date in the future", "of a date in the future"},
    {"very short", "very short: fewer than 50 words"},
    {"breaks off", "whose text breaks off, as an excerpt does"},
}};

bool BreaksOff(std::string_view body) {
  constexpr std::string_view kBehind = " \n)]";
  const size_t last = body.find_last_not_of(kBehind);
  if (last == std::string_view::npos) return false;
  const std::string_view text = body.substr(0, last + 1);
  return text.ends_with("…") || text.ends_with("...");
}

}  // namespace

std::string_view SuspicionName(Suspicion suspicion) {
  return kWordings[static_cast<size_t>(suspicion)].name;
}

std::string_view SuspicionSentence(Suspicion suspicion) {
  return kWordings[static_cast<size_t>(suspicion)].sentence;
}

std::vector<Suspicion> SuspicionsOf(const v1::Article& article, absl::Time now) {
  std::vector<Suspicion> suspicions;
  const auto add = [&suspicions](bool is_so, Suspicion suspicion) {
    if (is_so) suspicions.push_back(suspicion);
  };
  const std::string& body = article.body();
  add(body.empty(), Suspicion::kNoText);
  add(article.headline().empty(), Suspicion::kNoHeadline);
  add(!article.has_published_time(), Suspicion::kUndated);
  add(absl::FromUnixSeconds(article.published_time().seconds()) > now + kFuture,
      Suspicion::kFutureDate);
  add(!body.empty() && sources::page::CountWords(body) < kVeryShortWords, Suspicion::kShort);
  add(BreaksOff(body), Suspicion::kBreaksOff);
  return suspicions;
}

}  // namespace broadsheet::commands
