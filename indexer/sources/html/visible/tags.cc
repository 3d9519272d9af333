// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/visible/tags.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "engine/text/fold.h"
#include "indexer/sources/html/visible/tag_links.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::html {
namespace {

constexpr size_t kMaxTags = 60;

// Found by trial: what machines are told is more often the editors' own list than a row of links.
constexpr double kJsonLdAdvance = 0.4;
constexpr double kMetaAdvance = 0.25;
constexpr double kLinksAdvance = 0.2;
constexpr double kAboutAdvance = 0.1;
// Lists that are tags by their addresses or labels alone, of which the text knows so many.
constexpr double kLikelyAdvance = 0.1;
constexpr double kLikelyShare = 0.5;
constexpr size_t kMostLikelyTags = 30;
// Of what a fuller list adds, the text knows so much; chosen with each publisher left out in turn.
constexpr double kFullerShare = 0.2;
// The words of the headline are no tags.
constexpr double kHeadlineWords = -0.6;

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
      {"subject",      "subjects",      "topic",         "topics",     "tag",     "tags",
       "keyword",      "keywords",      "category",      "section",    "theme",   "person",
       "people",       "place",         "location",      "country",    "region",  "city",
       "organisation", "organization",  "company",       "event",      "thema",   "ort",
       "tokens",       "entity",        "entities",      "categories", "persons", "places",
       "locations",    "organisations", "organizations", "companies",  "events",  "themes",
       "schlagwort",   "sujet",         "lieu",          "tema",       "lugar"});
  return IsOneOf(folded, kKeys);
}

// Keys of what programs count and sort by.
bool IsTechnicalKey(std::string_view folded) {
  constexpr auto kKeys = std::to_array<std::string_view>(
      {"day",          "time",    "date",       "type",      "page type", "content type",
       "article type", "wc",      "word count", "wordcount", "language",  "lang",
       "partner",      "page",    "source",     "format",    "template",  "channel",
       "platform",     "author",  "length",     "id",        "cms",       "ad",
       "ads",          "paywall", "access",     "tier",      "version",   "tone",
       "status",       "desk",    "edition"});
  return IsOneOf(folded, kKeys);
}

// The tag without a key of its kind; "" for what programs keep for themselves: numbers, their own
// names ("_commerce"), and what has a technical key.
std::string_view WithoutKey(std::string_view tag) {
  if (page::IsDigits(tag) || tag.find('_') != tag.npos) return {};
  while (tag.starts_with('/')) tag.remove_prefix(1);
  const size_t mark = tag.find_first_of(":/");
  if (mark == tag.npos) return tag;
  const std::string key = text::FoldValue(page::Trim(tag.substr(0, mark)));
  if (IsTechnicalKey(key)) return {};
  // "NLP Category: Bridges"
  const std::vector<std::string_view> words = page::Words(key);
  const bool subject = IsSubjectKey(key) || (!words.empty() && IsSubjectKey(words.back()));
  if (subject) return page::Trim(tag.substr(mark + 1));
  // "sport/rowing": a path of the site.
  const bool path = std::all_of(tag.begin(), tag.end(), [](unsigned char c) {
    return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '-' || c == '/';
  });
  return path && !tag.ends_with('/') ? tag.substr(tag.rfind('/') + 1) : tag;
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

// Text in which tags are looked for, folded once it is asked for: most pages state no tags.
class FoldedText {
 public:
  // `text` outlives this.
  explicit FoldedText(std::string_view text) : text_(text) {}
  std::string_view Get() {
    if (!folded_.has_value()) folded_ = text::FoldValue(text_);
    return *folded_;
  }

 private:
  std::string_view text_;
  std::optional<std::string> folded_;
};

// How many of `tags` stand in `text`, which is folded.
std::ptrdiff_t CountIn(std::string_view text, const std::vector<std::string>& tags) {
  return std::count_if(tags.begin(), tags.end(), [&](const std::string& tag) {
    return text.find(text::FoldValue(tag)) != std::string_view::npos;
  });
}

// The share of `tags` that stand in `text`; an entry that is a whole list by itself is no tag.
double ShareIn(std::string_view text, const std::vector<std::string>& tags) {
  constexpr size_t kMaxWordsOfOne = 4;
  if (tags.size() == 1 && page::CountWords(tags.front()) > kMaxWordsOfOne) return -1;
  const std::ptrdiff_t found = CountIn(text, tags);
  return static_cast<double>(found) / static_cast<double>(tags.size());
}

// "Bridges (12)", "(12) Bridges", "Bridges ›": without the count and the marks.
std::string_view WithoutCount(std::string_view tag) {
  for (bool changed = true; changed;) {
    const size_t before = tag.size();
    tag = page::Trim(tag);
    for (const std::string_view mark : {"›", "»", ">", ",", ";", "|", "•", "+", "×", "·"}) {
      if (tag.ends_with(mark)) tag = page::Trim(tag.substr(0, tag.size() - mark.size()));
      if (tag.starts_with(mark)) tag = page::Trim(tag.substr(mark.size()));
    }
    while (tag.starts_with('#')) tag.remove_prefix(1);
    const size_t open =
        tag.ends_with(')') || tag.ends_with(']') ? tag.find_last_of("([") : tag.npos;
    if (open != tag.npos && open > 0 &&
        page::IsDigits(tag.substr(open + 1, tag.size() - open - 2))) {
      tag = page::Trim(tag.substr(0, open));
    }
    const size_t close = tag.starts_with('(') ? tag.find(')') : tag.npos;
    if (close != tag.npos && page::IsDigits(tag.substr(1, close - 1))) {
      tag = page::Trim(tag.substr(close + 1));
    }
    changed = tag.size() != before;
  }
  return tag;
}

// Whether a program made the list of the words of the headline: "ferry", "landing", "moves".
bool AreWordsOf(std::string_view headline, const std::vector<std::string>& tags) {
  constexpr size_t kFewest = 4;
  if (tags.size() < kFewest) return false;
  const std::vector<std::string> words = page::FoldedWords(headline);
  const auto of_headline =
      static_cast<size_t>(std::count_if(tags.begin(), tags.end(), [&](const std::string& tag) {
        const std::string folded = text::FoldValue(page::StripMarks(tag));
        return std::find(words.begin(), words.end(), folded) != words.end();
      }));
  return of_headline * 4 >= tags.size() * 3;
}

// Another list that has all of the chosen one's tags and some more was cut less.
// `text` is folded.
Choice<std::vector<std::string>> Fullest(Choice<std::vector<std::string>> chosen,
                                         const std::vector<Choice<std::vector<std::string>>>& all,
                                         std::string_view text) {
  const size_t most = 3 * chosen.value.size() + 2;
  for (const Choice<std::vector<std::string>>& other : all) {
    if (other.value.size() <= chosen.value.size() || other.value.size() > most) continue;
    std::vector<std::string> folded;
    for (const std::string& tag : other.value) folded.push_back(text::FoldValue(tag));
    const bool has_all =
        std::all_of(chosen.value.begin(), chosen.value.end(), [&](const std::string& tag) {
          return std::find(folded.begin(), folded.end(), text::FoldValue(tag)) != folded.end();
        });
    const auto known =
        static_cast<double>(CountIn(text, other.value) - CountIn(text, chosen.value));
    const auto added = static_cast<double>(other.value.size() - chosen.value.size());
    if (has_all && known >= kFullerShare * added)
      return {other.value, other.rule + ", which has more than the likeliest"};
  }
  return chosen;
}

// "www.lantern.example" of "https://www.lantern.example/ferry".
std::string_view HostIn(std::string_view url) {
  const size_t scheme = url.find("://");
  if (scheme == url.npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find('/'));
}

std::vector<std::string> Distinct(const std::vector<std::string>& tags,
                                  const std::vector<std::string>& sites) {
  std::vector<std::string> kept;
  std::vector<std::string> folded = sites;
  for (const std::string& tag : tags) {
    const std::string_view bare = WithoutCount(WithoutKey(WithoutCount(tag)));
    std::string key = text::FoldValue(bare);
    // Lists of letters are indexes.
    const bool letter = key.size() == 1;
    if (key.empty() || letter || IsIdentifier(bare) ||
        std::find(folded.begin(), folded.end(), key) != folded.end())
      continue;
    folded.push_back(std::move(key));
    kept.emplace_back(bare);
    if (kept.size() == kMaxTags) break;
  }
  return kept;
}

}  // namespace

Choice<std::vector<std::string>> FindTags(const Tree& tree, const VisiblePage& page,
                                          const ArticlePlace& place, const Metadata& json_ld,
                                          const Metadata& meta, const Metadata& microdata,
                                          const std::string& text) {
  std::vector<std::string> sites = {
      text::FoldValue(meta.source.empty() ? json_ld.source : meta.source)};
  for (const std::string* url : {&meta.url, &json_ld.url}) {
    std::string_view host = HostIn(*url);
    sites.push_back(text::FoldValue(host));
    if (host.starts_with("www.")) host.remove_prefix(4);
    sites.push_back(text::FoldValue(host));
  }
  FoldedText folded(text);
  // The headline comes first.
  const std::string_view headline = std::string_view(text).substr(0, text.find('\n'));
  Choice<std::vector<std::string>> best;
  double best_score = 0;
  std::vector<Choice<std::vector<std::string>>> all;
  const auto consider = [&](const std::vector<std::string>& stated, double advance,
                            const char* rule, double least_share = -1) {
    std::vector<std::string> tags = Distinct(SplitUnseparated(stated), sites);
    if (tags.empty()) return;
    const double share = ShareIn(folded.Get(), tags);
    const double made = AreWordsOf(headline, tags) ? kHeadlineWords : 0;
    const double score = advance + share + made;
    if (score > best_score && share >= least_share) {
      best_score = score;
      best = {tags, rule};
    }
    all.push_back({std::move(tags), rule});
  };
  consider(json_ld.tags, kJsonLdAdvance, "JSON-LD keywords");
  consider(meta.tags, kMetaAdvance, "meta keywords");
  consider(FindTagLinks(tree, page, place), kLinksAdvance, "tag links");
  consider(microdata.tags, kLinksAdvance, "microdata keywords");
  if (!best.empty()) return Fullest(std::move(best), all, folded.Get());
  consider(json_ld.about, kAboutAdvance, "JSON-LD about", kLikelyShare);
  for (const std::vector<std::string>& list : FindLikelyTagLists(tree, page, place)) {
    if (list.size() > kMostLikelyTags) continue;
    consider(list, kLikelyAdvance, "links to pages of topics, or behind a label", kLikelyShare);
  }
  return best;
}

}  // namespace broadsheet::sources::html
