// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/held_page.h"

#include <array>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "indexer/sources/article/hold_rule.h"
#include "indexer/sources/article/printed_notice.h"
#include "indexer/sources/html/metadata/hold_members.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::html {
namespace {

// A line about the article, not one of its sentences.
bool MayBeNotice(const Block& block) {
  constexpr size_t kMaxWords = 25;
  return !block.heading && !block.caption && !block.in_post && block.words <= kMaxWords;
}

// Whether a class of an element is the state that a system writes beside its articles: Drupal's
// "node--unpublished", "status-private" of WordPress.
bool IsHoldingClass(std::string_view name) {
  constexpr auto kOwners = std::to_array<std::string_view>(
      {"node--", "node-", "article--", "story--", "post--", "entry--", "content--"});
  constexpr auto kStates = std::to_array<std::string_view>(
      {"unpublished", "embargoed", "withheld", "not-published", "is-unpublished", "is-draft"});
  for (const std::string_view status : {"status-", "post-status-", "node--status-", "status--"}) {
    if (name.starts_with(status)) return hold::IsHeldWord(name.substr(status.size()));
  }
  for (const std::string_view owner : kOwners) {
    if (!name.starts_with(owner)) continue;
    const std::string_view state = name.substr(owner.size());
    if (IsOneOf(state, kStates)) return true;
  }
  return false;
}

// What the elements around the text and the headline have as classes; others on the page may be of
// other articles.
void StateClasses(const Tree& tree, std::initializer_list<NodeId> of, ReleaseStatement& release) {
  for (NodeId node : of) {
    for (; node != kNoNode; node = tree.parent(node)) {
      const std::vector<std::string> names = absl::StrSplit(
          std::string(tree.attribute(node, Attribute::kClass)), absl::ByAnyChar(" \t\r\n"));
      for (const std::string& name : names) {
        if (!IsHoldingClass(name)) continue;
        return release.Withhold(
            "class", absl::StrCat("withheld, since the class of the article is \"", name, "\""));
      }
    }
  }
}

}  // namespace

ReleaseStatement ReadReleaseOfPage(const Tree& tree, const VisiblePage& page,
                                   const ArticlePlace& place,
                                   std::initializer_list<const Metadata*> stated,
                                   std::string_view ahead) {
  ReleaseStatement release;
  for (const Metadata* metadata : stated) {
    StateHolds(metadata->holds, release);
  }
  StateClasses(tree, {place.body, place.headline}, release);
  for (const Block& block : page.blocks) {
    if (block.first >= place.text_begins) break;
    if (!MayBeNotice(block)) continue;
    StatePrintedNotice(block.text, release);
  }
  if (!ahead.empty()) release.StateReleaseTime("stated time of publication", ahead);
  return release;
}

}  // namespace broadsheet::sources::html
