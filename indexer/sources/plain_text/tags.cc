// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/tags.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "engine/text/fold.h"
#include "indexer/sources/plain_text/line_kind.h"
#include "indexer/sources/plain_text/lines/tag_line.h"
#include "indexer/sources/plain_text/lines/title_line.h"
#include "indexer/sources/plain_text/lines/topic.h"
#include "indexer/sources/wording/page_date.h"
#include "indexer/sources/wording/tag_label.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr size_t kMaxTagWords = 6;
constexpr size_t kMaxBareTagWords = 4;
constexpr size_t kMaxListedTags = 30;
constexpr size_t kMaxBareTags = 20;
// How far below the text a list without a label may stand.
constexpr size_t kBareReach = 14;
// How far above it one with a sure label may stand.
constexpr size_t kLabelReachAbove = 12;

// What speaks for a list, and how much is enough. Weighed on text copies of pages, each publisher's
// pages left out in turn.
constexpr double kSureLabel = 2;
constexpr double kLikelyLabel = 1.2;
constexpr double kHashes = 1.4;
constexpr double kParted = 0.4;
constexpr size_t kFewestParted = 3;
constexpr double kAboutTheText = 2;
constexpr double kEachTag = 0.1;
constexpr double kMostTagsCounted = 8;
constexpr double kSingle = -0.4;
constexpr double kEachLineBelow = -0.04;
constexpr double kInMenu = -0.5;
// From so much on the text knows a tag.
constexpr double kKnown = 0.5;
constexpr double kLikelyTags = 1.4;

// Folded. Words that menus and lists of tags share.
constexpr auto kSections = std::to_array<std::string_view>(
    {"politics", "business", "world", "sport", "sports", "health", "science", "technology", "tech",
     "travel", "culture", "entertainment", "lifestyle", "opinion", "weather", "local", "local news",
     "obituaries"});

template <typename Table>
bool Holds(const Table& table, std::string_view folded) {
  return std::find(table.begin(), table.end(), folded) != table.end();
}

std::string FoldedWhole(std::string_view line) { return absl::StrJoin(FoldedWords(line), " "); }

struct TagLabel {
  double weight = 0;
  // Where the tags begin in the label's line; its size when they are in the next lines.
  size_t rest = 0;
};

// A label before a colon, or alone in its line.
TagLabel ReadLabel(const PageLine& line) {
  constexpr size_t kMostWords = 5;
  constexpr size_t kMostWordsBeforeColon = 6;
  constexpr std::string_view kWideColon = "\xef\xbc\x9a";
  const std::string_view text = line.text;
  std::string_view rest;
  if (IsTagsLabel(text, &rest)) return {.weight = kSureLabel, .rest = text.size() - rest.size()};
  if (line.ends_sentence) return {};
  const size_t colon = std::min(text.find(':'), text.find(kWideColon));
  const std::string_view label = text.substr(0, colon);
  const size_t most_words = colon < text.size() ? kMostWordsBeforeColon : kMostWords;
  if (CountSpacedWords(label, most_words) > most_words) return {};
  size_t begin = text.size();
  if (colon < text.size()) begin = colon + (text[colon] == ':' ? 1 : kWideColon.size());
  return {.weight = IsTagLabel(label) ? kLikelyLabel : 0, .rest = begin};
}

class TagPass {
 public:
  TagPass(const Page& page, Stretch body, std::string_view headline, std::string_view text)
      : page_(page), body_(body), text_(text), folded_text_(Learnt(text) + Learnt(headline)) {}

  std::vector<std::string> Run() {
    for (size_t at = body_.begin - std::min(body_.begin, kLabelReachAbove); at < page_.size();
         ++at) {
      // Headings of lists of other articles stand below the text, too.
      if (page_[at].kind == LineKind::kParagraph || page_[at].kind == LineKind::kSentence) continue;
      const TagLabel label = ReadLabel(page_[at]);
      if (label.weight > (at < body_.begin ? kLikelyLabel : 0)) {
        Consider(Labelled(at, label), label.weight, at);
      } else if (at >= body_.begin && Hashes(page_[at].text) > 1) {
        Consider(TagsOfLine(page_[at], 0, text_), kHashes, at);
      }
    }
    const size_t reach = std::min(page_.size(), body_.end + kBareReach);
    for (size_t at = body_.end; at < reach;) at = ConsiderBare(at);
    return std::move(best_);
  }

 private:
  // The folded words of `text`, of which the topic is as well, between blanks.
  std::string Learnt(std::string_view text) {
    const std::vector<std::string> words = FoldedWords(text);
    topic_.AddFolded(words);
    return absl::StrCat(" ", absl::StrJoin(words, " "), words.empty() ? "" : " ");
  }

  static size_t Hashes(std::string_view text) {
    return static_cast<size_t>(std::count(text.begin(), text.end(), '#'));
  }

  // The lines from `at` on that may be tags without a label, or one line of several. Returns where
  // to go on.
  size_t ConsiderBare(size_t at) {
    size_t end = at;
    std::vector<std::string> tags;
    while (end < page_.size() && tags.size() <= kMaxBareTags &&
           MayBeTag(page_[end], kMaxBareTagWords)) {
      tags.push_back(page_[end].text);
      ++end;
    }
    if (!tags.empty()) ConsiderParts(Trimmed(std::move(tags), end), at);
    for (size_t line = at; line < std::max(end, at + 1); ++line) {
      if (!MayHoldTags(page_[line])) continue;
      std::vector<std::string> parts = TagsOfLine(page_[line], 0, text_);
      if (parts.size() > 1 && AreShort(parts)) {
        const double parted = parts.size() >= kFewestParted ? kParted : 0;
        Consider(std::move(parts), parted, line);
      }
    }
    return std::max(end, at + 1);
  }

  // Buttons stand before and behind tags: a list may begin behind the first unknown lines and end
  // before any.
  void ConsiderParts(const std::vector<std::string>& tags, size_t at) {
    constexpr size_t kMostButtonsBefore = 3;
    std::vector<bool> known;
    for (const std::string& tag : tags) known.push_back(About(tag) >= kKnown);
    const auto begin = tags.begin();
    for (size_t first = 0; first <= kMostButtonsBefore && first < tags.size(); ++first) {
      if (first > 0 && known[first - 1]) break;
      for (size_t last = first + 1; last <= tags.size(); ++last) {
        if (last < tags.size() && known[last]) continue;
        Consider(
            {begin + static_cast<std::ptrdiff_t>(first), begin + static_cast<std::ptrdiff_t>(last)},
            0, at + first);
      }
    }
  }

  // Names beside each other in a line may look like authors or a credit.
  static bool MayHoldTags(const PageLine& line) {
    const bool names = line.kind == LineKind::kByline || line.kind == LineKind::kCredit;
    return line.kind == LineKind::kShort || (names && line.gaps.size() > 1);
  }

  static bool AreShort(const std::vector<std::string>& tags) {
    return std::all_of(tags.begin(), tags.end(), [](const std::string& tag) {
      return CountWords(tag) <= kMaxTagWords && !EndsSentence(tag) && !LooksLikeTime(tag) &&
             !FindDate(tag).has_value();
    });
  }

  static bool MayBeTag(const PageLine& line, size_t most_words) {
    const bool section =
        line.kind == LineKind::kFurniture && Holds(kSections, FoldedWhole(line.text));
    if ((line.kind != LineKind::kShort && !section) || line.words > most_words) return false;
    if (line.text.ends_with(':') || line.text.ends_with('>') || line.text.ends_with("..."))
      return false;
    return !LooksLikeTime(line.text) && !IsTeaserLabel(line.text);
  }

  // What a label names: in its line, in one line below, or in several.
  std::vector<std::string> Labelled(size_t at, const TagLabel& label) const {
    const PageLine& line = page_[at];
    if (label.rest < line.text.size()) {
      std::vector<std::string> tags = TagsOfLine(line, label.rest, text_);
      if (tags.size() == 1) tags = SplitTags(std::string_view(line.text).substr(label.rest), text_);
      return tags;
    }
    size_t first = at + 1;
    while (first < page_.size() && StripMarks(page_[first].text).empty()) ++first;
    if (first < page_.size() && page_[first].kind != LineKind::kParagraph) {
      std::vector<std::string> tags = TagsOfLine(page_[first], 0, text_);
      if (tags.size() > 1 && AreShort(tags)) return tags;
    }
    return ListBelow(at);
  }

  // One tag a line. Where blank lines part them the list ends with what looks like no tag.
  std::vector<std::string> ListBelow(size_t label) const {
    std::vector<std::string> tags;
    size_t at = label + 1;
    for (; at < page_.size() && tags.size() < kMaxListedTags; ++at) {
      const PageLine& line = page_[at];
      if (StripMarks(line.text).empty()) continue;
      if (!MayBeTag(line, kMaxTagWords) || EndsList(tags, line.text)) break;
      if (ReadLabel(line).weight > 0) break;
      const bool in_block = at > label + 1 && line.block == page_[at - 1].block;
      const bool block_ended =
          at > label + 2 && !in_block && page_[at - 1].block == page_[at - 2].block;
      if (block_ended) break;
      std::string_view tag = line.text;
      while (tag.starts_with('#')) tag = Trim(tag.substr(1));
      while (tag.ends_with(',')) tag = Trim(tag.substr(0, tag.size() - 1));
      if (!tag.empty()) tags.emplace_back(tag);
    }
    return Trimmed(std::move(tags), at);
  }

  // A line that the text does not know and that is written otherwise than the tags before it.
  bool EndsList(const std::vector<std::string>& tags, const std::string& line) const {
    if (tags.empty() || About(line) >= kKnown) return false;
    const bool capitals = text::FoldValue(line) != line && IsAllCapitals(line);
    const bool were_capitals = IsAllCapitals(tags.back());
    const bool small = StartsSmall(line) && Words(line).size() > 1;
    const bool were_small = std::any_of(tags.begin(), tags.end(),
                                        [](const std::string& tag) { return StartsSmall(tag); });
    return (capitals && !were_capitals) || (small && !were_small);
  }

  static bool IsAllCapitals(std::string_view text) {
    constexpr size_t kFewestBytes = 5;
    return text.size() >= kFewestBytes &&
           std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; }) &&
           std::any_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  }

  // A list's last line is the heading of what follows, if the text does not know it and a longer
  // line is below.
  std::vector<std::string> Trimmed(std::vector<std::string> tags, size_t end) const {
    const bool heading = end < page_.size() && tags.size() > 1 && About(tags.back()) == 0 &&
                         page_[end].kind != LineKind::kFurniture && !page_[end].text.ends_with(':');
    if (heading) tags.pop_back();
    return tags;
  }

  void Consider(std::vector<std::string> tags, double label, size_t at) {
    if (tags.empty() || tags.size() > kMaxListedTags || !AreShort(tags)) return;
    double about = 0;
    for (const std::string& tag : tags) about += About(tag);
    about /= static_cast<double>(tags.size());
    const double lines_below = at > body_.end ? static_cast<double>(at - body_.end) : 0;
    double score = label + kAboutTheText * about +
                   kEachTag * std::min(kMostTagsCounted, static_cast<double>(tags.size())) +
                   kEachLineBelow * std::min<double>(lines_below, kMaxListedTags);
    if (tags.size() == 1) score += kSingle;
    if (label <= kParted) score += kInMenu * ShareInMenu(tags);
    if (score <= std::max(kLikelyTags, best_score_)) return;
    best_score_ = score;
    best_ = std::move(tags);
  }

  // Lines that the page has above the article, too.
  double ShareInMenu(const std::vector<std::string>& tags) {
    if (menu_.empty()) {
      for (size_t at = 0; at < body_.begin; ++at) menu_.insert(page_[at].text);
    }
    const auto known = std::count_if(tags.begin(), tags.end(),
                                     [&](const std::string& tag) { return menu_.contains(tag); });
    return static_cast<double>(known) / static_cast<double>(tags.size());
  }

  // How much the article is about a tag: it has all of it, the beginnings of its words, or some.
  double About(const std::string& tag) const {
    const auto [known, fresh] = about_.try_emplace(tag, 0);
    if (fresh) known->second = MeasureAbout(tag);
    return known->second;
  }

  double MeasureAbout(std::string_view tag) const {
    const std::string folded = FoldedWhole(tag);
    if (folded.empty()) return 0;
    const bool spaced = CountWords(folded) == Words(folded).size();
    if (folded_text_.find(spaced ? ' ' + folded + ' ' : folded) != std::string::npos) return 1;
    constexpr double kByBeginnings = 0.7;
    Topic words;
    words.Add(tag);
    return kByBeginnings * topic_.Share(words);
  }

  const Page& page_;
  const Stretch body_;
  const std::string_view text_;
  Topic topic_;
  const std::string folded_text_;
  std::unordered_set<std::string> menu_;
  mutable std::unordered_map<std::string, double> about_;
  std::vector<std::string> best_;
  double best_score_ = 0;
};

}  // namespace

std::vector<std::string> FindTags(const Page& page, Stretch body, std::string_view headline,
                                  std::string_view body_text) {
  return TagPass(page, body, headline, body_text).Run();
}

}  // namespace broadsheet::sources::page
