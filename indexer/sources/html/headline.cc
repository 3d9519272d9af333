// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/headline.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/text/fold.h"
#include "indexer/sources/page/words.h"

namespace broadsheet::sources::html {
namespace {

constexpr auto kSeparators = std::to_array<std::string_view>(
    {" | ", " - ", " – ", " — ", " « ", " » ", " :: ", " · ", " • ", " ‹ ", "｜", " ： "});

// Letters and digits only, folded: what two spellings of a headline are compared by.
std::string Key(std::string_view text) {
  std::string key;
  for (const std::string& word : page::FoldedWords(text::FoldValue(text))) {
    if (!key.empty()) key += ' ';
    key += word;
  }
  return key;
}

// The share of words that two titles have in common.
double Likeness(std::string_view a, std::string_view b) {
  const std::vector<std::string> first = page::FoldedWords(a);
  const std::vector<std::string> second = page::FoldedWords(b);
  if (first.empty() || second.empty()) return 0;
  const std::set<std::string> known(first.begin(), first.end());
  const auto shared = std::count_if(second.begin(), second.end(),
                                    [&](const std::string& word) { return known.count(word) > 0; });
  return 2.0 * static_cast<double>(shared) / static_cast<double>(first.size() + second.size());
}

struct Stated {
  std::string text;
  std::string rule;
  std::string key = Key(text);
};

struct Heading {
  Headline headline;
  std::string key = Key(headline.text);
};

class HeadlineFinder {
 public:
  HeadlineFinder(const Tree& tree, std::vector<Stated> stated)
      : tree_(tree), stated_(std::move(stated)) {
    for (NodeId at = 0; at < tree_.size(); ++at) {
      if (tree_.tag(at) != Tag::kH1) continue;
      std::string text = tree_.TextBelow(at);
      if (!text.empty()) headings_.push_back({.headline = {.text = std::move(text), .node = at}});
    }
  }

  Choice<Headline> Find() const {
    if (auto agreed = AgreedByStatements(); !agreed.empty()) return agreed;
    for (const Heading& heading : headings_) {
      for (const Stated& stated : stated_) {
        if (heading.key == stated.key) return {heading.headline, "h1, as in " + stated.rule};
      }
    }
    // "Kicker: Ferry lands again" in the h1, "Ferry lands again" stated.
    for (const Heading& heading : headings_) {
      for (const Stated& stated : stated_) {
        if (stated.key.size() >= kMinKeyBytes && heading.key.ends_with(stated.key)) {
          return {{.text = stated.text, .node = heading.headline.node},
                  stated.rule + ", ends the h1"};
        }
      }
    }
    // "Ferry lands again: Harbour Times" stated.
    for (const Heading& heading : headings_) {
      for (const Stated& stated : stated_) {
        if (heading.key.size() >= kMinKeyBytes && stated.key.starts_with(heading.key)) {
          return {heading.headline, "h1, the start of " + stated.rule};
        }
      }
    }
    return MostAlike();
  }

 private:
  static constexpr size_t kMinKeyBytes = 15;

  // Two statements that agree outweigh the h1, which may lack the first half of a headline or
  // have another version of it.
  Choice<Headline> AgreedByStatements() const {
    if (stated_.size() < 2 || stated_[0].key != stated_[1].key) return {};
    if (stated_[0].key.empty()) return {};
    double best_likeness = -1;
    NodeId node = kNoNode;
    for (const Heading& heading : headings_) {
      const double likeness = Likeness(heading.headline.text, stated_[0].text);
      if (likeness > best_likeness) {
        best_likeness = likeness;
        node = heading.headline.node;
      }
    }
    return {{.text = stated_[0].text, .node = node},
            stated_[0].rule + " and " + stated_[1].rule + " agree"};
  }

  Choice<Headline> MostAlike() const {
    constexpr double kAlike = 0.3;
    const Headline* best = nullptr;
    double best_likeness = 0;
    for (const Heading& heading : headings_) {
      for (const Stated& stated : stated_) {
        const double likeness = Likeness(heading.headline.text, stated.text);
        if (likeness > best_likeness) {
          best_likeness = likeness;
          best = &heading.headline;
        }
      }
    }
    if (best != nullptr && best_likeness >= kAlike) {
      return {*best, "h1 most like the stated titles"};
    }
    constexpr size_t kMinHeadlineWords = 4;
    for (const Heading& heading : headings_) {
      if (page::CountWords(heading.headline.text) >= kMinHeadlineWords) {
        return {heading.headline, "first h1 of a headline's length"};
      }
    }
    if (!stated_.empty()) {
      return {{.text = stated_.front().text, .node = kNoNode}, stated_.front().rule};
    }
    if (!headings_.empty()) return {headings_.front().headline, "first h1"};
    for (NodeId at = 0; at < tree_.size(); ++at) {
      if (tree_.tag(at) != Tag::kH2) continue;
      std::string text = tree_.TextBelow(at);
      // It may stand below the text, so that it does not say where the article begins.
      if (!text.empty()) return {{.text = std::move(text), .node = kNoNode}, "first h2"};
    }
    return {};
  }

  const Tree& tree_;
  const std::vector<Stated> stated_;
  std::vector<Heading> headings_;
};

}  // namespace

std::string StripSiteName(std::string_view title, std::string_view site) {
  constexpr size_t kMaxSiteWords = 5;
  std::string_view kept = title;
  for (int i = 0; i < 3; ++i) {
    size_t cut = kept.npos;
    size_t length = 0;
    for (const std::string_view separator : kSeparators) {
      const size_t found = kept.rfind(separator);
      if (found != kept.npos && (cut == kept.npos || found > cut)) {
        cut = found;
        length = separator.size();
      }
    }
    if (cut == kept.npos || cut == 0) break;
    const std::string_view tail = kept.substr(cut + length);
    const std::string_view head = kept.substr(0, cut);
    const bool named = !site.empty() && Key(tail) == Key(site);
    const bool short_tail =
        page::CountWords(tail) <= kMaxSiteWords && page::CountWords(head) > page::CountWords(tail);
    if (!named && !short_tail) break;
    kept = page::Trim(head);
  }
  return std::string(kept);
}

Choice<Headline> FindHeadline(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata) {
  const std::string& site = meta.source.empty() ? json_ld.source : meta.source;
  std::vector<Stated> stated;
  const auto add = [&](std::string text, const char* rule) {
    if (!text.empty()) stated.push_back({.text = std::move(text), .rule = rule});
  };
  add(json_ld.headline, "JSON-LD headline");
  add(StripSiteName(meta.headline, site), "Open Graph title");
  add(microdata.headline, "microdata headline");
  for (NodeId at = 0; at < tree.size(); ++at) {
    if (tree.tag(at) != Tag::kTitle) continue;
    add(StripSiteName(tree.TextBelow(at), site), "title element");
    break;
  }
  return HeadlineFinder(tree, std::move(stated)).Find();
}

}  // namespace broadsheet::sources::html
