// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible_byline.h"

#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "indexer/sources/html/element_role.h"
#include "indexer/sources/page/credit.h"
#include "indexer/sources/page/page_date.h"
#include "indexer/sources/page/words.h"
#include "indexer/sources/people/byline.h"

namespace broadsheet::sources::html {
namespace {

// A longer text is a biography or a list of articles.
constexpr size_t kMaxBylineWords = 40;
constexpr size_t kMaxDateWords = 20;

bool IsMarkedAuthor(const Tree& tree, NodeId node) {
  return tree.attribute(node, Attribute::kRel) == "author" ||
         tree.attribute(node, Attribute::kItemprop) == "author";
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
      people::MergeBylines(people::ReadStatedAuthors(text), &bylines);
    }
  }
  return bylines;
}

// Elements that stand side by side without a space between say different things:
// "<b>Jane Doe</b><i>Reporter</i>".
std::string TextInParts(const Tree& tree, NodeId node) {
  std::string text;
  for (NodeId at = node; at < tree.end(node);) {
    if (IsUnseen(tree.tag(at)) || tree.tag(at) == Tag::kButton) {
      at = tree.end(at);
      continue;
    }
    if (tree.tag(at) == Tag::kText) {
      std::string part = text.empty() ? "" : "x";
      const size_t before = part.size();
      AppendCollapsed(tree.text(at), &part);
      const std::string_view added = std::string_view(part).substr(before);
      const bool glued = !text.empty() && !text.ends_with(' ') && !added.empty() &&
                         added.front() != ' ' && added.front() != ',' && added.front() != '.';
      if (glued) text += " | ";
      text += added;
    } else if (!IsInline(tree.tag(at)) && !text.empty()) {
      if (!text.ends_with(' ')) text += ' ';
      if (!text.ends_with("| ")) text += "| ";
    }
    ++at;
  }
  return text;
}

std::vector<v1::Byline> ReadElement(const Tree& tree, NodeId node) {
  const std::string text = TextInParts(tree, node);
  if (text.empty() || page::CountWords(text) > kMaxBylineWords) return {};
  if (page::CreditOfLine(text).has_value()) return {};
  std::vector<v1::Byline> bylines;
  std::vector<v1::Byline> with_opening = people::ReadByline(text);
  people::MergeBylines(std::move(with_opening), &bylines);
  if (bylines.empty()) bylines = ReadLinks(tree, node);
  if (bylines.empty()) bylines = people::ReadStatedAuthors(text);
  return bylines;
}

Choice<std::vector<v1::Byline>> FindMarked(const Tree& tree, const VisiblePage& page,
                                           NodeRange range) {
  std::vector<v1::Byline> bylines;
  for (NodeId at = range.begin; at < range.end;) {
    const Tag tag = tree.tag(at);
    const bool candidate = tag != Tag::kText && !page.InFurniture(at) &&
                           (IsMarkedAuthor(tree, at) || RoleOf(tree, at) == ElementRole::kByline);
    if (!candidate || HoldsParagraph(tree, page, at)) {
      ++at;
      continue;
    }
    people::MergeBylines(ReadElement(tree, at), &bylines);
    at = tree.end(at);
  }
  // More are the writers of comments or of other articles.
  constexpr size_t kMaxAuthors = 12;
  if (bylines.empty() || bylines.size() > kMaxAuthors) return {};
  return {std::move(bylines), "element marked as the byline"};
}

Choice<std::vector<v1::Byline>> FindLine(const VisiblePage& page, NodeRange range) {
  for (const Block& block : page.blocks) {
    if (block.first < range.begin || block.first >= range.end || block.furniture) continue;
    if (block.words > kMaxBylineWords || IsParagraph(block)) continue;
    std::vector<v1::Byline> bylines = people::ReadByline(block.text);
    if (!bylines.empty()) return {std::move(bylines), "line that starts like a byline"};
  }
  return {};
}

// Of time elements, and of others with a datetime ("relative-time").
std::optional<schema::Published> DateOfTimeElement(const Tree& tree, const VisiblePage& page,
                                                   NodeRange range) {
  for (NodeId at = range.begin; at < range.end; ++at) {
    const std::string_view stated = tree.attribute(at, Attribute::kDatetime);
    if ((tree.tag(at) != Tag::kTime && stated.empty()) || page.InFurniture(at)) continue;
    if (auto date = ReadStatedDate(stated); date.has_value()) return date;
    if (auto date = ReadStatedDate(tree.TextBelow(at)); date.has_value()) return date;
  }
  return std::nullopt;
}

}  // namespace

Choice<std::vector<v1::Byline>> FindVisibleBylines(const Tree& tree, const VisiblePage& page,
                                                   const ArticlePlace& place) {
  if (auto marked = FindMarked(tree, page, place.head); !marked.empty()) return marked;
  if (auto line = FindLine(page, place.head); !line.empty()) return line;
  return FindMarked(tree, page, place.all);
}

Choice<std::optional<schema::Published>> FindVisibleDate(const Tree& tree, const VisiblePage& page,
                                                         const ArticlePlace& place) {
  if (auto date = DateOfTimeElement(tree, page, place.head); date.has_value()) {
    return {date, "time element beside the headline"};
  }
  for (const Block& block : page.blocks) {
    if (block.first < place.head.begin || block.first >= place.head.end) continue;
    if (block.words > kMaxDateWords) continue;
    if (auto date = ReadStatedDate(block.text); date.has_value()) {
      return {date, "date printed below the headline"};
    }
  }
  if (auto date = DateOfTimeElement(tree, page, {0, tree.size()}); date.has_value()) {
    return {date, "time element"};
  }
  for (const Block& block : page.blocks) {
    if (block.first < place.all.begin || block.furniture || block.words > kMaxDateWords) continue;
    if (auto date = ReadStatedDate(block.text); date.has_value()) return {date, "printed date"};
  }
  return {};
}

std::optional<schema::Published> ReadStatedDate(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (const auto parsed = schema::ParsePublished(text);
      parsed.ok() && parsed->precision != v1::DATE_PRECISION_YEAR &&
      parsed->precision != v1::DATE_PRECISION_MONTH) {
    return *parsed;
  }
  // 20240619 or 20240619T080000+0900
  constexpr size_t kDayDigits = 8;
  size_t digits = 0;
  while (digits < text.size() && std::isdigit(static_cast<unsigned char>(text[digits])) != 0) {
    ++digits;
  }
  if (digits == kDayDigits) {
    std::string spelled(text.substr(0, 4));
    spelled += '-';
    spelled += text.substr(4, 2);
    spelled += '-';
    spelled += text.substr(6, 2);
    if (const auto parsed = schema::ParsePublished(spelled); parsed.ok()) return *parsed;
  }
  return page::FindDate(text);
}

std::optional<schema::Published> DateInUrl(std::string_view url) {
  // Parts of the path: a year of ours, a month, a day.
  for (size_t at = url.find("/20"); at != url.npos; at = url.find("/20", at + 1)) {
    std::string spelled;
    std::array<size_t, 3> lengths = {4, 2, 2};
    size_t from = at;
    for (const size_t length : lengths) {
      if (from >= url.size() || (url[from] != '/' && url[from] != '-')) return std::nullopt;
      const std::string_view part = url.substr(from + 1, length);
      for (const char c : part) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0) return std::nullopt;
      }
      if (!spelled.empty()) spelled += '-';
      spelled += part;
      from += 1 + length;
    }
    if (const auto parsed = schema::ParsePublished(spelled); parsed.ok()) return *parsed;
  }
  return std::nullopt;
}

}  // namespace broadsheet::sources::html
