// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/tags.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "engine/text/fold.h"
#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

constexpr size_t kMaxTagWords = 7;
constexpr size_t kMaxTags = 60;

// Found by trial: what machines are told is more often the editors' own list than a row of links.
constexpr double kJsonLdAdvance = 0.4;
constexpr double kMetaAdvance = 0.25;
constexpr double kLinksAdvance = 0.2;

// "8f507083-bac4-423a-9015-2eb31e1bce50": nothing that a reader would look for.
bool IsIdentifier(std::string_view tag) {
  constexpr size_t kMinBytes = 16;
  return tag.size() >= kMinBytes && std::all_of(tag.begin(), tag.end(), [](unsigned char c) {
           return std::isxdigit(c) != 0 || c == '-' || c == '_';
         });
}

// Keys before a tag that say what kind of thing it names: "Subject: Bridges", "topic/bridges".
bool IsSubjectKey(std::string_view folded) {
  constexpr auto kKeys = std::to_array<std::string_view>(
      {"subject",      "subjects",     "topic",    "topics",  "tag",    "tags",
       "keyword",      "keywords",     "category", "section", "theme",  "person",
       "people",       "place",        "location", "country", "region", "city",
       "organisation", "organization", "company",  "event",   "thema",  "ort",
       "schlagwort",   "sujet",        "lieu",     "tema",    "lugar"});
  return std::find(kKeys.begin(), kKeys.end(), folded) != kKeys.end();
}

// Keys of what programs count and sort by.
bool IsTechnicalKey(std::string_view folded) {
  constexpr auto kKeys = std::to_array<std::string_view>(
      {"day",          "time",    "date",       "type",      "page type", "content type",
       "article type", "wc",      "word count", "wordcount", "language",  "lang",
       "partner",      "page",    "source",     "format",    "template",  "channel",
       "platform",     "author",  "length",     "id",        "cms",       "ad",
       "ads",          "paywall", "access",     "tier",      "version"});
  return std::find(kKeys.begin(), kKeys.end(), folded) != kKeys.end();
}

// The tag without a key of its kind; "" for what programs keep for themselves: numbers, their own
// names ("_commerce"), and what has a technical key.
std::string_view WithoutKey(std::string_view tag) {
  const bool number =
      std::all_of(tag.begin(), tag.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  if (number || tag.find('_') != tag.npos) return {};
  const size_t mark = tag.find_first_of(":/");
  if (mark == tag.npos) return tag;
  const std::string key = text::FoldValue(page::Trim(tag.substr(0, mark)));
  if (IsTechnicalKey(key)) return {};
  return IsSubjectKey(key) ? page::Trim(tag.substr(mark + 1)) : tag;
}

// One entry of many words in a script without capitals is several tags.
std::vector<std::string> SplitUnseparated(const std::vector<std::string>& tags) {
  constexpr size_t kMinWords = 4;
  if (tags.size() != 1) return tags;
  const std::vector<std::string_view> words = page::Words(tags.front());
  const bool unspaced = page::CountWords(tags.front()) > words.size();
  if (words.size() < kMinWords || !unspaced) return tags;
  return {words.begin(), words.end()};
}

// The share of `tags` that stand in `text`; an entry that is a whole list by itself is no tag.
double ShareIn(std::string_view text, const std::vector<std::string>& tags) {
  constexpr size_t kMaxWordsOfOne = 4;
  if (tags.size() == 1 && page::CountWords(tags.front()) > kMaxWordsOfOne) return -1;
  const auto found = std::count_if(tags.begin(), tags.end(), [&](const std::string& tag) {
    return text.find(text::FoldValue(tag)) != std::string_view::npos;
  });
  return static_cast<double>(found) / static_cast<double>(tags.size());
}

std::vector<std::string> Distinct(const std::vector<std::string>& tags, const std::string& site) {
  std::vector<std::string> kept;
  std::vector<std::string> folded = {text::FoldValue(site)};
  for (const std::string& tag : tags) {
    std::string_view bare = page::Trim(tag);
    while (bare.starts_with('#')) bare.remove_prefix(1);
    bare = WithoutKey(bare);
    std::string key = text::FoldValue(bare);
    if (key.empty() || IsIdentifier(bare) ||
        std::find(folded.begin(), folded.end(), key) != folded.end())
      continue;
    folded.push_back(std::move(key));
    kept.emplace_back(bare);
    if (kept.size() == kMaxTags) break;
  }
  return kept;
}

bool IsTagLink(const Tree& tree, NodeId node) {
  return tree.tag(node) == Tag::kA &&
         tree.attribute(node, Attribute::kRel).find("tag") != std::string_view::npos;
}

}  // namespace

std::vector<std::string> FindTagLinks(const Tree& tree, const VisiblePage& page,
                                      const ArticlePlace& place) {
  std::vector<std::string> tags;
  NodeId holder_end = 0;
  for (NodeId at = place.all.begin; at < tree.size(); ++at) {
    if (tree.tag(at) == Tag::kText) continue;
    // A list of tags may be navigation, too.
    const bool in_nav = IsTagLink(tree, at) && tree.Enclosing(at, Tag::kNav) != kNoNode;
    if (!in_nav && page.InFurniture(at)) continue;
    if (at >= holder_end && RoleOf(tree, at) == ElementRole::kTags) {
      const BlockRange range = BlocksBelow(tree, page.blocks, at);
      const bool text =
          std::any_of(page.blocks.begin() + static_cast<std::ptrdiff_t>(range.first),
                      page.blocks.begin() + static_cast<std::ptrdiff_t>(range.last), &IsParagraph);
      if (!text) holder_end = tree.end(at);
    }
    const bool tag = IsTagLink(tree, at) || (tree.tag(at) == Tag::kA && at < holder_end);
    if (!tag) continue;
    std::string text = tree.TextBelow(at);
    if (text.empty() || page::CountWords(text) > kMaxTagWords) continue;
    tags.push_back(std::move(text));
  }
  return tags;
}

Choice<std::vector<std::string>> FindTags(const Tree& tree, const VisiblePage& page,
                                          const ArticlePlace& place, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata,
                                          const std::string& text) {
  const std::string& site = meta.source.empty() ? json_ld.source : meta.source;
  const std::string folded = text::FoldValue(text);
  Choice<std::vector<std::string>> best;
  double best_score = 0;
  const auto consider = [&](const std::vector<std::string>& stated, double advance,
                            const char* rule) {
    std::vector<std::string> tags = Distinct(SplitUnseparated(stated), site);
    if (tags.empty()) return;
    const double score = advance + ShareIn(folded, tags);
    if (score <= best_score) return;
    best_score = score;
    best = {std::move(tags), rule};
  };
  consider(json_ld.tags, kJsonLdAdvance, "JSON-LD keywords");
  consider(meta.tags, kMetaAdvance, "meta keywords");
  consider(FindTagLinks(tree, page, place), kLinksAdvance, "tag links");
  consider(microdata.tags, kLinksAdvance, "microdata keywords");
  return best;
}

}  // namespace broadsheet::sources::html
