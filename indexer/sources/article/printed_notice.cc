// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/printed_notice.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/text/char_class.h"
#include "engine/text/fold.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/wording/hold_notice.h"
#include "indexer/sources/wording/notice_kind.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources {
namespace {

constexpr const char* kPrintedNotice = "printed notice";

// "5 January, 06:00" may be of any year, and a reader of dates may take the hour for one.
bool HasYear(std::string_view text) {
  constexpr size_t kDigits = 4;
  size_t run = 0;
  for (const char c : text) {
    run = text::IsAsciiDigit(c) ? run + 1 : 0;
    if (run == kDigits) return true;
  }
  return false;
}

// "For release August 1, 2031" -> "August 1, 2031"; "" when no date with a year ends the line.
std::string_view DatedPartOf(std::string_view line) {
  google::protobuf::Timestamp time;
  while (HasYear(line)) {
    if (ReadInstant(line, &time)) return line;
    const size_t blank = line.find_first_of(" \t");
    if (blank == line.npos) break;
    line = page::Trim(line.substr(blank));
  }
  return {};
}

// "Status: draft", "상태: 임시저장", "Draft: yes".
bool IsHeldStatusLine(std::string_view line) {
  constexpr size_t kLongestName = 60;
  if (line.substr(0, 3 * kLongestName).find_first_of(":=\xef") == line.npos) return false;
  const std::string folded = text::FoldValue(line.substr(0, 4 * kLongestName));
  const size_t mark = folded.find_first_of(":=");
  if (mark == std::string::npos || mark > kLongestName) return false;
  const std::string_view name = page::Trim(std::string_view(folded).substr(0, mark));
  const std::string_view value = page::Trim(std::string_view(folded).substr(mark + 1));
  switch (hold::RuleOf(name, hold::Place::kRecord)) {
    case hold::HoldRule::kStatus:
    case hold::HoldRule::kStatusWord:
    case hold::HoldRule::kPublicationStatus:
      return hold::IsHeldWord(value) || page::KindOfNoticeLine(value) != page::NoticeKind::kNone;
    case hold::HoldRule::kFlag:
      return hold::SaysYes(value);
    case hold::HoldRule::kShown:
      return hold::SaysNo(value);
    default:
      return false;
  }
}

void WithholdFor(std::string_view line, ReleaseStatement& release) {
  constexpr size_t kLongestNotice = 100;
  release.Withhold(kPrintedNotice,
                   absl::StrCat("withheld, since a notice above the text says so: \"",
                                std::string(text::PrefixOf(line, kLongestNotice)), "\""));
}

// Of a headline or a paragraph that orders what is to be done with another story.
void StateAdvisory(std::string_view paragraph, ReleaseStatement& release) {
  constexpr size_t kLongestOrder = 300;
  paragraph = text::PrefixOf(page::Trim(paragraph), kLongestOrder);
  const page::NoticeKind kind = page::KindOfAdvisory(paragraph);
  if (kind == page::NoticeKind::kKills) release.StateNote(kPrintedNotice, paragraph);
  if (kind == page::NoticeKind::kHolds) WithholdFor(paragraph, release);
}

// "[DRAFT] Ferry stops", "EMBARGOED: Ferry stops": what stands before a headline, in brackets or,
// in capitals that the headline is not in, before a colon; "" without it.
std::string_view NoticeBefore(std::string_view headline) {
  headline = page::Trim(headline);
  if (headline.starts_with('[') || headline.starts_with('(')) {
    const size_t end = headline.find_first_of("])");
    return end == headline.npos ? std::string_view() : headline.substr(0, end + 1);
  }
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  const size_t colon = headline.find(": ");
  if (colon == headline.npos) return {};
  const std::string_view before = headline.substr(0, colon);
  const std::string_view behind = headline.substr(colon);
  const bool stands_out = std::none_of(before.begin(), before.end(), is_small) &&
                          std::any_of(behind.begin(), behind.end(), is_small);
  return stands_out ? before : std::string_view();
}

}  // namespace

void StatePrintedNotice(std::string_view line, ReleaseStatement& release) {
  line = page::Trim(line);
  if (const std::optional<page::HoldNotice> notice = page::ReadHoldNotice(line);
      notice.has_value()) {
    google::protobuf::Timestamp until;
    const bool has_time = HasYear(notice->rest) && ReadInstant(notice->rest, &until);
    if (has_time || (notice->is_embargo && !ReadInstant(notice->rest, &until))) {
      return release.StateEmbargo(kPrintedNotice, notice->rest);
    }
    return WithholdFor(line, release);
  }
  if (IsHeldStatusLine(line)) return WithholdFor(line, release);
  switch (page::KindOfNoticeLine(line)) {
    case page::NoticeKind::kKills:
      return release.StateNote(kPrintedNotice, line);
    case page::NoticeKind::kHolds:
      return WithholdFor(line, release);
    case page::NoticeKind::kWaits: {
      const std::string_view time = DatedPartOf(line);
      return time.empty() ? WithholdFor(line, release) : release.StateEmbargo(kPrintedNotice, time);
    }
    case page::NoticeKind::kNone:
      return;
  }
}

void StateNoticesInArticle(const v1::Article& article, ReleaseStatement& release) {
  constexpr size_t kMostWords = 25;
  constexpr size_t kFirstLines = 3;
  const std::string_view before = NoticeBefore(article.headline());
  StatePrintedNotice(before.empty() ? article.headline() : before, release);
  if (!before.empty()) StateAdvisory(article.headline(), release);
  for (std::string_view text :
       {std::string_view(article.summary()), std::string_view(article.body())}) {
    for (size_t lines = 0; lines < kFirstLines && !text.empty(); ++lines) {
      const size_t end = text.find('\n');
      const std::string_view line = page::Trim(text.substr(0, end));
      text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
      if (page::CountWords(line, kMostWords) > kMostWords) {
        StateAdvisory(line, release);
        break;
      }
      StatePrintedNotice(line, release);
    }
  }
}

void StatePrintedNotices(std::string_view text, std::string_view story, ReleaseStatement& release) {
  // A longer line is a paragraph.
  constexpr size_t kMostWords = 25;
  constexpr size_t kMostLines = 200;
  // Shorter lines may start as the story does by chance.
  constexpr size_t kSureBytes = 40;
  for (size_t lines = 0; lines < kMostLines && !text.empty(); ++lines) {
    const size_t end = text.find('\n');
    const std::string_view line = page::Trim(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (page::CountWords(line, kMostWords) <= kMostWords) StatePrintedNotice(line, release);
    const bool is_story = line.size() >= std::min(story.size(), kSureBytes);
    if (!line.empty() && is_story && story.starts_with(line)) return;
  }
}

}  // namespace broadsheet::sources
