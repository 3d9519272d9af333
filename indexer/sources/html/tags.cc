// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tags.h"

#include <algorithm>
#include <utility>

#include "engine/text/fold.h"
#include "indexer/sources/html/element_role.h"
#include "indexer/sources/page/words.h"

namespace broadsheet::sources::html {
namespace {

constexpr size_t kMaxTagWords = 7;
constexpr size_t kMaxTags = 60;

std::vector<std::string> Distinct(const std::vector<std::string>& tags, const std::string& site) {
  std::vector<std::string> kept;
  std::vector<std::string> folded = {text::FoldValue(site)};
  for (const std::string& tag : tags) {
    std::string_view bare = page::Trim(tag);
    while (bare.starts_with('#')) bare.remove_prefix(1);
    std::string key = text::FoldValue(bare);
    if (key.empty() || std::find(folded.begin(), folded.end(), key) != folded.end()) continue;
    folded.push_back(std::move(key));
    kept.emplace_back(bare);
    if (kept.size() == kMaxTags) break;
  }
  return kept;
}

bool IsTagLink(const Tree& tree, NodeId node) {
  return tree.tag(node) == Tag::kA &&
         tree.attribute(node, Attribute::kRel).find("tag") != std::string_view::npos;
}

}  // namespace

std::vector<std::string> FindTagLinks(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place) {
  std::vector<std::string> tags;
  NodeId holder_end = 0;
  for (NodeId at = place.all.begin; at < tree.size(); ++at) {
    if (tree.tag(at) == Tag::kText || page.InFurniture(at)) continue;
    if (at >= holder_end && RoleOf(tree, at) == ElementRole::kTags) {
      const BlockRange range = BlocksBelow(tree, page.blocks, at);
      const bool text =
          std::any_of(page.blocks.begin() + static_cast<std::ptrdiff_t>(range.first),
                      page.blocks.begin() + static_cast<std::ptrdiff_t>(range.last), &IsParagraph);
      if (!text) holder_end = tree.end(at);
    }
    const bool tag = IsTagLink(tree, at) || (tree.tag(at) == Tag::kA && at < holder_end);
    if (!tag) continue;
    std::string text = tree.TextBelow(at);
    if (text.empty() || page::CountWords(text) > kMaxTagWords) continue;
    tags.push_back(std::move(text));
  }
  return tags;
}

Choice<std::vector<std::string>> FindTags(const Tree& tree, const VisiblePage& page,
                                          const ArticlePlace& place, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata) {
  const std::string& site = meta.source.empty() ? json_ld.source : meta.source;
  if (auto tags = Distinct(json_ld.tags, site); !tags.empty()) {
    return {std::move(tags), "JSON-LD keywords"};
  }
  if (auto tags = Distinct(FindTagLinks(tree, page, place), site); !tags.empty()) {
    return {std::move(tags), "tag links"};
  }
  if (auto tags = Distinct(meta.tags, site); !tags.empty()) {
    return {std::move(tags), "meta keywords"};
  }
  if (auto tags = Distinct(microdata.tags, site); !tags.empty()) {
    return {std::move(tags), "microdata keywords"};
  }
  return {};
}

}  // namespace broadsheet::sources::html
