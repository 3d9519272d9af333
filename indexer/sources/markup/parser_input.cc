// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/parser_input.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace broadsheet::sources::markup {
namespace {

constexpr size_t kNone = std::string_view::npos;

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

size_t SkipBlanks(std::string_view html, size_t at) {
  while (at < html.size() && IsBlank(html[at])) ++at;
  return at;
}

// Past the attribute at `at`: a name, and a value where "=" follows.
size_t EndOfAttribute(std::string_view html, size_t at) {
  const auto ends_name = [](char c) { return IsBlank(c) || c == '=' || c == '/' || c == '>'; };
  ++at;
  while (at < html.size() && !ends_name(html[at])) ++at;
  const size_t sign = SkipBlanks(html, at);
  if (sign == html.size() || html[sign] != '=') return at;
  size_t value = SkipBlanks(html, sign + 1);
  if (value == html.size()) return value;
  if (html[value] != '"' && html[value] != '\'') {
    while (value < html.size() && !IsBlank(html[value]) && html[value] != '>') ++value;
    return value;
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
    while (at < html.size() && (IsBlank(html[at]) || html[at] == '/')) ++at;
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

bool IsRawText(std::string_view element) {
  return absl::EqualsIgnoreCase(std::string(element), "script") ||
         absl::EqualsIgnoreCase(std::string(element), "style");
}

// Where the end tag of `element` stands, in which there are no tags.
size_t EndOfRawText(std::string_view html, size_t at, std::string_view element) {
  const std::string name = Lower(element);
  for (at = html.find("</", at); at != kNone; at = html.find("</", at + 2)) {
    if (Lower(html.substr(at + 2, name.size())) == name) return at;
  }
  return html.size();
}

// Copies what is kept of a document, in order.
class Keeper {
 public:
  Keeper(std::string_view html, std::string* room) : html_(html), room_(*room) { room_.clear(); }

  void LeaveOut(size_t begin, size_t end) {
    if (begin == end) return;
    room_.append(html_.substr(kept_, begin - kept_));
    kept_ = end;
  }
  std::string_view Finish() {
    if (kept_ == 0) return html_;
    room_.append(html_.substr(kept_));
    return room_;
  }

 private:
  const std::string_view html_;
  std::string& room_;
  // Everything before is copied or left out.
  size_t kept_ = 0;
};

// Past the start tag at `at`, and past what it holds where that is raw text.
size_t PassStartTag(std::string_view html, size_t at, Keeper& keeper) {
  size_t name_end = at + 1;
  while (name_end < html.size() && !IsBlank(html[name_end]) && html[name_end] != '/' &&
         html[name_end] != '>') {
    ++name_end;
  }
  const std::string_view name = html.substr(at + 1, name_end - at - 1);
  const TagEnd tag = EndOfTag(html, name_end);
  keeper.LeaveOut(tag.cut, tag.end);
  // To libxml2 an element without content, as in XML.
  const bool is_empty = tag.end < html.size() && html[tag.end - 1] == '/';
  if (tag.end == html.size() || is_empty || !IsRawText(name)) return tag.end;
  const size_t end = EndOfRawText(html, tag.end, name);
  const std::string attributes = Lower(html.substr(name_end, tag.end - name_end));
  if (attributes.find("ld+json") == std::string::npos) keeper.LeaveOut(tag.end + 1, end);
  return end;
}

}  // namespace

std::string_view HtmlForParser(std::string_view html, std::string* room) {
  Keeper keeper(html, room);
  size_t at = html.find('<');
  while (at != kNone && at + 1 < html.size()) {
    const char next = html[at + 1];
    if (next == '!' || next == '?') {
      at = EndOfDeclaration(html, at);
    } else if (absl::ascii_isalpha(static_cast<unsigned char>(next))) {
      at = PassStartTag(html, at, keeper);
    } else {
      ++at;
    }
    at = html.find('<', at);
  }
  return keeper.Finish();
}

}  // namespace broadsheet::sources::markup
