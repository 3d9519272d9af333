// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/visible_date.h"

#include <array>
#include <cctype>
#include <string>

#include "indexer/sources/wording/page_date.h"

namespace broadsheet::sources::html {
namespace {

constexpr size_t kMaxDateWords = 20;

// Reads time elements, and others with a datetime ("relative-time").
std::optional<schema::PublishedTime> DateOfTimeElement(const Tree& tree, const VisiblePage& page,
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

Choice<std::optional<schema::PublishedTime>> FindVisibleDate(const Tree& tree,
                                                             const VisiblePage& page,
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

std::optional<schema::PublishedTime> ReadStatedDate(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (const auto parsed = schema::ParsePublishedTime(text);
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
    if (const auto parsed = schema::ParsePublishedTime(spelled); parsed.ok()) return *parsed;
  }
  return page::FindDate(text);
}

std::optional<schema::PublishedTime> DateInUrl(std::string_view url) {
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
    if (const auto parsed = schema::ParsePublishedTime(spelled); parsed.ok()) return *parsed;
  }
  return std::nullopt;
}

}  // namespace broadsheet::sources::html
