// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/visible_byline.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/html/visible/element_line.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/people/byline.h"
#include "indexer/sources/wording/people/byline_joint.h"
#include "indexer/sources/wording/people/credit.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// A longer text is a biography or a list of articles.
constexpr size_t kMaxBylineWords = 40;
// More are the writers of comments or of other articles.
constexpr size_t kMaxAuthors = 12;

// Folders under which sites keep the pages of their authors.
bool IsAuthorFolder(std::string_view name) {
  constexpr auto kFolders = std::to_array<std::string_view>(
      {"author",    "authors",    "autor",      "autores",    "autoren",      "auteur",
       "auteurs",   "autore",     "autori",     "forfatter",  "verfasser",    "staff",
       "profile",   "profiles",   "writer",     "writers",    "contributor",  "editors",
       "columnist", "columnists", "reporter",   "reporters",  "contributors", "user",
       "users",     "u",          "journalist", "journalists"});
  return IsOneOf(name, kFolders);
}

// "/staff/jane-doe": a page below such a folder.
bool IsAuthorPage(std::string_view href) {
  href = href.substr(0, href.find_first_of("?#"));
  while (href.ends_with('/')) href.remove_suffix(1);
  const size_t last = href.rfind('/');
  if (last == href.npos || last == 0) return false;
  const size_t before = href.rfind('/', last - 1);
  return before != href.npos && IsAuthorFolder(href.substr(before + 1, last - before - 1));
}

bool HasWord(std::string_view words, std::string_view word) {
  const std::vector<std::string_view> all = page::Words(words);
  return std::find(all.begin(), all.end(), word) != all.end();
}

bool IsMarkedAuthor(const Tree& tree, NodeId node) {
  return HasWord(tree.attribute(node, Attribute::kRel), "author") ||
         HasWord(tree.attribute(node, Attribute::kItemprop), "author");
}

// Whose picture it is stands in captions.
bool InCaption(const Tree& tree, NodeId node) {
  return tree.Enclosing(node, Tag::kFigure) != kNoNode ||
         tree.Enclosing(node, Tag::kFigcaption) != kNoNode;
}

bool HoldsParagraph(const Tree& tree, const VisiblePage& page, NodeId node) {
  const BlockRange range = BlocksBelow(tree, page.blocks, node);
  for (size_t i = range.first; i < range.last; ++i) {
    if (IsParagraph(page.blocks[i])) return true;
  }
  return false;
}

// A byline's links are its names, where it has some that are names.
std::vector<v1::Byline> ReadLinks(const Tree& tree, NodeId node) {
  std::vector<v1::Byline> bylines;
  for (NodeId at = node; at < tree.end(node); ++at) {
    if (tree.tag(at) != Tag::kA) continue;
    const std::string text = tree.TextBelow(at);
    if (page::LooksLikeName(text)) {
      people::MergeBylines(people::ReadStatedAuthors(text, LanguageOf(tree)), &bylines);
    }
  }
  return bylines;
}

std::vector<v1::Byline> ReadElement(const Tree& tree, NodeId node) {
  const std::string text = ElementLine(tree, node);
  if (text.empty() || page::CountWords(text) > kMaxBylineWords) return {};
  const bool name_and_agency = !people::StripAgencies(text).agency.empty();
  if (page::CreditOfLine(text).has_value() && !name_and_agency) return {};
  std::vector<v1::Byline> bylines;
  std::vector<v1::Byline> with_opening = people::ReadByline(text, LanguageOf(tree));
  people::MergeBylines(std::move(with_opening), &bylines);
  if (bylines.empty()) bylines = ReadLinks(tree, node);
  if (bylines.empty()) bylines = people::ReadStatedAuthors(text, LanguageOf(tree));
  return bylines;
}

Choice<std::vector<v1::Byline>> FindMarked(const Tree& tree, const VisiblePage& page,
                                           NodeRange range) {
  std::vector<v1::Byline> bylines;
  for (NodeId at = range.begin; at < range.end && bylines.size() <= kMaxAuthors;) {
    const Tag tag = tree.tag(at);
    // A header or a footer of the article is furniture and has its author all the same.
    const bool candidate =
        tag != Tag::kText && (IsMarkedAuthor(tree, at) ||
                              (!page.InFurniture(at) && RoleOf(tree, at) == ElementRole::kByline));
    if (!candidate || HoldsParagraph(tree, page, at) || InCaption(tree, at) || page.InPost(at)) {
      ++at;
      continue;
    }
    people::MergeBylines(ReadElement(tree, at), &bylines);
    at = tree.end(at);
  }
  if (bylines.empty() || bylines.size() > kMaxAuthors) return {};
  return {std::move(bylines), "element marked as the byline"};
}

Choice<std::vector<v1::Byline>> FindAuthorLinks(const Tree& tree, const VisiblePage& page,
                                                NodeRange range) {
  std::vector<v1::Byline> bylines;
  for (NodeId at = range.begin; at < range.end && bylines.size() <= kMaxAuthors; ++at) {
    if (tree.tag(at) != Tag::kA || !IsAuthorPage(tree.attribute(at, Attribute::kHref))) continue;
    if (InCaption(tree, at) || page.InPost(at)) continue;
    people::MergeBylines(people::ReadStatedAuthors(tree.TextBelow(at), LanguageOf(tree)), &bylines);
  }
  if (bylines.empty() || bylines.size() > kMaxAuthors) return {};
  return {std::move(bylines), "link to a page of an author"};
}

// The block's text, in parts where elements stand side by side.
std::string LineOf(const Tree& tree, const VisiblePage& page, const Block& block) {
  const BlockRange range = BlocksBelow(tree, page.blocks, block.element);
  return range.last - range.first == 1 ? ElementLine(tree, block.element) : block.text;
}

Choice<std::vector<v1::Byline>> FindLine(const Tree& tree, const VisiblePage& page,
                                         NodeRange range) {
  for (const Block& block : page.blocks) {
    if (block.first < range.begin || block.first >= range.end || block.furniture) continue;
    if (block.words > kMaxBylineWords || IsParagraph(block)) continue;
    std::vector<v1::Byline> bylines =
        people::ReadByline(LineOf(tree, page, block), LanguageOf(tree));
    if (!bylines.empty()) return {std::move(bylines), "line that starts like a byline"};
  }
  return {};
}

// A few lines below the text.
Choice<std::vector<v1::Byline>> FindLineBelow(const Tree& tree, const VisiblePage& page,
                                              const ArticlePlace& place) {
  constexpr size_t kMaxBlocks = 12;
  constexpr size_t kMaxWords = 12;
  if (place.body == kNoNode) return {};
  size_t seen = 0;
  for (const Block& block : page.blocks) {
    if (block.first < place.all.end || block.furniture || block.linked_words > 0) continue;
    if (++seen > kMaxBlocks) break;
    if (block.words > kMaxWords) continue;
    std::vector<v1::Byline> bylines = people::ReadByline(block.text, LanguageOf(tree));
    if (!bylines.empty()) return {std::move(bylines), "line below the text, like a byline"};
  }
  return {};
}

// "Jane Doe | 03.03.2025"
std::vector<v1::Byline> NameBesideDate(std::string_view line) {
  std::vector<v1::Byline> bylines;
  bool dated = false;
  for (const std::string_view part : people::SplitSegments(line)) {
    if (page::FindDate(part).has_value()) {
      dated = true;
    } else if (bylines.empty()) {
      bylines = people::ReadBareByline(part);
    }
  }
  return dated ? bylines : std::vector<v1::Byline>();
}

// A bold line that is names and nothing else: "JANE DOE", "Jane Doe/Tom Quill".
std::vector<v1::Byline> NamesInBold(const Block& block) {
  constexpr size_t kMaxWords = 6;
  if (block.strong_words != block.words || block.words > kMaxWords || block.heading) return {};
  std::vector<v1::Byline> bylines;
  for (const std::string_view name :
       page::SplitAt(block.text, std::to_array<std::string_view>({"/", " and ", ", "}))) {
    std::vector<v1::Byline> found = people::ReadBareByline(name);
    if (found.empty()) return {};
    people::MergeBylines(std::move(found), &bylines);
  }
  return bylines;
}

// Bold, italic, in brackets, behind a dash or to the right: as those who sign stand.
bool IsSetApart(const Tree& tree, const Block& block) {
  if (block.strong_words == block.words) return true;
  for (const std::string_view mark : {"(", "[", "–", "—", "-", "|"}) {
    if (block.text.starts_with(mark)) return true;
  }
  return IsSetRight(tree, block.element) || !people::ReadByline(block.text).empty();
}

}  // namespace

Choice<std::vector<v1::Byline>> FindHeadBylines(const Tree& tree, const VisiblePage& page,
                                                const ArticlePlace& place) {
  if (auto marked = FindMarked(tree, page, place.head); !marked.empty()) return marked;
  if (auto line = FindLine(tree, page, place.head); !line.empty()) return line;
  return FindAuthorLinks(tree, page, place.head);
}

Choice<std::vector<v1::Byline>> FindVisibleBylines(const Tree& tree, const VisiblePage& page,
                                                   const ArticlePlace& place) {
  if (auto head = FindHeadBylines(tree, page, place); !head.empty()) return head;
  if (auto marked = FindMarked(tree, page, place.all); !marked.empty()) return marked;
  return FindLineBelow(tree, page, place);
}

Choice<std::vector<v1::Byline>> FindSignature(const Tree& tree, const VisiblePage& page,
                                              const ArticlePlace& place) {
  constexpr int kMaxLines = 3;
  constexpr size_t kMaxWords = 10;
  if (place.body == kNoNode) return {};
  int lines = 0;
  for (auto block = page.blocks.rbegin(); block != page.blocks.rend(); ++block) {
    if (block->first >= place.all.end || block->furniture || block->caption) continue;
    if (block->first < place.text_begins || IsParagraph(*block) || ++lines > kMaxLines) break;
    if (block->words > kMaxWords || block->heading || !IsSetApart(tree, *block)) continue;
    std::vector<v1::Byline> bylines = people::ReadSignature(block->text);
    if (!bylines.empty()) return {std::move(bylines), "name that signs the text"};
  }
  return {};
}

Choice<std::vector<v1::Byline>> FindBareBylines(const Tree& tree, const VisiblePage& page,
                                                const ArticlePlace& place) {
  constexpr size_t kMaxDateLineWords = 14;
  const NodeId below = place.headline == kNoNode ? place.head.begin : tree.end(place.headline);
  for (const Block& block : page.blocks) {
    if (block.first < below || block.first >= place.head.end || block.furniture) continue;
    if (block.words > kMaxDateLineWords) continue;
    std::vector<v1::Byline> bylines = NameBesideDate(LineOf(tree, page, block));
    if (!bylines.empty()) return {std::move(bylines), "name beside the date"};
  }
  for (const Block& block : page.blocks) {
    // A standfirst may stand above the names, in bold or italics too.
    if (block.first < below || block.first >= place.text_begins || block.furniture) continue;
    if (IsParagraph(block) && block.strong_words * 2 < block.words) break;
    std::vector<v1::Byline> bylines = NamesInBold(block);
    if (!bylines.empty()) return {std::move(bylines), "name in bold above the text"};
  }
  return {};
}

}  // namespace broadsheet::sources::html
