// SPDX-License-Identifier: GPL-3.0-or-later
// What a page says about its article to machines: JSON-LD, meta elements, microdata. Each reader
// gives what it found; read_html.cc decides between them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/html/tree/tree.h"

namespace broadsheet::sources::html {

struct MediaStatement {
  std::string caption;
  std::string credit;
  std::string url;
};

// One source's statements. Strings are on one line, entities resolved, but as the page has them.
struct Metadata {
  std::string headline;
  std::string summary;
  // Names as stated: perhaps several in one, with roles, or a link to a profile.
  std::vector<std::string> authors;
  // Whom the statement names as the author's kind: true for an organisation; as long as `authors`.
  std::vector<bool> author_is_organisation;
  std::string published;
  std::string updated;
  std::vector<std::string> tags;
  std::vector<std::string> sections;
  std::string source;
  std::string language;
  std::string url;
  std::string copyright;
  // What Open Graph calls the page: "article", "video.other", "website".
  std::string type;
  std::vector<MediaStatement> media;
  // The whole text, where JSON-LD carries it.
  std::string body;
};

// The statement of type NewsArticle or a relative of it that tells most; empty when there is none.
Metadata ReadJsonLd(const Tree& tree);

// Open Graph, article:*, Dublin Core, parsely, sailthru and the plain names.
Metadata ReadMetaElements(const Tree& tree);

// itemprop attributes, inside an itemscope of an article type or anywhere when there is none.
Metadata ReadMicrodata(const Tree& tree);

// "a, b; c" -> a, b, c; trimmed, never empty.
std::vector<std::string> SplitKeywords(std::string_view keywords);

// &amp; and its like in a string that was escaped once too often, and tags in it; white space
// collapsed.
std::string PlainText(std::string_view text);

}  // namespace broadsheet::sources::html
