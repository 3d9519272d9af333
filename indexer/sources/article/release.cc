// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/release.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "engine/schema/article.h"
#include "engine/schema/published_time.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article/status_words.h"
#include "indexer/sources/article/wire_date.h"

namespace broadsheet::sources {
namespace {

// A time without a zone comes so much later in the last zone of the Earth, UTC-12, and so much
// earlier in the first, UTC+14, than in Greenwich.
constexpr int64_t kLastZoneSeconds = 12 * 3600;
constexpr int64_t kFirstZoneSeconds = 14 * 3600;

struct LatestInstant {
  google::protobuf::Timestamp time;
  bool has_zone = false;
};

// The latest instant that a time can mean; nullopt when it cannot be read.
std::optional<LatestInstant> ReadLatest(std::string_view text) {
  LatestInstant latest;
  const absl::StatusOr<schema::PublishedTime> read = ParseWireDate(text);
  if (!read.ok() || !ReadInstant(text, &latest.time)) return std::nullopt;
  latest.has_zone = read->precision == v1::DATE_PRECISION_INSTANT;
  if (!latest.has_zone) latest.time.set_seconds(latest.time.seconds() + kLastZoneSeconds);
  return latest;
}

bool IsBefore(const google::protobuf::Timestamp& left, const google::protobuf::Timestamp& right) {
  return std::pair(left.seconds(), left.nanos()) < std::pair(right.seconds(), right.nanos());
}

void AppendPart(std::string_view part, std::string* parts) {
  if (!parts->empty()) *parts += ", ";
  *parts += part;
}

// "pubStatus \"foo\"", short enough for a message.
std::string Stated(std::string_view part, std::string_view text) {
  constexpr size_t kMaxQuotedBytes = 80;
  std::string quoted(text::PrefixOf(text, kMaxQuotedBytes));
  text::RepairUtf8(&quoted);
  return std::string(part) + " \"" + quoted + "\"";
}

std::string Stripped(std::string_view text) {
  std::string stripped(text);
  absl::StripAsciiWhitespace(&stripped);
  return stripped;
}

}  // namespace

v1::Article::Status ReadStatus(std::string_view text) { return StatusOfWord(PlainStatus(text)); }

void ReleaseDecision::ApplyTo(v1::Article* article) const {
  if (status != v1::Article::STATUS_UNSPECIFIED) article->set_status(status);
  if (embargo.has_value()) *article->mutable_embargo_time() = *embargo;
}

bool ReleaseDecision::HoldsBackAt(absl::Time now) const {
  v1::Article article;
  ApplyTo(&article);
  return !schema::IsReleased(article, now);
}

void ReleaseStatement::AddPart(std::string_view part) {
  if (std::find(parts_.begin(), parts_.end(), part) == parts_.end()) parts_.emplace_back(part);
}

void ReleaseStatement::StateStatus(std::string_view part, std::string_view status) {
  const std::string text = Stripped(status);
  const std::string plain = PlainStatus(text);
  if (text.empty() || plain == "unspecified") return;
  AddPart(part);
  if (IsEmbargoWord(plain)) {
    if (open_embargo_.empty()) open_embargo_ = Stated(part, text);
    says_embargoed_ = true;
    return;
  }
  v1::Article::Status read = StatusOfWord(plain);
  if (read == v1::Article::STATUS_UNSPECIFIED) {
    read = v1::Article::STATUS_WITHHELD;
    warnings_.push_back("withheld, since its status is not known: " + Stated(part, text));
  }
  says_usable_ |= read == v1::Article::STATUS_USABLE;
  Take(read);
}

void ReleaseStatement::AddEmbargo(const google::protobuf::Timestamp& end) {
  if (!embargo_.has_value() || IsBefore(*embargo_, end)) embargo_ = end;
}

void ReleaseStatement::StateEmbargo(std::string_view part, std::string_view time) {
  const std::string text = Stripped(time);
  const std::string plain = PlainWord(text);
  // Said in words that there is none.
  if (plain == "no" || plain == "none" || plain == "false" || plain == "null") return;
  AddPart(part);
  if (text.empty() || plain == "yes" || plain == "true" || IsEmbargoWord(plain)) {
    open_embargo_ = part;
    return;
  }
  const std::optional<LatestInstant> end = ReadLatest(text);
  if (!end.has_value()) {
    Take(v1::Article::STATUS_WITHHELD);
    warnings_.push_back("withheld, since its embargo cannot be read: " + Stated(part, text));
    return;
  }
  if (!end->has_zone) {
    warnings_.push_back("under embargo until its time has come everywhere, since it has no zone: " +
                        Stated(part, text));
  }
  AddEmbargo(end->time);
}

void ReleaseStatement::StateReleaseTime(std::string_view part, std::string_view time) {
  const std::string text = Stripped(time);
  if (text.empty()) return;
  const std::optional<LatestInstant> read = ReadLatest(text);
  if (!read.has_value()) {
    if (unread_release_time_.empty()) unread_release_time_ = Stated(part, text);
  } else {
    std::optional<google::protobuf::Timestamp>& known =
        read->has_zone ? release_time_ : release_time_without_zone_;
    if (!known.has_value() || IsBefore(*known, read->time)) known = read->time;
    if (!read->has_zone) zoneless_release_time_ = Stated(part, text);
  }
  release_part_ = part;
}

void ReleaseStatement::StateNote(std::string_view part, std::string_view note) {
  if (IsKillNotice(note) || IsKillNote(note)) return Cancel(part, note);
  if (holding_note_.empty() && IsHoldNote(note)) holding_note_ = Stated(part, note);
}

void ReleaseStatement::StateHeading(std::string_view part, std::string_view heading) {
  if (IsKillNotice(heading)) Cancel(part, heading);
}

void ReleaseStatement::Cancel(std::string_view part, std::string_view notice) {
  AddPart(part);
  Take(v1::Article::STATUS_CANCELLED);
  warnings_.push_back("cancelled, since it is a notice to kill the story: " + Stated(part, notice));
}

void ReleaseStatement::Withhold(std::string_view part, std::string reason) {
  AddPart(part);
  Take(v1::Article::STATUS_WITHHELD);
  warnings_.push_back(std::move(reason));
}

// A usable story may go out in the first place of the Earth where its time has come; any other one
// has to wait for the last.
void ReleaseStatement::DecideReleaseTime(ReleaseDecision* decision) const {
  const bool is_held = decision->status > v1::Article::STATUS_USABLE;
  std::optional<google::protobuf::Timestamp> time = release_time_;
  if (release_time_without_zone_.has_value()) {
    google::protobuf::Timestamp end = *release_time_without_zone_;
    if (says_usable_) end.set_seconds(end.seconds() - kLastZoneSeconds - kFirstZoneSeconds);
    if (!time.has_value() || IsBefore(*time, end)) time = end;
  }
  const bool lies_ahead = time.has_value() && absl::FromUnixSeconds(time->seconds()) > absl::Now();
  if (lies_ahead || (time.has_value() && says_embargoed_)) {
    if (!decision->embargo.has_value() || IsBefore(*decision->embargo, *time)) {
      decision->embargo = *time;
    }
    AppendPart(release_part_, &decision->given_by);
    if (lies_ahead && !zoneless_release_time_.empty()) {
      decision->warnings.push_back(
          "held back until " +
          std::string(says_usable_ ? "its time comes" : "its time has come everywhere") +
          ", since it has no zone: " + zoneless_release_time_);
    }
    if (lies_ahead && says_usable_ && !is_held) {
      decision->warnings.push_back("held back until " + release_part_ +
                                   ", which lies ahead, although its status is usable");
    }
  }
  if (unread_release_time_.empty() || is_held) return;
  if (says_usable_) {
    decision->warnings.push_back(
        "shown, since its status is usable, although the time of its "
        "release cannot be read: " +
        unread_release_time_);
    return;
  }
  decision->status = v1::Article::STATUS_WITHHELD;
  AppendPart(release_part_, &decision->given_by);
  decision->warnings.push_back("withheld, since the time of its release cannot be read: " +
                               unread_release_time_);
}

void ReleaseStatement::DecideOpenEmbargo(ReleaseDecision* decision) const {
  if (open_embargo_.empty() || decision->embargo.has_value()) return;
  if (says_usable_ && !says_embargoed_) {
    decision->warnings.push_back("shown, since its status is usable, although " + open_embargo_ +
                                 " names an embargo without a time");
    return;
  }
  if (decision->status >= v1::Article::STATUS_WITHHELD) return;
  decision->status = v1::Article::STATUS_WITHHELD;
  decision->warnings.push_back("withheld, since " + open_embargo_ +
                               " names an embargo without a time and no status says usable");
}

ReleaseDecision ReleaseStatement::Decide() const {
  ReleaseDecision decision{.status = status_,
                           .embargo = embargo_,
                           .given_by = absl::StrJoin(parts_, ", "),
                           .warnings = warnings_};
  DecideReleaseTime(&decision);
  DecideOpenEmbargo(&decision);
  const bool is_settled =
      decision.embargo.has_value() || decision.status >= v1::Article::STATUS_WITHHELD;
  if (!holding_note_.empty() && !is_settled) {
    decision.status = v1::Article::STATUS_WITHHELD;
    AppendPart("an editor's note", &decision.given_by);
    decision.warnings.push_back("withheld, since a note says so: " + holding_note_);
  }
  return decision;
}

}  // namespace broadsheet::sources
