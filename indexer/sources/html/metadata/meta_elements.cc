// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <utility>

#include "absl/strings/ascii.h"
#include "indexer/sources/html/metadata/hold_members.h"
#include "indexer/sources/html/metadata/metadata.h"

namespace broadsheet::sources::html {
namespace {

enum class Target : uint8_t {
  kHeadline,
  kSummary,
  kAuthor,
  kPublished,
  kUpdated,
  kTag,
  kKeywords,
  kSection,
  kSource,
  kLanguage,
  kUrl,
  kCopyright,
  kType,
};

struct Name {
  std::string_view name;
  Target target;
};

// For each target the surest names first: the rank of a name is its place.
constexpr auto kMetaNames = std::to_array<Name>({
    {"og:title", Target::kHeadline},
    {"twitter:title", Target::kHeadline},
    {"parsely-title", Target::kHeadline},
    {"sailthru.title", Target::kHeadline},
    {"dc.title", Target::kHeadline},
    {"dcterms.title", Target::kHeadline},
    {"headline", Target::kHeadline},
    {"title", Target::kHeadline},
    {"og:description", Target::kSummary},
    {"description", Target::kSummary},
    {"twitter:description", Target::kSummary},
    {"dc.description", Target::kSummary},
    {"parsely-author", Target::kAuthor},
    {"sailthru.author", Target::kAuthor},
    {"author", Target::kAuthor},
    {"article:author", Target::kAuthor},
    {"og:article:author", Target::kAuthor},
    {"article:author_name", Target::kAuthor},
    {"byl", Target::kAuthor},
    {"dc.creator", Target::kAuthor},
    {"dcterms.creator", Target::kAuthor},
    {"articleauthor", Target::kAuthor},
    {"dcsext.author", Target::kAuthor},
    {"cxenseparse:author", Target::kAuthor},
    {"twitter:creator", Target::kAuthor},
    {"article:published_time", Target::kPublished},
    {"og:article:published_time", Target::kPublished},
    {"og:published_time", Target::kPublished},
    {"datepublished", Target::kPublished},
    {"date_published", Target::kPublished},
    {"parsely-pub-date", Target::kPublished},
    {"sailthru.date", Target::kPublished},
    {"article.published", Target::kPublished},
    {"publish-date", Target::kPublished},
    {"publish_date", Target::kPublished},
    {"pubdate", Target::kPublished},
    {"article:published", Target::kPublished},
    {"cxenseparse:recs:publishtime", Target::kPublished},
    {"article_date_original", Target::kPublished},
    {"dc.date.issued", Target::kPublished},
    {"dcterms.created", Target::kPublished},
    {"dc.date", Target::kPublished},
    {"dcterms.date", Target::kPublished},
    {"date", Target::kPublished},
    {"article:modified_time", Target::kUpdated},
    {"og:updated_time", Target::kUpdated},
    {"lastmod", Target::kUpdated},
    {"last-modified", Target::kUpdated},
    {"article:tag", Target::kTag},
    {"news_keywords", Target::kKeywords},
    {"keywords", Target::kKeywords},
    {"parsely-tags", Target::kKeywords},
    {"sailthru.tags", Target::kKeywords},
    {"og:article:tag", Target::kTag},
    {"article:tags", Target::kKeywords},
    {"tags", Target::kKeywords},
    {"article_tags", Target::kKeywords},
    {"classification-tags", Target::kKeywords},
    {"cxenseparse:keywords", Target::kKeywords},
    {"dc.subject", Target::kKeywords},
    {"dcterms.subject", Target::kKeywords},
    {"article:section", Target::kSection},
    {"parsely-section", Target::kSection},
    {"section", Target::kSection},
    {"og:site_name", Target::kSource},
    {"application-name", Target::kSource},
    {"dc.publisher", Target::kSource},
    {"publisher", Target::kSource},
    {"og:locale", Target::kLanguage},
    {"language", Target::kLanguage},
    {"content-language", Target::kLanguage},
    {"og:url", Target::kUrl},
    {"twitter:url", Target::kUrl},
    {"parsely-link", Target::kUrl},
    {"copyright", Target::kCopyright},
    {"rights", Target::kCopyright},
    {"dc.rights", Target::kCopyright},
    {"og:type", Target::kType},
});

size_t RankOf(std::string_view name) {
  const std::string lower = absl::AsciiStrToLower(std::string(name));
  size_t rank = 0;
  while (rank < kMetaNames.size() && kMetaNames[rank].name != lower) ++rank;
  return rank;
}

std::string* SingleTarget(Target target, Metadata* metadata) {
  switch (target) {
    case Target::kHeadline:
      return &metadata->headline;
    case Target::kSummary:
      return &metadata->summary;
    case Target::kPublished:
      return &metadata->published;
    case Target::kUpdated:
      return &metadata->updated;
    case Target::kSource:
      return &metadata->source;
    case Target::kLanguage:
      return &metadata->language;
    case Target::kUrl:
      return &metadata->url;
    case Target::kCopyright:
      return &metadata->copyright;
    case Target::kType:
      return &metadata->type;
    default:
      return nullptr;
  }
}

// The name of a meta element: property, else name, else itemprop.
std::string_view NameOf(const Tree& tree, NodeId node) {
  const std::string_view property = tree.attribute(node, Attribute::kProperty);
  if (!property.empty()) return property;
  return tree.attribute(node, Attribute::kName);
}

// "https://network.example/inga", "@inga": no name.
bool IsProfile(std::string_view author) {
  const bool one_word = author.find(' ') == author.npos;
  return one_word && (author.find("://") != author.npos || author.starts_with('@') ||
                      author.starts_with("www."));
}

// Some archives of pages keep the content as `value`.
std::string_view ContentOf(const Tree& tree, NodeId node) {
  const std::string_view content = tree.attribute(node, Attribute::kContent);
  return content.empty() ? tree.attribute(node, Attribute::kValue) : content;
}

}  // namespace

Metadata ReadMetaElements(const Tree& tree) {
  // The values of each known name, in page order.
  std::array<std::vector<std::string>, kMetaNames.size()> values;
  Metadata metadata;
  for (NodeId at = 0; at < tree.size(); ++at) {
    if (tree.tag(at) == Tag::kLink && metadata.url.empty() &&
        tree.attribute(at, Attribute::kRel) == "canonical") {
      metadata.url = std::string(tree.attribute(at, Attribute::kHref));
    }
    if (tree.tag(at) != Tag::kMeta) continue;
    const size_t rank = RankOf(NameOf(tree, at));
    if (rank == kMetaNames.size()) {
      AddHoldMeta("meta", NameOf(tree, at), ContentOf(tree, at), &metadata.holds);
      continue;
    }
    std::string value = PlainText(ContentOf(tree, at));
    // Some name the author's page in a network.
    const bool address = kMetaNames[rank].target == Target::kAuthor && IsProfile(value);
    if (!value.empty() && !address) values[rank].push_back(std::move(value));
  }
  for (size_t rank = 0; rank < kMetaNames.size(); ++rank) {
    if (values[rank].empty()) continue;
    const Target target = kMetaNames[rank].target;
    if (target == Target::kHeadline) {
      metadata.titles.push_back({.name = kMetaNames[rank].name, .text = values[rank].front()});
    }
    if (std::string* single = SingleTarget(target, &metadata); single != nullptr) {
      if (single->empty()) *single = values[rank].front();
    } else if (target == Target::kAuthor) {
      if (metadata.authors.empty()) metadata.authors = std::move(values[rank]);
    } else if (target == Target::kSection) {
      if (metadata.sections.empty()) metadata.sections = std::move(values[rank]);
    } else if (metadata.tags.empty()) {
      for (const std::string& value : values[rank]) {
        for (std::string& tag : SplitKeywords(value)) metadata.tags.push_back(std::move(tag));
      }
    }
  }
  metadata.author_is_organisation.assign(metadata.authors.size(), false);
  return metadata;
}

}  // namespace broadsheet::sources::html
