// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/feed_item.h"

#include <google/protobuf/timestamp.pb.h>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "indexer/sources/article_fields.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/markup/html_fragment.h"
#include "indexer/sources/wire_date.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::FlowText;

// A lone description of more is taken for the story itself, not for its summary.
constexpr size_t kMaxSummaryBytes = 1000;

// The text between an element's tags, with markup inside it left out but not decoded: RSS holds
// HTML as text.
std::string RawText(const Element& element) {
  std::string text;
  for (const markup::Node& node : element.children) text += node.text;
  return text;
}

// What an element says, be it plain text, HTML as text, or XHTML.
absl::StatusOr<FlowText> ReadConstruct(const Element& element) {
  const std::string_view type = element.Get("type");
  bool has_elements = false;
  for (const markup::Node& node : element.children) has_elements |= node.element != nullptr;
  if (has_elements) return markup::ReadFlow(element);
  const std::string text = RawText(element);
  if (type == "text" || type == "text/plain") return markup::ReadPlainFlow(text);
  return markup::ReadHtmlFlow(text);
}

// One line: a title may hold tags, as elements or as text.
std::string ConstructLine(const Element* element) {
  if (element == nullptr) return "";
  const std::string text = element->Text();
  return element->Get("type") == "text" ? text : markup::PlainLine(text);
}

std::string LineOf(const Element& item, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (const Element* element : item.Children(name)) {
      if (std::string line = ConstructLine(element); !line.empty()) return line;
    }
  }
  return "";
}

// The element that says what holds for the whole feed: RSS has it within the root.
const Element* Channel(const Element* feed) {
  if (feed == nullptr) return nullptr;
  const Element* channel = feed->Child("channel");
  return channel == nullptr ? feed : channel;
}

bool HasScheme(std::string_view text) {
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return false;
  for (const char c : text.substr(0, colon)) {
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c)) && c != '+' && c != '.' && c != '-') {
      return false;
    }
  }
  return text.find(' ') == std::string_view::npos;
}

bool IsWebAddress(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

std::string Link(const Element& item) {
  if (std::string original = item.TextOf({"feedburner:origLink"}); !original.empty()) {
    return original;
  }
  std::string link;
  for (const Element* candidate : item.Children("link")) {
    const std::string_view relation = candidate->Get("rel");
    const std::string text = candidate->Text();
    // RSS has the address as text, Atom as an attribute.
    std::string address = text.empty() ? std::string(candidate->Get("href")) : text;
    if (address.empty() || !(relation.empty() || relation == "alternate")) continue;
    const bool is_page = candidate->Get("type").empty() || candidate->Get("type") == "text/html";
    if (link.empty() || is_page) link = std::move(address);
    if (is_page) break;
  }
  return link;
}

void ReadIdentity(const Element& item, v1::Article* article) {
  article->set_url(Link(item));
  std::string id = LineOf(item, {"guid", "id", "dc:identifier"});
  if (id.empty()) id = std::string(item.Get("about"));
  const Element* guid = item.Child("guid");
  const bool permalink =
      guid != nullptr && !absl::EqualsIgnoreCase(std::string(guid->Get("isPermaLink")), "false");
  if (article->url().empty() && permalink && IsWebAddress(id)) article->set_url(id);
  // A bare number is unique in its own feed only; then the address is the better identity.
  if (HasScheme(id) || article->url().empty()) article->set_id(id);
}

void ReadDates(const Element& item, v1::Article* article) {
  for (const char* name : {"pubDate", "published", "issued", "dcterms:issued", "dc:date", "created",
                           "dcterms:created", "date"}) {
    SetPublishedFrom(item.TextOf({name}), article);
  }
  google::protobuf::Timestamp time;
  for (const char* name : {"updated", "atom:updated", "modified", "dcterms:modified"}) {
    const std::string text = item.TextOf({name});
    if (!ReadInstant(text, &time)) continue;
    *article->mutable_updated_time() = time;
    // Atom's one required date.
    SetPublishedFrom(text, article);
    return;
  }
}

// "editor@news.example (Jane Doe)", "Jane Doe <jane@news.example>" -> "Jane Doe"; an address alone
// is kept: it is all there is.
std::string PersonOfAddress(std::string_view text) {
  const size_t open = text.find('(');
  const size_t close = text.rfind(')');
  if (text.find('@') < open && open != std::string_view::npos && close != std::string_view::npos &&
      close > open + 1) {
    return std::string(text.substr(open + 1, close - open - 1));
  }
  const size_t angle = text.find('<');
  if (angle != std::string_view::npos && angle > 0) return std::string(text.substr(0, angle));
  return std::string(text);
}

void ReadAuthor(const Element& author, v1::Article* article) {
  const std::string name = LineOf(author, {"name", "atom:name"});
  if (!name.empty()) {
    AddBylines(name, article);
  } else if (author.Child("email") == nullptr) {
    AddBylines(PersonOfAddress(ConstructLine(&author)), article);
  }
}

void ReadAuthors(const Element& item, const Element* feed, v1::Article* article) {
  for (const Element* creator : item.Children("dc:creator")) {
    AddBylines(PersonOfAddress(ConstructLine(creator)), article);
  }
  for (const char* name : {"author", "atom:author"}) {
    if (article->bylines_size() > 0) return;
    for (const Element* author : item.Children(name)) ReadAuthor(*author, article);
  }
  if (article->bylines_size() == 0) {
    for (const Element* author : item.Children("itunes:author")) ReadAuthor(*author, article);
  }
  // Only Atom says that the feed's author is that of its entries.
  if (article->bylines_size() > 0 || item.name != "entry") return;
  for (const Element* from : {item.Child("source"), feed}) {
    if (from == nullptr || article->bylines_size() > 0) continue;
    for (const Element* author : from->Children("author")) ReadAuthor(*author, article);
  }
}

void AddTagList(std::string_view list, v1::Article* article) {
  while (!list.empty()) {
    const size_t end = list.find(',');
    AddTag(list.substr(0, end), article);
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  }
}

void ReadCategories(const Element& item, v1::Article* article) {
  for (const Element* category : item.Children("category")) {
    std::string tag = ConstructLine(category);
    if (tag.empty()) tag = std::string(category->Get("label"));
    if (tag.empty()) tag = std::string(category->Get("term"));
    AddTag(tag, article);
  }
  for (const Element* subject : item.Children("dc:subject"))
    AddTag(ConstructLine(subject), article);
  for (const Element* keywords : item.Descendants("media:keywords")) {
    AddTagList(ConstructLine(keywords), article);
  }
  for (const Element* keywords : item.Children("itunes:keywords")) {
    AddTagList(ConstructLine(keywords), article);
  }
  article->set_section(LineOf(item, {"prism:section"}));
}

// What one medium says of itself, else what its group does.
void AddMedium(const Element& medium, const Element* group, v1::Article* article) {
  const auto line = [&](const char* name) {
    const std::string own = LineOf(medium, {name});
    return own.empty() && group != nullptr ? LineOf(*group, {name}) : own;
  };
  v1::Caption caption;
  caption.set_text(line("media:description"));
  if (caption.text().empty()) caption.set_text(line("media:title"));
  caption.set_credit(line("media:credit"));
  caption.set_media_url(std::string(medium.Get("url")));
  AddCaption(std::move(caption), article);
}

void ReadMedia(const Element& item, v1::Article* article) {
  for (const Element* content : item.Children("media:content")) {
    AddMedium(*content, nullptr, article);
  }
  for (const Element* group : item.Children("media:group")) {
    const std::vector<const Element*> contents = group->Children("media:content");
    for (const Element* content : contents) AddMedium(*content, group, article);
    if (contents.empty()) AddMedium(*group, nullptr, article);
  }
  // Beside the media rather than inside them: of the first.
  const std::string text = LineOf(item, {"media:description"});
  const std::string credit = LineOf(item, {"media:credit"});
  if (text.empty() && credit.empty()) return;
  if (article->captions_size() == 0) article->add_captions();
  v1::Caption& first = *article->mutable_captions(0);
  if (first.text().empty()) first.set_text(text);
  if (first.credit().empty()) first.set_credit(credit);
}

void TakeFlow(const FlowText& flow, v1::Article* article) {
  article->set_body(flow.Body());
  for (const v1::Caption& caption : flow.captions) AddCaption(caption, article);
}

const Element* FirstWithContent(const Element& item,
                                std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    for (const Element* element : item.Children(name)) {
      if (!element->Text().empty()) return element;
    }
  }
  return nullptr;
}

absl::Status ReadItemText(const Element& item, v1::Article* article) {
  const Element* full = FirstWithContent(item, {"content:encoded", "content", "body"});
  const Element* brief = FirstWithContent(
      item, {"summary", "description", "dcterms:abstract", "itunes:summary", "dc:description"});
  if (full != nullptr) {
    const absl::StatusOr<FlowText> flow = ReadConstruct(*full);
    if (!flow.ok()) return flow.status();
    TakeFlow(*flow, article);
  }
  if (brief == nullptr) return absl::OkStatus();
  const absl::StatusOr<FlowText> flow = ReadConstruct(*brief);
  if (!flow.ok()) return flow.status();
  const std::string text = flow->Body();
  if (full == nullptr && text.size() > kMaxSummaryBytes) {
    TakeFlow(*flow, article);
  } else if (text != article->body()) {
    article->set_summary(text);
    for (const v1::Caption& caption : flow->captions) AddCaption(caption, article);
  }
  return absl::OkStatus();
}

void ReadPublication(const Element& item, const Element* feed, v1::Article* article) {
  article->set_language(LineOf(item, {"dc:language", "language"}));
  if (article->language().empty()) article->set_language(std::string(item.Get("lang")));
  article->set_copyright(LineOf(item, {"dc:rights", "rights", "copyright"}));
  // Where an item was taken over from another feed, that one is the source.
  const Element* origin = item.Child("source");
  if (origin != nullptr) {
    article->set_source(origin->Child("title") == nullptr ? ConstructLine(origin)
                                                          : ConstructLine(origin->Child("title")));
  }
  if (article->source().empty()) article->set_source(LineOf(item, {"dc:publisher"}));
  const Element* channel = Channel(feed);
  if (channel == nullptr) return;
  if (article->source().empty()) article->set_source(LineOf(*channel, {"title"}));
  if (article->language().empty()) {
    article->set_language(LineOf(*channel, {"language", "dc:language"}));
  }
  if (article->language().empty()) article->set_language(std::string(feed->Get("lang")));
  if (article->copyright().empty()) {
    article->set_copyright(LineOf(*channel, {"copyright", "dc:rights", "rights"}));
  }
}

}  // namespace

absl::Status ReadFeedItem(const Element& item, const Element* feed, v1::Article* article) {
  ReadIdentity(item, article);
  article->set_headline(LineOf(item, {"title", "dc:title", "media:title", "itunes:title"}));
  ReadAuthors(item, feed, article);
  ReadDates(item, article);
  ReadCategories(item, article);
  ReadMedia(item, article);
  ReadPublication(item, feed, article);
  return ReadItemText(item, article);
}

}  // namespace broadsheet::sources
