// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/name_role.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/ascii.h"
#include "indexer/sources/wording/word_set.h"

namespace broadsheet::sources::html {
namespace {

struct KnownWord {
  ElementRole role = ElementRole::kNone;
  // The second word of a pair with a role.
  bool ends_pair = false;
  // "has-sidebar", "no-bio", "page-with-header": what follows is what the element holds or lacks.
  bool is_about_content = false;
};

class RoleTable {
 public:
  using Entry = std::pair<const absl::string_view, KnownWord>;

  void emplace(absl::string_view word, ElementRole role) {
    At(word).role = role;
    const size_t mark = word.find('-');
    if (mark != absl::string_view::npos) At(word.substr(mark + 1)).ends_pair = true;
  }
  void AddAboutContent(absl::string_view word) { At(word).is_about_content = true; }
  // nullptr for a word that is not known. "relatedtitle", "relatedposts" are "related".
  const Entry* Find(std::string_view word) const {
    constexpr std::string_view kRelated = "related";
    if (!beginnings_.test(Beginning(word.data(), word.size()))) return nullptr;
    if (word.starts_with(kRelated)) word = kRelated;
    const auto found = words_.find(absl::string_view(word.data(), word.size()));
    return found == words_.end() ? nullptr : &*found;
  }

 private:
  static constexpr size_t kBeginnings = 1024;
  // A number for the first two letters of a word.
  static size_t Beginning(const char* word, size_t size) {
    const auto letter = [&](size_t i) { return i < size ? static_cast<size_t>(word[i]) % 32 : 0; };
    return letter(0) * 32 + letter(1);
  }
  KnownWord& At(absl::string_view word) {
    beginnings_.set(Beginning(word.data(), word.size()));
    return words_[word];
  }

  absl::flat_hash_map<absl::string_view, KnownWord> words_;
  // Most words of pages begin like none of the table, and need no look at it.
  std::bitset<kBeginnings> beginnings_;
};

// Single words of names, and pairs joined by '-'.
const RoleTable& WordRoles() {
  static const auto* const kRoles = new RoleTable([] {
    RoleTable table;
    for (const char* word :
         {"disable", "enable", "has", "hasnt", "no", "non", "not", "with", "without"}) {
      table.AddAboutContent(word);
    }
    for (const char* word : {
             "advertisement",   "advertising",     "article-list",   "audio-player",
             "breadcrumb",      "breadcrumbs",     "footnote-ad",    "jump-link",
             "more-from",       "more-on",         "more-stories",   "most-popular",
             "most-read",       "newsletter",      "newsletters",    "next-article",
             "outbrain",        "pagination",      "pager",          "prev-next",
             "read-also",       "read-more",       "readmore",       "readnext",
             "recirc",          "recirculation",   "recommend",      "recommendation",
             "recommendations", "recommended",     "related",        "screen-reader",
             "see-also",        "share",           "sharing",        "sharebar",
             "sharetools",      "shares",          "signup",         "skip-link",
             "sr-only",         "subscribe",       "taboola",        "trending",
             "tweet-button",    "visually-hidden", "visuallyhidden", "widget-newsletter",
             "author-bio",      "author-profile",  "authorprofile",  "biography",
             "authorbio",       "about-author",    "author-box",     "author-description",
             "author-info",     "correction-form", "byline-bio",     "editors-picks",
             "latest-news",     "teasers",         "teaser-list",    "also-read",
             "lire-aussi",      "mehr-zum-thema",  "leggi-anche",    "relacionadas",
             "relacionados",    "werbung",         "anzeige",        "google-preferred",
             "inline-teaser",   "inline-promo",    "embed-teaser",   "article-teaser-list",
             "abobox",          "probeabo",
         }) {
      table.emplace(word, ElementRole::kFurniture);
    }
    for (const char* word :
         {"ad",          "ads",        "advert",     "adslot",    "affiliate", "alert",
          "banner",      "cta",        "donate",     "donation",  "feedback",  "hide",
          "hidden",      "infobox-ad", "login",      "masthead",  "menu",      "modal",
          "offscreen",   "overlay",    "player",     "poll",      "popular",   "popup",
          "print-only",  "promo",      "promoted",   "promotion", "reco",      "registration",
          "sidebar",     "skip",       "social",     "socials",   "sponsor",   "sponsored",
          "support",     "survey",     "toolbar",    "toc",       "upsell",    "whatsapp",
          "bio",         "biography",  "disclaimer", "abo",       "factbox",   "fact-box",
          "infobox",     "info-box",   "faktaboks",  "key-facts", "sidebox",   "abonnement",
          "subscription"}) {
      table.emplace(word, ElementRole::kPerhapsFurniture);
    }
    for (const char* word : {"respond", "comentarios", "commentaires", "kommentarer", "commentlist",
                             "comment-author", "comment-meta", "comments", "comment-list",
                             "comments-area", "comment-body", "disqus", "disqus-thread"}) {
      table.emplace(word, ElementRole::kComments);
    }
    for (const char* word : {"paywall", "metered", "piano"}) {
      table.emplace(word, ElementRole::kPaywall);
    }
    for (const char* word : {"twitter-tweet",    "twitter-quote",
                             "instagram-media",  "tiktok-embed",
                             "fb-post",          "bluesky-embed",
                             "mastodon-embed",   "reddit-embed",
                             "reddit-card",      "text-post-media",
                             "threads-embed",    "telegram-post",
                             "linkedin-embed",   "truth-social-embed",
                             "tumblr-post",      "twitter-video",
                             "facebook-post",    "tgme-widget",
                             "telegram-widget",  "telegram-embed",
                             "telegram-message", "vk-post",
                             "vk-embed",         "vk-widget",
                             "facebook-embed",   "fb-embed",
                             "instagram-embed",  "instagram-post",
                             "twitter-embed",    "twitter-post",
                             "tweet-embed",      "embedded-tweet",
                             "tiktok-post",      "mastodon-post",
                             "mastodon-status",  "bluesky-post",
                             "bsky-post",        "bsky-embed",
                             "threads-post",     "weibo-post",
                             "weibo-embed",      "tumblr-embed",
                             "linkedin-post",    "embedded-post",
                             "reddit-post",      "truthsocial-embed",
                             "viber-post"}) {
      table.emplace(word, ElementRole::kEmbeddedPost);
    }
    for (const char* word : {"cmp", "consent", "cookie", "cookies", "gdpr", "onetrust"}) {
      table.emplace(word, ElementRole::kNeverText);
    }
    for (const char* word :
         {"caption", "captions", "figcaption", "bildunterschrift", "legend", "legende",
          "image-description", "media-caption", "wp-caption-text", "img-caption", "image-caption",
          "photo-caption", "cutline", "image-text", "img-description", "photo-description",
          "media-subtitle"}) {
      table.emplace(word, ElementRole::kCaption);
    }
    for (const char* word :
         {"credit", "credits", "photo-credit", "image-credit", "copyright-holder", "photographer",
          "image-source", "photo-source", "image-copyright", "copyright"}) {
      table.emplace(word, ElementRole::kCredit);
    }
    for (const char* word :
         {"byline", "bylines", "author", "authors", "author-name", "contributors", "contributor",
          "autor", "autoren", "auteur", "writer", "by-line", "authorname"}) {
      table.emplace(word, ElementRole::kByline);
    }
    for (const char* word : {"dateline", "timestamp", "date", "publish-date", "pubdate",
                             "published", "datetime", "post-date", "time"}) {
      table.emplace(word, ElementRole::kDate);
    }
    for (const char* word :
         {"tags", "taglist", "tag-list", "keywords", "article-tags", "topics", "post-tags", "tag",
          "topic", "tag-links", "schlagworte", "topic-list", "hashtags"}) {
      table.emplace(word, ElementRole::kTags);
    }
    for (const char* word :
         {"standfirst",  "subtitle", "subheadline", "sub-headline", "dek",
          "deck",        "lede",     "lead",        "excerpt",      "chapo",
          "vorspann",    "intro",    "summary",     "subhead",      "sub-heading",
          "sottotitolo", "ingress",  "entradilla",  "perex",        "abstract"}) {
      table.emplace(word, ElementRole::kSummary);
    }
    for (const char* word : {"kicker", "overline", "dachzeile", "eyebrow", "overtitle", "topline",
                             "surtitre", "antetitulo", "spitzmarke", "roofline", "pretitle",
                             "preheadline", "supertitle", "occhiello"}) {
      table.emplace(word, ElementRole::kKicker);
    }
    return table;
  }());
  return *kRoles;
}

// Longer names are cut: they are written by programs.
constexpr size_t kMaxNameBytes = 400;

// One name, as its words in lower case: "articleRelated-links" -> article, related, links.
class NameWords {
 public:
  explicit NameWords(std::string_view name) {
    bool lower_before = false;
    bool in_word = false;
    size_t size = 0;
    for (size_t i = 0; i < std::min(name.size(), kMaxNameBytes); ++i) {
      const auto byte = static_cast<unsigned char>(name[i]);
      const bool letter = absl::ascii_isalpha(byte);
      const bool upper = absl::ascii_isupper(byte);
      if (letter && (!in_word || (upper && lower_before))) {
        words_.push_back({.begin = size, .behind_strokes = modifier_});
      }
      if (!letter && byte == '-' && i > 0 && name[i - 1] == '-') modifier_ = true;
      letters_[size] = absl::ascii_tolower(byte);
      if (letter) words_.back().end = ++size;
      in_word = letter;
      lower_before = letter && !upper;
    }
  }

  size_t size() const { return words_.size(); }
  std::string_view operator[](size_t i) const {
    return {letters_.data() + words_[i].begin, words_[i].end - words_[i].begin};
  }
  // "block--modifier": what varies an element, not what it is.
  bool IsModifier(size_t i) const { return words_[i].behind_strokes; }

 private:
  struct Word {
    size_t begin = 0;
    size_t end = 0;
    bool behind_strokes = false;
  };
  std::array<char, kMaxNameBytes + 1> letters_;
  absl::InlinedVector<Word, 12> words_;
  bool modifier_ = false;
};

// "social-enabled", "ad-free": a state of the page.
bool IsState(std::string_view word) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"closed", "disabled", "enabled", "free", "layout", "loaded", "off", "ready", "supported",
       "template", "theme", "visible"});
  return IsOneOf(word, kWords);
}

// "layout-sidebar-right", "template-ad": how a page is laid out.
bool IsLayout(std::string_view word) {
  constexpr auto kWords = std::to_array<std::string_view>(
      {"body", "cols", "columns", "grid", "layout", "main", "template", "theme"});
  return IsOneOf(word, kWords);
}

// Only "hidden" itself, "is-hidden" and the like hide an element; "label-hidden" hides its label,
// "md:hidden" hides it on some screens.
bool HidesElement(const NameWords& words) {
  constexpr auto kBefore = std::to_array<std::string_view>({"element", "is", "js", "u"});
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    if (!IsOneOf(words[i], kBefore)) return false;
  }
  return words[words.size() - 1] == "hidden" || words[words.size() - 1] == "hide";
}

bool MayBeFurniture(ElementRole role) {
  return role > ElementRole::kNone && role <= ElementRole::kPerhapsFurniture;
}

bool IsStronger(ElementRole a, ElementRole b) {
  if (b == ElementRole::kNone) return a != ElementRole::kNone;
  return a != ElementRole::kNone && a < b && a <= ElementRole::kEmbeddedPost;
}

// What the word at `i`, which the table has with `role`, says of the element.
ElementRole InContext(const NameWords& words, size_t i, ElementRole role) {
  if (!MayBeFurniture(role)) return role;
  if ((words[i] == "hidden" || words[i] == "hide") && role == ElementRole::kPerhapsFurniture) {
    return HidesElement(words) ? role : ElementRole::kNone;
  }
  for (size_t behind = i + 1; behind < words.size(); ++behind) {
    if (IsState(words[behind])) return ElementRole::kNone;
    if (words[behind] == "page" && role == ElementRole::kPerhapsFurniture) {
      return ElementRole::kNone;
    }
  }
  if (role == ElementRole::kPerhapsFurniture && i > 0 && IsLayout(words[0])) {
    return ElementRole::kNone;
  }
  return words.IsModifier(i) ? ElementRole::kPerhapsFurniture : role;
}

NameRole RoleOfName(std::string_view name) {
  const RoleTable& table = WordRoles();
  const NameWords words(name);
  NameRole strongest;
  std::string pair;
  bool about_content = false;
  bool next_to_it = false;
  const auto consider = [&](const RoleTable::Entry* known, size_t i) {
    if (known == nullptr || known->second.role == ElementRole::kNone) return;
    if (about_content && MayBeFurniture(known->second.role)) return;
    const ElementRole role = InContext(words, i, known->second.role);
    if (!IsStronger(role, strongest.role)) return;
    strongest = {.role = role, .name = name, .word = {known->first.data(), known->first.size()}};
  };
  for (size_t i = 0; i < words.size(); ++i) {
    const RoleTable::Entry* known = table.Find(words[i]);
    const bool is_about_content = known != nullptr && known->second.is_about_content;
    const bool after_it = std::exchange(next_to_it, is_about_content);
    about_content = about_content || is_about_content;
    if (known == nullptr || is_about_content || after_it) continue;
    consider(known, i);
    if (!known->second.ends_pair || i == 0) continue;
    pair.assign(words[i - 1]);
    pair += '-';
    pair += words[i];
    consider(table.Find(pair), i);
  }
  return strongest;
}

}  // namespace

NameRole RoleOfNames(std::string_view names) {
  NameRole strongest;
  names = names.substr(0, kMaxNameBytes);
  for (size_t begin = 0; begin < names.size();) {
    size_t end = begin;
    while (end < names.size() && !absl::ascii_isspace(static_cast<unsigned char>(names[end]))) {
      ++end;
    }
    if (end > begin) {
      const NameRole found = RoleOfName(names.substr(begin, end - begin));
      if (IsStronger(found.role, strongest.role)) strongest = found;
    }
    begin = end + 1;
  }
  return strongest;
}

}  // namespace broadsheet::sources::html
