// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/article.h"

#include <google/protobuf/timestamp.pb.h>

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "engine/schema/article_language.h"
#include "engine/schema/error.h"
#include "engine/schema/published_time.h"
#include "engine/text/clean.h"
#include "engine/text/fold.h"

namespace broadsheet::schema {
namespace {

// What the other fields may hold beside kMaxArticleBytes of text.
constexpr size_t kMaxOtherBytes = 1 << 20;

absl::Status Refuse(absl::string_view field, absl::string_view why) {
  return BadArticle({field.data(), field.size()},
                    absl::StrCat("article refused: ", field, " ", why));
}

// Removes the elements for which `keep` is false; the order of the others stays.
template <typename Repeated, typename Keep>
void KeepIf(Repeated* elements, Keep keep) {
  elements->erase(std::remove_if(elements->begin(), elements->end(),
                                 [&keep](const auto& element) { return !keep(element); }),
                  elements->end());
}

void CleanBylines(v1::Article* article) {
  for (v1::Byline& byline : *article->mutable_bylines()) {
    text::CleanLine(byline.mutable_name());
    text::CleanLine(byline.mutable_role());
    text::CleanLine(byline.mutable_organisation());
    // An article by an organisation alone.
    if (byline.name().empty()) byline.mutable_name()->swap(*byline.mutable_organisation());
  }
  std::set<std::pair<std::string, std::string>> seen;
  KeepIf(article->mutable_bylines(), [&seen](const v1::Byline& byline) {
    return !byline.name().empty() &&
           seen.emplace(text::FoldValue(byline.name()), text::FoldValue(byline.role())).second;
  });
}

void CleanTags(v1::Article* article) {
  for (std::string& tag : *article->mutable_tags()) text::CleanLine(&tag);
  std::set<std::string> seen;
  KeepIf(article->mutable_tags(), [&seen](const std::string& tag) {
    return !tag.empty() && seen.insert(text::FoldValue(tag)).second;
  });
}

void CleanCaptions(v1::Article* article) {
  for (v1::Caption& caption : *article->mutable_captions()) {
    text::CleanText(caption.mutable_text());
    text::CleanLine(caption.mutable_credit());
    text::CleanLine(caption.mutable_media_url());
  }
  std::set<std::pair<std::string, std::string>> seen;
  KeepIf(article->mutable_captions(), [&seen](const v1::Caption& caption) {
    const bool empty = caption.text().empty() && caption.credit().empty();
    return !empty && seen.emplace(caption.text(), caption.credit()).second;
  });
}

void CleanFields(v1::Article* article) {
  text::CleanLine(article->mutable_url());
  text::CleanLine(article->mutable_headline());
  text::CleanText(article->mutable_summary());
  text::CleanText(article->mutable_body());
  text::CleanLine(article->mutable_section());
  text::CleanLine(article->mutable_source());
  text::CleanLine(article->mutable_dateline());
  text::CleanText(article->mutable_copyright());
  CleanBylines(article);
  CleanTags(article);
  CleanCaptions(article);
}

bool HasText(const v1::Article& article) {
  return !article.headline().empty() || !article.summary().empty() || !article.body().empty() ||
         std::any_of(article.captions().begin(), article.captions().end(),
                     [](const v1::Caption& caption) { return !caption.text().empty(); });
}

absl::Status CheckTimestamp(absl::string_view field, const google::protobuf::Timestamp& time) {
  // The years 1 to 9999, as google.protobuf.Timestamp has them.
  constexpr int64_t kFirstSecond = -62135596800;
  constexpr int64_t kLastSecond = 253402300799;
  if (time.seconds() < kFirstSecond || time.seconds() > kLastSecond) {
    return Refuse(field, "is outside the years 1 to 9999");
  }
  if (time.nanos() < 0 || time.nanos() > 999'999'999) {
    return Refuse(field, "has nanoseconds outside 0 to 999999999");
  }
  return absl::OkStatus();
}

absl::Status PreparePublishedTime(v1::Article* article) {
  if (!article->has_published_time()) {
    article->clear_published_precision();
    article->clear_published_offset_minutes();
    return absl::OkStatus();
  }
  absl::Status status = CheckTimestamp("published_time", article->published_time());
  if (!status.ok()) return status;
  if (article->published_precision() == v1::DATE_PRECISION_UNSPECIFIED) {
    article->set_published_precision(v1::DATE_PRECISION_INSTANT);
  }
  if (!v1::DatePrecision_IsValid(article->published_precision())) {
    return Refuse("published_precision", "is unknown");
  }
  constexpr int kMaxOffsetMinutes = 24 * 60 - 1;
  if (std::abs(article->published_offset_minutes()) > kMaxOffsetMinutes) {
    return Refuse("published_offset_minutes", "is outside -1439 to 1439");
  }
  const v1::DatePrecision precision = article->published_precision();
  if (precision != v1::DATE_PRECISION_INSTANT) article->clear_published_offset_minutes();
  if (precision == v1::DATE_PRECISION_INSTANT || precision == v1::DATE_PRECISION_NO_ZONE) {
    return absl::OkStatus();
  }
  // A day, month or year stands at its first instant.
  const LocalPeriod period = *PublishedPeriod(*article);
  SetPublishedTime({.local = absl::CivilSecond(period.first), .precision = precision}, article);
  return absl::OkStatus();
}

absl::Status CheckCount(absl::string_view field, int count) {
  if (static_cast<size_t>(count) <= kMaxTags) return absl::OkStatus();
  return Refuse(field, absl::StrCat("are ", count, ", over the limit of ", kMaxTags));
}

absl::Status CheckSizes(const v1::Article& article) {
  const size_t bytes = TextBytes(article);
  if (bytes > kMaxArticleBytes || article.ByteSizeLong() > kMaxArticleBytes + kMaxOtherBytes) {
    return BadArticle(
        "", absl::StrCat("article refused: text takes ", std::max(bytes, article.ByteSizeLong()),
                         " bytes, over the limit of ", kMaxArticleBytes));
  }
  for (const auto& [field, count] :
       {std::pair("tags", article.tags_size()), std::pair("bylines", article.bylines_size()),
        std::pair("captions", article.captions_size())}) {
    if (absl::Status status = CheckCount(field, count); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status CheckId(const v1::Article& article) {
  if (article.id().size() > kMaxIdBytes) {
    return Refuse(
        "id", absl::StrCat("has ", article.id().size(), " bytes, over the limit of ", kMaxIdBytes));
  }
  if (text::HasControlCharacter(article.id())) return Refuse("id", "has a control character");
  return absl::OkStatus();
}

absl::Status CheckOtherTimes(const v1::Article& article) {
  if (article.has_updated_time()) {
    absl::Status status = CheckTimestamp("updated_time", article.updated_time());
    if (!status.ok()) return status;
  }
  if (article.has_embargo_time()) return CheckTimestamp("embargo_time", article.embargo_time());
  return absl::OkStatus();
}

}  // namespace

size_t TextBytes(const v1::Article& article) {
  size_t bytes = article.headline().size() + article.summary().size() + article.body().size();
  for (const v1::Caption& caption : article.captions()) {
    bytes += caption.text().size() + caption.credit().size();
  }
  return bytes;
}

absl::Status PrepareArticle(v1::Article* article) {
  // Before any work is done on it.
  if (absl::Status status = CheckSizes(*article); !status.ok()) return status;
  if (absl::Status status = CheckId(*article); !status.ok()) return status;
  if (absl::Status status = CheckOtherTimes(*article); !status.ok()) return status;
  if (article->version() < 0) return Refuse("version", "is negative");
  CleanFields(article);
  if (!HasText(*article)) {
    return BadArticle("", "article refused: it has no headline, summary, body or caption");
  }
  if (absl::Status status = PreparePublishedTime(article); !status.ok()) return status;
  PrepareLanguage(article);
  if (article->id().empty()) article->set_id(DeriveId(*article));
  return absl::OkStatus();
}

bool IsReleased(const v1::Article& article, absl::Time now) {
  const bool usable = article.status() != v1::Article::STATUS_WITHHELD &&
                      article.status() != v1::Article::STATUS_CANCELLED;
  return usable && (!article.has_embargo_time() ||
                    absl::FromUnixSeconds(article.embargo_time().seconds()) <= now);
}

}  // namespace broadsheet::schema
