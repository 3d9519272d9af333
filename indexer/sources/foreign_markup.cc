// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/foreign_markup.h"

#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "engine/text/utf8.h"
#include "indexer/sources/markup/namespaces.h"

namespace broadsheet::sources {
namespace {

// Kinds of XML that people keep beside their articles, by their first element without its prefix.
constexpr auto kKnownXml = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"urlset", "a sitemap"},
    {"sitemapindex", "a sitemap"},
    {"opml", "a list of feeds (OPML)"},
    {"schema", "a schema (XSD)"},
    {"stylesheet", "a stylesheet (XSLT)"},
    {"transform", "a stylesheet (XSLT)"},
    {"plist", "settings of macOS"},
    {"kml", "a map (KML)"},
    {"gpx", "a track (GPX)"},
    {"project", "a build file"},
    {"mediawiki", "pages of a wiki"},
    {"tei", "a text in TEI"},
    {"teicorpus", "texts in TEI"},
    {"book", "a book (DocBook)"},
    {"wml", "a page of WML"},
    {"smil", "a presentation (SMIL)"},
    {"envelope", "a message (SOAP)"},
    {"package", "a package of a book or of programs"},
});

}  // namespace

std::string NameOfXml(std::string_view root) {
  constexpr size_t kMostQuoted = 60;
  const std::string lower = absl::AsciiStrToLower(std::string(markup::LocalName(root)));
  for (const auto& [name, what] : kKnownXml) {
    if (name == lower) return std::string(what) + ", an XML document";
  }
  if (root.empty()) return "an XML document of an unknown kind";
  std::string quoted(text::PrefixOf(root, kMostQuoted));
  text::RepairUtf8(&quoted);
  return "an XML document of an unknown kind (<" + quoted + ">)";
}

bool IsMarkup(std::string_view text) {
  const size_t name_end = text.find_first_of(" \t\r\n/>", 1);
  const size_t close = text.find('>');
  if (name_end == text.npos || close == text.npos || name_end < 2) return false;
  const auto first = static_cast<unsigned char>(text[1]);
  if (absl::ascii_isalpha(first) == 0 && first != '_' && first < 0x80) return false;
  const std::string_view tag = text.substr(0, close);
  if (tag.ends_with('/') || tag.find('=') != tag.npos) return true;
  const std::string end = "</" + std::string(text.substr(1, name_end - 1));
  return text.find(end, close) != text.npos || text.find("</", close) != text.npos;
}

}  // namespace broadsheet::sources
