// SPDX-License-Identifier: GPL-3.0-or-later
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "absl/strings/match.h"
#include "indexer/sources/html/metadata/metadata.h"

namespace broadsheet::sources::html {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

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

std::string_view String(element value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return {};
  return text;
}

std::string_view Member(object of, const char* name) {
  element value;
  if (of[name].get(value) != simdjson::SUCCESS) return {};
  return String(value);
}

// Calls `each` for the members of an array, or for the value itself.
template <typename Function>
void ForEach(element value, const Function& each) {
  array items;
  if (value.get(items) == simdjson::SUCCESS) {
    for (const element item : items) each(item);
  } else {
    each(value);
  }
}

bool HasType(object of, bool (*accepts)(std::string_view)) {
  element types;
  if (of["@type"].get(types) != simdjson::SUCCESS) return false;
  bool found = false;
  ForEach(types, [&](element type) { found = found || accepts(String(type)); });
  return found;
}

bool IsOrganisationType(std::string_view type) {
  return EndsWith(type, "Organization") || EndsWith(type, "Corporation");
}

// What pages write around or into their JSON that is none: comments, CDATA marks, raw line ends
// inside strings.
std::string Mend(std::string_view script) {
  constexpr std::string_view kDataBegin = "<![CDATA[";
  constexpr std::string_view kDataEnd = "]]>";
  if (const size_t data_end = script.rfind(kDataEnd); data_end != script.npos) {
    script = script.substr(0, data_end);
  }
  const size_t data_begin = script.find(kDataBegin);
  if (data_begin != script.npos) script.remove_prefix(data_begin + kDataBegin.size());
  const size_t begin = script.find_first_of("{[");
  const size_t end = script.find_last_of("}]");
  if (begin == script.npos || end == script.npos || end < begin) return "";
  std::string json(script.substr(begin, end - begin + 1));
  for (char& c : json) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  return json;
}

class JsonLdReader {
 public:
  Metadata Read(const Tree& tree) {
    for (NodeId at = 0; at < tree.size(); ++at) {
      if (tree.tag(at) == Tag::kScript && !tree.text(at).empty()) ReadScript(tree.text(at));
    }
    return std::move(best_);
  }

 private:
  void ReadScript(std::string_view script) {
    element root;
    if (parser_.parse(script.data(), script.size()).get(root) != simdjson::SUCCESS) {
      const std::string mended = Mend(script);
      if (mended.empty()) return;
      if (parser_.parse(mended).get(root) != simdjson::SUCCESS) return;
    }
    objects_ = 0;
    by_id_.clear();
    Index(root, 0);
    Visit(root, 0);
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
      const std::string_view id = Member(members, "@id");
      element type;
      if (!id.empty() && members["@type"].get(type) == simdjson::SUCCESS) {
        by_id_.emplace(id, members);
      }
      for (const auto [key, member] : members) Index(member, depth + 1);
    }
  }

  void Visit(element value, int depth) {
    if (depth > kMaxStatementDepth) return;
    array items;
    object members;
    if (value.get(items) == simdjson::SUCCESS) {
      for (const element item : items) Visit(item, depth + 1);
      return;
    }
    if (value.get(members) != simdjson::SUCCESS) return;
    if (HasType(members, &IsArticleType)) {
      Take(members);
      return;
    }
    for (const char* below : {"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"}) {
      element member;
      if (members[below].get(member) == simdjson::SUCCESS) Visit(member, depth + 1);
    }
  }

  // Keeps the statement that tells most; the first among equals.
  void Take(object article) {
    Metadata found;
    int told = 0;
    const auto take = [&](std::string* to, const char* name) {
      if (to->empty()) *to = PlainText(Member(article, name));
      if (!to->empty()) ++told;
    };
    take(&found.headline, "headline");
    take(&found.headline, "name");
    take(&found.summary, "description");
    take(&found.published, "datePublished");
    take(&found.published, "dateCreated");
    take(&found.updated, "dateModified");
    take(&found.copyright, "copyrightNotice");
    take(&found.url, "url");
    if (found.url.empty()) take(&found.url, "mainEntityOfPage");
    found.body = std::string(Member(article, "articleBody"));
    TakeLanguage(article, &found);
    TakeAuthors(article, &found);
    TakeList(article, "keywords", &found.tags);
    TakeList(article, "articleSection", &found.sections);
    TakePublisher(article, &found);
    TakeMedia(article, &found);
    told +=
        static_cast<int>(found.authors.size() + found.tags.size()) + (found.body.empty() ? 0 : 3);
    if (told > best_told_) {
      best_told_ = told;
      best_ = std::move(found);
    }
  }

  object Resolve(object of) const {
    const auto found = by_id_.find(Member(of, "@id"));
    return found == by_id_.end() ? of : found->second;
  }

  void AddAuthor(element value, Metadata* found) const {
    object person;
    if (value.get(person) == simdjson::SUCCESS) {
      person = Resolve(person);
      element name;
      if (person["name"].get(name) != simdjson::SUCCESS) return;
      const bool organisation = HasType(person, &IsOrganisationType);
      ForEach(name, [&](element each) { AddAuthorName(String(each), organisation, found); });
    } else {
      AddAuthorName(String(value), false, found);
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
      ForEach(authors, [&](element author) { AddAuthor(author, found); });
    }
  }

  static void TakeList(object article, const char* name, std::vector<std::string>* to) {
    element list;
    if (article[name].get(list) != simdjson::SUCCESS) return;
    const bool single = list.type() != element_type::ARRAY;
    ForEach(list, [&](element item) {
      object term;
      const std::string_view text =
          item.get(term) == simdjson::SUCCESS ? Member(term, "name") : String(item);
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
    ForEach(publisher, [&](element item) {
      object house;
      if (!found->source.empty()) return;
      found->source = PlainText(
          item.get(house) == simdjson::SUCCESS ? Member(Resolve(house), "name") : String(item));
    });
  }

  static void TakeLanguage(object article, Metadata* found) {
    element language;
    if (article["inLanguage"].get(language) != simdjson::SUCCESS) return;
    object named;
    found->language =
        std::string(language.get(named) == simdjson::SUCCESS ? Member(named, "alternateName")
                                                             : String(language));
  }

  void TakeMedia(object article, Metadata* found) const {
    for (const char* name : {"image", "associatedMedia", "video"}) {
      element media;
      if (article[name].get(media) != simdjson::SUCCESS) continue;
      ForEach(media, [&](element item) {
        object picture;
        if (item.get(picture) != simdjson::SUCCESS) return;
        picture = Resolve(picture);
        MediaStatement statement;
        statement.caption = PlainText(Member(picture, "caption"));
        if (statement.caption.empty())
          statement.caption = PlainText(Member(picture, "description"));
        statement.credit = PlainText(Member(picture, "creditText"));
        statement.url = std::string(Member(picture, "url"));
        if (!statement.caption.empty()) found->media.push_back(std::move(statement));
      });
    }
  }

  simdjson::dom::parser parser_;
  std::map<std::string_view, object> by_id_;
  size_t objects_ = 0;
  Metadata best_;
  int best_told_ = 0;
};

}  // namespace

Metadata ReadJsonLd(const Tree& tree) { return JsonLdReader().Read(tree); }

}  // namespace broadsheet::sources::html
