// SPDX-License-Identifier: GPL-3.0-or-later
// Decides, in one place for every format, whether an article may be shown, from what its source
// states about its status and its embargo. In doubt the article is held back, and a warning says
// so.
//
//   ReleaseStatement release;
//   release.StateStatus("pubStatus", "stat:usable");
//   release.StateEmbargo("embargoed", "2031-03-06T08:00:00+02:00");
//   const ReleaseDecision decision = release.Decide();
//   decision.ApplyTo(&article);
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources {

struct ReleaseDecision {
  // STATUS_UNSPECIFIED, which shows the article, where the source states nothing.
  v1::Article::Status status = v1::Article::STATUS_UNSPECIFIED;
  // Until when the article is not shown, whatever its status; nullopt without an embargo.
  std::optional<google::protobuf::Timestamp> embargo = std::nullopt;
  // The parts of the record that decided, "pubStatus, embargoed"; "" when none states anything.
  std::string given_by = {};
  // What could not be read as it stands, and what was made of it.
  std::vector<std::string> warnings = {};

  // Sets the status and the embargo of `article` where the record states them.
  void ApplyTo(v1::Article* article) const;

  // Whether readers may not see the article at `now`.
  bool HoldsBackAt(absl::Time now) const;
};

// What a status in any wording says of an article: "usable", "stat:Canceled", "MANDATORY KILL",
// "STATUS_WITHHELD", "draft". STATUS_UNSPECIFIED for anything else.
v1::Article::Status ReadStatus(std::string_view text);

// What one record states. Not thread-safe; copyable.
class ReleaseStatement {
 public:
  // `part` names the element or the member, for warnings and rules. A status that is empty states
  // nothing.
  //
  // Of several statuses the strictest counts: cancelled before withheld before usable. A status
  // that is not known withholds the article, with a warning. "embargoed" holds it back until an
  // embargo ends that is stated as well, and withholds it where there is none.
  void StateStatus(std::string_view part, std::string_view status);

  // `time` is a date in any form of ParseWireDate. Of several embargoes the last to end counts. The
  // article is shown from the first instant that is surely not before the embargo's end: a time
  // without a zone ends in the last zone of the Earth (UTC-12), with a warning. What cannot be read
  // withholds the article, with a warning, and so does an embargo that is stated without a time,
  // unless a status says that the article is usable.
  void StateEmbargo(std::string_view part, std::string_view time);

  // The time from which on the article may be released, which is an embargo as long as it lies
  // ahead; empty states nothing. What cannot be read withholds the article, unless a status says
  // that it is usable; either way with a warning.
  void StateReleaseTime(std::string_view part, std::string_view time);

  // A note from editor to editor. One that kills the story cancels it; one that speaks of an
  // embargo or of holding it withholds it, unless the time or the status of that is stated as well.
  // Both with a warning.
  void StateNote(std::string_view part, std::string_view note);

  // A line above the story. One that says nothing but that the story is killed ("KILL: ...",
  // "MANDATORY KILL") cancels it, with a warning.
  void StateHeading(std::string_view part, std::string_view heading);

  // Withholds the article for a reason that is neither: a password that readers would have to know.
  // `reason` is the warning.
  void Withhold(std::string_view part, std::string reason);

  bool is_cancelled() const { return status_ == v1::Article::STATUS_CANCELLED; }

  // Whether anything was stated.
  bool is_empty() const { return parts_.empty() && release_part_.empty() && holding_note_.empty(); }

  ReleaseDecision Decide() const;

 private:
  void AddPart(std::string_view part);
  void Cancel(std::string_view part, std::string_view notice);
  void Take(v1::Article::Status status) { status_ = std::max(status_, status); }
  void AddEmbargo(const google::protobuf::Timestamp& end);
  void DecideReleaseTime(ReleaseDecision* decision) const;
  void DecideOpenEmbargo(ReleaseDecision* decision) const;

  v1::Article::Status status_ = v1::Article::STATUS_UNSPECIFIED;
  bool says_usable_ = false;
  bool says_embargoed_ = false;
  // The part that states an embargo without a time; "" when none does.
  std::string open_embargo_;
  std::optional<google::protobuf::Timestamp> embargo_;
  // Stated from when on it may be released: with and without a zone, as the latest instant; and
  // what could not be read.
  std::optional<google::protobuf::Timestamp> release_time_;
  std::optional<google::protobuf::Timestamp> release_time_without_zone_;
  std::string unread_release_time_;
  std::string zoneless_release_time_;
  std::string release_part_;
  // The note that speaks of a hold; "" when none does.
  std::string holding_note_;
  std::vector<std::string> parts_;
  std::vector<std::string> warnings_;
};

}  // namespace broadsheet::sources
