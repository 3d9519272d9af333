// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/feed_item.h"

#include <google/protobuf/timestamp.pb.h>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "engine/text/clean.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/markup/address.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/markup/html_fragment.h"
#include "indexer/sources/xml/feed_address.h"
#include "indexer/sources/xml/feed_release.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::FlowText;

// A lone description of more is taken for the story itself, not for its summary.
constexpr size_t kMaxSummaryBytes = 1000;

// Whether the text of an element is packed: in Atom 0.3 when it says so, in Atom 1.0 when its type
// is one of a medium that is neither text nor XML.
bool IsBase64(const Element& element) {
  if (element.Get("mode") == "base64") return true;
  const std::string type = absl::AsciiStrToLower(std::string(element.Get("type")));
  return type.find('/') != std::string::npos && !type.starts_with("text/") &&
         !type.ends_with("+xml") && !type.ends_with("/xml") && element.Get("mode").empty();
}

// The text of an element, unpacked; as it is when it is not packed, whatever it says; "" when
// what is packed is no text.
std::string UnpackedText(const Element& element) {
  std::string text = element.OwnText();
  if (!IsBase64(element)) return text;
  std::string packed = text;
  absl::RemoveExtraAsciiWhitespace(&packed);
  const bool is_text = packed.find(' ') != packed.npos && text.find('\n') == text.npos;
  std::erase(packed, ' ');
  std::string unpacked;
  if (!absl::Base64Unescape(packed, &unpacked)) return text;
  if (text::IsValidUtf8(unpacked)) return unpacked;
  // Words without marks look packed as well.
  const bool is_data = element.Get("mode") == "base64" || (!is_text && packed.size() >= 64);
  return is_data ? "" : text;
}

// What an element says, be it plain text, HTML as text, or XHTML.
absl::StatusOr<FlowText> ReadConstruct(const Element& element) {
  const std::string_view type = element.Get("type");
  if (element.HasElements()) return markup::ReadFlow(element);
  const std::string text = UnpackedText(element);
  if (type == "text" || type == "text/plain") return markup::ReadPlainFlow(text);
  return markup::ReadHtmlFlow(text);
}

// One line: a title may hold tags, as elements or as text.
std::string ConstructLine(const Element* element) {
  if (element == nullptr) return "";
  const std::string text =
      IsBase64(*element) ? UnpackedText(*element) : markup::ShownText(*element);
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

// The address of the item; `unusable` becomes the first that is stated and is no page's.
std::string Link(const Element& item, const FeedAddress& addresses, std::string* unusable) {
  if (const Element* original = item.Child("feedburner:origLink"); original != nullptr) {
    std::string link = addresses.Resolve(*original, AddressTextOf(*original));
    if (markup::IsWebAddress(link)) return link;
  }
  std::string link;
  for (const char* name : {"link", "atom:link"}) {
    for (const Element* candidate : item.Children(name)) {
      const std::string_view relation = candidate->Get("rel");
      const std::string text = AddressTextOf(*candidate);
      // RSS has the address as text, Atom as an attribute.
      const std::string_view reference = text.empty() ? candidate->Get("href") : text;
      if (reference.empty() || !(relation.empty() || relation == "alternate")) continue;
      std::string address = addresses.Resolve(*candidate, reference);
      if (!markup::IsWebAddress(address)) address.clear();
      if (address.empty() && unusable->empty()) *unusable = reference;
      const std::string_view type = candidate->Get("type");
      const bool is_page = type.empty() || type == "text/html" || type == "application/xhtml+xml";
      if (link.empty() || is_page) link = std::move(address);
      if (is_page && !link.empty()) return link;
    }
  }
  return link;
}

// The element that has the item's own id; null for none.
const Element* IdElement(const Element& item) {
  for (const char* name : {"guid", "id", "atom:id", "dc:identifier"}) {
    for (const Element* element : item.Children(name)) {
      if (element->HasText()) return element;
    }
  }
  return nullptr;
}

// A path such as "/news/1" or "../2" is meant to be an address, a word is not.
bool IsPath(std::string_view id) {
  return id.starts_with('/') || id.starts_with("./") || id.starts_with("../");
}

// What an item states as its id. One that is an address is mended as links are; a script or data is
// none.
std::string StatedId(const Element* element, const Element& item) {
  if (element == nullptr) return std::string(item.Get("about"));
  const std::string id = element->Text();
  if (markup::NamesNoDocument(id)) return "";
  const bool is_web = id.starts_with("http://") || id.starts_with("https://");
  return is_web ? markup::ResolveAddress("", AddressTextOf(*element)) : id;
}

void WarnOfLink(std::string link, Draft& draft) {
  constexpr size_t kMostQuoted = 60;
  text::CleanLine(&link);
  draft.Warn("the link \"" + std::string(text::PrefixOf(link, kMostQuoted)) +
             "\" is no address of a page: left out");
}

void ReadIdentity(const Element& item, const FeedAddress& addresses, Draft& draft) {
  std::string unusable;
  draft->set_url(Link(item, addresses, &unusable));
  draft.GivenBy("link");
  const Element* element = IdElement(item);
  std::string id = StatedId(element, item);
  const bool is_permalink =
      element != nullptr && element->name == "guid" &&
      !absl::EqualsIgnoreCase(std::string(element->Get("isPermaLink")), "false");
  const bool says_permalink = is_permalink && !element->Get("isPermaLink").empty();
  if (!markup::IsAbsoluteAddress(id) && (IsPath(id) || says_permalink)) {
    id = addresses.Resolve(element == nullptr ? item : *element, id);
  }
  if (draft->url().empty() && is_permalink && markup::IsWebAddress(id)) draft->set_url(id);
  draft.GivenBy("guid, a permanent link");
  if (draft->url().empty() && item.Get("HREF").size() > 0) {
    const std::string address = addresses.Resolve(item, item.Get("HREF"));
    if (markup::IsWebAddress(address)) draft->set_url(address);
  }
  // A bare number is unique in its own feed only: the address is the better identity, else the
  // number with the address of the feed.
  if (markup::IsAbsoluteAddress(id)) {
    draft->set_id(id);
  } else if (!id.empty() && draft->url().empty() && !addresses.feed().empty()) {
    draft->set_id(addresses.feed() + "#" + id);
  }
  draft.GivenBy("guid, id, about");
  if (draft->url().empty() && !unusable.empty()) WarnOfLink(std::move(unusable), draft);
}

void ReadDates(const Element& item, Draft& draft) {
  for (const char* name : {"pubDate", "published", "issued", "atom:published", "dcterms:issued",
                           "dc:date", "created", "dcterms:created", "date", "pubdate"}) {
    SetPublishedFrom(item.TextOf({name}), draft.article());
    draft.GivenBy(name);
  }
  SetPublishedFrom(item.Get("LASTMOD"), draft.article());
  draft.GivenBy("LASTMOD");
  google::protobuf::Timestamp time;
  for (const char* name : {"updated", "atom:updated", "modified", "dcterms:modified"}) {
    const std::string text = item.TextOf({name});
    if (!ReadInstant(text, &time)) continue;
    *draft->mutable_updated_time() = time;
    // Atom's one required date.
    SetPublishedFrom(text, draft.article());
    draft.GivenBy(name);
    return;
  }
}

void ReadAuthor(const Element& author, Draft& draft) {
  const std::string name = LineOf(author, {"name", "atom:name"});
  if (!name.empty()) {
    AddBylines(name, draft.article());
  } else if (author.Child("email") == nullptr) {
    AddBylines(ConstructLine(&author), draft.article());
  }
}

void ReadAuthors(const Element& item, const Element* feed, Draft& draft) {
  for (const Element* creator : item.Children("dc:creator")) {
    AddBylines(ConstructLine(creator), draft.article());
  }
  draft.GivenBy("dc:creator");
  for (const char* name : {"author", "atom:author", "dc:author"}) {
    if (draft->bylines_size() > 0) return;
    for (const Element* author : item.Children(name)) ReadAuthor(*author, draft);
    draft.GivenBy(name);
  }
  if (draft->bylines_size() == 0) {
    for (const Element* author : item.Children("itunes:author")) ReadAuthor(*author, draft);
  }
  draft.GivenBy("itunes:author");
  // Only Atom says that the feed's author is that of its entries.
  if (draft->bylines_size() > 0 || item.name != "entry") return;
  for (const Element* from : {item.Child("source"), feed}) {
    if (from == nullptr || draft->bylines_size() > 0) continue;
    for (const Element* author : from->Children("author")) ReadAuthor(*author, draft);
  }
  draft.GivenBy("author of the feed");
}

void AddTagList(std::string_view list, Draft& draft) {
  while (!list.empty()) {
    const size_t end = list.find(',');
    AddTag(list.substr(0, end), draft.article());
    list = end == std::string_view::npos ? std::string_view() : list.substr(end + 1);
  }
}

void ReadCategories(const Element& item, Draft& draft) {
  for (const char* name : {"category", "atom:category"}) {
    for (const Element* category : item.Children(name)) {
      std::string tag = ConstructLine(category);
      if (tag.empty()) tag = std::string(category->Get("label"));
      if (tag.empty()) tag = std::string(category->Get("term"));
      AddTag(tag, draft.article());
    }
  }
  draft.GivenBy("category");
  for (const Element* subject : item.Children("dc:subject")) {
    AddTag(ConstructLine(subject), draft.article());
  }
  draft.GivenBy("dc:subject");
  for (const Element* keywords : item.Descendants("media:keywords")) {
    AddTagList(ConstructLine(keywords), draft);
  }
  for (const Element* keywords : item.Children("itunes:keywords")) {
    AddTagList(ConstructLine(keywords), draft);
  }
  draft.GivenBy("media:keywords, itunes:keywords");
  draft->set_section(LineOf(item, {"prism:section"}));
  draft.GivenBy("prism:section");
}

// What one medium says of itself, else what its group does.
void AddMedium(const Element& medium, const Element* group, Draft& draft) {
  const auto line = [&](const char* name) {
    const std::string own = LineOf(medium, {name});
    return own.empty() && group != nullptr ? LineOf(*group, {name}) : own;
  };
  v1::Caption caption;
  caption.set_text(line("media:description"));
  if (caption.text().empty()) caption.set_text(line("media:title"));
  caption.set_credit(line("media:credit"));
  caption.set_media_url(std::string(medium.Get("url")));
  AddCaption(std::move(caption), draft.article());
}

void ReadMedia(const Element& item, Draft& draft) {
  for (const Element* content : item.Children("media:content")) {
    AddMedium(*content, nullptr, draft);
  }
  for (const Element* group : item.Children("media:group")) {
    const std::vector<const Element*> contents = group->Children("media:content");
    for (const Element* content : contents) AddMedium(*content, group, draft);
    if (contents.empty()) AddMedium(*group, nullptr, draft);
  }
  // Beside the media rather than inside them: of the first.
  const std::string text = LineOf(item, {"media:description"});
  const std::string credit = LineOf(item, {"media:credit"});
  if (text.empty() && credit.empty()) return;
  if (draft->captions_size() == 0) draft->add_captions();
  v1::Caption& first = *draft->mutable_captions(0);
  if (first.text().empty()) first.set_text(text);
  if (first.credit().empty()) first.set_credit(credit);
}

void TakeFlow(const FlowText& flow, Draft& draft) {
  draft->set_body(flow.Body());
  for (const v1::Caption& caption : flow.captions) AddCaption(caption, draft.article());
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

absl::Status ReadItemText(const Element& item, Draft& draft) {
  const Element* full =
      FirstWithContent(item, {"content:encoded", "content", "atom:content", "body", "encoded"});
  const Element* brief =
      FirstWithContent(item, {"summary", "description", "atom:summary", "dcterms:abstract",
                              "itunes:summary", "dc:description", "ABSTRACT"});
  if (full != nullptr) {
    const absl::StatusOr<FlowText> flow = ReadConstruct(*full);
    if (!flow.ok()) return flow.status();
    if (flow->paragraphs.empty() && IsBase64(*full)) {
      draft.Warn("content in base64 that is no text: left out");
    }
    TakeFlow(*flow, draft);
    draft.GivenBy(full->name);
  }
  if (brief == nullptr) return absl::OkStatus();
  const absl::StatusOr<FlowText> flow = ReadConstruct(*brief);
  if (!flow.ok()) return flow.status();
  const std::string text = flow->Body();
  if (full == nullptr && text.size() > kMaxSummaryBytes) {
    TakeFlow(*flow, draft);
  } else if (text != draft->body()) {
    draft->set_summary(text);
    for (const v1::Caption& caption : flow->captions) AddCaption(caption, draft.article());
  }
  draft.GivenBy(brief->name);
  return absl::OkStatus();
}

void ReadPublication(const Element& item, const Element* feed, Draft& draft) {
  draft->set_language(LineOf(item, {"dc:language", "language"}));
  if (draft->language().empty()) draft->set_language(std::string(item.Get("lang")));
  if (const std::string rights = LineOf(item, {"dc:rights", "rights", "copyright"});
      !rights.empty()) {
    draft->set_copyright(rights);
  }
  draft.GivenBy("stated by the item");
  // Where an item was taken over from another feed, that one is the source.
  const Element* origin = item.Child("source");
  if (origin != nullptr) {
    draft->set_source(origin->Child("title") == nullptr ? ConstructLine(origin)
                                                        : ConstructLine(origin->Child("title")));
  }
  draft.GivenBy("source");
  if (draft->source().empty()) draft->set_source(LineOf(item, {"dc:publisher"}));
  draft.GivenBy("dc:publisher");
  const Element* channel = Channel(feed);
  if (channel == nullptr) return;
  if (draft->source().empty()) draft->set_source(LineOf(*channel, {"title"}));
  draft.GivenBy("title of the feed");
  if (draft->language().empty()) {
    draft->set_language(LineOf(*channel, {"language", "dc:language"}));
  }
  if (draft->language().empty()) draft->set_language(std::string(feed->Get("lang")));
  if (draft->copyright().empty()) {
    draft->set_copyright(LineOf(*channel, {"copyright", "dc:rights", "rights"}));
  }
  draft.GivenBy("stated by the feed");
}

}  // namespace

absl::Status ReadFeedItem(const Element& item, const Element* feed, Draft& draft) {
  const FeedAddress addresses(item, feed);
  ReadIdentity(item, addresses, draft);
  StateFeedRelease(item, draft.release());
  draft->set_headline(
      LineOf(item, {"title", "atom:title", "dc:title", "media:title", "itunes:title", "TITLE"}));
  draft.GivenBy("title");
  ReadAuthors(item, feed, draft);
  ReadDates(item, draft);
  ReadCategories(item, draft);
  ReadMedia(item, draft);
  draft.GivenBy("media:content, media:group");
  ReadPublication(item, feed, draft);
  const absl::Status read = ReadItemText(item, draft);
  for (v1::Caption& caption : *draft->mutable_captions()) {
    const std::string address = addresses.Resolve(item, caption.media_url());
    if (!address.empty()) caption.set_media_url(address);
  }
  return read;
}

}  // namespace broadsheet::sources
