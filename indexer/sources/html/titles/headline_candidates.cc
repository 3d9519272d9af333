// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/titles/headline_candidates.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "indexer/sources/html/titles/stated_titles.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

// Shorter keys stand within others by chance.
constexpr size_t kMinPartBytes = 15;
constexpr size_t kMinHeadlineWords = 4;

bool HoldsKey(const std::vector<std::string>& keys, std::string_view key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

auto CountBlanks(std::string_view text) { return std::count(text.begin(), text.end(), ' '); }

class CandidateFinder {
 public:
  CandidateFinder(Headings headings, StatedTitles titles)
      : headings_(std::move(headings)), titles_(std::move(titles)) {}

  HeadlineCandidates Find() {
    CutSections();
    AddHeadings();
    AddStatements();
    heading_is_stated_ = std::any_of(found_.begin(), found_.end(), [](const auto& candidate) {
      return candidate.heading != kNoNode && IsStated(candidate);
    });
    MarkParts();
    if (MayStandLower()) AddLowerHeadings();
    for (HeadlineCandidate& candidate : found_) Judge(candidate);
    return {.all = std::move(found_), .headings = std::move(headings_)};
  }

 private:
  static bool IsStated(const HeadlineCandidate& candidate) {
    return candidate.Has(HeadlineSign::kJsonLd) || candidate.Has(HeadlineSign::kOpenGraph) ||
           candidate.Has(HeadlineSign::kTitleElement);
  }

  // "Opinion" and the headline in one h1, and the headline alone in JSON-LD.
  void CutSections() {
    const std::string& stated = titles_.json_ld.key;
    if (stated.size() < kMinPartBytes) return;
    for (Heading& heading : headings_.first()) {
      const std::string_view whole = heading.whole.key;
      if (!whole.ends_with(stated)) continue;
      if (!HoldsKey(titles_.sections, whole.substr(0, whole.size() - stated.size()))) continue;
      heading.whole = titles_.json_ld;
      heading.bare = titles_.json_ld;
    }
  }

  // The candidate of this title, a new one if there is none; null for an empty title.
  HeadlineCandidate* Add(const Title& title, HeadlineSign sign) {
    if (title.empty()) return nullptr;
    auto known = std::find_if(found_.begin(), found_.end(), [&](const auto& candidate) {
      return candidate.title.key == title.key;
    });
    if (known == found_.end()) known = found_.insert(known, {.title = title});
    // "HarbourFerry lands" in a heading of two elements.
    if (CountBlanks(title.text) > CountBlanks(known->title.text)) known->title.text = title.text;
    At(known->signs, sign) = 1;
    return &*known;
  }

  void AddHeadings() {
    const auto add = [&](const Title& title, NodeId node) {
      HeadlineCandidate* const candidate = Add(title, HeadlineSign::kHeading);
      if (candidate->heading == kNoNode) candidate->heading = node;
      return candidate;
    };
    for (const Heading& heading : headings_.first()) add(heading.whole, heading.node);
    for (const Heading& heading : headings_.first()) {
      const size_t before = found_.size();
      HeadlineCandidate* const bare = add(heading.bare, heading.node);
      if (found_.size() > before) At(bare->signs, HeadlineSign::kWithoutKicker) = 1;
    }
  }

  void AddStatements() {
    Add(titles_.json_ld, HeadlineSign::kJsonLd);
    HeadlineCandidate* const shared = Add(titles_.open_graph, HeadlineSign::kOpenGraph);
    if (shared != nullptr && shared->Has(HeadlineSign::kJsonLd)) {
      At(shared->signs, HeadlineSign::kAgreement) = 1;
    }
    Add(titles_.title_element, HeadlineSign::kTitleElement);
    for (const Title& title : titles_.listings) Add(title, HeadlineSign::kListing);
    Add(titles_.microdata, HeadlineSign::kListing);
  }

  // "Kicker: Ferry lands again" in the h1, "Ferry lands again" stated; or a link behind it.
  void MarkParts() {
    for (HeadlineCandidate& candidate : found_) {
      const std::string& key = candidate.title.key;
      if (candidate.heading != kNoNode || !IsStated(candidate) || key.size() < kMinPartBytes) {
        continue;
      }
      const bool said_twice =
          candidate.Has(HeadlineSign::kTitleElement) &&
          (candidate.Has(HeadlineSign::kJsonLd) || candidate.Has(HeadlineSign::kOpenGraph));
      for (const Heading& heading : headings_.first()) {
        const std::string& whole = heading.whole.key;
        if (!whole.ends_with(key) && !(said_twice && whole.starts_with(key))) continue;
        if (IsStatedHeading(whole)) continue;
        candidate.heading = heading.node;
        candidate.is_part = true;
        At(candidate.signs, HeadlineSign::kHeading) = 1;
        break;
      }
    }
  }

  bool IsStatedHeading(std::string_view key) const {
    return std::any_of(found_.begin(), found_.end(), [&](const auto& candidate) {
      return candidate.title.key == key && IsStated(candidate);
    });
  }

  // Whether a lower heading could tell anything: all that is stated may stand in the h1.
  bool MayStandLower() const {
    if (!heading_is_stated_) return true;
    return std::any_of(found_.begin(), found_.end(), [](const auto& candidate) {
      const bool named = candidate.Has(HeadlineSign::kJsonLd) ||
                         candidate.Has(HeadlineSign::kOpenGraph) ||
                         candidate.Has(HeadlineSign::kListing);
      return named && candidate.heading == kNoNode;
    });
  }

  // What a lower heading may say to count: what is written for the headline alone; where nothing
  // confirms the h1, which may name a section, the title element, too.
  std::vector<std::string> KeysOfLowerHeadings() const {
    std::vector<std::string> keys = {titles_.json_ld.key, titles_.open_graph.key};
    for (const Title& title : titles_.listings) keys.push_back(title.key);
    if (!heading_is_stated_) {
      keys.push_back(titles_.title_element.key);
      keys.push_back(titles_.microdata.key);
    }
    std::erase(keys, "");
    return keys;
  }

  void AddLowerHeadings() {
    const std::vector<std::string> keys = KeysOfLowerHeadings();
    for (const Heading& lower : headings_.lower()) {
      const bool whole = HoldsKey(keys, lower.whole.key);
      const bool said = whole || HoldsKey(keys, lower.bare.key);
      if (!said && (heading_is_stated_ || !StartsLikeStatement(lower.bare.key))) continue;
      if (headings_.IsStandfirst(lower.whole.key)) continue;
      MarkLower(whole ? lower.whole : lower.bare, lower.node);
    }
  }

  void MarkLower(const Title& title, NodeId node) {
    const auto known = std::find_if(found_.begin(), found_.end(), [&](const auto& candidate) {
      return candidate.title.key == title.key;
    });
    if (known != found_.end() && known->heading != kNoNode) return;
    HeadlineCandidate* const candidate = Add(title, HeadlineSign::kLowerHeading);
    if (candidate->lower == kNoNode) candidate->lower = node;
  }

  bool StartsLikeStatement(std::string_view key) const {
    for (const Title* title : {&titles_.json_ld, &titles_.open_graph, &titles_.title_element}) {
      if (title->key.size() >= kMinPartBytes && key.starts_with(title->key)) return true;
    }
    return false;
  }

  // Sets the signs that depend on the candidate's own words.
  void Judge(HeadlineCandidate& candidate) const {
    const bool stated = IsStated(candidate);
    const std::string& text = candidate.title.text;
    const std::string& key = candidate.title.key;
    const bool few_words = page::CountWords(text) < kMinHeadlineWords;
    if (candidate.heading != kNoNode) {
      At(candidate.signs, HeadlineSign::kLikeness) = stated ? 1 : LikenessToStatements(text);
      if (few_words && !stated && !candidate.Has(HeadlineSign::kListing)) {
        At(candidate.signs, HeadlineSign::kShort) = 1;
      }
    }
    if (HoldsKey(titles_.sites, key) || (!stated && few_words && HoldsKey(titles_.sections, key))) {
      At(candidate.signs, HeadlineSign::kName) = 1;
    }
  }

  double LikenessToStatements(std::string_view text) const {
    double likeness = 0;
    for (const Title* title : {&titles_.json_ld, &titles_.open_graph, &titles_.title_element}) {
      if (!title->empty()) likeness = std::max(likeness, Likeness(text, title->text));
    }
    return std::min(likeness, 1.0);
  }

  Headings headings_;
  const StatedTitles titles_;
  // Whether any title has an h1 whole, or without its kicker.
  bool heading_is_stated_ = false;
  std::vector<HeadlineCandidate> found_;
};

}  // namespace

HeadlineCandidates FindHeadlineCandidates(const Tree& tree, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata) {
  Headings headings(tree);
  StatedTitles titles = ReadStatedTitles(tree, json_ld, meta, microdata, headings);
  return CandidateFinder(std::move(headings), std::move(titles)).Find();
}

}  // namespace broadsheet::sources::html
