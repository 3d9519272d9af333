// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/titles/headings.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// Headings are compared with each other.
constexpr size_t kMaxHeadings = 200;

// A sign that links to the heading itself is no part of it.
std::string WithoutAnchor(std::string_view text) {
  constexpr std::string_view kPilcrow = "¶";
  text = page::Trim(text);
  if (text.ends_with(kPilcrow)) text.remove_suffix(kPilcrow.size());
  return std::string(page::Trim(text));
}

// Without the mark that set off a kicker in front.
std::string_view WithoutLeadingMark(std::string_view text) {
  constexpr auto kMarks =
      std::to_array<std::string_view>({":", "：", "-", "–", "—", "|", "/", "·"});
  text = page::Trim(text);
  for (const std::string_view mark : kMarks) {
    if (text.starts_with(mark)) return page::Trim(text.substr(mark.size()));
  }
  return text;
}

// The text below `heading` without kickers and what is hidden.
std::string TextWithoutKicker(const Tree& tree, NodeId heading) {
  std::string text;
  for (NodeId at = heading + 1; at < tree.end(heading);) {
    const bool kicker = RoleOf(tree, at) == ElementRole::kKicker || IsHidden(tree, at);
    if (kicker || IsUnseen(tree.tag(at))) {
      at = tree.end(at);
      continue;
    }
    if (tree.tag(at) == Tag::kText) AppendCollapsed(tree.text(at), &text);
    ++at;
  }
  return WithoutAnchor(WithoutLeadingMark(text));
}

// "Lift bridge in Vellmar:" is no headline, and neither is the smaller part of one.
bool IsLesserPart(const Title& bare, const Title& whole) {
  return bare.empty() || bare.text.ends_with(':') || bare.key.size() * 2 < whole.key.size();
}

template <typename IsLevel>
std::vector<Heading> ReadLevel(const Tree& tree, IsLevel is_level) {
  std::vector<Heading> headings;
  for (NodeId at = 0; at < tree.size() && headings.size() < kMaxHeadings; ++at) {
    if (!is_level(tree.tag(at))) continue;
    Heading heading{.node = at,
                    .whole = {.text = WithoutAnchor(tree.TextBelow(at))},
                    .bare = {.text = TextWithoutKicker(tree, at)}};
    if (heading.whole.empty()) continue;
    if (IsLesserPart(heading.bare, heading.whole)) heading.bare = heading.whole;
    headings.push_back(std::move(heading));
  }
  return headings;
}

}  // namespace

Headings::Headings(const Tree& tree)
    : tree_(&tree), first_(ReadLevel(tree, [](Tag tag) { return tag == Tag::kH1; })) {}

const std::vector<Heading>& Headings::lower() const {
  if (!lower_.has_value()) {
    lower_ = ReadLevel(*tree_, [](Tag tag) { return tag == Tag::kH2 || tag == Tag::kH3; });
  }
  return *lower_;
}

bool Headings::IsStandfirst(std::string_view key) const {
  return std::any_of(lower().begin(), lower().end(), [&](const Heading& heading) {
    return heading.whole.key == key && RoleOf(*tree_, heading.node) == ElementRole::kSummary;
  });
}

}  // namespace broadsheet::sources::html
