// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/article_counts.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "engine/schema/article.h"
#include "engine/text/fold.h"
#include "engine/text/language.h"

namespace broadsheet::indexing {
namespace {

void Lower(std::optional<int64_t>* bound, std::optional<int64_t> value) {
  if (value.has_value()) *bound = std::min(bound->value_or(*value), *value);
}

void Raise(std::optional<int64_t>* bound, std::optional<int64_t> value) {
  if (value.has_value()) *bound = std::max(bound->value_or(*value), *value);
}

}  // namespace

void ArticleCounts::Add(const v1::Article& article) {
  ++languages_[text::PrimaryLanguage(article.language())];
  if (!article.source().empty()) {
    Source& source = sources_.try_emplace(article.source(), Source{articles_, 0}).first->second;
    ++source.articles;
  }
  if (article.has_published_time()) {
    const int64_t seconds = article.published_time().seconds();
    Lower(&oldest_seconds_, seconds);
    Raise(&newest_seconds_, seconds);
  } else {
    ++undated_;
  }
  input_bytes_ += schema::TextBytes(article);
  AddWithheld(article);
  ++articles_;
}

void ArticleCounts::AddWithheld(const v1::Article& article) {
  // Most articles say nothing of it, and need no look at the clock.
  if (schema::IsReleased(article, absl::InfinitePast())) return;
  const std::optional<schema::Withholding> why = schema::WhyWithheld(article, absl::Now());
  if (why == schema::Withholding::kEmbargoed) {
    embargo_ends_.push_back(article.embargo_time().seconds());
  } else {
    by_status_.Add(why);
  }
}

schema::WithheldCounts ArticleCounts::withheld(absl::Time now) const {
  schema::WithheldCounts counts = by_status_;
  counts.embargoed = static_cast<uint64_t>(
      std::count_if(embargo_ends_.begin(), embargo_ends_.end(),
                    [now = absl::ToUnixSeconds(now)](int64_t end) { return end > now; }));
  return counts;
}

void ArticleCounts::Merge(const ArticleCounts& later) {
  for (const auto& [language, articles] : later.languages_) languages_[language] += articles;
  for (const auto& [spelling, source] : later.sources_) {
    const Source unseen{articles_ + source.first, 0};
    sources_.try_emplace(spelling, unseen).first->second.articles += source.articles;
  }
  Lower(&oldest_seconds_, later.oldest_seconds_);
  Raise(&newest_seconds_, later.newest_seconds_);
  undated_ += later.undated_;
  input_bytes_ += later.input_bytes_;
  by_status_ += later.by_status_;
  embargo_ends_.insert(embargo_ends_.end(), later.embargo_ends_.begin(), later.embargo_ends_.end());
  articles_ += later.articles_;
}

void ArticleCounts::FillManifest(storage::Manifest* manifest) const {
  manifest->articles = articles_;
  manifest->undated = undated_;
  manifest->input_bytes = input_bytes_;
  manifest->oldest_seconds = oldest_seconds_;
  manifest->newest_seconds = newest_seconds_;
  manifest->languages = languages_;
  // One entry for all spellings that a filter treats as the same source.
  struct Folded {
    Source source;
    const std::string* spelling = nullptr;
  };
  std::map<std::string, Folded> folded;
  for (const auto& [spelling, source] : sources_) {
    Folded& entry = folded[text::FoldValue(spelling)];
    if (entry.spelling == nullptr || source.first < entry.source.first) {
      entry.source.first = source.first;
      entry.spelling = &spelling;
    }
    entry.source.articles += source.articles;
  }
  for (const auto& [key, entry] : folded) {
    manifest->sources[*entry.spelling] = entry.source.articles;
  }
}

}  // namespace broadsheet::indexing
