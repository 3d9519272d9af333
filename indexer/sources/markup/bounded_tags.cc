// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/bounded_tags.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace broadsheet::sources::markup {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr size_t kNone = std::string_view::npos;

size_t OrEnd(size_t at, std::string_view html) { return std::min(at, html.size()); }

// Past the attribute at `at`: a name, and a value where "=" follows.
size_t EndOfAttribute(std::string_view html, size_t at) {
  at = OrEnd(html.find_first_of(" \t\r\n=/>", at + 1), html);
  const size_t sign = html.find_first_not_of(kBlanks, at);
  if (sign == kNone || html[sign] != '=') return at;
  const size_t value = html.find_first_not_of(kBlanks, sign + 1);
  if (value == kNone) return html.size();
  if (html[value] != '"' && html[value] != '\'') {
    return OrEnd(html.find_first_of(" \t\r\n>", value), html);
  }
  const size_t quote = html.find(html[value], value + 1);
  return quote == kNone ? html.size() : quote + 1;
}

struct TagEnd {
  size_t cut = 0;  // behind the last attribute that stays
  size_t end = 0;  // at ">"
};

// Of the tag whose name ends at `at`.
TagEnd EndOfTag(std::string_view html, size_t at) {
  TagEnd found{.cut = at};
  size_t attributes = 0;
  while (true) {
    at = OrEnd(html.find_first_not_of(" \t\r\n/", at), html);
    if (at == html.size() || html[at] == '>') break;
    at = EndOfAttribute(html, at);
    if (++attributes <= kMostHtmlAttributes) found.cut = at;
  }
  found.end = at;
  if (attributes <= kMostHtmlAttributes) found.cut = at;
  return found;
}

// Past the comment, declaration or instruction at `at`.
size_t EndOfDeclaration(std::string_view html, size_t at) {
  if (html.substr(at).starts_with("<!--")) {
    for (at = html.find("--", at + 4); at != kNone; at = html.find("--", at + 1)) {
      const std::string_view rest = html.substr(at + 2);
      if (rest.starts_with('>')) return at + 2;
      if (rest.starts_with("!>")) return at + 3;
    }
    return html.size();
  }
  while (at < html.size() && html[at] != '>') {
    const bool opens = html[at] == '"' || html[at] == '\'';
    const size_t quote = opens ? html.find(html[at], at + 1) : kNone;
    at = quote == kNone ? at + 1 : quote + 1;
  }
  return at;
}

std::string Lower(std::string_view text) { return absl::AsciiStrToLower(std::string(text)); }

// Scripts and styles have no tags in them.
size_t EndOfRawText(std::string_view html, size_t at, std::string_view element) {
  const std::string name = Lower(element.substr(0, std::string_view("script ").size()));
  if (name != "script" && name != "style") return at;
  for (at = html.find("</", at); at != kNone; at = html.find("</", at + 2)) {
    if (Lower(html.substr(at + 2, name.size())) == name) return at;
  }
  return html.size();
}

}  // namespace

std::string_view WithBoundedTags(std::string_view html, std::string* room) {
  room->clear();
  size_t kept = 0;
  size_t at = html.find('<');
  while (at != kNone && at + 1 < html.size()) {
    const char next = html[at + 1];
    if (next == '!' || next == '?') {
      at = EndOfDeclaration(html, at);
    } else if (absl::ascii_isalpha(static_cast<unsigned char>(next))) {
      const size_t name_end = OrEnd(html.find_first_of(" \t\r\n/>", at), html);
      const std::string_view name = html.substr(at + 1, name_end - at - 1);
      const TagEnd tag = EndOfTag(html, name_end);
      if (tag.cut < tag.end) {
        room->append(html.substr(kept, tag.cut - kept));
        kept = tag.end;
      }
      at = EndOfRawText(html, tag.end, name);
    } else {
      ++at;
    }
    at = html.find('<', at);
  }
  if (kept == 0) return html;
  room->append(html.substr(kept));
  return *room;
}

}  // namespace broadsheet::sources::markup
