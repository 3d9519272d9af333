// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/notice_kind.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "indexer/sources/wording/advisory.h"
#include "indexer/sources/wording/notice_word.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

using Kinds = std::vector<NoticeWord>;

bool HasKind(const Kinds& words, NoticeWord kind) {
  return std::find(words.begin(), words.end(), kind) != words.end();
}

bool IsMarkKind(NoticeWord kind) { return kind == NoticeWord::kStop || kind == NoticeWord::kComma; }

// What may stand between the words that make a notice.
bool IsFillKind(NoticeWord kind) {
  return kind == NoticeWord::kGlue || kind == NoticeWord::kThis || kind == NoticeWord::kPlease;
}

size_t SkipFill(const Kinds& words, size_t at) {
  while (at < words.size() && IsFillKind(words[at])) ++at;
  return at;
}

bool EndsClause(const Kinds& words, size_t at) {
  return at >= words.size() || words[at] == NoticeWord::kStop;
}

size_t OthersIn(const Kinds& words, size_t begin, size_t end) {
  return static_cast<size_t>(std::count(words.begin() + static_cast<ptrdiff_t>(begin),
                                        words.begin() + static_cast<ptrdiff_t>(end),
                                        NoticeWord::kOther));
}

// "Kill previous story", "please disregard", "hold this story until further notice": `at` is that
// of the verb. In a line of its own only an order to editors may say more.
bool OrdersAbout(const Kinds& words, size_t at, bool is_line) {
  const auto begin = words.begin();
  const auto verb = begin + static_cast<ptrdiff_t>(at);
  const size_t before = OthersIn(words, 0, at);
  if (before > (is_line ? 0U : 1U)) return false;
  const bool is_addressed = std::any_of(begin, verb, [](NoticeWord kind) {
    return kind == NoticeWord::kPlease || kind == NoticeWord::kWhom;
  });
  size_t next = SkipFill(words, at + 1);
  const bool names_which = std::find(verb, begin + static_cast<ptrdiff_t>(next),
                                     NoticeWord::kThis) != begin + static_cast<ptrdiff_t>(next);
  const bool says_no_more = OthersIn(words, at, words.size()) == 0;
  if (next < words.size() && words[next] == NoticeWord::kStory) {
    return !is_line || is_addressed || says_no_more;
  }
  const bool ends =
      EndsClause(words, next) || IsMarkKind(words[next]) || words[next] == NoticeWord::kFrom;
  if (!ends) return false;
  return (is_addressed || names_which) && (!is_line || is_addressed || says_no_more);
}

// "This story has been retracted", "Bericht ingetrokken", "Zurückgezogen: Meldung zur Fähre".
bool SaysDone(const Kinds& words, size_t at) {
  if (at == 0 && words.size() > 2 && IsMarkKind(words[1])) {
    const size_t next = SkipFill(words, 2);
    return next < words.size() && words[next] == NoticeWord::kStory;
  }
  if (at == 0 && OthersIn(words, 0, words.size()) == 0) {
    const size_t next = SkipFill(words, 1);
    return next < words.size() && words[next] == NoticeWord::kStory;
  }
  size_t noun = at;
  while (noun > 0 && IsFillKind(words[noun - 1])) --noun;
  if (noun == 0 || words[noun - 1] != NoticeWord::kStory) return false;
  const size_t next = SkipFill(words, at + 1);
  return OthersIn(words, 0, noun) == 0 &&
         (EndsClause(words, next) || IsMarkKind(words[next]) || words[next] == NoticeWord::kFrom ||
          words[next] == NoticeWord::kTime);
}

bool TakesBack(const Kinds& words, bool is_line) {
  for (size_t at = 0; at < words.size(); ++at) {
    if (words[at] == NoticeWord::kTakeBack &&
        (OrdersAbout(words, at, is_line) || SaysDone(words, at))) {
      return true;
    }
    if (words[at] == NoticeWord::kTakenBack && SaysDone(words, at)) return true;
  }
  return false;
}

bool OrdersHold(const Kinds& words, bool is_line) {
  for (size_t at = 0; at < words.size(); ++at) {
    if (words[at] == NoticeWord::kHoldBack && OrdersAbout(words, at, is_line)) return true;
  }
  return false;
}

// "Not for publication", "Gebruik dit bericht niet": the place behind both words; 0 without them.
size_t BehindNotUse(const Kinds& words, size_t at) {
  constexpr size_t kNear = 4;
  if (words[at] == NoticeWord::kNotUse) return at + 1;
  if (words[at] != NoticeWord::kNot && words[at] != NoticeWord::kUse) return 0;
  const NoticeWord wanted = words[at] == NoticeWord::kNot ? NoticeWord::kUse : NoticeWord::kNot;
  for (size_t i = at + 1; i < std::min(words.size(), at + 1 + kNear); ++i) {
    if (words[i] == wanted) return i + 1;
    if (!IsFillKind(words[i]) && words[i] != NoticeWord::kStory && words[i] != words[at]) return 0;
  }
  return 0;
}

// Whether a note forbids the use of the story to everybody: neither "in Japan" nor "without a
// licence" follows.
bool ForbidsUse(const Kinds& words) {
  for (size_t at = 0; at < words.size(); ++at) {
    size_t next = BehindNotUse(words, at);
    if (next == 0) continue;
    while (next < words.size() &&
           (IsFillKind(words[next]) || words[next] == NoticeWord::kStory ||
            words[next] == NoticeWord::kUse || words[next] == NoticeWord::kNot)) {
      ++next;
    }
    if (EndsClause(words, next) || words[next] == NoticeWord::kFrom ||
        words[next] == NoticeWord::kTime) {
      return true;
    }
  }
  return false;
}

bool IsAllInCapitals(std::string_view line) {
  return HasCase(line) &&
         std::none_of(line.begin(), line.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Scripts that write words without blanks: what notices are made of, and what may stand beside it.
constexpr auto kJoinedHolds = std::to_array<std::string_view>({"下書き",
                                                               "草稿",
                                                               "草案",
                                                               "ドラフト",
                                                               "初稿",
                                                               "未定稿",
                                                               "초안",
                                                               "임시저장",
                                                               "임시 저장",
                                                               "가안",
                                                               "비공개",
                                                               "解禁日時",
                                                               "解禁日",
                                                               "解禁",
                                                               "エンバーゴ",
                                                               "報道解禁",
                                                               "엠바고",
                                                               "보도금지",
                                                               "보도 금지",
                                                               "게재 금지",
                                                               "사용 금지",
                                                               "사용금지",
                                                               "배포 금지",
                                                               "請勿使用",
                                                               "请勿使用",
                                                               "请勿发布",
                                                               "請勿發布",
                                                               "请勿刊登",
                                                               "不得发布",
                                                               "禁止发布",
                                                               "禁止刊登",
                                                               "禁发",
                                                               "不要使用",
                                                               "暂缓发布",
                                                               "使用しないでください",
                                                               "使用しないで",
                                                               "使用不可",
                                                               "掲載不可",
                                                               "掲載禁止",
                                                               "公開禁止",
                                                               "報道禁止",
                                                               "未公開",
                                                               "非公開",
                                                               "社外秘",
                                                               "取扱注意",
                                                               "机密",
                                                               "대외비",
                                                               "사용하지 마세요",
                                                               "사용하지 마십시오",
                                                               "보도하지 마",
                                                               "ฉบับร่าง",
                                                               "ห้ามเผยแพร่",
                                                               "ร่าง"});
constexpr auto kJoinedKills = std::to_array<std::string_view>(
    {"取り消します", "取り消し", "取消し", "撤回此稿", "撤稿", "作废", "作廢", "撤销", "撤回",
     "취소합니다", "취소", "폐기합니다", "폐기", "철회합니다", "철회"});
constexpr auto kJoinedFill = std::to_array<std::string_view>(
    {"この記事は", "記事", "本稿", "原稿", "此稿", "稿件", "本文", "이 기사는", "기사를",
     "기사는",     "기사", "午前", "午後", "上午", "下午", "오전", "오후",      "まで",
     "까지",       "以降", "이후", "前",   "年",   "月",   "日",   "時",        "时",
     "點",         "点",   "分",   "년",   "월",   "일",   "시",   "분",        "は",
     "を",         "请",   "請",   "予定", "예정", "厳守"});

using FoldedParts = std::vector<std::string>;

template <size_t kSize>
FoldedParts FoldParts(const std::array<std::string_view, kSize>& parts) {
  FoldedParts folded;
  for (const std::string_view part : parts) folded.push_back(text::FoldValue(part));
  return folded;
}

bool EraseAll(const FoldedParts& parts, std::string* text) {
  bool found = false;
  for (const std::string& folded : parts) {
    for (size_t at = text->find(folded); at != std::string::npos; at = text->find(folded)) {
      text->replace(at, folded.size(), " ");
      found = true;
    }
  }
  return found;
}

// Whether `text` may have letters of such a script, by the first bytes of their characters; those
// of quotation marks and dashes are others.
bool MayBeJoined(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0xe0 || (byte >= 0xe3 && byte <= 0xed);
  });
}

NoticeKind KindOfJoined(std::string_view line) {
  constexpr size_t kLongest = 120;
  if (line.size() > kLongest || !MayBeJoined(line)) return NoticeKind::kNone;
  static const auto& all_holds = *new FoldedParts(FoldParts(kJoinedHolds));
  static const auto& all_kills = *new FoldedParts(FoldParts(kJoinedKills));
  static const auto& all_fill = *new FoldedParts(FoldParts(kJoinedFill));
  std::string rest = text::FoldValue(line);
  const bool holds = EraseAll(all_holds, &rest);
  const bool kills = EraseAll(all_kills, &rest);
  if (!holds && !kills) return NoticeKind::kNone;
  EraseAll(all_fill, &rest);
  if (HasLetter(rest)) return NoticeKind::kNone;
  return kills ? NoticeKind::kKills : NoticeKind::kHolds;
}

// Nothing but words of notices, of which one is for an embargo, or for publishing from a time on.
bool WaitsInAllWords(const Kinds& words, std::string_view line) {
  if (OthersIn(words, 0, words.size()) > 0) return false;
  if (HasKind(words, NoticeWord::kEmbargo)) return true;
  return HasKind(words, NoticeWord::kUse) && HasKind(words, NoticeWord::kTime) &&
         (HasKind(words, NoticeWord::kFrom) || StartsWithIgnoringCase(line, "for "));
}

// "Draft" alone heads news of sports as well: "DRAFT", but not "[DRAFT]" or "Draft 3".
bool IsBareDraft(std::string_view line) { return EqualsIgnoringCase(line, "draft"); }

// Nothing but words of notices, of which one is for a draft, or two forbid the use.
bool HoldsInAllWords(const Kinds& words, std::string_view line) {
  if (OthersIn(words, 0, words.size()) > 0 || IsBareDraft(line)) return false;
  if (HasKind(words, NoticeWord::kDraft) || HasKind(words, NoticeWord::kNotUse)) return true;
  const auto count = static_cast<size_t>(
      std::count_if(words.begin(), words.end(), [](NoticeWord k) { return !IsMarkKind(k); }));
  // Alone it is a name of a column as well.
  if (HasKind(words, NoticeWord::kSecret) && (count > 1 || IsAllInCapitals(line))) return true;
  for (size_t at = 0; at < words.size(); ++at) {
    if (BehindNotUse(words, at) > 0) return true;
  }
  return HasKind(words, NoticeWord::kHoldBack) && count == 1 && IsAllInCapitals(line);
}

// Of an order about a story that `text`, whose words are `words`, names.
NoticeKind KindOfOrder(std::string_view text, const Kinds& words) {
  if (!HasKind(words, NoticeWord::kWhom)) return NoticeKind::kNone;
  const NoticeWord order = OrderOfAdvisory(text);
  if (order == NoticeWord::kTakeBack) return NoticeKind::kKills;
  return order == NoticeWord::kHoldBack ? NoticeKind::kHolds : NoticeKind::kNone;
}

}  // namespace

NoticeKind KindOfNoticeLine(std::string_view line) {
  constexpr size_t kMostWords = 20;
  constexpr size_t kMostBytes = 400;
  line = Trim(line);
  if (line.empty() || line.size() > kMostBytes || line.ends_with('?') || !MayBeginNotice(line)) {
    return NoticeKind::kNone;
  }
  const Kinds words = NoticeWordsOf(line);
  if (const NoticeKind kind = KindOfOrder(line, words); kind != NoticeKind::kNone) return kind;
  if (words.size() > kMostWords) return NoticeKind::kNone;
  if (TakesBack(words, true)) return NoticeKind::kKills;
  if (OrdersHold(words, true) || HoldsInAllWords(words, line)) return NoticeKind::kHolds;
  if (WaitsInAllWords(words, line)) return NoticeKind::kWaits;
  return KindOfJoined(line);
}

NoticeKind KindOfAdvisory(std::string_view paragraph) {
  constexpr size_t kMostBytes = 400;
  paragraph = Trim(paragraph);
  if (!MayBeginNotice(paragraph)) return NoticeKind::kNone;
  return KindOfOrder(paragraph, NoticeWordsOf(paragraph.substr(0, kMostBytes)));
}

NoticeKind KindOfEditorsNote(std::string_view note) {
  constexpr size_t kMostBytes = 2000;
  note = note.substr(0, kMostBytes);
  if (const NoticeKind kind = KindOfAdvisory(note); kind != NoticeKind::kNone) return kind;
  const Kinds words = NoticeWordsOf(note);
  if (TakesBack(words, false)) return NoticeKind::kKills;
  if (ForbidsUse(words) || OrdersHold(words, false)) return NoticeKind::kHolds;
  return KindOfNoticeLine(note);
}

}  // namespace broadsheet::sources::page
