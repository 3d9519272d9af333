// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/newsml_item.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/xml/inline_content.h"
#include "indexer/sources/xml/named_release.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::FlowText;

// "stat:usable" -> "usable": the code without the alias of its scheme.
std::string_view Code(std::string_view qcode) {
  const size_t colon = qcode.find(':');
  return colon == std::string_view::npos ? qcode : qcode.substr(colon + 1);
}

// What a concept is called: its name (in the item's language where there are several), else its
// literal.
std::string NameOf(const Element& concept_element, std::string_view language) {
  std::string first;
  for (const Element* name : concept_element.Children("name")) {
    std::string text = name->Text();
    const std::string_view lang = name->Get("lang");
    if (!language.empty() && lang.substr(0, 2) == language.substr(0, 2)) return text;
    if (first.empty()) first = std::move(text);
  }
  return first.empty() ? std::string(concept_element.Get("literal")) : first;
}

// The provider is the source, by name, literal or code, as it is stated.
std::string ProviderName(const Element& meta) {
  const Element* provider = meta.Child("provider");
  if (provider == nullptr) return "";
  const std::string name = NameOf(*provider, "");
  return name.empty() ? std::string(Code(provider->Get("qcode"))) : name;
}

std::string_view ItemClass(const Element& meta) {
  const Element* item_class = meta.Child("itemClass");
  if (item_class == nullptr) return {};
  const std::string_view qcode = item_class->Get("qcode");
  return qcode.empty() ? item_class->Get("uri") : Code(qcode);
}

// The medium that is all of an item of that class; "" for any other class.
std::string_view MediumOf(std::string_view item_class) {
  for (const std::string_view medium : kMediumTypes) {
    if (item_class.find(medium) != std::string_view::npos) return medium;
  }
  return {};
}

// The concept's code, URI or literal, whichever it has.
std::string_view ConceptCode(const Element& concept_element) {
  for (const char* attribute : {"qcode", "uri", "literal"}) {
    if (!concept_element.Get(attribute).empty()) return concept_element.Get(attribute);
  }
  return {};
}

// All that a concept says of what it is: codes and names in every language.
std::vector<std::string> WordsOf(const Element& concept_element) {
  std::vector<std::string> words;
  for (const char* attribute : {"qcode", "uri", "literal"}) {
    if (const std::string_view code = concept_element.Get(attribute); !code.empty()) {
      words.emplace_back(code);
    }
  }
  for (const char* child : {"name", "definition", "note"}) {
    for (const Element* name : concept_element.Children(child)) words.push_back(name->Text());
  }
  if (std::string text = concept_element.OwnText(); !text.empty()) words.push_back(std::move(text));
  return words;
}

void StateG2Release(const Element& meta, ReleaseStatement& release) {
  for (const Element* status : meta.Children("pubStatus")) {
    const std::string_view code = ConceptCode(*status);
    release.StateStatus("pubStatus", code.empty() ? status->Text() : code);
  }
  for (const Element* embargoed : meta.Children("embargoed")) {
    release.StateEmbargo("embargoed", embargoed->Text());
  }
  // What a signal says is mostly no status: a correction, an update.
  for (const Element* signal : meta.Children("signal")) {
    for (const std::string& said : WordsOf(*signal)) {
      if (ReadStatus(said) > v1::Article::STATUS_USABLE) release.StateStatus("signal", said);
      release.StateNote("signal", said);
    }
  }
  for (const Element* note : meta.Children("edNote")) {
    release.StateNote("edNote", note->Text());
  }
}

void ReadItemMeta(const Element& meta, Draft& draft) {
  StateG2Release(meta, draft.release());
  draft->set_source(ProviderName(meta));
  draft.GivenBy("provider");
  google::protobuf::Timestamp time;
  if (ReadInstant(meta.TextOf({"versionCreated"}), &time)) *draft->mutable_updated_time() = time;
  draft.GivenBy("versionCreated");
}

void ReadCreators(const Element& meta, Draft& draft) {
  const std::string language = draft->language();
  for (const Element* by : meta.Children("by")) AddBylines(by->Text(), draft.article());
  draft.GivenBy("by");
  for (const Element* creator : meta.Children("creator")) {
    // With <by> there, creators only add what it leaves out.
    const std::string_view role = Code(creator->Get("role"));
    AddStatedName(NameOf(*creator, language), role, "", draft.article());
  }
  draft.GivenBy("creator");
}

void ReadSubjects(const Element& meta, Draft& draft) {
  for (const Element* subject : meta.Children("subject")) {
    AddTag(NameOf(*subject, draft->language()), draft.article());
  }
  draft.GivenBy("subject");
  for (const Element* keyword : meta.Children("keyword")) AddTag(keyword->Text(), draft.article());
  draft.GivenBy("keyword");
}

struct Descriptions {
  std::string summary;
  std::string caption;
};

Descriptions ReadDescriptions(const Element& meta) {
  Descriptions read;
  for (const Element* description : meta.Children("description")) {
    const std::string_view role = Code(description->Get("role"));
    std::string& target = role == "caption" ? read.caption : read.summary;
    if (target.empty()) target = markup::ReadAgencyFlow(*description).Body();
  }
  return read;
}

void ReadContentMeta(const Element& meta, Draft& draft) {
  if (const Element* language = meta.Child("language"); language != nullptr) {
    if (!language->Get("tag").empty()) draft->set_language(std::string(language->Get("tag")));
  }
  draft.GivenBy("contentMeta/language");
  if (const std::string headline = meta.TextOf({"headline"}); !headline.empty()) {
    draft->set_headline(headline);
  }
  draft.GivenBy("contentMeta/headline");
  draft->set_dateline(meta.TextOf({"dateline"}));
  draft.GivenBy("contentMeta/dateline");
  ReadCreators(meta, draft);
  ReadSubjects(meta, draft);
  if (const Element* genre = meta.Child("genre"); genre != nullptr) {
    draft.SetLabel("genre", NameOf(*genre, draft->language()), "contentMeta/genre");
  }
  draft.SetLabel("slugline", meta.TextOf({"slugline"}), "contentMeta/slugline");
}

// The largest of the renditions of a picture.
std::string MediaUrl(const Element& content) {
  std::string url;
  uint64_t largest = 0;
  for (const Element* remote : content.Children("remoteContent")) {
    uint64_t size = 0;
    (void)absl::SimpleAtoi(std::string(remote->Get("size")), &size);
    if (url.empty() || size > largest) url = std::string(remote->Get("href"));
    largest = std::max(largest, size);
  }
  return url;
}

// The renditions in a contentSet say the same: the first with a text is read, marked-up ones first.
absl::Status ReadContentSet(const Element& content, InlineNotes* notes, Draft& draft) {
  FlowText flow;
  for (const char* name : {"inlineXML", "inlineData"}) {
    for (const Element* rendition : content.Children(name)) {
      if (!flow.paragraphs.empty() || !draft->body().empty()) continue;
      const bool is_data = std::string_view(name) == "inlineData";
      const InlineContent inline_content{.element = *rendition,
                                         .media_type = std::string(rendition->Get("contenttype")),
                                         .encoding = std::string(rendition->Get("encoding")),
                                         .is_text = is_data};
      absl::Status read = ReadInlineContent(inline_content, &draft, &flow, notes);
      if (!read.ok()) return read;
    }
  }
  for (const v1::Caption& caption : flow.captions) AddCaption(caption, draft.article());
  if (draft->body().empty()) draft->set_body(flow.Body());
  draft.GivenBy("inlineXML, inlineData");
  return absl::OkStatus();
}

void ReadRights(const Element& item, Draft& draft) {
  std::vector<std::string> notices;
  for (const Element* rights : item.Children("rightsInfo")) {
    for (const Element* terms : rights->Children("usageTerms")) {
      draft.release().StateNote("usageTerms", terms->Text());
    }
    for (const Element* notice : rights->Children("copyrightNotice")) {
      notices.push_back(notice->Text());
    }
    if (notices.empty()) {
      const std::string holder = rights->TextOf({"copyrightHolder", "name"});
      if (!holder.empty()) notices.push_back("Copyright " + holder);
    }
  }
  draft->set_copyright(absl::StrJoin(notices, "\n"));
  draft.GivenBy("rightsInfo");
}

// A photograph's or a film's description is its caption; a text has one only when it says so.
void PlaceDescriptions(Descriptions read, bool is_text, const Element& item, Draft& draft) {
  const Element* meta = item.Child("contentMeta");
  const Element* content = item.Child("contentSet");
  v1::Caption caption;
  caption.set_text(read.caption);
  if (meta != nullptr) caption.set_credit(meta->TextOf({"creditline"}));
  if (!is_text && caption.text().empty()) caption.set_text(std::exchange(read.summary, ""));
  if (content != nullptr) caption.set_media_url(MediaUrl(*content));
  // A text's credit line is no picture's.
  if (!is_text || !caption.text().empty()) AddCaption(std::move(caption), draft.article());
  draft.GivenBy(is_text ? "description of the role caption" : "description of the medium");
  if (!read.summary.empty()) draft->set_summary(read.summary);
  draft.GivenBy("description");
}

}  // namespace

absl::StatusOr<bool> ReadNewsItem(const Element& item, Draft& draft, ReadCounts& counts) {
  draft->set_id(std::string(item.Get("guid")));
  draft->set_version(ReadVersion(item.Get("version")));
  draft->set_language(std::string(item.Get("lang")));
  draft.GivenBy("the item's attributes");
  ReadRights(item, draft);
  Descriptions descriptions;
  bool is_text = true;
  std::string_view medium;
  std::string title;
  if (const Element* meta = item.Child("itemMeta"); meta != nullptr) {
    ReadItemMeta(*meta, draft);
    StatePairsIn(*meta, draft.release());
    const std::string_view item_class = ItemClass(*meta);
    is_text = item_class.empty() || item_class.find("text") != std::string_view::npos ||
              item_class.find("composite") != std::string_view::npos;
    medium = MediumOf(item_class);
    title = meta->TextOf({"title"});
    descriptions = ReadDescriptions(*meta);
    SetPublishedFrom(meta->TextOf({"firstCreated"}), draft.article());
    draft.GivenBy("firstCreated");
  }
  if (const Element* meta = item.Child("contentMeta"); meta != nullptr) {
    ReadContentMeta(*meta, draft);
    StatePairsIn(*meta, draft.release());
    Descriptions of_content = ReadDescriptions(*meta);
    if (!of_content.summary.empty()) descriptions.summary = std::move(of_content.summary);
    if (!of_content.caption.empty()) descriptions.caption = std::move(of_content.caption);
    SetPublishedFrom(meta->TextOf({"contentCreated"}), draft.article());
    draft.GivenBy("contentCreated");
  }
  PlaceDescriptions(std::move(descriptions), is_text, item, draft);
  InlineNotes notes;
  for (const Element* content : item.Children("contentSet")) {
    if (absl::Status read = ReadContentSet(*content, &notes, draft); !read.ok()) return read;
  }
  // A picture's own data is no text that is missing.
  if (is_text) WarnOf(notes, draft);
  if (draft->headline().empty()) draft->set_headline(title);
  draft.GivenBy("itemMeta/title");
  SetPublishedFrom(item.TextOf({"itemMeta", "versionCreated"}), draft.article());
  draft.GivenBy("versionCreated");
  draft.release().StateHeading("headline", draft->headline());
  DropRepeatedHeadline(draft.article());
  if (medium.empty() || !draft.IsMediumAlone()) return true;
  counts.CountSkipped("newsItem of class " + std::string(medium));
  return false;
}

}  // namespace broadsheet::sources
