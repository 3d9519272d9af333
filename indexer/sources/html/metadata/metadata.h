// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what a page states of its article for machines: JSON-LD, meta elements, microdata. Each
// reader returns its statements; read_html.cc chooses between them.
#pragma once

#include <cstddef>
#include <cstdint>
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

// A statement that may hold the article back.
struct HoldStatement {
  enum class Kind : uint8_t { kStatus, kEmbargo, kReleaseTime, kNote };
  Kind kind;
  // "JSON-LD creativeWorkStatus", "meta prism.embargoDate".
  std::string part;
  std::string value;
};

// "og:title" and what it states.
struct TitleStatement {
  std::string_view name;
  std::string text;
};

// The statements of one reader. Strings are on one line, with entities resolved, otherwise
// unchanged.
struct Metadata {
  std::string headline;
  // All titles that meta elements state, one of each name, the surest name first.
  std::vector<TitleStatement> titles;
  std::string summary;
  // Names as stated: one string may have several names, roles, or be a link to a profile.
  std::vector<std::string> authors;
  // For each of `authors`, true if it is stated to be an organisation.
  std::vector<bool> author_is_organisation;
  std::string published;
  std::string updated;
  // The same of the page (WebPage in JSON-LD), which count where nothing is stated of the article.
  std::string page_published;
  std::string page_updated;
  std::vector<std::string> tags;
  // What JSON-LD says the article is about, else what it mentions.
  std::vector<std::string> about;
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
  // The updates of a live blog, if JSON-LD has them: lines with times, and texts.
  std::string live;
  // Updates that may not be shown yet, and are not in `live`.
  size_t held_updates = 0;
  std::vector<HoldStatement> holds;
  // What was mended in JSON-LD to read it, each kind once.
  std::vector<std::string> mended;
  // How many blocks of JSON-LD could not be read.
  size_t unreadable = 0;
};

// The statement of type NewsArticle or a related type that is about the page: of several the one
// whose address or headline is the page's, else the fullest; empty when there is none, or all are
// about other articles. The text of a live blog is its updates. `meta` is what ReadMetaElements
// returned.
Metadata ReadJsonLd(const Tree& tree, const Metadata& meta);

// Reads Open Graph, article:*, Dublin Core, parsely, sailthru and the plain names.
Metadata ReadMetaElements(const Tree& tree);

// Reads itemprop attributes inside an itemscope of an article type; anywhere when there is none.
Metadata ReadMicrodata(const Tree& tree);

// "a, b; c" -> a, b, c; trimmed, never empty.
std::vector<std::string> SplitKeywords(std::string_view stated);

// Decodes character references in a string that was escaped twice, removes tags, and collapses
// white space.
std::string PlainText(std::string_view text);

}  // namespace broadsheet::sources::html
