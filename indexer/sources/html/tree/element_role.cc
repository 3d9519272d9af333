// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/html/tree/element_role.h"

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace broadsheet::sources::html {
namespace {

using RoleTable = absl::flat_hash_map<absl::string_view, ElementRole>;

// Single words of names, and pairs joined by '-'.
const RoleTable& WordRoles() {
  static const auto* const kRoles = new RoleTable([] {
    RoleTable table;
    for (const char* word : {"ad",
                             "ads",
                             "advert",
                             "advertisement",
                             "advertising",
                             "adslot",
                             "affiliate",
                             "alert",
                             "article-list",
                             "audio-player",
                             "banner",
                             "breadcrumb",
                             "breadcrumbs",
                             "cta",
                             "donate",
                             "donation",
                             "feedback",
                             "footnote-ad",
                             "hide",
                             "hidden",
                             "infobox-ad",
                             "jump-link",
                             "login",
                             "masthead",
                             "menu",
                             "metered",
                             "modal",
                             "more-from",
                             "more-on",
                             "more-stories",
                             "most-popular",
                             "most-read",
                             "newsletter",
                             "newsletters",
                             "next-article",
                             "offscreen",
                             "outbrain",
                             "overlay",
                             "pagination",
                             "pager",
                             "paywall",
                             "player",
                             "poll",
                             "popular",
                             "popup",
                             "prev-next",
                             "print-only",
                             "promo",
                             "promoted",
                             "promotion",
                             "read-also",
                             "read-more",
                             "readmore",
                             "readnext",
                             "recirc",
                             "recirculation",
                             "recommend",
                             "recommendation",
                             "recommendations",
                             "recommended",
                             "reco",
                             "related",
                             "registration",
                             "screen-reader",
                             "see-also",
                             "share",
                             "sharing",
                             "sharebar",
                             "sharetools",
                             "shares",
                             "sidebar",
                             "signup",
                             "skip-link",
                             "skip",
                             "social",
                             "socials",
                             "sponsor",
                             "sponsored",
                             "sr-only",
                             "subscribe",
                             "subscription",
                             "support",
                             "survey",
                             "taboola",
                             "toolbar",
                             "toc",
                             "trending",
                             "tweet-button",
                             "upsell",
                             "visually-hidden",
                             "visuallyhidden",
                             "widget-newsletter",
                             "whatsapp",
                             "author-bio",
                             "authorbio",
                             "about-author",
                             "author-box",
                             "author-description",
                             "author-info",
                             "biography",
                             "bio",
                             "disclaimer",
                             "correction-form",
                             "byline-bio",
                             "editors-picks",
                             "latest-news",
                             "piano",
                             "teasers",
                             "teaser-list",
                             "also-read",
                             "lire-aussi",
                             "mehr-zum-thema",
                             "leggi-anche",
                             "relacionadas",
                             "relacionados",
                             "werbung",
                             "anzeige",
                             "google-preferred",
                             "factbox",
                             "fact-box",
                             "infobox",
                             "info-box",
                             "faktaboks",
                             "key-facts",
                             "inline-teaser",
                             "inline-promo",
                             "embed-teaser",
                             "article-teaser-list",
                             "sidebox",
                             "abo",
                             "abobox",
                             "abonnement",
                             "probeabo",
                             "twitter-tweet",
                             "instagram-media",
                             "tiktok-embed",
                             "respond",
                             "comentarios",
                             "commentaires",
                             "kommentarer",
                             "commentlist",
                             "comment-author",
                             "comment-meta"}) {
      table.emplace(word, ElementRole::kFurniture);
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

// "articleRelated-links box" -> article, related, links, box.
std::vector<std::string> NameWords(std::string_view name) {
  std::vector<std::string> words;
  bool lower_before = false;
  bool in_word = false;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (!absl::ascii_isalpha(byte)) {
      in_word = false;
      lower_before = false;
      continue;
    }
    const bool upper = absl::ascii_isupper(byte);
    if (!in_word || (upper && lower_before)) words.emplace_back();
    words.back() += absl::ascii_tolower(byte);
    in_word = true;
    lower_before = !upper;
  }
  return words;
}

// "has-sidebar", "no-bio": what the element holds or lacks, not what it is.
bool IsAboutContent(std::string_view word) {
  return word == "has" || word == "hasnt" || word == "with" || word == "without" || word == "no" ||
         word == "not";
}

// More of a name is not looked at.
constexpr size_t kMaxNameBytes = 400;

ElementRole RoleOfName(std::string_view name) {
  if (name.empty()) return ElementRole::kNone;
  const RoleTable& table = WordRoles();
  ElementRole role = ElementRole::kNone;
  std::string previous;
  for (const std::string& word : NameWords(name.substr(0, kMaxNameBytes))) {
    for (const std::string& key : {word, previous + "-" + word}) {
      const auto found = table.find(key);
      if (found == table.end() || IsAboutContent(previous)) continue;
      if (found->second <= ElementRole::kFurniture) return found->second;
      if (role == ElementRole::kNone) role = found->second;
    }
    previous = word;
  }
  return role;
}

// The word, or the pair of words, for which RoleOfName takes an element for furniture; "" when it
// does not.
std::string FurnitureWord(std::string_view name) {
  if (name.empty() || RoleOfName(name) == ElementRole::kNone) return "";
  std::string previous;
  for (const std::string& word : NameWords(name.substr(0, kMaxNameBytes))) {
    for (const std::string& key : {word, previous + "-" + word}) {
      const auto found = WordRoles().find(key);
      const bool furniture = found != WordRoles().end() && found->second <= ElementRole::kFurniture;
      if (furniture && !IsAboutContent(previous)) return key;
    }
    previous = word;
  }
  return "";
}

bool IsFurnitureRole(std::string_view role) {
  return role == "navigation" || role == "complementary" || role == "banner" ||
         role == "contentinfo" || role == "dialog" || role == "search" || role == "menu" ||
         role == "button" || role == "alert";
}

}  // namespace

ElementRole RoleOf(const Tree& tree, NodeId node) {
  switch (tree.tag(node)) {
    case Tag::kText:
      return ElementRole::kNone;
    case Tag::kNav:
    case Tag::kFooter:
      return ElementRole::kNeverText;
    case Tag::kAside:
    case Tag::kForm:
    case Tag::kDialog:
    case Tag::kMenu:
      return ElementRole::kFurniture;
    case Tag::kButton:
      // A picture that opens in full size.
      if (tree.FirstBelow(node, Tag::kFigcaption) == kNoNode) return ElementRole::kFurniture;
      break;
    case Tag::kFigcaption:
      return ElementRole::kCaption;
    default:
      break;
  }
  if (IsHidden(tree, node)) return ElementRole::kFurniture;
  if (IsFurnitureRole(tree.attribute(node, Attribute::kRole))) return ElementRole::kFurniture;
  ElementRole role = ElementRole::kNone;
  for (const Attribute attribute : {Attribute::kClass, Attribute::kId, Attribute::kTestId}) {
    const ElementRole found = RoleOfName(tree.attribute(node, attribute));
    if (found == ElementRole::kNeverText || found == ElementRole::kFurniture) return found;
    if (role == ElementRole::kNone) role = found;
  }
  return role;
}

std::string DescribeFurniture(const Tree& tree, NodeId node) {
  constexpr size_t kMaxShownName = 60;
  switch (tree.tag(node)) {
    case Tag::kNav:
      return "a nav element";
    case Tag::kFooter:
      return "a footer element";
    case Tag::kAside:
      return "an aside element";
    case Tag::kForm:
      return "a form element";
    case Tag::kDialog:
      return "a dialog element";
    case Tag::kMenu:
      return "a menu element";
    case Tag::kButton:
      return "a button element";
    default:
      break;
  }
  if (IsHidden(tree, node)) return "a hidden element";
  const std::string_view role = tree.attribute(node, Attribute::kRole);
  if (IsFurnitureRole(role)) return "an element of role \"" + std::string(role) + "\"";
  for (const Attribute attribute : {Attribute::kClass, Attribute::kId, Attribute::kTestId}) {
    const std::string_view name = tree.attribute(node, attribute);
    const std::string word = FurnitureWord(name);
    if (word.empty()) continue;
    return "an element named \"" + std::string(name.substr(0, kMaxShownName)) + "\" (\"" + word +
           "\")";
  }
  return "an element taken for furniture";
}

bool IsHidden(const Tree& tree, NodeId node) {
  if (tree.tag(node) == Tag::kText) return false;
  return tree.attribute(node, Attribute::kAriaHidden) == "true" || IsInvisible(tree, node);
}

bool IsInvisible(const Tree& tree, NodeId node) {
  if (tree.tag(node) == Tag::kText) return false;
  if (tree.has_attribute(node, Attribute::kHidden)) return true;
  const std::string_view style = tree.attribute(node, Attribute::kStyle);
  if (style.empty()) return false;
  std::string plain;
  for (const char c : style) {
    if (c != ' ') plain += absl::ascii_tolower(static_cast<unsigned char>(c));
  }
  return absl::StrContains(plain, "display:none") || absl::StrContains(plain, "visibility:hidden");
}

}  // namespace broadsheet::sources::html
