// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/hold_notice.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "indexer/sources/wording/notice_word.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

// In the languages of agencies; whatever follows is until when.
constexpr auto kEmbargoStarts = std::to_array<std::string_view>({"embargoed until",
                                                                 "embargoed for release",
                                                                 "embargoed to",
                                                                 "embargoed:",
                                                                 "embargo until",
                                                                 "embargo:",
                                                                 "strictly embargoed until",
                                                                 "strictly embargoed to",
                                                                 "under embargo until",
                                                                 "not for publication before",
                                                                 "not for release before",
                                                                 "not for release until",
                                                                 "not to be published before",
                                                                 "sperrfrist:",
                                                                 "sperrfrist bis",
                                                                 "gesperrt bis",
                                                                 "sous embargo jusqu",
                                                                 "embargo jusqu",
                                                                 "embargado hasta",
                                                                 "embargo hasta",
                                                                 "bajo embargo hasta",
                                                                 "sotto embargo fino",
                                                                 "sob embargo até",
                                                                 "onder embargo tot",
                                                                 "embargo tot"});

// Words that sentences begin with as well: a notice has nothing behind them, or a time in capitals.
constexpr auto kEmbargoWords = std::to_array<std::string_view>(
    {"embargoed for", "embargoed", "embargo", "sperrfrist", "under embargo", "strictly embargoed",
     "press embargo", "news embargo", "sous embargo", "bajo embargo", "sotto embargo",
     "sob embargo"});

// What may follow the words for a hold in a notice: most of all, nothing.
enum class HoldEnd : uint8_t {
  kAny,
  kUntil,     // until when, or where a mark ends the words
  kCapitals,  // the same, or anything in capitals
};

struct HoldWords {
  std::string_view start;
  HoldEnd end;
};

constexpr auto kHolds = std::to_array<HoldWords>({{"hold for release", HoldEnd::kCapitals},
                                                  {"hold until", HoldEnd::kCapitals},
                                                  {"hold till", HoldEnd::kCapitals},
                                                  {"not for publication", HoldEnd::kCapitals},
                                                  {"not for release", HoldEnd::kCapitals},
                                                  {"not for broadcast", HoldEnd::kCapitals},
                                                  {"not to be published", HoldEnd::kCapitals},
                                                  {"do not publish", HoldEnd::kUntil},
                                                  {"do not release", HoldEnd::kUntil},
                                                  {"do not use", HoldEnd::kUntil},
                                                  {"for release after", HoldEnd::kCapitals},
                                                  {"for publication after", HoldEnd::kCapitals},
                                                  {"draft only", HoldEnd::kUntil},
                                                  {"draft copy", HoldEnd::kUntil},
                                                  {"nicht zur ver", HoldEnd::kAny},
                                                  {"entwurf - nicht", HoldEnd::kAny},
                                                  {"ne pas publier", HoldEnd::kAny},
                                                  {"ne pas diffuser", HoldEnd::kAny},
                                                  {"no publicar antes", HoldEnd::kAny},
                                                  {"no difundir antes", HoldEnd::kAny},
                                                  {"non pubblicare", HoldEnd::kAny},
                                                  {"non diffondere prima", HoldEnd::kAny},
                                                  {"não publicar", HoldEnd::kAny},
                                                  {"NÃO PUBLICAR", HoldEnd::kAny},
                                                  {"EJ FÖR PUBLICERING", HoldEnd::kAny},
                                                  {"FÅR EJ PUBLICERAS", HoldEnd::kAny},
                                                  {"niet publiceren", HoldEnd::kAny},
                                                  {"ej för publicering", HoldEnd::kAny},
                                                  {"får ej publiceras", HoldEnd::kAny}});

bool IsMark(char c) { return std::string_view(" \t:*#>[]()<=-_.!").find(c) < 17; }

// Without the marks that notices are set off by: "*** EMBARGO ***", dashes too.
std::string_view WithoutMarks(std::string_view text) {
  while (!text.empty()) {
    if (IsMark(text.front())) {
      text.remove_prefix(1);
    } else if (text.starts_with("\xe2\x80\x93") || text.starts_with("\xe2\x80\x94")) {
      text.remove_prefix(3);
    } else {
      break;
    }
  }
  while (!text.empty() && IsMark(text.back()) && text.back() != '.') text.remove_suffix(1);
  return text;
}

bool IsInCapitals(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Whether the words end where `behind` begins, as words do.
bool EndsWord(std::string_view behind) {
  return behind.empty() || !absl::ascii_isalnum(static_cast<unsigned char>(behind.front()));
}

// Whether a notice may go on with `rest`: in words that no notice has it is of a headline, "Not for
// publication: the letters that nobody was to read".
bool IsOfNotice(std::string_view rest) {
  const std::vector<NoticeWord> words = NoticeWordsOf(rest);
  return std::find(words.begin(), words.end(), NoticeWord::kOther) == words.end();
}

// What stands behind "embargo" is until when, unless it is against whom: "on coal from the east".
bool MayBeTimeOfEmbargo(std::string_view start, std::string_view rest) {
  constexpr auto kAgainst = std::to_array<std::string_view>(
      {"on", "against", "sur", "contre", "auf", "gegen", "sobre", "contra", "su", "sul", "tegen"});
  if (rest.ends_with('?')) return false;
  if (rest.empty() || IsInCapitals(start)) return true;
  const std::vector<std::string> words = FoldedWords(rest);
  const bool is_against = !words.empty() && std::find(kAgainst.begin(), kAgainst.end(),
                                                      words.front()) != kAgainst.end();
  if (is_against && !IsOfNotice(rest)) return false;
  const std::vector<NoticeWord> kinds = NoticeWordsOf(rest);
  return std::any_of(kinds.begin(), kinds.end(), [](NoticeWord kind) {
    return kind == NoticeWord::kTime || kind == NoticeWord::kFrom || kind == NoticeWord::kStory ||
           kind == NoticeWord::kUse;
  });
}

bool SaysUntil(std::string_view line, std::string_view behind) {
  const std::string_view rest = WithoutMarks(behind);
  if (rest.empty()) return true;
  // A mark ends the words, "(", ":" or a dash.
  const std::string_view next = Trim(behind);
  if (!next.empty() && (IsMark(next.front()) || next.starts_with("\xe2\x80"))) {
    const std::string_view start = line.substr(0, line.size() - behind.size());
    return IsInCapitals(start) || IsOfNotice(rest);
  }
  for (const std::string_view word : {"until ", "till ", "before ", "prior to "}) {
    if (StartsWithIgnoringCase(rest, word)) return HasDigit(rest) || IsInCapitals(rest);
  }
  return false;
}

bool MayFollow(HoldEnd end, std::string_view line, std::string_view behind) {
  switch (end) {
    case HoldEnd::kAny:
      return true;
    case HoldEnd::kUntil:
      return SaysUntil(line, behind);
    case HoldEnd::kCapitals:
      return SaysUntil(line, behind) || IsInCapitals(line) || HasDigit(behind);
  }
  return false;
}

// "DRAFT - NOT FOR PUBLICATION": without what the notice begins with.
std::string_view BehindDraft(std::string_view line) {
  for (const std::string_view word : {"draft", "confidential", "entwurf", "borrador", "advance"}) {
    if (!StartsWithIgnoringCase(line, word) || !EndsWord(line.substr(word.size()))) continue;
    const std::string_view rest = Trim(line.substr(word.size()));
    const bool has_mark = !rest.empty() && (IsMark(rest.front()) || rest.front() == ',' ||
                                            rest.starts_with("\xe2\x80"));
    return has_mark ? WithoutMarks(rest.front() == ',' ? rest.substr(1) : rest) : line;
  }
  return line;
}

// A number for the first two bytes of a text that has them, ASCII letters of either case alike.
size_t BeginningOf(std::string_view text) {
  const auto lower = [text](size_t at) {
    return static_cast<uint8_t>(absl::ascii_tolower(static_cast<unsigned char>(text[at])));
  };
  return size_t{lower(0)} << 8 | lower(1);
}

using Beginnings = std::bitset<size_t{UINT16_MAX} + 1>;

Beginnings BeginningsOfNotices() {
  Beginnings beginnings;
  for (const std::string_view start : kEmbargoStarts) beginnings.set(BeginningOf(start));
  for (const std::string_view word : kEmbargoWords) beginnings.set(BeginningOf(word));
  for (const HoldWords& words : kHolds) beginnings.set(BeginningOf(words.start));
  return beginnings;
}

// False for most lines, at the cost of a look at two letters.
bool MayBeginHoldNotice(std::string_view line) {
  static const auto& beginnings = *new Beginnings(BeginningsOfNotices());
  return line.size() > 1 && beginnings[BeginningOf(line)];
}

}  // namespace

std::optional<HoldNotice> ReadHoldNotice(std::string_view line) {
  line = BehindDraft(WithoutMarks(line));
  if (!MayBeginHoldNotice(line)) return std::nullopt;
  for (const std::string_view start : kEmbargoStarts) {
    if (!StartsWithIgnoringCase(line, start)) continue;
    const std::string_view rest = WithoutMarks(line.substr(start.size()));
    const bool may_be_time = start.back() == ':'
                                 ? MayBeTimeOfEmbargo(line.substr(0, start.size()), rest)
                                 : rest.find('?') == rest.npos;
    if (!may_be_time) continue;
    return HoldNotice{.rest = rest, .is_embargo = true};
  }
  constexpr size_t kFewWords = 8;
  for (const std::string_view word : kEmbargoWords) {
    if (!StartsWithIgnoringCase(line, word)) continue;
    const std::string_view behind = line.substr(word.size());
    if (WithoutMarks(behind).empty() || (EndsWord(behind) && HasDigit(behind) &&
                                         (IsInCapitals(line) || CountWords(line) <= kFewWords) &&
                                         MayBeTimeOfEmbargo(word, WithoutMarks(behind)))) {
      return HoldNotice{.rest = WithoutMarks(behind), .is_embargo = true};
    }
  }
  for (const HoldWords& words : kHolds) {
    if (!StartsWithIgnoringCase(line, words.start)) continue;
    const std::string_view behind = line.substr(words.start.size());
    if (EndsWord(behind) && MayFollow(words.end, line, behind)) {
      return HoldNotice{.rest = WithoutMarks(behind), .is_embargo = false};
    }
  }
  return std::nullopt;
}

}  // namespace broadsheet::sources::page
