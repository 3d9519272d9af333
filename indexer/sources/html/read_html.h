// SPDX-License-Identifier: GPL-3.0-or-later
// Makes an Article from the bytes of a web page, in passes that each add one kind of knowledge:
//   charset    bytes -> UTF-8, from a declared or detected charset    markup/charset.h
//   tree       UTF-8 -> elements and texts, repaired                  tree.h
//   metadata   statements for machines                                metadata.h
//   blocks     the visible text, paragraph by paragraph               blocks.h
//   body       the article among these blocks                         body.h
//   read_html  chooses between the results of the passes, field by field
//
// No pass has rules for single sites. docs/extraction.md has the rules and their measured quality.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "indexer/sources/article/field_rule.h"
#include "indexer/sources/article/trace.h"

namespace broadsheet::sources::html {

// A larger page is refused, since it is not an article.
inline constexpr size_t kMaxHtmlBytes = 16 << 20;

struct HtmlPage {
  std::string_view bytes;
  // The character set declared outside the page, such as in an HTTP header; may be empty.
  std::string_view charset = {};
  // The address from which the page was fetched; may be empty. Used if the page does not state its
  // address.
  std::string_view url = {};
  // When the page is read: dates after it tell nothing of when it was published, or that it is not
  // meant to be shown yet.
  absl::Time now = absl::Now();
  // Receives the blocks of the page, also of one that is refused once they were read; may be null.
  RecordTrace* trace = nullptr;
};

struct HtmlArticle {
  v1::Article article = {};
  FieldRules rules = {};
  // What a person should know about the article (source.h).
  std::vector<std::string> warnings = {};
  // True if some bytes were invalid in the page's character set and became U+FFFD.
  bool repaired = false;
};

// Memory is bounded by a small multiple of the page. Fetches nothing, and knows no entities but
// those of HTML. Pure; safe from any thread.
//
// INVALID_ARGUMENT, saying why, for a page that is not an article: over kMaxHtmlBytes, nested or
// split beyond the limits of tree.h, without a headline, or without both text and a statement that
// it is an article (a front page, a log-in form, an error page).
absl::StatusOr<HtmlArticle> ReadHtml(const HtmlPage& page);

}  // namespace broadsheet::sources::html
