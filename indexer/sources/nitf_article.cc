// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/nitf_article.h"

#include <google/protobuf/timestamp.pb.h>

#include <string>

#include "absl/strings/str_join.h"
#include "indexer/sources/article_fields.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/wire_date.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::FlowText;

// "By Jane Doe, <byttl>Staff Reporter</byttl>": the names are what is not in <byttl>.
void ReadNitfByline(const Element& byline, v1::Article* article) {
  const std::string title = byline.TextOf({"byttl"});
  std::vector<const Element*> people = byline.Children("person");
  if (!people.empty()) {
    for (const Element* person : people) {
      AddByline(person->Text(), title, byline.TextOf({"org"}), article);
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
  const int before = article->bylines_size();
  if (names.empty()) {
    // Agencies put their name there and no person's.
    AddByline(title, "", "", article);
    return;
  }
  AddBylines(names, article);
  if (article->bylines_size() == before + 1 && article->bylines(before).role().empty()) {
    article->mutable_bylines(before)->set_role(title);
  }
}

void ReadNitfTags(const Element& head, v1::Article* article) {
  for (const Element* tobject : head.Children("tobject")) {
    for (const Element* subject : tobject->Children("tobject.subject")) {
      for (const char* level :
           {"tobject.subject.type", "tobject.subject.matter", "tobject.subject.detail"}) {
        AddTag(subject->Get(level), article);
      }
    }
  }
  for (const Element* docdata : head.Children("docdata")) {
    for (const Element* list : docdata->Children("key-list")) {
      for (const Element* keyword : list->Children("keyword")) {
        AddTag(keyword->Get("key").empty() ? keyword->Text() : keyword->Get("key"), article);
      }
    }
    for (const Element* content : docdata->Children("identified-content")) {
      for (const markup::Node& node : content->children) {
        if (node.element == nullptr) continue;
        const std::string_view value = node.element->Get("value");
        AddTag(value.empty() ? node.element->Text() : value, article);
      }
    }
  }
}

std::string DateOf(const Element& docdata, std::string_view name) {
  const Element* date = docdata.Child(name);
  if (date == nullptr) return "";
  return date->Get("norm").empty() ? date->Text() : std::string(date->Get("norm"));
}

void ReadStatusAndTimes(const Element& docdata, v1::Article* article) {
  const std::string_view status = docdata.Get("management-status");
  const std::string release = DateOf(docdata, "date.release");
  google::protobuf::Timestamp embargo;
  // An embargo ends by itself when its end is known.
  if (status == "embargoed" && ReadInstant(release, &embargo)) {
    *article->mutable_embargo_time() = embargo;
  } else if (article->status() == v1::Article::STATUS_UNSPECIFIED) {
    article->set_status(ReadStatus(status));
  }
  SetPublishedFrom(DateOf(docdata, "date.issue"), article);
  SetPublishedFrom(release, article);
}

void ReadDocdata(const Element& docdata, v1::Article* article) {
  ReadStatusAndTimes(docdata, article);
  if (const Element* id = docdata.Child("doc-id"); id != nullptr && article->id().empty()) {
    article->set_id(std::string(id->Get("id-string")));
  }
  if (const Element* key = docdata.Child("du-key"); key != nullptr && article->version() == 0) {
    article->set_version(ReadVersion(key->Get("version")));
  }
  const Element* copyright = docdata.Child("doc.copyright");
  if (copyright != nullptr && article->copyright().empty()) {
    const std::string_view year = copyright->Get("year");
    const std::string_view holder = copyright->Get("holder");
    if (!year.empty() || !holder.empty()) {
      article->set_copyright("Copyright " + std::string(year) + (year.empty() ? "" : " ") +
                             std::string(holder));
    }
  }
}

void ReadHead(const Element& head, v1::Article* article) {
  for (const Element* docdata : head.Children("docdata")) ReadDocdata(*docdata, article);
  ReadNitfTags(head, article);
  for (const Element* pubdata : head.Children("pubdata")) {
    SetPublishedFrom(pubdata->Get("date.publication"), article);
    if (article->source().empty()) article->set_source(std::string(pubdata->Get("name")));
    if (article->section().empty()) {
      article->set_section(std::string(pubdata->Get("position.section")));
    }
  }
  if (article->headline().empty()) article->set_headline(head.TextOf({"title"}));
}

void ReadBodyHead(const Element& head, v1::Article* article) {
  const Element* hedline = head.Child("hedline");
  if (hedline != nullptr && article->headline().empty()) {
    article->set_headline(hedline->TextOf({"hl1"}));
  }
  const Element* abstract = head.Child("abstract");
  if (abstract != nullptr && article->summary().empty()) {
    article->set_summary(markup::ReadFlow(*abstract).Body());
  }
  if (hedline != nullptr && article->summary().empty()) {
    article->set_summary(hedline->TextOf({"hl2"}));
  }
  for (const Element* byline : head.Children("byline")) ReadNitfByline(*byline, article);
  if (article->dateline().empty()) article->set_dateline(head.TextOf({"dateline"}));
  if (article->copyright().empty()) article->set_copyright(head.TextOf({"rights"}));
  if (article->source().empty()) article->set_source(head.TextOf({"distributor"}));
}

}  // namespace

void ReadNitfArticle(const Element& nitf, v1::Article* article) {
  // A headline that stands above the story says more than the document's title.
  if (const Element* head = nitf.Find({"body", "body.head"}); head != nullptr) {
    ReadBodyHead(*head, article);
  }
  if (const Element* head = nitf.Child("head"); head != nullptr) ReadHead(*head, article);
  if (const Element* body = nitf.Child("body"); body != nullptr) {
    FlowText flow;
    for (const Element* content : body->Children("body.content")) {
      const FlowText part = markup::ReadFlow(*content);
      flow.paragraphs.insert(flow.paragraphs.end(), part.paragraphs.begin(), part.paragraphs.end());
      for (const v1::Caption& caption : part.captions) AddCaption(caption, article);
    }
    if (article->body().empty()) article->set_body(flow.Body());
  }
  if (article->language().empty()) article->set_language(std::string(nitf.Get("lang")));
}

}  // namespace broadsheet::sources
