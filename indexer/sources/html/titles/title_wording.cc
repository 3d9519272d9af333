// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/titles/title_wording.h"

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

// Shorter keys are equal by chance.
constexpr size_t kMinKeyBytes = 15;

struct Cut {
  std::string_view head = {};
  std::string_view tail = {};
  std::string_view separator = {};
};

Cut CutAt(std::string_view title, size_t at, std::string_view separator) {
  return {.head = page::Trim(title.substr(0, at)),
          .tail = page::Trim(title.substr(at + separator.size())),
          .separator = separator};
}

// At the last of `separators`; without a head when there is none.
Cut CutAtLast(std::string_view title, std::span<const std::string_view> separators) {
  size_t at = title.npos;
  std::string_view last;
  for (const std::string_view separator : separators) {
    const size_t found = title.rfind(separator);
    if (found != title.npos && (at == title.npos || found > at)) {
      at = found;
      last = separator;
    }
  }
  return at == title.npos ? Cut() : CutAt(title, at, last);
}

// At the first separator that is set off by blanks; without a head when there is none.
Cut CutAtFirst(std::string_view title) {
  size_t at = title.npos;
  std::string_view first;
  for (const std::span<const std::string_view> separators :
       {std::span<const std::string_view>(kSureSeparators),
        std::span<const std::string_view>(kSeparators)}) {
    for (const std::string_view separator : separators) {
      const size_t found = title.find(separator);
      if (found >= at) continue;
      at = found;
      first = separator;
    }
  }
  return at == title.npos ? Cut() : CutAt(title, at, first);
}

bool Holds(const std::vector<std::string>& keys, std::string_view text) {
  return std::find(keys.begin(), keys.end(), WordingKey(text)) != keys.end();
}

// "mdr.de" and "MDR", "CBC News" and "CBC": one begins with the other.
bool BeginsLikeSite(std::string_view tail, const TitleHints& hints) {
  constexpr size_t kMinBytes = 3;
  const std::string key = WordingKey(tail);
  return std::any_of(hints.sites.begin(), hints.sites.end(), [&](const std::string& site) {
    if (std::min(key.size(), site.size()) < kMinBytes) return false;
    return key.starts_with(site) || site.starts_with(key);
  });
}

// What the last part of `title` names is told by hints alone: scripts without blanks have no marks
// that stand before sites only.
std::string_view WithoutTightPart(std::string_view title, const TitleHints& hints) {
  const Cut cut = CutAtLast(title, kTightSeparators);
  if (cut.head.empty()) return {};
  // A short heading that is the site's name names it as well.
  const bool heading = cut.tail.size() < cut.head.size() && Holds(hints.others, cut.tail) &&
                       !Holds(hints.others, cut.head);
  const bool colon = cut.separator == ":" || cut.separator == "：";
  const bool plain = !colon && (Holds(hints.sections, cut.tail) ||
                                (cut.head.size() >= kMinKeyBytes && Holds(hints.plain, cut.head)));
  if (!heading && !plain && !BeginsLikeSite(cut.tail, hints)) return {};
  // "Ferry lands_Local_Harbour Times"
  return cut.separator == "_" ? cut.head.substr(0, cut.head.find('_')) : cut.head;
}

// The title without its last part where that is a site's name; empty where it is none.
std::string_view WithoutLastPart(std::string_view title, const TitleHints& hints) {
  constexpr size_t kMaxSiteWords = 5;
  const Cut sure = CutAtLast(title, kSureSeparators);
  const Cut unsure = CutAtLast(title, kSeparators);
  const bool is_sure = sure.head.size() >= unsure.head.size();
  const Cut& cut = is_sure ? sure : unsure;
  if (cut.head.empty()) return WithoutTightPart(title, hints);
  if (Holds(hints.sites, cut.tail) || Holds(hints.others, cut.head)) return cut.head;
  const size_t words = page::CountWords(cut.tail);
  // "Harbour nights – Lantern festival opens on the quay" is a headline of the Lantern.
  const bool fits = words <= kMaxSiteWords && page::CountWords(cut.head) > words;
  if (!fits) return {};
  const bool named = BeginsLikeSite(cut.tail, hints) || Holds(hints.sections, cut.tail);
  return named || is_sure || hints.expects_site ? cut.head : std::string_view();
}

// The title without its first part where that is a site's name; the whole where it is none.
std::string_view WithoutFirstPart(std::string_view title, const TitleHints& hints) {
  const Cut cut = CutAtFirst(title);
  return !cut.tail.empty() && Holds(hints.sites, cut.head) ? cut.tail : title;
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
  return std::string(Holds(hints.others, kept) ? kept : WithoutFirstPart(kept, hints));
}

std::string_view SharedFirstPart(std::string_view title, std::string_view other) {
  constexpr size_t kMaxSiteWords = 3;
  const Cut cut = CutAtFirst(title);
  const Cut same = CutAtFirst(other);
  if (cut.head.empty() || same.head.empty() || cut.separator == same.separator) return {};
  if (WordingKey(cut.head) != WordingKey(same.head)) return {};
  if (WordingKey(cut.tail) != WordingKey(same.tail)) return {};
  const size_t words = page::CountWords(cut.head);
  return words <= kMaxSiteWords && words < page::CountWords(cut.tail) ? cut.head
                                                                      : std::string_view();
}

std::string SiteKeyOfAddress(std::string_view url) {
  constexpr size_t kMinBytes = 4;
  // Of "co.uk", "com.au".
  constexpr size_t kMaxSecondLevelBytes = 3;
  const size_t scheme = url.find("://");
  if (scheme == url.npos) return "";
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/:?#"));
  const auto drop_last_label = [&] {
    const size_t dot = host.rfind('.');
    host = dot == host.npos ? std::string_view() : host.substr(0, dot);
    return host.substr(host.rfind('.') + 1);
  };
  std::string_view label = drop_last_label();
  if (label.size() <= kMaxSecondLevelBytes && host.find('.') != host.npos) {
    label = drop_last_label();
  }
  std::string key = WordingKey(label);
  return key.size() < kMinBytes ? "" : key;
}

}  // namespace broadsheet::sources::html
