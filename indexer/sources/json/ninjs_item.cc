// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/json/ninjs_item.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "engine/schema/article.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/wire_date.h"
#include "indexer/sources/json/json_field.h"
#include "indexer/sources/json/ninjs_members.h"
#include "indexer/sources/markup/flow_text.h"
#include "indexer/sources/markup/html_fragment.h"

namespace broadsheet::sources {
namespace {

using markup::FlowText;
using ninjs::Item;
using ninjs::Variant;
using simdjson::dom::object;

// The best of the variants: what `role` says first, then what is marked up, since paragraphs are
// lost in plain text.
const Variant* Best(const std::vector<Variant>& variants, std::string_view role) {
  const Variant* best = nullptr;
  int best_score = -1;
  for (const Variant& variant : variants) {
    const int score = (variant.role == role ? 2 : 0) + (variant.IsMarkup() ? 1 : 0);
    if (score <= best_score) continue;
    best = &variant;
    best_score = score;
  }
  return best;
}

// "body, xhtml", "headline": for a person to read.
std::string Named(std::string_view field, const Variant& variant) {
  const std::string& which = variant.role.empty() ? variant.kind : variant.role;
  return std::string(field) + (which.empty() ? "" : ", " + which);
}

// The content of a whole NITF document that stands in a member.
absl::StatusOr<FlowText> NitfFlow(std::string_view nitf) {
  const absl::StatusOr<std::unique_ptr<markup::Element>> tree = markup::ParseHtmlFragment(nitf);
  if (!tree.ok()) return tree.status();
  FlowText flow;
  for (const markup::Element* content : (*tree)->Descendants("body.content")) {
    const FlowText part = markup::ReadFlow(*content);
    flow.paragraphs.insert(flow.paragraphs.end(), part.paragraphs.begin(), part.paragraphs.end());
    flow.captions.insert(flow.captions.end(), part.captions.begin(), part.captions.end());
  }
  return flow;
}

absl::StatusOr<FlowText> Flow(const Variant* variant) {
  if (variant == nullptr) return FlowText();
  const bool is_nitf = variant->text.find("<body.content") != std::string::npos;
  return is_nitf ? NitfFlow(variant->text) : markup::ReadHtmlFlow(variant->text);
}

// "Jane Doe / The Wire", unless the one names the other already.
std::string Credit(const Item& item) {
  if (!item.credit.empty()) return item.credit;
  if (item.by.empty()) return item.holder;
  if (item.holder.empty() || item.by.find(item.holder) != std::string::npos) return item.by;
  return item.by + " / " + item.holder;
}

bool IsOfMediumType(const Item& item) {
  return std::find(kMediumTypes.begin(), kMediumTypes.end(), item.type) != kMediumTypes.end();
}

bool IsMedium(const Item& item) {
  return IsOfMediumType(item) || (item.type.empty() && !item.media_url.empty());
}

absl::StatusOr<v1::Caption> CaptionOf(const Item& item) {
  const absl::StatusOr<FlowText> flow = Flow(Best(item.descriptions, "caption"));
  if (!flow.ok()) return flow.status();
  v1::Caption caption;
  caption.set_text(flow->Body());
  if (caption.text().empty() && !item.headlines.empty()) {
    caption.set_text(markup::PlainLine(item.headlines[0].text));
  }
  caption.set_credit(Credit(item));
  caption.set_media_url(item.media_url);
  return caption;
}

void SetTimes(const Item& item, Draft& draft) {
  const auto publish = [&](const std::string& time, const char* name) {
    SetPublishedFrom(time, draft.article());
    draft.GivenBy(name);
  };
  publish(item.first_published, "firstpublished");
  publish(item.first_created, "firstcreated");
  publish(item.content_created, "contentcreated");
  publish(item.version_created, "versioncreated");
  google::protobuf::Timestamp time;
  if (ReadInstant(item.version_created, &time)) *draft->mutable_updated_time() = time;
  draft.GivenBy("versioncreated");
}

void StateRelease(const Item& item, ReleaseStatement& release) {
  release.StateStatus("pubstatus", item.status);
  if (!item.embargoed.empty()) release.StateEmbargo("embargoed", item.embargoed);
  release.StateNote("ednote", markup::PlainLine(item.note));
  for (const std::string& signal : item.signals) {
    if (ReadStatus(signal) > v1::Article::STATUS_USABLE) release.StateStatus("signals", signal);
    release.StateNote("signals, ednotes, terms of use", markup::PlainLine(signal));
  }
}

absl::Status SetNinjsText(const Item& item, Draft& draft) {
  const Variant* headline = Best(item.headlines, "main");
  draft->set_headline(markup::PlainLine(headline == nullptr ? item.title : headline->text));
  draft.GivenBy(headline == nullptr ? "title" : Named("headline", *headline));
  const Variant* text = Best(item.bodies, "main");
  const absl::StatusOr<FlowText> body = Flow(text);
  if (!body.ok()) return body.status();
  draft->set_body(body->Body());
  for (const v1::Caption& caption : body->captions) AddCaption(caption, draft.article());
  if (text != nullptr) draft.GivenBy(Named("body", *text));
  if (IsMedium(item)) {
    absl::StatusOr<v1::Caption> caption = CaptionOf(item);
    if (!caption.ok()) return caption.status();
    AddCaption(*std::move(caption), draft.article());
    draft.GivenBy("description of the medium");
    return absl::OkStatus();
  }
  const Variant* description = Best(item.descriptions, "summary");
  const absl::StatusOr<FlowText> summary = Flow(description);
  if (!summary.ok()) return summary.status();
  draft->set_summary(summary->Body());
  if (description != nullptr) draft.GivenBy(Named("description", *description));
  return absl::OkStatus();
}

// Whether it may not be shown now, for all that it says itself.
bool IsHeldBack(const Item& medium) {
  ReleaseStatement release;
  StateRelease(medium, release);
  return medium.unread_hold.has_value() || release.Decide().HoldsBackAt(absl::Now());
}

absl::Status AddAssociations(const Item& item, Draft& draft, ReadCounts& counts) {
  for (const object& entry : item.associations) {
    const absl::StatusOr<Item> medium = ninjs::ReadItem(entry);
    if (!medium.ok()) return medium.status();
    // Another story that goes with this one is none of its captions.
    if (!IsMedium(*medium)) continue;
    if (IsHeldBack(*medium)) {
      counts.CountSkipped("medium that is held back");
      continue;
    }
    absl::StatusOr<v1::Caption> caption = CaptionOf(*medium);
    if (!caption.ok()) return caption.status();
    AddCaption(*std::move(caption), draft.article());
  }
  draft.GivenBy("associations");
  return absl::OkStatus();
}

void SetRest(const Item& item, Draft& draft) {
  for (const auto& [name, id] : {std::pair<const char*, const std::string&>("uri", item.uri),
                                 std::pair<const char*, const std::string&>("guid", item.guid),
                                 std::pair<const char*, const std::string&>("_id", item.own_id)}) {
    if (!draft->id().empty()) break;
    draft->set_id(id);
    draft.GivenBy(name);
  }
  draft->set_version(ReadVersion(item.version));
  draft.GivenBy("version");
  draft->set_url(item.page_url);
  draft.GivenBy("renditions");
  draft->set_language(item.language);
  draft.GivenBy("language");
  draft->set_dateline(item.located);
  draft.GivenBy("located");
  draft->set_source(!item.sources.empty()  ? item.sources[0]
                    : !item.source.empty() ? item.source
                                           : item.holder);
  draft.GivenBy(!item.sources.empty()  ? "infosource"
                : !item.source.empty() ? "source"
                                       : "copyrightholder");
  draft->set_copyright(item.notice);
  draft.GivenBy("copyrightnotice");
  if (item.notice.empty() && !item.holder.empty()) {
    draft->set_copyright("Copyright " + item.holder);
  }
  draft.GivenBy("copyrightholder");
  AddBylines(markup::PlainLine(item.by), draft.article());
  draft.GivenBy("byline");
  for (const v1::Byline& author : item.authors) {
    AddStatedName(author.name(), author.role(), author.organisation(), draft.article());
  }
  draft.GivenBy("authors");
  for (const std::string& tag : item.tags) AddTag(tag, draft.article());
  draft.GivenBy("subject, person, organisation, place, event, object");
  draft.SetLabel("slugline", item.slugline, "slugline");
  if (!item.genres.empty()) draft.SetLabel("genre", item.genres[0], "genre");
  if (item.type != "text") draft.SetLabel("type", item.type, "type");
}

}  // namespace

absl::StatusOr<bool> ReadNinjsItem(const object& from, Draft& draft, ReadCounts& counts) {
  const absl::StatusOr<Item> item = ninjs::ReadItem(from);
  if (!item.ok()) return item.status();
  if (item->unread_hold.has_value()) return HoldNotRead(*item->unread_hold, JsonReader::kNinjs);
  StateRelease(*item, draft.release());
  SetTimes(*item, draft);
  if (absl::Status set = SetNinjsText(*item, draft); !set.ok()) return set;
  if (absl::Status added = AddAssociations(*item, draft, counts); !added.ok()) return added;
  SetRest(*item, draft);
  const bool is_plan = item->type == "event" || item->type == "planning";
  const bool is_plan_alone = is_plan && schema::TextBytes(*draft.article()) == 0;
  const bool is_medium_alone = IsOfMediumType(*item) && draft.IsMediumAlone();
  if (!is_plan_alone && !is_medium_alone) return true;
  counts.CountSkipped("ninjs " + item->type + " item");
  return false;
}

}  // namespace broadsheet::sources
