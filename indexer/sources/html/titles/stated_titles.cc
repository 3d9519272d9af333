// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/titles/stated_titles.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::html {
namespace {

// Of meta elements that have an article's headline alone.
constexpr auto kListingNames = std::to_array<std::string_view>(
    {"headline", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"});

void AddKey(std::string key, std::vector<std::string>* keys) {
  if (!key.empty()) keys->push_back(std::move(key));
}

class TitleReader {
 public:
  TitleReader(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
              const Headings& headings)
      : json_ld_(json_ld), meta_(meta), headings_(headings), title_(TitleElement(tree)) {}

  StatedTitles Read() {
    ReadNames();
    for (const Heading& heading : headings_.first()) {
      hints_.others.push_back(heading.whole.key);
      hints_.others.push_back(heading.bare.key);
    }
    // What JSON-LD and Open Graph both have is no site's name, unless it is known to be one.
    const std::vector<std::string> headings = hints_.others;
    if (WordingKey(json_ld_.headline) == WordingKey(meta_.headline)) hints_.others.clear();
    titles_.json_ld = ReadTitle(json_ld_.headline);
    AddKey(titles_.json_ld.key, &hints_.plain);
    titles_.open_graph = ReadTitle(meta_.headline);
    hints_.others.insert(hints_.others.end(), headings.begin(), headings.end());
    for (const TitleStatement& statement : meta_.titles) {
      if (IsListing(statement)) titles_.listings.push_back(ReadTitle(statement.text));
    }
    hints_.expects_site = true;
    titles_.title_element = ReadTitle(title_);
    ReadBehindHeading();
    return std::move(titles_);
  }

 private:
  static std::string TitleElement(const Tree& tree) {
    for (NodeId at = 0; at < tree.size(); ++at) {
      if (tree.tag(at) == Tag::kTitle) return tree.TextBelow(at);
    }
    return "";
  }

  static bool IsListing(const TitleStatement& statement) {
    return IsOneOf(statement.name, kListingNames);
  }

  void ReadNames() {
    AddKey(WordingKey(meta_.source), &titles_.sites);
    AddKey(WordingKey(json_ld_.source), &titles_.sites);
    for (const Metadata* metadata : {&json_ld_, &meta_}) {
      for (const std::string& section : metadata->sections) {
        AddKey(WordingKey(section), &titles_.sections);
      }
      hints_.sites.push_back(SiteKeyOfAddress(metadata->url));
    }
    std::erase(hints_.sites, "");
    hints_.sites.insert(hints_.sites.end(), titles_.sites.begin(), titles_.sites.end());
    AddKey(WordingKey(SharedFirstPart(title_, meta_.headline)), &hints_.sites);
    hints_.sections = titles_.sections;
    for (const TitleStatement& statement : meta_.titles) {
      if (statement.name == kListingNames.front())
        AddKey(WordingKey(statement.text), &hints_.plain);
    }
  }

  // Without the site's name; empty if that is all it has, or if it is the standfirst below an h1.
  Title ReadTitle(std::string_view text) {
    Title title{.text = StripSiteName(text, hints_)};
    const std::vector<std::string>& sites = titles_.sites;
    if (std::find(sites.begin(), sites.end(), title.key) != sites.end()) return {};
    if (IsStandfirst(title)) return {};
    AddKey(title.key, &hints_.others);
    return title;
  }

  bool IsStandfirst(const Title& title) const {
    const std::vector<Heading>& first = headings_.first();
    if (first.empty() || title.empty()) return false;
    const bool printed = std::any_of(first.begin(), first.end(), [&](const Heading& heading) {
      return heading.whole.key == title.key || heading.bare.key == title.key;
    });
    return !printed && headings_.IsStandfirst(title.key);
  }

  // Null where no lower heading has this key.
  const Title* LowerHeading(std::string_view key) const {
    for (const Heading& lower : headings_.lower()) {
      if (lower.bare.key == key) return &lower.bare;
    }
    return nullptr;
  }

  // The h1 names the site, as blogs have it: "Harbour Diary - Ferry lands again" in the title
  // element, "Ferry lands again" in a lower heading, or stated. The title element may be cut short.
  void ReadBehindHeading() {
    constexpr size_t kMinBytes = 15;
    if (!titles_.json_ld.empty()) return;
    const std::string whole = WordingKey(title_);
    for (const Heading& site : headings_.first()) {
      const std::string& name = site.whole.key;
      if (!whole.starts_with(name) || whole.size() < name.size() + kMinBytes) continue;
      const std::string_view rest = std::string_view(whole).substr(name.size());
      const Title* behind = nullptr;
      if (titles_.open_graph.key.starts_with(rest)) behind = &titles_.open_graph;
      if (titles_.open_graph.empty() && rest.size() > name.size()) behind = LowerHeading(rest);
      if (behind == nullptr) continue;
      titles_.title_element = *behind;
      titles_.sites.push_back(name);
      return;
    }
  }

  const Metadata& json_ld_;
  const Metadata& meta_;
  const Headings& headings_;
  // The title element.
  const std::string title_;
  TitleHints hints_;
  StatedTitles titles_;
};

}  // namespace

StatedTitles ReadStatedTitles(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata, const Headings& headings) {
  StatedTitles titles = TitleReader(tree, json_ld, meta, headings).Read();
  titles.microdata = {.text = microdata.headline};
  return titles;
}

}  // namespace broadsheet::sources::html
