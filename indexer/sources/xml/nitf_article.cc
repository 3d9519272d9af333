// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/nitf_article.h"

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "absl/strings/str_join.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/markup/flow_text.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::FlowText;

// "By Jane Doe, <byttl>Staff Reporter</byttl>": the names are what is not in <byttl>.
void ReadNitfByline(const Element& byline, Draft& draft) {
  const std::string title = byline.TextOf({"byttl"});
  std::vector<const Element*> people = byline.Children("person");
  if (!people.empty()) {
    for (const Element* person : people) {
      AddByline(person->Text(), title, byline.TextOf({"org"}), draft.article());
    }
    return;
  }
  std::string names;
  for (const markup::Node& node : byline.children) {
    if (node.element == nullptr) {
      names += node.text;
    } else if (node.element->name != "byttl") {
      names += node.element->Text();
    }
  }
  const size_t end = names.find_last_not_of(", \t\r\n");
  names.resize(end == std::string::npos ? 0 : end + 1);
  const int before = draft->bylines_size();
  if (names.empty()) {
    // Agencies put their name there and no person's.
    AddByline(title, "", "", draft.article());
    return;
  }
  AddBylines(names, draft.article());
  if (draft->bylines_size() == before + 1 && draft->bylines(before).role().empty()) {
    draft->mutable_bylines(before)->set_role(title);
  }
}

void ReadNitfTags(const Element& head, Draft& draft) {
  for (const Element* tobject : head.Children("tobject")) {
    for (const Element* subject : tobject->Children("tobject.subject")) {
      for (const char* level :
           {"tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail"}) {
        AddTag(subject->Get(level), draft.article());
      }
    }
  }
  draft.GivenBy("tobject.subject");
  for (const Element* docdata : head.Children("docdata")) {
    for (const Element* list : docdata->Children("key-list")) {
      for (const Element* keyword : list->Children("keyword")) {
        AddTag(keyword->Get("key").empty() ? keyword->Text() : keyword->Get("key"),
               draft.article());
      }
    }
    for (const Element* content : docdata->Children("identified-content")) {
      for (const markup::Node& node : content->children) {
        if (node.element == nullptr) continue;
        const std::string_view value = node.element->Get("value");
        AddTag(value.empty() ? node.element->Text() : value, draft.article());
      }
    }
  }
  draft.GivenBy("docdata/key-list, identified-content");
}

std::string DateOf(const Element& docdata, std::string_view name) {
  const Element* date = docdata.Child(name);
  if (date == nullptr) return "";
  return date->Get("norm").empty() ? date->Text() : std::string(date->Get("norm"));
}

void ReadStatusAndTimes(const Element& docdata, Draft& draft) {
  const std::string_view status = docdata.Get("management-status");
  const std::string release = DateOf(docdata, "date.release");
  google::protobuf::Timestamp embargo;
  // An embargo ends by itself when its end is known.
  if (status == "embargoed" && ReadInstant(release, &embargo)) {
    *draft->mutable_embargo_time() = embargo;
  } else if (draft->status() == v1::Article::STATUS_UNSPECIFIED) {
    draft->set_status(ReadStatus(status));
  }
  draft.GivenBy("docdata@management-status");
  SetPublishedFrom(DateOf(docdata, "date.issue"), draft.article());
  draft.GivenBy("docdata/date.issue");
  SetPublishedFrom(release, draft.article());
  draft.GivenBy("docdata/date.release");
}

void ReadDocdata(const Element& docdata, Draft& draft) {
  ReadStatusAndTimes(docdata, draft);
  if (const Element* id = docdata.Child("doc-id"); id != nullptr && draft->id().empty()) {
    draft->set_id(std::string(id->Get("id-string")));
  }
  if (const Element* key = docdata.Child("du-key"); key != nullptr && draft->version() == 0) {
    draft->set_version(ReadVersion(key->Get("version")));
  }
  const Element* copyright = docdata.Child("doc.copyright");
  if (copyright != nullptr && draft->copyright().empty()) {
    const std::string_view year = copyright->Get("year");
    const std::string_view holder = copyright->Get("holder");
    if (!year.empty() || !holder.empty()) {
      draft->set_copyright("Copyright " + std::string(year) + (year.empty() ? "" : " ") +
                           std::string(holder));
    }
  }
  draft.GivenBy("docdata");
}

void ReadHead(const Element& head, Draft& draft) {
  for (const Element* docdata : head.Children("docdata")) ReadDocdata(*docdata, draft);
  ReadNitfTags(head, draft);
  for (const Element* pubdata : head.Children("pubdata")) {
    SetPublishedFrom(pubdata->Get("date.publication"), draft.article());
    if (draft->source().empty()) draft->set_source(std::string(pubdata->Get("name")));
    if (draft->section().empty()) {
      draft->set_section(std::string(pubdata->Get("position.section")));
    }
    draft.GivenBy("pubdata");
  }
  if (draft->headline().empty()) draft->set_headline(head.TextOf({"title"}));
  draft.GivenBy("head/title");
}

void ReadBodyHead(const Element& head, Draft& draft) {
  const Element* hedline = head.Child("hedline");
  if (hedline != nullptr && draft->headline().empty()) {
    draft->set_headline(hedline->TextOf({"hl1"}));
  }
  draft.GivenBy("hedline/hl1");
  const Element* abstract = head.Child("abstract");
  if (abstract != nullptr && draft->summary().empty()) {
    draft->set_summary(markup::ReadFlow(*abstract).Body());
  }
  draft.GivenBy("abstract");
  if (hedline != nullptr && draft->summary().empty()) {
    draft->set_summary(hedline->TextOf({"hl2"}));
  }
  draft.GivenBy("hedline/hl2");
  for (const Element* byline : head.Children("byline")) ReadNitfByline(*byline, draft);
  draft.GivenBy("byline");
  if (draft->dateline().empty()) draft->set_dateline(head.TextOf({"dateline"}));
  if (draft->copyright().empty()) draft->set_copyright(head.TextOf({"rights"}));
  if (draft->source().empty()) draft->set_source(head.TextOf({"distributor"}));
  draft.GivenBy("body.head");
}

}  // namespace

void ReadNitfArticle(const Element& nitf, Draft& draft) {
  // A headline that stands above the story says more than the document's title.
  if (const Element* head = nitf.Find({"body", "body.head"}); head != nullptr) {
    ReadBodyHead(*head, draft);
  }
  if (const Element* head = nitf.Child("head"); head != nullptr) ReadHead(*head, draft);
  if (const Element* body = nitf.Child("body"); body != nullptr) {
    FlowText flow;
    for (const Element* content : body->Children("body.content")) {
      const FlowText part = markup::ReadFlow(*content);
      flow.paragraphs.insert(flow.paragraphs.end(), part.paragraphs.begin(), part.paragraphs.end());
      for (const v1::Caption& caption : part.captions) AddCaption(caption, draft.article());
    }
    if (draft->body().empty()) draft->set_body(flow.Body());
    draft.GivenBy("body.content");
  }
  if (draft->language().empty()) draft->set_language(std::string(nitf.Get("lang")));
  draft.GivenBy("xml:lang");
}

}  // namespace broadsheet::sources
