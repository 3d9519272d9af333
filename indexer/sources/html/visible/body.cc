// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/body.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/text/fold.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/html/visible/body_element.h"

namespace broadsheet::sources::html {
namespace {

// The block between headline and text that is the standfirst: by its element's name, or because
// the page states it as its description.
std::optional<size_t> FindStandfirst(const Tree& tree, const std::vector<Block>& blocks,
                                     const BodyHints& hints, size_t first) {
  constexpr size_t kMinWords = 5;
  const NodeId begin = hints.headline.node == kNoNode ? 0 : hints.headline.node;
  const std::string stated = text::FoldValue(hints.summary);
  for (size_t at = 0; at < first; ++at) {
    const Block& block = blocks[at];
    const bool out = block.first < begin || block.caption || block.words < kMinWords;
    if (out || block.linked_words * 2 > block.words || block.text == hints.headline.text) continue;
    const std::string folded = text::FoldValue(block.text);
    if (!stated.empty() && (stated.starts_with(folded) || folded.starts_with(stated))) return at;
    if (block.furniture || hints.headline.node == kNoNode) continue;
    const NodeId parent = tree.parent(block.element);
    const bool named = RoleOf(tree, block.element) == ElementRole::kSummary ||
                       (parent != kNoNode && RoleOf(tree, parent) == ElementRole::kSummary);
    if (named && !IsAside(block)) return at;
  }
  return std::nullopt;
}

std::string TextOf(const std::vector<Block>& blocks, const std::vector<size_t>& chosen) {
  std::string text;
  for (const size_t at : chosen) {
    if (!text.empty()) text += "\n\n";
    text += blocks[at].text;
  }
  return text;
}

// Paragraphs of a text in JSON-LD: its own line breaks.
std::string StatedText(std::string_view stated) {
  std::string text;
  while (!stated.empty()) {
    const size_t end = std::min(stated.find('\n'), stated.size());
    const std::string line = PlainText(stated.substr(0, end));
    if (!line.empty()) {
      if (!text.empty()) text += "\n\n";
      text += line;
    }
    stated.remove_prefix(std::min(end + 1, stated.size()));
  }
  return text;
}

}  // namespace

Choice<Body> FindBody(const Tree& tree, const VisiblePage& page, const BodyHints& hints) {
  constexpr std::ptrdiff_t kMaxIntroduction = 2;
  const std::vector<Block>& blocks = page.blocks;
  Body body;
  body.verdicts.assign(blocks.size(), BlockVerdict::kOutside);
  body.element = FindBodyElement(tree, blocks, hints.headline.node);
  if (body.element != kNoNode) {
    body.blocks = PickText(tree, blocks, hints.headline, body.element, &body.verdicts);
    if (!body.blocks.empty()) {
      const auto standfirst = FindStandfirst(tree, blocks, hints, body.blocks.front());
      if (standfirst.has_value()) body.blocks.insert(body.blocks.begin(), *standfirst);
    }
    body.text = TextOf(blocks, body.blocks);
  }
  std::string stated_text = StatedText(hints.stated);
  if (stated_text.size() > 2 * body.text.size()) {
    body.text = std::move(stated_text);
    return {std::move(body), "JSON-LD articleBody: the page shows less"};
  }
  const auto shown = std::count_if(body.blocks.begin(), body.blocks.end(),
                                   [&](size_t at) { return IsParagraph(blocks[at]); });
  if (!hints.live.empty() && shown <= kMaxIntroduction) {
    if (!body.text.empty()) body.text += "\n\n";
    body.text += StatedText(hints.live);
    return {std::move(body), "JSON-LD liveBlogUpdate: the page shows an introduction at most"};
  }
  if (body.text.empty()) return {};
  return {std::move(body), "the element where paragraphs most outweigh the rest"};
}

}  // namespace broadsheet::sources::html
