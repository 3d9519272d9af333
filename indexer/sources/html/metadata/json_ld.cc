// SPDX-License-Identifier: GPL-3.0-or-later
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "indexer/sources/html/metadata/hold_members.h"
#include "indexer/sources/html/metadata/json_ld_value.h"
#include "indexer/sources/html/metadata/live_blog.h"
#include "indexer/sources/html/metadata/mended_json.h"
#include "indexer/sources/html/metadata/metadata.h"
#include "indexer/sources/html/metadata/own_page.h"

namespace broadsheet::sources::html {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

// More than the members of any statement.
constexpr int kFitGains = 1000;
// More than all that may fit.
constexpr int kPostingCosts = 10 * kFitGains;
constexpr int kNothingTold = -2 * kPostingCosts;
// How deep statements are looked for below one another.
constexpr int kMaxStatementDepth = 12;
// More are no page of one article.
constexpr size_t kMaxObjects = 2000;

bool EndsWith(std::string_view text, std::string_view ending) { return text.ends_with(ending); }

// "NewsArticle", "ReportageNewsArticle", "https://schema.org/BlogPosting", ...
bool IsArticleType(std::string_view type) {
  return EndsWith(type, "Article") || EndsWith(type, "BlogPosting") ||
         EndsWith(type, "SocialMediaPosting") || EndsWith(type, "Report") ||
         EndsWith(type, "Review");
}

bool IsPostingType(std::string_view type) { return EndsWith(type, "SocialMediaPosting"); }

bool IsPageType(std::string_view type) {
  return EndsWith(type, "WebPage") || EndsWith(type, "ItemPage") || EndsWith(type, "ArticlePage");
}

bool IsOrganisationType(std::string_view type) {
  return EndsWith(type, "Organization") || EndsWith(type, "Corporation");
}

// Where an article says that it is, in all the ways in which articles say it.
std::vector<std::string> AddressesOf(object article) {
  std::vector<std::string> addresses;
  const auto add = [&](std::string_view address) {
    if (!address.empty()) addresses.emplace_back(address);
  };
  for (const char* name : {"url", "mainEntityOfPage", "@id"}) {
    add(JsonLdMember(article, name));
    object page;
    if (article[name].get(page) != simdjson::SUCCESS) continue;
    add(JsonLdMember(page, "@id"));
    add(JsonLdMember(page, "url"));
  }
  return addresses;
}

class JsonLdReader {
 public:
  explicit JsonLdReader(const OwnPage& own) : own_(own) {}

  Metadata Read(const Tree& tree) {
    for (NodeId at = 0; at < tree.size(); ++at) {
      if (tree.tag(at) == Tag::kScript && !tree.text(at).empty()) ReadScript(tree.text(at));
    }
    best_.page_published = std::move(page_.published);
    best_.page_updated = std::move(page_.updated);
    best_.holds = std::move(page_.holds);
    best_.mended = std::move(mended_);
    best_.unreadable = unreadable_;
    return std::move(best_);
  }

 private:
  void ReadScript(std::string_view script) {
    element root;
    if (parser_.parse(script.data(), script.size()).get(root) != simdjson::SUCCESS) {
      MendedJson mended = MendJson(script);
      if (mended.json.empty() || parser_.parse(mended.json).get(root) != simdjson::SUCCESS) {
        ++unreadable_;
        AddHoldsInText(script, &page_.holds);
        return;
      }
      for (std::string& what : mended.what) {
        if (std::find(mended_.begin(), mended_.end(), what) == mended_.end()) {
          mended_.push_back(std::move(what));
        }
      }
    }
    objects_ = 0;
    by_id_.clear();
    Index(root, 0);
    Visit(root, 0, false);
  }

  // Statements refer to one another by @id.
  void Index(element value, int depth) {
    if (depth > kMaxStatementDepth || objects_ > kMaxObjects) return;
    array items;
    object members;
    if (value.get(items) == simdjson::SUCCESS) {
      for (const element item : items) Index(item, depth + 1);
    } else if (value.get(members) == simdjson::SUCCESS) {
      ++objects_;
      const std::string_view id = JsonLdMember(members, "@id");
      element type;
      if (!id.empty() && members["@type"].get(type) == simdjson::SUCCESS) {
        by_id_.emplace(id, members);
      }
      for (const auto [key, member] : members) Index(member, depth + 1);
    }
  }

  // `listed`: below an item of a list.
  void Visit(element value, int depth, bool listed) {
    if (depth > kMaxStatementDepth) return;
    array items;
    object members;
    if (value.get(items) == simdjson::SUCCESS) {
      for (const element item : items) Visit(item, depth + 1, listed);
      return;
    }
    if (value.get(members) != simdjson::SUCCESS) return;
    if (HasJsonLdType(members, &IsArticleType)) {
      Take(members, listed);
      return;
    }
    if (HasJsonLdType(members, &IsPageType)) TakePage(members);
    for (const std::string_view below :
         {"@graph", "mainEntity", "mainEntityOfPage", "item", "itemListElement"}) {
      element member;
      if (members.at_key(below).get(member) != simdjson::SUCCESS) continue;
      Visit(member, depth + 1, listed || below == "itemListElement");
    }
  }

  void TakePage(object page) {
    AddHoldMembers(page, &page_.holds);
    if (own_.IsOther(JsonLdMember(page, "url"))) return;
    if (page_.published.empty()) page_.published = PlainText(JsonLdMember(page, "datePublished"));
    if (page_.updated.empty()) page_.updated = PlainText(JsonLdMember(page, "dateModified"));
  }

  // Keeps the statement that is the most likely to be about the page, of several the one that tells
  // most; the first among equals. A posting in a network counts only where there is no article.
  void Take(object article, bool listed) {
    AddHoldMembers(article, &page_.holds);
    PageClaim claim{.addresses = AddressesOf(article),
                    .headline = PlainText(JsonLdMember(article, "headline")),
                    .listed = listed};
    if (claim.headline.empty()) claim.headline = PlainText(JsonLdMember(article, "name"));
    const int fit = own_.Fit(claim);
    if (fit < 0) return;
    Metadata found;
    int told = 0;
    const auto take = [&](std::string* to, const char* name) {
      if (to->empty()) *to = PlainText(JsonLdMember(article, name));
      if (!to->empty()) ++told;
    };
    take(&found.headline, "headline");
    take(&found.headline, "name");
    take(&found.summary, "description");
    take(&found.published, "datePublished");
    if (found.published.empty()) found.published = JsonLdNumber(article, "datePublished");
    take(&found.published, "dateCreated");
    take(&found.updated, "dateModified");
    take(&found.copyright, "copyrightNotice");
    take(&found.url, "url");
    if (found.url.empty()) take(&found.url, "mainEntityOfPage");
    found.body = std::string(JsonLdMember(article, "articleBody"));
    TakeLiveBlog(article, &found);
    TakeLanguage(article, &found);
    TakeAuthors(article, &found);
    TakeList(article, "keywords", &found.tags);
    TakeList(article, "about", &found.about);
    if (found.about.empty()) TakeList(article, "mentions", &found.about);
    TakeList(article, "articleSection", &found.sections);
    TakePublisher(article, &found);
    TakeMedia(article, &found);
    told += static_cast<int>(found.authors.size() + found.tags.size()) +
            (found.body.empty() && found.live.empty() ? 0 : 3);
    told += fit * kFitGains;
    if (HasJsonLdType(article, &IsPostingType)) told -= kPostingCosts;
    if (told > best_told_) {
      best_told_ = told;
      best_ = std::move(found);
    }
  }

  static void TakeLiveBlog(object posting, Metadata* found) {
    LiveBlog blog = ReadLiveBlog(posting);
    found->held_updates = blog.held;
    // Also where the updates stand in the page alone.
    if (found->published.empty()) found->published = JsonLdMember(posting, "coverageStartTime");
    if (blog.text.empty()) return;
    found->live = std::move(blog.text);
    if (found->published.empty()) found->published = blog.first;
    if (found->updated.empty()) found->updated = blog.last;
  }

  object Resolve(object of) const {
    const auto found = by_id_.find(JsonLdMember(of, "@id"));
    return found == by_id_.end() ? of : found->second;
  }

  void AddAuthor(element value, Metadata* found) const {
    object person;
    if (value.get(person) == simdjson::SUCCESS) {
      person = Resolve(person);
      element name;
      if (person["name"].get(name) != simdjson::SUCCESS) return;
      const bool organisation = HasJsonLdType(person, &IsOrganisationType);
      ForEachValue(name,
                   [&](element each) { AddAuthorName(JsonLdText(each), organisation, found); });
    } else {
      AddAuthorName(JsonLdText(value), false, found);
    }
  }

  static void AddAuthorName(std::string_view name, bool organisation, Metadata* found) {
    std::string plain = PlainText(name);
    if (plain.empty()) return;
    found->authors.push_back(std::move(plain));
    found->author_is_organisation.push_back(organisation);
  }

  void TakeAuthors(object article, Metadata* found) const {
    for (const char* name : {"author", "creator"}) {
      element authors;
      if (!found->authors.empty() || article[name].get(authors) != simdjson::SUCCESS) continue;
      ForEachValue(authors, [&](element author) { AddAuthor(author, found); });
    }
  }

  static void TakeList(object article, const char* name, std::vector<std::string>* to) {
    element list;
    if (article[name].get(list) != simdjson::SUCCESS) return;
    const bool single = list.type() != element_type::ARRAY;
    ForEachValue(list, [&](element item) {
      object term;
      const std::string_view text =
          item.get(term) == simdjson::SUCCESS ? JsonLdMember(term, "name") : JsonLdText(item);
      if (single) {
        for (std::string& keyword : SplitKeywords(PlainText(text)))
          to->push_back(std::move(keyword));
      } else if (std::string plain = PlainText(text); !plain.empty()) {
        to->push_back(std::move(plain));
      }
    });
  }

  void TakePublisher(object article, Metadata* found) const {
    element publisher;
    if (article["publisher"].get(publisher) != simdjson::SUCCESS) return;
    ForEachValue(publisher, [&](element item) {
      object house;
      if (!found->source.empty()) return;
      found->source =
          PlainText(item.get(house) == simdjson::SUCCESS ? JsonLdMember(Resolve(house), "name")
                                                         : JsonLdText(item));
    });
  }

  static void TakeLanguage(object article, Metadata* found) {
    element language;
    if (article["inLanguage"].get(language) != simdjson::SUCCESS) return;
    object named;
    found->language =
        std::string(language.get(named) == simdjson::SUCCESS ? JsonLdMember(named, "alternateName")
                                                             : JsonLdText(language));
  }

  // Who made the picture, or has the rights in it.
  std::string CreditOf(object picture) const {
    std::string credit = PlainText(JsonLdMember(picture, "creditText"));
    for (const char* name : {"creator", "author", "copyrightHolder"}) {
      element value;
      if (!credit.empty() || picture[name].get(value) != simdjson::SUCCESS) continue;
      object maker;
      credit =
          PlainText(value.get(maker) == simdjson::SUCCESS ? JsonLdMember(Resolve(maker), "name")
                                                          : JsonLdText(value));
    }
    return credit;
  }

  void TakeMedia(object article, Metadata* found) const {
    for (const char* name : {"image", "associatedMedia", "video"}) {
      element media;
      if (article[name].get(media) != simdjson::SUCCESS) continue;
      ForEachValue(media, [&](element item) {
        object picture;
        if (item.get(picture) != simdjson::SUCCESS) return;
        picture = Resolve(picture);
        MediaStatement statement;
        statement.caption = PlainText(JsonLdMember(picture, "caption"));
        if (statement.caption.empty())
          statement.caption = PlainText(JsonLdMember(picture, "description"));
        statement.credit = CreditOf(picture);
        statement.url = std::string(JsonLdMember(picture, "url"));
        if (!statement.caption.empty()) found->media.push_back(std::move(statement));
      });
    }
  }

  const OwnPage& own_;
  simdjson::dom::parser parser_;
  std::map<std::string_view, object> by_id_;
  size_t objects_ = 0;
  Metadata best_;
  int best_told_ = kNothingTold;
  // What is stated of the page; and what holds back any of its statements.
  Metadata page_;
  std::vector<std::string> mended_;
  size_t unreadable_ = 0;
};

}  // namespace

Metadata ReadJsonLd(const Tree& tree, const Metadata& meta) {
  return JsonLdReader(OwnPage(tree, meta)).Read(tree);
}

}  // namespace broadsheet::sources::html
