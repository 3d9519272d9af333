// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/html_text.h"

#include "absl/strings/str_format.h"
#include "engine/text/char_class.h"
#include "engine/text/clean.h"
#include "engine/text/utf8.h"

namespace broadsheet::commands {
namespace {

void AppendCharacter(UChar32 c, std::string_view bytes, std::string* html) {
  switch (c) {
    case '&':
      *html += "&amp;";
      return;
    case '<':
      *html += "&lt;";
      return;
    case '>':
      *html += "&gt;";
      return;
    case '"':
      *html += "&quot;";
      return;
    case '\'':
      *html += "&#39;";
      return;
    default:
      break;
  }
  if (c < 0) {
    *html += "\xef\xbf\xbd";
  } else if (text::IsHidden(c)) {
    absl::StrAppendFormat(html, "<span class=cp>U+%04X</span>", static_cast<uint32_t>(c));
  } else {
    *html += bytes;
  }
}

// The end of the plain ASCII, which most of most texts is, that begins at `at`.
size_t EndOfPlain(std::string_view text, size_t at) {
  const auto is_plain = [](char c) {
    return (c >= ' ' && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'') ||
           c == '\n';
  };
  while (at < text.size() && is_plain(text[at])) ++at;
  return at;
}

}  // namespace

std::string HtmlText(std::string_view text) {
  std::string html;
  html.reserve(text.size() + text.size() / 16);
  for (size_t at = 0; at < text.size();) {
    const size_t plain_end = EndOfPlain(text, at);
    html += text.substr(at, plain_end - at);
    at = plain_end;
    if (at == text.size()) break;
    const text::Character character = text::CharacterAt(text, at);
    AppendCharacter(character.code_point, text.substr(at, character.end - at), &html);
    at = character.end;
  }
  return html;
}

std::string HtmlStart(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes) return HtmlText(text);
  return HtmlText(text::PrefixOf(text, max_bytes)) + "…";
}

}  // namespace broadsheet::commands
