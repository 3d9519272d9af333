// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/article/release.h"

#include <algorithm>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "engine/schema/published_time.h"
#include "engine/text/utf8.h"
#include "indexer/sources/article/article_fields.h"
#include "indexer/sources/article/wire_date.h"

namespace broadsheet::sources {
namespace {

// A time without a zone is later by so much at most: in the last zone of the Earth, UTC-12.
constexpr int64_t kLastZoneSeconds = 12 * 3600;

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

void ReleaseDecision::ApplyTo(v1::Article* article) const {
  if (status != v1::Article::STATUS_UNSPECIFIED) article->set_status(status);
  if (embargo.has_value()) *article->mutable_embargo_time() = *embargo;
}

void ReleaseStatement::AddPart(std::string_view part) {
  if (std::find(parts_.begin(), parts_.end(), part) == parts_.end()) parts_.emplace_back(part);
}

void ReleaseStatement::StateStatus(std::string_view part, std::string_view status) {
  const std::string text = Stripped(status);
  if (text.empty()) return;
  AddPart(part);
  v1::Article::Status read = ReadStatus(text);
  if (read == v1::Article::STATUS_UNSPECIFIED) {
    read = v1::Article::STATUS_WITHHELD;
    warnings_.push_back("withheld, since its status is not known: " + Stated(part, text));
  }
  says_usable_ |= read == v1::Article::STATUS_USABLE;
  status_ = std::max(status_, read);
}

void ReleaseStatement::StateEmbargo(std::string_view part, std::string_view time) {
  const std::string text = Stripped(time);
  AddPart(part);
  if (text.empty()) {
    open_embargo_ = part;
    return;
  }
  google::protobuf::Timestamp end;
  const absl::StatusOr<schema::PublishedTime> read = ParseWireDate(text);
  if (!read.ok() || !ReadInstant(text, &end)) {
    status_ = std::max(status_, v1::Article::STATUS_WITHHELD);
    warnings_.push_back("withheld, since its embargo cannot be read: " + Stated(part, text));
    return;
  }
  if (read->precision != v1::DATE_PRECISION_INSTANT) {
    end.set_seconds(end.seconds() + kLastZoneSeconds);
    warnings_.push_back("under embargo until its time has come everywhere, since it has no zone: " +
                        Stated(part, text));
  }
  if (!embargo_.has_value() || embargo_->seconds() < end.seconds()) embargo_ = end;
}

void ReleaseStatement::Withhold(std::string_view part, std::string reason) {
  AddPart(part);
  status_ = std::max(status_, v1::Article::STATUS_WITHHELD);
  warnings_.push_back(std::move(reason));
}

ReleaseDecision ReleaseStatement::Decide() const {
  ReleaseDecision decision{.status = status_,
                           .embargo = embargo_,
                           .given_by = absl::StrJoin(parts_, ", "),
                           .warnings = warnings_};
  if (open_embargo_.empty() || embargo_.has_value()) return decision;
  if (says_usable_) {
    decision.warnings.push_back("shown, since its status is usable, although " + open_embargo_ +
                                " names an embargo without a time");
  } else {
    decision.status = std::max(status_, v1::Article::STATUS_WITHHELD);
    decision.warnings.push_back("withheld, since " + open_embargo_ +
                                " names an embargo without a time and no status says usable");
  }
  return decision;
}

}  // namespace broadsheet::sources
