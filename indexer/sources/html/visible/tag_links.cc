// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/tag_links.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"
#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/wording/tag_label.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

constexpr size_t kMaxTagWords = 7;
// Links of one list are not further apart.
constexpr NodeId kMaxGap = 40;
// What is further below the text belongs to the page's other parts.
constexpr NodeId kMaxBelowText = 2500;
// Each tag of a list is looked for in the text; a page of more lists is made to waste time.
constexpr size_t kMostLists = 100;

bool IsTagLink(const Tree& tree, NodeId node) {
  return tree.tag(node) == Tag::kA &&
         tree.attribute(node, Attribute::kRel).find("tag") != std::string_view::npos;
}

std::string TagOf(const Tree& tree, NodeId link) {
  std::string text = tree.TextBelow(link);
  return page::CountWords(text) > kMaxTagWords ? "" : text;
}

// "/topic/bridges", "https://lantern.example/tag/bridges/": a page below such a folder.
bool IsTopicAddress(std::string_view href) {
  static const auto* const kFolders = new page::FixedWords(
      "tag tags tagged topic topics thema themen theme themes themenseiten stichwort "
      "schlagwort schlagworte keyword keywords sujet sujets mot-cle mots-cles tema temas "
      "etiqueta etiquetas noticias-sobre assunto assuntos argomento argomenti tags-archive "
      "onderwerp onderwerpen dossier emne emner amne amnen aihe aiheet avainsana temat tematy "
      "tagi stitek stitky temata etiket etiketler konu konular topik hashtag subject subjects "
      "news-topic news-topics tag-archive");
  href = href.substr(0, href.find_first_of("?#"));
  if (const size_t scheme = href.find("://"); scheme != href.npos) href.remove_prefix(scheme + 3);
  size_t begin = href.find('/');
  while (begin != href.npos) {
    const size_t end = href.find('/', begin + 1);
    if (end == href.npos || end + 1 >= href.size()) return false;
    const std::string folder =
        absl::AsciiStrToLower(std::string(href.substr(begin + 1, end - begin - 1)));
    if (kFolders->Has(folder)) return true;
    begin = end;
  }
  return false;
}

// The nearest element around `node` that is no part of a line.
NodeId LineAround(const Tree& tree, NodeId node) {
  NodeId at = tree.parent(node);
  while (at != kNoNode && IsInline(tree.tag(at))) at = tree.parent(at);
  return at;
}

// A link within a sentence is no tag.
bool IsInSentence(const Tree& tree, NodeId link) {
  constexpr NodeId kMaxNodes = 400;
  constexpr size_t kMaxOtherWords = 8;
  const NodeId line = LineAround(tree, link);
  if (line == kNoNode || tree.end(line) - line > kMaxNodes) return false;
  size_t other = 0;
  for (NodeId at = line; at < tree.end(line);) {
    if (tree.tag(at) == Tag::kA) {
      at = tree.end(at);
      continue;
    }
    if (tree.tag(at) == Tag::kText) other += page::Words(tree.text(at)).size();
    ++at;
  }
  return other > kMaxOtherWords;
}

std::vector<std::vector<std::string>> FindTopicLists(const Tree& tree, const ArticlePlace& place) {
  std::vector<std::vector<std::string>> lists;
  NodeId last = 0;
  const NodeId end = std::min(tree.size(), place.all.end + kMaxBelowText);
  for (NodeId at = place.all.begin; at < end && lists.size() < kMostLists; ++at) {
    if (tree.tag(at) != Tag::kA || !IsTopicAddress(tree.attribute(at, Attribute::kHref))) continue;
    std::string tag = TagOf(tree, at);
    if (tag.empty() || IsInSentence(tree, at)) continue;
    if (lists.empty() || at > last + kMaxGap) lists.emplace_back();
    lists.back().push_back(std::move(tag));
    last = tree.end(at);
  }
  return lists;
}

// The links of the block's line, where the label and its tags stand in one.
std::vector<std::string> LinksOf(const Tree& tree, NodeId element) {
  std::vector<std::string> tags;
  for (NodeId at = element; at < tree.end(element); ++at) {
    if (tree.tag(at) != Tag::kA) continue;
    if (std::string tag = TagOf(tree, at); !tag.empty()) tags.push_back(std::move(tag));
  }
  return tags;
}

// Tags that are no links: ": harbour, ferries".
std::vector<std::string> SplitLine(std::string_view line) {
  constexpr auto kMarks =
      std::to_array<std::string_view>({",", ";", "|", "、", "，", "،", " • ", " · ", " / "});
  while (!line.empty() && (line.front() == ':' || line.front() == ' ')) line.remove_prefix(1);
  if (line.starts_with("：")) line.remove_prefix(std::string_view("：").size());
  std::vector<std::string> tags;
  for (const std::string_view tag : page::SplitAt(line, kMarks)) {
    if (page::CountWords(tag) > kMaxTagWords) return {};
    tags.emplace_back(tag);
  }
  return tags;
}

// "#harbour #ferries": a line of nothing else.
std::vector<std::string> HashtagsOf(const Block& block) {
  std::vector<std::string> tags;
  for (const std::string_view word : page::Words(block.text)) {
    if (word.size() < 3 || word.front() != '#') return {};
    tags.emplace_back(word.substr(1));
  }
  return tags;
}

// The linked lines right behind the block at `label`.
std::vector<std::string> LinesBehind(const VisiblePage& page, size_t label) {
  constexpr size_t kMostTags = 30;
  std::vector<std::string> tags;
  for (size_t i = label + 1; i < page.blocks.size() && tags.size() < kMostTags; ++i) {
    const Block& block = page.blocks[i];
    if (block.linked_words != block.words || block.words > kMaxTagWords || block.heading) break;
    tags.push_back(block.text);
  }
  return tags;
}

std::vector<std::vector<std::string>> FindLabelledLists(const Tree& tree, const VisiblePage& page,
                                                        const ArticlePlace& place) {
  constexpr size_t kMaxLabelWords = 5;
  std::vector<std::vector<std::string>> lists;
  for (size_t i = 0; i < page.blocks.size() && lists.size() < kMostLists; ++i) {
    const Block& block = page.blocks[i];
    if (block.first < place.all.begin || IsParagraph(block)) continue;
    if (block.first > place.all.end + kMaxBelowText) break;
    const std::string_view text = block.text;
    if (std::vector<std::string> hashtags = HashtagsOf(block); !hashtags.empty()) {
      lists.push_back(std::move(hashtags));
      continue;
    }
    const std::string_view label = text.substr(0, std::min(text.find(':'), text.find("：")));
    if (page::CountWords(label) > kMaxLabelWords || !page::IsTagLabel(label)) continue;
    std::vector<std::string> tags;
    if (block.linked_words > 0 && label.size() < text.size()) {
      tags = LinksOf(tree, block.element);
    } else {
      tags = SplitLine(text.substr(label.size()));
      if (tags.empty() && block.words <= kMaxLabelWords) tags = LinesBehind(page, i);
    }
    if (!tags.empty()) lists.push_back(std::move(tags));
  }
  return lists;
}

// The first list of links with rel="tag" in furniture: a footer of the article, a box.
std::vector<std::string> FindMarkedInFurniture(const Tree& tree, const ArticlePlace& place) {
  std::vector<std::string> tags;
  NodeId last = 0;
  for (NodeId at = place.all.begin; at < tree.size(); ++at) {
    if (!IsTagLink(tree, at)) continue;
    if (!tags.empty() && at > last + kMaxGap) break;
    if (std::string tag = TagOf(tree, at); !tag.empty()) tags.push_back(std::move(tag));
    last = tree.end(at);
  }
  return tags;
}

}  // namespace

std::vector<std::string> FindTagLinks(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place) {
  std::vector<std::string> tags;
  NodeId holder_end = 0;
  for (NodeId at = place.all.begin; at < tree.size(); ++at) {
    if (tree.tag(at) == Tag::kText) continue;
    // A list of tags may be navigation, too.
    const bool in_nav = IsTagLink(tree, at) && tree.Enclosing(at, Tag::kNav) != kNoNode;
    if (!in_nav && page.InFurniture(at)) continue;
    if (at >= holder_end && RoleOf(tree, at) == ElementRole::kTags) {
      const BlockRange range = BlocksBelow(tree, page.blocks, at);
      const bool text =
          std::any_of(page.blocks.begin() + static_cast<std::ptrdiff_t>(range.first),
                      page.blocks.begin() + static_cast<std::ptrdiff_t>(range.last), &IsParagraph);
      if (!text) holder_end = tree.end(at);
    }
    const bool tag = IsTagLink(tree, at) || (tree.tag(at) == Tag::kA && at < holder_end);
    if (!tag) continue;
    if (std::string text = TagOf(tree, at); !text.empty()) tags.push_back(std::move(text));
  }
  return tags;
}

std::vector<std::vector<std::string>> FindLikelyTagLists(const Tree& tree, const VisiblePage& page,
                                                         const ArticlePlace& place) {
  std::vector<std::vector<std::string>> lists = {FindMarkedInFurniture(tree, place)};
  for (std::vector<std::string>& list : FindTopicLists(tree, place)) {
    lists.push_back(std::move(list));
  }
  for (std::vector<std::string>& list : FindLabelledLists(tree, page, place)) {
    lists.push_back(std::move(list));
  }
  return lists;
}

}  // namespace broadsheet::sources::html
