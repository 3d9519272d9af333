// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/nitf_article.h"

#include <google/protobuf/timestamp.pb.h>

#include <limits>
#include <string>

#include "absl/strings/str_join.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/xml/named_release.h"

namespace broadsheet::sources {
namespace {

using markup::Element;
using markup::FlowText;

// "By Jane Doe, <byttl>Staff Reporter</byttl>": the names are what is not in <byttl>.
void ReadNitfByline(const Element& byline, Draft& draft) {
  const std::string title = byline.TextOf({"byttl"});
  const std::string house = byline.TextOf({"org"});
  const std::vector<const Element*> people = byline.Children("person");
  for (const Element* person : people) {
    AddBylines(person->Text(), title, house, draft.article());
  }
  if (!people.empty()) return;
  std::string names;
  for (const markup::Node& node : byline.children) {
    if (node.element == nullptr) {
      names += node.text;
    } else if (node.element->name == "br") {
      names += " | ";
    } else if (node.element->name != "byttl") {
      names += node.element->Text();
    }
  }
  const size_t end = names.find_last_not_of(", \t\r\n|");
  names.resize(end == std::string::npos ? 0 : end + 1);
  // Agencies put their name there and no person's.
  if (names.empty()) return AddByline(title, "", "", draft.article());
  const int before = draft->bylines_size();
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

std::string NormOf(const Element& date) {
  return date.Get("norm").empty() ? date.Text() : std::string(date.Get("norm"));
}

std::string DateOf(const Element& docdata, std::string_view name) {
  const Element* date = docdata.Child(name);
  return date == nullptr ? "" : NormOf(*date);
}

// What the document's own status says. With the id of another document, which is to be killed, a
// status that holds back is about that one.
void ReadNitfRelease(const Element& docdata, Draft& draft) {
  ReleaseStatement& release = draft.release();
  const std::string_view status = docdata.Get("management-status");
  release.StateStatus("docdata@management-status", status);
  for (const Element* date : docdata.Children("date.release")) {
    release.StateReleaseTime("docdata/date.release", NormOf(*date));
  }
  for (const Element* message : docdata.Children("ed-msg")) {
    const std::string_view info = message->Get("info");
    release.StateNote("docdata/ed-msg", info.empty() ? message->Text() : std::string(info));
  }
  for (const Element* series : docdata.Children("series")) {
    release.StateHeading("docdata/series", series->Get("series.name"));
  }
  const std::string_view other = docdata.Get("management-doc-idref");
  if (other.empty() || !draft->id().empty()) return;
  const std::string_view of_other = docdata.Get("management-idref-status");
  const bool is_kill =
      ReadStatus(of_other.empty() ? status : of_other) > v1::Article::STATUS_USABLE;
  if (!is_kill) return;
  draft->set_id(std::string(other));
  release.StateStatus("docdata@management-idref-status", of_other);
  // Which version that one is the notice does not say: no version of it may be shown.
  draft->set_version(std::numeric_limits<int64_t>::max());
  draft.GivenBy("docdata@management-doc-idref");
}

void ReadNitfTimes(const Element& docdata, Draft& draft) {
  SetPublishedFrom(DateOf(docdata, "date.issue"), draft.article());
  draft.GivenBy("docdata/date.issue");
  SetPublishedFrom(DateOf(docdata, "date.release"), draft.article());
  draft.GivenBy("docdata/date.release");
}

// The last revision that has a date is this version's.
void ReadRevisions(const Element& head, Draft& draft) {
  if (draft->has_updated_time()) return;
  google::protobuf::Timestamp time;
  for (const Element* revision : head.Children("revision-history")) {
    if (!ReadInstant(revision->Get("norm"), &time)) continue;
    if (!draft->has_updated_time() || draft->updated_time().seconds() < time.seconds()) {
      *draft->mutable_updated_time() = time;
    }
  }
  draft.GivenBy("revision-history");
}

void ReadDocdata(const Element& docdata, Draft& draft) {
  ReadNitfRelease(docdata, draft);
  ReadNitfTimes(docdata, draft);
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
  const Element* urgency = docdata.Child("urgency");
  if (urgency != nullptr) {
    draft.SetLabel("urgency", std::string(urgency->Get("ed-urg")), "docdata/urgency");
  }
}

// <meta name="embargo" content="..."/>
void StateMeta(const Element& head, ReleaseStatement& release) {
  for (const Element* meta : head.Children("meta")) {
    std::string name(meta->Get("name"));
    if (name.empty()) name = std::string(meta->Get("http-equiv"));
    // A status that is not known may be one of another system's work.
    StateByRule(hold::RuleOf(name, hold::Place::kElsewhere), "meta " + name,
                std::string(meta->Get("content")), release);
  }
}

void ReadHead(const Element& head, Draft& draft) {
  StateMeta(head, draft.release());
  ReadRevisions(head, draft);
  ReadNitfTags(head, draft);
  for (const Element* pubdata : head.Children("pubdata")) {
    SetPublishedFrom(pubdata->Get("date.publication"), draft.article());
    if (draft->source().empty()) draft->set_source(std::string(pubdata->Get("name")));
    if (draft->section().empty()) {
      draft->set_section(std::string(pubdata->Get("position.section")));
    }
    draft.GivenBy("pubdata");
  }
  draft.release().StateHeading("head/title", head.TextOf({"title"}));
  if (draft->headline().empty()) draft->set_headline(head.TextOf({"title"}));
  draft.GivenBy("head/title");
}

void ReadBodyHead(const Element& head, Draft& draft) {
  const Element* hedline = head.Child("hedline");
  if (hedline != nullptr) {
    const std::string headline = hedline->TextOf({"hl1"});
    draft.release().StateHeading("hedline/hl1", headline);
    if (draft->headline().empty()) draft->set_headline(headline);
  }
  draft.GivenBy("hedline/hl1");
  const Element* abstract = head.Child("abstract");
  if (abstract != nullptr && draft->summary().empty()) {
    draft->set_summary(markup::ReadAgencyFlow(*abstract).Body());
  }
  draft.GivenBy("abstract");
  if (hedline != nullptr && draft->summary().empty()) {
    draft->set_summary(hedline->TextOf({"hl2"}));
  }
  draft.GivenBy("hedline/hl2");
  if (draft->copyright().empty()) draft->set_copyright(head.TextOf({"rights"}));
  draft.release().StateNote("rights", head.TextOf({"rights"}));
  draft.GivenBy("rights");
  for (const Element* byline : head.Children("byline")) ReadNitfByline(*byline, draft);
  draft.GivenBy("byline");
  for (const Element* dateline : head.Children("dateline")) {
    const Element* date = dateline->Child("story.date");
    if (date != nullptr) SetPublishedFrom(date->Get("norm"), draft.article());
  }
  draft.GivenBy("dateline/story.date");
  if (draft->dateline().empty()) draft->set_dateline(head.TextOf({"dateline"}));
  if (draft->source().empty()) draft->set_source(head.TextOf({"distributor"}));
  draft.GivenBy("body.head");
}

// An editor's notes stand above the text, and also in it or behind it.
void StateNotes(const Element& element, ReleaseStatement& release) {
  for (const markup::Node& node : element.children) {
    if (node.element == nullptr) continue;
    if (node.element->name == "note") release.StateNote("note", node.element->Text());
    StateNotes(*node.element, release);
  }
}

}  // namespace

FlowText ReadNitfBody(const Element& nitf) {
  FlowText flow;
  const Element* body = nitf.Child("body");
  if (body == nullptr) return flow;
  for (const Element* content : body->Children("body.content")) {
    const FlowText part = markup::ReadAgencyFlow(*content);
    flow.paragraphs.insert(flow.paragraphs.end(), part.paragraphs.begin(), part.paragraphs.end());
    flow.captions.insert(flow.captions.end(), part.captions.begin(), part.captions.end());
  }
  return flow;
}

void ReadNitfArticle(const Element& nitf, Draft& draft) {
  // A date in the head says more of the story's time than its dateline, a headline above the story
  // more than the document's title.
  const Element* head = nitf.Child("head");
  if (head != nullptr) {
    for (const Element* docdata : head->Children("docdata")) ReadDocdata(*docdata, draft);
  }
  if (const Element* body_head = nitf.Find({"body", "body.head"}); body_head != nullptr) {
    ReadBodyHead(*body_head, draft);
  }
  if (head != nullptr) ReadHead(*head, draft);
  if (const Element* body = nitf.Child("body"); body != nullptr) {
    StateNotes(*body, draft.release());
  }
  const FlowText flow = ReadNitfBody(nitf);
  for (const v1::Caption& caption : flow.captions) AddCaption(caption, draft.article());
  if (draft->body().empty()) draft->set_body(flow.Body());
  draft.GivenBy("body.content");
  if (draft->language().empty()) draft->set_language(std::string(nitf.Get("lang")));
  draft.GivenBy("xml:lang");
}

}  // namespace broadsheet::sources
