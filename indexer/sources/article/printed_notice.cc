// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/printed_notice.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/wording/hold_notice.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources {

void StatePrintedNotice(std::string_view line, ReleaseStatement& release) {
  constexpr const char* kPart = "printed notice";
  const std::optional<page::HoldNotice> notice = page::ReadHoldNotice(line);
  if (!notice.has_value()) return;
  google::protobuf::Timestamp until;
  if (notice->is_embargo || ReadInstant(notice->rest, &until)) {
    return release.StateEmbargo(kPart, notice->rest);
  }
  constexpr size_t kLongestNotice = 100;
  const std::string_view shown = line.substr(0, kLongestNotice);
  release.Withhold(kPart, absl::StrCat("withheld, since a notice above the text says so: \"",
                                       std::string(shown), "\""));
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
    if (page::CountWords(line) <= kMostWords) StatePrintedNotice(line, release);
    const bool is_story = line.size() >= std::min(story.size(), kSureBytes);
    if (!line.empty() && is_story && story.starts_with(line)) return;
  }
}

}  // namespace broadsheet::sources
