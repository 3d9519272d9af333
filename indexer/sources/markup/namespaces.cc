// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/markup/namespaces.h"

#include <array>

#include "absl/strings/ascii.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::markup {
namespace {

struct Space {
  // How the URI begins, in lower case and without "https" and "www.", which writers put in and
  // leave out.
  std::string_view uri;
  std::string_view prefix;
};

// The first that fits counts.
constexpr std::array<Space, 25> kSpaces = {{
    {"http://purl.org/rss/1.0/modules/content", "content:"},
    {"http://purl.org/rss/1.0/modules/syndication", "sy:"},
    {"http://purl.org/rss/1.0/modules/slash", "slash:"},
    {"http://purl.org/rss/1.0", ""},
    {"http://purl.org/net/rss1.1", ""},
    {"http://my.netscape.com/rdf", ""},
    {"http://channel.netscape.com/rdf", ""},
    {"http://iptc.org/std/nar", ""},
    {"http://iptc.org/std/nitf", ""},
    {"http://w3.org/1999/xhtml", ""},
    {"http://w3.org/2005/atom", "atom:"},
    {"http://purl.org/atom/ns", "atom:"},
    {"http://purl.org/dc/elements", "dc:"},
    {"http://purl.org/dc/terms", "dcterms:"},
    {"http://search.yahoo.com/mrss", "media:"},
    {"http://itunes.com/dtds", "itunes:"},
    {"http://rssnamespace.org/feedburner", "feedburner:"},
    {"http://w3.org/1999/02/22-rdf-syntax-ns", "rdf:"},
    {"http://w3.org/2007/app", "app:"},
    {"http://purl.org/atom/app", "app:"},
    {"http://prismstandard.org/namespaces", "prism:"},
    {"http://wordpress.org/export/1.0/excerpt", "excerpt:"},
    {"http://wordpress.org/export/1.1/excerpt", "excerpt:"},
    {"http://wordpress.org/export/1.2/excerpt", "excerpt:"},
    {"http://wordpress.org/export", "wp:"},
}};

std::string PlainUri(std::string_view uri) {
  std::string plain = absl::AsciiStrToLower(std::string(uri));
  if (plain.starts_with("https://")) plain.erase(4, 1);
  constexpr std::string_view kWww = "http://www.";
  if (plain.starts_with(kWww)) plain.erase(kWww.size() - 4, 4);
  return plain;
}

std::string Prefix(std::string_view prefix, std::string_view uri, std::string_view root_uri) {
  // RDF's root holds elements of other formats beside its own.
  const bool is_rdf = PlainUri(root_uri).starts_with("http://w3.org/1999/02/22-rdf-syntax-ns");
  if (uri == root_uri && !is_rdf && !(uri.empty() && !prefix.empty())) return "";
  const std::string plain = PlainUri(uri);
  for (const Space& space : kSpaces) {
    if (plain.starts_with(space.uri)) return std::string(space.prefix);
  }
  if (prefix.empty()) return "";
  return absl::AsciiStrToLower(std::string(prefix)) + ":";
}

}  // namespace

std::string QualifiedName(std::string_view name, std::string_view prefix, std::string_view uri,
                          std::string_view root_uri) {
  return Prefix(prefix, uri, root_uri) + std::string(name);
}

bool IsVoidOfHtml(std::string_view name) {
  constexpr std::array<std::string_view, 10> kVoid = {"area", "br",    "col",  "embed", "hr",
                                                      "img",  "input", "meta", "param", "wbr"};
  return IsOneOf(name, kVoid);
}

}  // namespace broadsheet::sources::markup
