// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/headline.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "indexer/sources/html/tree/element_role.h"
#include "indexer/sources/html/visible/title_wording.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// Shorter keys stand within others by chance.
constexpr size_t kMinKeyBytes = 15;
constexpr size_t kMinHeadlineWords = 4;
// The most headings of one level; rules compare each with each.
constexpr size_t kMaxHeadings = 200;

struct Title {
  std::string text = {};
  std::string key = WordingKey(text);

  bool empty() const { return key.empty(); }
  bool Says(const Title& other) const { return !empty() && key == other.key; }
};

struct Heading {
  NodeId node;
  Title whole;
  // Without a kicker that stands in the same heading.
  Title bare;
};

// A sign that links to the heading itself is no part of it.
std::string WithoutAnchor(std::string text) {
  constexpr std::string_view kPilcrow = "¶";
  if (text.ends_with(kPilcrow)) text.resize(text.size() - kPilcrow.size());
  return std::string(page::Trim(text));
}

// The text below `heading` without kickers and what is hidden.
std::string TextWithoutKicker(const Tree& tree, NodeId heading) {
  std::string text;
  for (NodeId at = heading + 1; at < tree.end(heading);) {
    const bool kicker = RoleOf(tree, at) == ElementRole::kKicker || IsHidden(tree, at);
    if (kicker || IsUnseen(tree.tag(at))) {
      at = tree.end(at);
      continue;
    }
    if (tree.tag(at) == Tag::kText) AppendCollapsed(tree.text(at), &text);
    ++at;
  }
  return WithoutAnchor(std::move(text));
}

auto CountBlanks(std::string_view text) { return std::count(text.begin(), text.end(), ' '); }

class HeadlineFinder {
 public:
  HeadlineFinder(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                 const Metadata& microdata)
      : tree_(tree) {
    ReadHeadings();
    TitleHints hints{.site = meta.source.empty() ? json_ld.source : meta.source};
    for (const Heading& heading : headings_) {
      hints.others.push_back(heading.whole.key);
      hints.others.push_back(heading.bare.key);
    }
    site_key_ = WordingKey(hints.site);
    const auto read = [&](std::string_view text, Title* to) {
      *to = {.text = StripSiteName(text, hints)};
      // A statement that only names the site is none.
      if (!site_key_.empty() && (to->key == site_key_ || to->key == WordingKey(json_ld.source))) {
        *to = {};
      }
      if (!to->empty()) hints.others.push_back(to->key);
    };
    // What both have is no site's name, unless it is known to be one.
    const std::vector<std::string> headings = hints.others;
    if (WordingKey(json_ld.headline) == WordingKey(meta.headline)) hints.others.clear();
    read(json_ld.headline, &json_ld_);
    read(meta.headline, &open_graph_);
    hints.others.insert(hints.others.end(), headings.begin(), headings.end());
    hints.expects_site = true;
    const std::string title = TitleElement();
    whole_title_key_ = WordingKey(title);
    read(title, &title_);
    microdata_ = {.text = microdata.headline};
    for (const Metadata* metadata : {&json_ld, &meta}) {
      for (const std::string& section : metadata->sections) {
        if (!section.empty()) section_keys_.push_back(WordingKey(section));
      }
    }
  }

  Choice<Headline> Find() const {
    if (json_ld_.Says(open_graph_)) {
      return {{.text = json_ld_.text, .node = MostLike(json_ld_)},
              "JSON-LD headline and Open Graph title agree"};
    }
    for (auto rule : {&HeadlineFinder::BehindSection, &HeadlineFinder::BehindSiteName,
                      &HeadlineFinder::WrittenApart, &HeadlineFinder::Repeated,
                      &HeadlineFinder::WithinHeading, &HeadlineFinder::StartOfStatement,
                      &HeadlineFinder::LikeStatements, &HeadlineFinder::LowerHeading,
                      &HeadlineFinder::LongHeading, &HeadlineFinder::WithoutHeading}) {
      if (auto found = (this->*rule)(); !found.empty()) return found;
    }
    return {};
  }

 private:
  void ReadHeadings() {
    for (NodeId at = 0; at < tree_.size(); ++at) {
      const Tag tag = tree_.tag(at);
      if (tag != Tag::kH1 && tag != Tag::kH2 && tag != Tag::kH3) continue;
      Heading heading{.node = at,
                      .whole = {.text = WithoutAnchor(tree_.TextBelow(at))},
                      .bare = {.text = TextWithoutKicker(tree_, at)}};
      if (heading.whole.empty()) continue;
      if (IsLesserPart(heading.bare, heading.whole)) heading.bare = heading.whole;
      std::vector<Heading>& level = tag == Tag::kH1 ? headings_ : lower_headings_;
      if (level.size() < kMaxHeadings) level.push_back(std::move(heading));
    }
  }

  // "Lift bridge in Vellmar:" is no headline, and neither is the smaller part of one.
  static bool IsLesserPart(const Title& bare, const Title& whole) {
    return bare.empty() || bare.text.ends_with(':') || bare.key.size() * 2 < whole.key.size();
  }

  std::string TitleElement() const {
    for (NodeId at = 0; at < tree_.size(); ++at) {
      if (tree_.tag(at) == Tag::kTitle) return tree_.TextBelow(at);
    }
    return "";
  }

  NodeId MostLike(const Title& title) const {
    double best_likeness = -1;
    NodeId node = kNoNode;
    for (const Heading& heading : headings_) {
      const double likeness = Likeness(heading.whole.text, title.text);
      if (likeness > best_likeness) {
        best_likeness = likeness;
        node = heading.node;
      }
    }
    return node;
  }

  // The h1 names the site, as blogs have it: "Harbour Diary - Ferry lands again" in the title
  // element, "Ferry lands again" in a lower heading, or stated. The title element may be cut short.
  Choice<Headline> BehindSiteName() const {
    if (!json_ld_.empty()) return {};
    for (const Heading& site : headings_) {
      if (!whole_title_key_.starts_with(site.whole.key)) continue;
      const std::string_view rest =
          std::string_view(whole_title_key_).substr(site.whole.key.size());
      if (rest.size() < kMinKeyBytes) continue;
      if (open_graph_.key.starts_with(rest)) {
        return {{.text = open_graph_.text, .node = MostLike(open_graph_)},
                "Open Graph title, behind the site's name in title element"};
      }
      for (const Heading& lower : lower_headings_) {
        if (!open_graph_.empty() || rest.size() <= site.whole.key.size()) break;
        if (lower.bare.key == rest) {
          return {{.text = lower.bare.text, .node = lower.node},
                  "heading below the site's name, as in title element"};
        }
      }
    }
    return {};
  }

  // "Opinion" and the headline in one h1, and the headline alone stated.
  Choice<Headline> BehindSection() const {
    if (json_ld_.key.size() < kMinKeyBytes) return {};
    for (const Heading& heading : headings_) {
      if (!heading.whole.key.ends_with(json_ld_.key)) continue;
      const std::string_view before =
          std::string_view(heading.whole.key)
              .substr(0, heading.whole.key.size() - json_ld_.key.size());
      if (std::find(section_keys_.begin(), section_keys_.end(), before) == section_keys_.end()) {
        continue;
      }
      return {{.text = json_ld_.text, .node = heading.node},
              "JSON-LD headline, behind its section in the h1"};
    }
    return {};
  }

  // The h1, the title element and one statement come from one field; what differs from them was
  // written by hand. An addition to the h1, or what is left of it without its kicker, was not.
  Choice<Headline> WrittenApart() const {
    if (json_ld_.empty() || open_graph_.empty()) return {};
    for (const Heading& heading : headings_) {
      if (!heading.whole.Says(title_)) continue;
      const bool json_ld_agrees = heading.whole.Says(json_ld_);
      if (!json_ld_agrees && !heading.whole.Says(open_graph_)) continue;
      const Title& apart = json_ld_agrees ? open_graph_ : json_ld_;
      const std::string& key = heading.whole.key;
      if (apart.key.find(key) != key.npos || key.ends_with(apart.key)) continue;
      return {
          {.text = apart.text, .node = heading.node},
          json_ld_agrees ? "Open Graph title, written apart" : "JSON-LD headline, written apart"};
    }
    return {};
  }

  Choice<Headline> Repeated() const {
    for (const Heading& heading : headings_) {
      for (const auto& [title, rule] : Statements()) {
        if (!heading.whole.Says(*title) || title == &microdata_) continue;
        // "HarbourFerry lands" in a heading of two elements.
        const bool spaced = CountBlanks(title->text) > CountBlanks(heading.whole.text);
        return {{.text = spaced ? title->text : heading.whole.text, .node = heading.node},
                std::string("h1, as in ") + rule};
      }
    }
    for (const Heading& heading : headings_) {
      for (const auto& [title, rule] : Statements()) {
        const bool marked = title == &microdata_ && heading.whole.Says(*title);
        if (!marked && !heading.bare.Says(*title)) continue;
        const bool kicker = heading.bare.key != heading.whole.key;
        return {{.text = heading.bare.text, .node = heading.node},
                std::string(kicker ? "h1 without its kicker, as in " : "h1, as in ") + rule};
      }
    }
    return {};
  }

  // "Kicker: Ferry lands again" in the h1, "Ferry lands again" stated; or a link behind it.
  Choice<Headline> WithinHeading() const {
    const bool said_twice = open_graph_.Says(title_);
    for (const Heading& heading : headings_) {
      for (const auto& [title, rule] : Statements()) {
        if (title->key.size() < kMinKeyBytes) continue;
        const bool starts = said_twice && heading.whole.key.starts_with(title->key);
        if (!starts && !heading.whole.key.ends_with(title->key)) continue;
        return {{.text = title->text, .node = heading.node},
                std::string(rule) + (starts ? ", starts the h1" : ", ends the h1")};
      }
    }
    return {};
  }

  // "Ferry lands again: Harbour Times" stated. Of a heading that is no whole headline ("Ferry") the
  // statement is.
  Choice<Headline> StartOfStatement() const {
    for (const Heading& heading : headings_) {
      for (const auto& [title, rule] : Statements()) {
        if (!title->key.starts_with(heading.whole.key)) continue;
        if (page::CountWords(heading.whole.text) < kMinHeadlineWords) {
          if (title == &title_ || heading.whole.key == site_key_) continue;
          return {{.text = title->text, .node = heading.node},
                  std::string(rule) + ", starts with the h1"};
        }
        if (heading.whole.key.size() >= kMinKeyBytes) {
          return {{.text = heading.whole.text, .node = heading.node},
                  std::string("h1, the start of ") + rule};
        }
      }
    }
    return {};
  }

  Choice<Headline> LikeStatements() const {
    constexpr double kAlike = 0.3;
    const Heading* best = nullptr;
    double best_likeness = 0;
    for (const Heading& heading : headings_) {
      if (heading.whole.key == site_key_) continue;
      for (const auto& [title, rule] : Statements()) {
        const double likeness = Likeness(heading.whole.text, title->text);
        if (likeness > best_likeness) {
          best_likeness = likeness;
          best = &heading;
        }
      }
    }
    if (best != nullptr && best_likeness >= kAlike) {
      return {{.text = best->bare.text, .node = best->node}, "h1 most like the stated titles"};
    }
    return {};
  }

  // The h1 names a section and says nothing of what is stated.
  Choice<Headline> LowerHeading() const {
    for (const Heading& heading : lower_headings_) {
      for (const auto& [title, rule] : Statements()) {
        if (title->key.size() < kMinKeyBytes || !heading.bare.key.starts_with(title->key)) continue;
        return {{.text = heading.bare.text, .node = heading.node},
                std::string("lower heading that starts like ") + rule};
      }
    }
    return {};
  }

  Choice<Headline> LongHeading() const {
    for (const Heading& heading : headings_) {
      if (page::CountWords(heading.whole.text) >= kMinHeadlineWords) {
        return {{.text = heading.bare.text, .node = heading.node},
                "first h1 of a headline's length"};
      }
    }
    return {};
  }

  Choice<Headline> WithoutHeading() const {
    for (const auto& [title, rule] : Statements()) return {{.text = title->text}, rule};
    if (!headings_.empty()) {
      return {{.text = headings_.front().whole.text, .node = headings_.front().node}, "first h1"};
    }
    for (NodeId at = 0; at < tree_.size(); ++at) {
      if (tree_.tag(at) != Tag::kH2) continue;
      std::string text = tree_.TextBelow(at);
      // It may stand below the text, so that it does not say where the article begins.
      if (!text.empty()) return {{.text = std::move(text)}, "first h2"};
    }
    return {};
  }

  struct Statement {
    const Title* title;
    const char* rule;
  };

  // Those that the page has, the surest first.
  std::vector<Statement> Statements() const {
    std::vector<Statement> statements;
    for (const Statement& statement :
         {Statement{&json_ld_, "JSON-LD headline"}, Statement{&open_graph_, "Open Graph title"},
          Statement{&title_, "title element"}, Statement{&microdata_, "microdata headline"}}) {
      if (!statement.title->empty()) statements.push_back(statement);
    }
    return statements;
  }

  const Tree& tree_;
  std::vector<Heading> headings_;
  // Headings of the levels h2 and h3.
  std::vector<Heading> lower_headings_;
  std::string site_key_;
  // Of the sections that the page states.
  std::vector<std::string> section_keys_;
  std::string whole_title_key_;
  Title json_ld_;
  Title open_graph_;
  Title title_;
  // Seldom more than the h1 marked as the headline.
  Title microdata_;
};

}  // namespace

Choice<Headline> FindHeadline(const Tree& tree, const Metadata& json_ld, const Metadata& meta,
                              const Metadata& microdata) {
  return HeadlineFinder(tree, json_ld, meta, microdata).Find();
}

}  // namespace broadsheet::sources::html
