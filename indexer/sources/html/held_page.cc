// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/held_page.h"

#include <array>
#include <string>

#include "absl/strings/str_cat.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// What follows such a line's start, in the languages of agencies; "" for other lines.
std::string_view AfterEmbargo(std::string_view line) {
  constexpr auto kStarts = std::to_array<std::string_view>({"embargoed until",
                                                            "embargoed for",
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
                                                            "sperrfrist",
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
  for (const std::string_view start : kStarts) {
    if (page::StartsWithIgnoringCase(line, start)) return line.substr(start.size());
  }
  return {};
}

// A line about the article, not one of its sentences.
bool MayBeNotice(const Block& block) {
  constexpr size_t kMaxWords = 25;
  return !block.heading && !block.caption && !block.in_post && block.words <= kMaxWords;
}

}  // namespace

ReleaseStatement ReadReleaseOfPage(const VisiblePage& page, const ArticlePlace& place,
                                   std::initializer_list<const Metadata*> stated,
                                   std::string_view ahead) {
  ReleaseStatement release;
  for (const Metadata* metadata : stated) {
    for (const HoldStatement& hold : metadata->holds) {
      if (hold.kind == HoldStatement::Kind::kEmbargo) {
        release.StateEmbargo(hold.part, hold.value);
      } else if (hold.kind == HoldStatement::Kind::kReleaseTime) {
        release.StateReleaseTime(hold.part, hold.value);
      } else if (hold::IsHeldWord(hold.value)) {
        release.Withhold(hold.part,
                         absl::StrCat("withheld, since ", hold.part, " is \"", hold.value, "\""));
      } else {
        release.StateStatus(hold.part, hold.value);
      }
    }
  }
  for (const Block& block : page.blocks) {
    if (block.first >= place.text_begins) break;
    if (!MayBeNotice(block)) continue;
    const std::string_view rest = AfterEmbargo(block.text);
    if (!rest.empty()) release.StateEmbargo("printed notice", page::Trim(rest));
  }
  if (!ahead.empty()) release.StateReleaseTime("stated time of publication", ahead);
  return release;
}

}  // namespace broadsheet::sources::html
