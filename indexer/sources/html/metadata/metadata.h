// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what a page states of its article for machines: JSON-LD, meta elements, microdata. Each
// reader returns its statements; read_html.cc chooses between them.
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

// The statements of one reader. Strings are on one line, with entities resolved, otherwise
// unchanged.
struct Metadata {
  std::string headline;
  std::string summary;
  // Names as stated: one string may have several names, roles, or be a link to a profile.
  std::vector<std::string> authors;
  // For each of `authors`, true if it is stated to be an organisation.
  std::vector<bool> author_is_organisation;
  std::string published;
  std::string updated;
  std::vector<std::string> tags;
  std::vector<std::string> sections;
  std::string source;
  std::string language;
  std::string url;
  std::string copyright;
  // The type in Open Graph: "article", "video.other", "website".
  std::string type;
  std::vector<MediaStatement> media;
  // The whole text, if JSON-LD has it.
  std::string body;
};

// The fullest statement of type NewsArticle or a related type; empty when there is none.
Metadata ReadJsonLd(const Tree& tree);

// Reads Open Graph, article:*, Dublin Core, parsely, sailthru and the plain names.
Metadata ReadMetaElements(const Tree& tree);

// Reads itemprop attributes inside an itemscope of an article type; anywhere when there is none.
Metadata ReadMicrodata(const Tree& tree);

// "a, b; c" -> a, b, c; trimmed, never empty.
std::vector<std::string> SplitKeywords(std::string_view keywords);

// Decodes character references in a string that was escaped twice, removes tags, and collapses
// white space.
std::string PlainText(std::string_view text);

}  // namespace broadsheet::sources::html
