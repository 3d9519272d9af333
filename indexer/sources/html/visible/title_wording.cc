// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/title_wording.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// Before a site's name and nowhere within headlines.
constexpr auto kSureSeparators =
    std::to_array<std::string_view>({" | ", " « ", " » ", " :: ", " ‹ ", "｜", "ㅣ"});
// Within headlines too.
constexpr auto kSeparators =
    std::to_array<std::string_view>({" - ", " – ", " — ", " -- ", " · ", " • ", " ： "});
// Scripts that put no blanks between words put none here; too common elsewhere to be a hint alone.
constexpr auto kTightSeparators = std::to_array<std::string_view>({"：", ":", "_", "-", "|"});

struct Cut {
  std::string_view head = {};
  std::string_view tail = {};
  bool sure = false;
};

// At the last of `separators`; without a head when there is none.
Cut CutAtLast(std::string_view title, std::span<const std::string_view> separators, bool sure) {
  size_t at = title.npos;
  size_t length = 0;
  for (const std::string_view separator : separators) {
    const size_t found = title.rfind(separator);
    if (found != title.npos && (at == title.npos || found > at)) {
      at = found;
      length = separator.size();
    }
  }
  if (at == title.npos) return {};
  return {.head = page::Trim(title.substr(0, at)),
          .tail = page::Trim(title.substr(at + length)),
          .sure = sure};
}

// "mdr.de" and "MDR", "CBC News" and "CBC": one begins with the other.
bool NamesSite(std::string_view tail, const TitleHints& hints) {
  constexpr size_t kMinBytes = 3;
  const std::string key = WordingKey(tail);
  if (key.empty()) return false;
  const std::string site = WordingKey(hints.site);
  if (key == site) return true;
  if (std::min(key.size(), site.size()) < kMinBytes) return false;
  return key.starts_with(site) || site.starts_with(key);
}

bool Holds(const std::vector<std::string>& keys, std::string_view text) {
  return std::find(keys.begin(), keys.end(), WordingKey(text)) != keys.end();
}

// The title without its last part where that is a site's name; empty where it is none.
std::string_view WithoutLastPart(std::string_view title, const TitleHints& hints) {
  constexpr size_t kMaxSiteWords = 5;
  const Cut sure = CutAtLast(title, kSureSeparators, true);
  const Cut unsure = CutAtLast(title, kSeparators, false);
  const Cut& cut = sure.head.size() >= unsure.head.size() ? sure : unsure;
  if (!cut.head.empty()) {
    if (NamesSite(cut.tail, hints) || Holds(hints.others, cut.head)) return cut.head;
    const size_t words = page::CountWords(cut.tail);
    const bool fits = words <= kMaxSiteWords && page::CountWords(cut.head) > words;
    return fits && (cut.sure || hints.expects_site) ? cut.head : std::string_view();
  }
  const Cut tight = CutAtLast(title, kTightSeparators, false);
  if (tight.head.empty()) return {};
  // A short heading that is the site's name names it as well.
  const bool heading = tight.tail.size() < tight.head.size() && Holds(hints.others, tight.tail) &&
                       !Holds(hints.others, tight.head);
  if (!heading && !NamesSite(tight.tail, hints)) return {};
  // "Ferry lands_Local_Harbour Times"
  const bool sections = title[static_cast<size_t>(tight.tail.data() - title.data()) - 1] == '_';
  return sections ? tight.head.substr(0, tight.head.find('_')) : tight.head;
}

bool IsLetterMarkOrDigit(UChar32 c) {
  if (c < 0x80) return c >= 0 && text::IsAsciiAlnum(static_cast<char>(c));
  return u_isalnum(c) != 0 || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

}  // namespace

std::string WordingKey(std::string_view text) {
  const std::string folded = text::FoldValue(text);
  std::string key;
  for (size_t at = 0; at < folded.size();) {
    const text::Character character = text::CharacterAt(folded, at);
    if (IsLetterMarkOrDigit(character.code_point)) key.append(folded, at, character.end - at);
    at = character.end;
  }
  return key;
}

double Likeness(std::string_view a, std::string_view b) {
  const std::vector<std::string> first = page::FoldedWords(a);
  const std::vector<std::string> second = page::FoldedWords(b);
  if (first.empty() || second.empty()) return 0;
  const std::set<std::string> known(first.begin(), first.end());
  const auto shared = std::count_if(second.begin(), second.end(),
                                    [&](const std::string& word) { return known.contains(word); });
  return 2.0 * static_cast<double>(shared) / static_cast<double>(first.size() + second.size());
}

std::string StripSiteName(std::string_view title, const TitleHints& hints) {
  constexpr int kMaxParts = 3;
  std::string_view kept = title;
  for (int i = 0; i < kMaxParts && !Holds(hints.others, kept); ++i) {
    const std::string_view shorter = WithoutLastPart(kept, hints);
    if (shorter.empty()) break;
    kept = shorter;
  }
  return std::string(kept);
}

}  // namespace broadsheet::sources::html
