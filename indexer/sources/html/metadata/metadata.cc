// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/metadata/metadata.h"

#include <libxml/HTMLparser.h>
#include <unicode/utf8.h>

#include <array>
#include <cstdlib>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace broadsheet::sources::html {
namespace {

void AppendUtf8(unsigned int code_point, std::string* out) {
  std::array<char, U8_MAX_LENGTH> bytes = {};
  size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, code_point);
  out->append(bytes.data(), size);
}

// The character of "amp", "#39", "#x27"; 0 when there is none.
unsigned int EntityValue(const std::string& name) {
  if (name.starts_with('#')) {
    const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const unsigned long value = std::strtoul(name.c_str() + (hex ? 2 : 1), nullptr, hex ? 16 : 10);
    const bool valid = value >= 0x20 && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
    return valid ? static_cast<unsigned int>(value) : 0;
  }
  const htmlEntityDesc* entity = htmlEntityLookup(reinterpret_cast<const xmlChar*>(name.c_str()));
  if (entity != nullptr) return entity->value;
  return name == "apos" ? '\'' : 0;
}

// Resolves the entity that starts at `at`; returns where it ends, or `at` when it is none.
size_t ResolveEntity(std::string_view text, size_t at, std::string* out) {
  constexpr size_t kLongestEntity = 12;
  const size_t end = text.find(';', at);
  if (end == text.npos || end - at > kLongestEntity) return at;
  const unsigned int value = EntityValue(std::string(text.substr(at + 1, end - at - 1)));
  if (value == 0) return at;
  AppendUtf8(value, out);
  return end + 1;
}

// The end of the tag that starts at `at`, or `at` when it is no tag: "a < b".
size_t SkipTag(std::string_view text, size_t at) {
  if (at + 1 >= text.size()) return at;
  const char next = text[at + 1];
  if (!absl::ascii_isalpha(static_cast<unsigned char>(next)) && next != '/') return at;
  const size_t end = text.find('>', at);
  return end == text.npos ? at : end + 1;
}

}  // namespace

std::vector<std::string> SplitKeywords(std::string_view stated) {
  std::vector<std::string> parts;
  std::string keywords(stated);
  // The commas of East Asia and of Arabic.
  for (const std::string_view mark : {"、", "，", "；", "،"}) {
    for (size_t at = 0; (at = keywords.find(mark, at)) != std::string::npos;) {
      keywords.replace(at, mark.size(), ",");
    }
  }
  const char* marks = keywords.find(',') != keywords.npos ? "," : ";|";
  for (const absl::string_view part :
       absl::StrSplit(absl::string_view(keywords), absl::ByAnyChar(marks))) {
    const absl::string_view trimmed = absl::StripAsciiWhitespace(part);
    if (!trimmed.empty()) parts.emplace_back(trimmed);
  }
  return parts;
}

std::string PlainText(std::string_view text) {
  std::string resolved;
  for (size_t at = 0; at < text.size();) {
    if (text[at] == '&') {
      const size_t end = ResolveEntity(text, at, &resolved);
      if (end > at) {
        at = end;
        continue;
      }
    } else if (text[at] == '<') {
      const size_t end = SkipTag(text, at);
      if (end > at) {
        resolved += ' ';
        at = end;
        continue;
      }
    }
    resolved += text[at++];
  }
  std::string line;
  AppendCollapsed(resolved, &line);
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

}  // namespace broadsheet::sources::html
