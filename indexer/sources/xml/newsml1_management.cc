// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/newsml1_management.h"

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/clock.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/wire_date.h"

namespace broadsheet::sources {
namespace {

using markup::Element;

// A status that will change at a time that is stated: then an embargo ends, or a story is
// withdrawn.
void ReadStatusChange(const Element& change, const std::string& status, Draft& draft) {
  const std::string future = FormalName(change.Child("FutureStatus"));
  const std::string time = change.TextOf({"DateAndTime"});
  if (ReadStatus(future) == v1::Article::STATUS_USABLE) {
    if (ReadStatus(status) == v1::Article::STATUS_USABLE || status.empty()) return;
    draft.release().StateEmbargo("StatusWillChange/DateAndTime", time);
    return;
  }
  google::protobuf::Timestamp from;
  if (ReadInstant(time, &from) && absl::FromUnixSeconds(from.seconds()) > absl::Now()) {
    draft.Warn("shown until it is withdrawn: its status will be \"" + future + "\" from " + time +
               " on");
    return;
  }
  draft.release().StateStatus("StatusWillChange/FutureStatus", future);
}

// What a revision does to the item: "Delete", or the status of one of its revisions.
void ReadInstruction(const Element& instruction, Draft& draft) {
  const std::string what = FormalName(&instruction);
  if (ReadStatus(what) > v1::Article::STATUS_USABLE) {
    draft.release().StateStatus("Instruction", what);
  }
  draft.release().StateNote("Instruction", what);
  for (const Element* revision : instruction.Children("RevisionStatus")) {
    const int64_t of = ReadVersion(revision->Get("Revision"));
    if (of == 0 || of != draft->version()) continue;
    draft.release().StateStatus("RevisionStatus", FormalName(revision->Child("Status")));
  }
}

}  // namespace

std::string FormalName(const Element* element) {
  if (element == nullptr) return "";
  const std::string_view name = element->Get("FormalName");
  return name.empty() ? element->Text() : std::string(name);
}

void ReadNewsIdentifier(const Element& identifier, Draft& draft) {
  const std::string provider = identifier.TextOf({"ProviderId"});
  const std::string date = identifier.TextOf({"DateId"});
  const std::string item = identifier.TextOf({"NewsItemId"});
  const std::string whole = identifier.TextOf({"PublicIdentifier"});
  if (!item.empty()) {
    draft->set_id("urn:newsml:" + provider + ":" + date + ":" + item);
    draft.GivenBy("NewsIdentifier");
  } else {
    // The public identifier ends with the revision and what kind of update it is: ":3U".
    draft->set_id(whole.substr(0, whole.find_last_not_of("0123456789UAN") + 1));
    if (draft->id().ends_with(':')) draft->mutable_id()->pop_back();
    draft.GivenBy("PublicIdentifier");
  }
  draft->set_version(ReadVersion(identifier.TextOf({"RevisionId"})));
  draft.GivenBy("RevisionId");
}

void ReadManagement(const Element& management, Draft& draft) {
  const std::string status = FormalName(management.Child("Status"));
  const Element* change = management.Child("StatusWillChange");
  const bool ends = change != nullptr && ReadStatus(FormalName(change->Child("FutureStatus"))) ==
                                             v1::Article::STATUS_USABLE;
  // What is withheld until a time is under embargo until then.
  const bool is_embargo = ends && ReadStatus(status) == v1::Article::STATUS_WITHHELD;
  draft.release().StateStatus("Status", is_embargo ? "embargoed" : status);
  if (change != nullptr) ReadStatusChange(*change, status, draft);
  for (const Element* instruction : management.Children("Instruction")) {
    ReadInstruction(*instruction, draft);
  }
  SetPublishedFrom(management.TextOf({"FirstCreated"}), draft.article());
  draft.GivenBy("FirstCreated");
  const std::string revised = management.TextOf({"ThisRevisionCreated"});
  if (!revised.empty()) ReadInstant(revised, draft->mutable_updated_time());
  draft.GivenBy("ThisRevisionCreated");
  SetPublishedFrom(revised, draft.article());
  draft.SetLabel("urgency", FormalName(management.Child("Urgency")), "Urgency");
}

}  // namespace broadsheet::sources
