// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a web page -> an Article, in passes that each add one kind of knowledge:
//   charset    bytes -> UTF-8, declared, detected or lied about       charset.h
//   tree       UTF-8 -> elements and texts, mended                    tree.h
//   metadata   what the page tells machines                           metadata.h
//   blocks     what it shows readers, paragraph by paragraph          blocks.h
//   body       where the article stands among them                    body.h
//   read_html  decides between what the passes say, field by field
//
// No pass knows a site. docs/extraction.md has the rules and how well they do.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"

namespace broadsheet::sources::html {

// A larger page is refused: what is that large carries something else than an article.
inline constexpr size_t kMaxHtmlBytes = 16 << 20;

struct HtmlPage {
  std::string_view bytes;
  // What came with the page, such as an HTTP header's charset; may be empty.
  std::string_view charset = {};
  // Where it was fetched from; may be empty. Used where the page does not name its address.
  std::string_view url = {};
};

struct HtmlArticle {
  v1::Article article = {};
  FieldRules rules = {};
  // Some bytes meant nothing in the page's character set and became U+FFFD.
  bool repaired = false;
};

// Memory is bounded by a small multiple of the page; nothing is fetched, no entities but HTML's own
// are known. Pure; safe from any thread.
//
// INVALID_ARGUMENT, saying why, for what is no page of an article: over kMaxHtmlBytes, nested or
// split beyond the limits of tree.h, without a headline, or without text and any statement that it
// is an article (a front page, a log-in form, an error page).
absl::StatusOr<HtmlArticle> ReadHtml(const HtmlPage& page);

}  // namespace broadsheet::sources::html
