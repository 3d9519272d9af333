// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/visible_vocabulary.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "engine/schema/article_texts.h"
#include "engine/schema/field_values.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/columns/article_columns.h"
#include "engine/storage/columns/columns.h"

namespace broadsheet::query {
namespace {

using storage::Segment;

// Filters, and intervals of timelines.
constexpr size_t kMostKept = 4;

// The value without its spelling, as a key for all of them.
std::string KeyOf(const storage::FieldValue& value) {
  return storage::EncodeValue({.field = value.field, .folded = value.folded, .spelling = {}});
}

// The words of all texts of a card, which is all of an article but its body.
std::vector<std::string> WordsOf(const v1::Article& card, text::Analyzer& analyzer) {
  std::set<std::string> words;
  const auto add = [&](std::string_view text) {
    analyzer.Analyze(text, "", [&](const text::Token& token) {
      if (storage::MayBeListed(token.exact) && !token.alternative) {
        words.insert(storage::EncodeWord({.folded = token.folded, .written = token.exact}));
      }
    });
  };
  for (const schema::ArticleText& text : schema::TextsOf(card)) add(text.text);
  return {words.begin(), words.end()};
}

// By number: whether one of these documents of base has the value. Empty for many documents.
std::vector<bool> ValuesOf(MatchContext& context, const DocumentSet& documents) {
  constexpr uint64_t kMostDocuments = 50'000;
  if (documents.Count() > kMostDocuments) return {};
  const storage::Columns& columns = context.snapshot.generation().columns();
  std::vector<bool> values(columns.values().count());
  documents.ForEach(context.deadline, [&](uint32_t docid) {
    for (const uint32_t number : columns.rows().NumbersOf(docid)) {
      if (number < values.size()) values[number] = true;
    }
  });
  return values;
}

}  // namespace

void VisibleVocabulary::UpdateBase(MatchContext& context, absl::Time now) {
  storage::Snapshot& snapshot = context.snapshot;
  if (identity_ == snapshot.identity() && now >= valid_from_ && now < valid_until_) return;
  // Until this has succeeded.
  valid_until_ = absl::InfinitePast();
  has_live_ = false;
  filtered_.clear();
  periods_.clear();
  visible_ = CollectVisible(context, now);
  CountValues(context);
  identity_ = snapshot.identity();
  valid_from_ = now;
  valid_until_ = snapshot.NextEmbargoEnd(now);
}

const FilteredArticles& VisibleVocabulary::Filtered(MatchContext& context, const Filter& filter) {
  const auto kept = std::find_if(filtered_.begin(), filtered_.end(),
                                 [&](const auto& entry) { return entry.first == filter; });
  if (kept != filtered_.end()) {
    std::rotate(filtered_.begin(), kept, kept + 1);
    return filtered_.front().second;
  }
  FilteredArticles found{.documents = CollectMatches(context, CompileFilter(context, filter))};
  found.documents.base.RetainAll(visible_->base);
  found.documents.live.RetainAll(visible_->live);
  found.values = ValuesOf(context, found.documents.base);
  if (filtered_.size() == kMostKept) filtered_.pop_back();
  filtered_.emplace_front(filter, std::move(found));
  return filtered_.front().second;
}

absl::StatusOr<const PeriodTally*> VisibleVocabulary::Periods(MatchContext& context,
                                                              Interval interval,
                                                              const absl::TimeZone& zone) {
  const auto kept = std::find_if(periods_.begin(), periods_.end(), [&](const Periodical& entry) {
    return entry.interval == interval && entry.zone == zone;
  });
  if (kept != periods_.end()) {
    std::rotate(periods_.begin(), kept, kept + 1);
    return &periods_.front().tally;
  }
  absl::StatusOr<PeriodTally> tally = TallyPeriods(context, interval, zone, *visible_);
  if (!tally.ok()) return tally.status();
  if (periods_.size() == kMostKept) periods_.pop_back();
  periods_.push_front({.interval = interval, .zone = zone, .tally = *std::move(tally)});
  return &periods_.front().tally;
}

absl::Status VisibleVocabulary::Update(MatchContext& context, text::Analyzer& analyzer,
                                       absl::Time now) {
  UpdateBase(context, now);
  if (has_live_) return absl::OkStatus();
  if (absl::Status status = ReadLive(context, analyzer); !status.ok()) return status;
  AddUpLive(context);
  has_live_ = true;
  return absl::OkStatus();
}

void VisibleVocabulary::CountValues(MatchContext& context) {
  counted_values_.clear();
  counts_visible_ = false;
  const uint32_t last = context.snapshot.base().get_lastdocid();
  hidden_of_base_ = last - visible_->base.Count();
  if (hidden_of_base_ == 0) return;
  const storage::ValueRows& rows = context.snapshot.generation().columns().rows();
  DocumentSet hidden(last);
  hidden.AddUpTo(last);
  hidden.RemoveAll(visible_->base);
  counts_visible_ = visible_->base.Count() < hidden_of_base_;
  (counts_visible_ ? visible_->base : hidden).ForEach(context.deadline, [&](uint32_t docid) {
    for (const uint32_t number : rows.NumbersOf(docid)) ++counted_values_[number];
  });
}

absl::Status VisibleVocabulary::ReadLiveArticle(MatchContext& context, text::Analyzer& analyzer,
                                                uint32_t docid, LiveArticle* known) {
  std::string bytes;
  const absl::Status read =
      context.snapshot.ReadCard({.segment = Segment::kLive, .docid = docid}, &bytes);
  if (!read.ok()) return read;
  const size_t hash = std::hash<std::string>()(bytes);
  if (known != nullptr && known->card_hash == hash) {
    live_.emplace_hint(live_.end(), docid, std::move(*known));
    return absl::OkStatus();
  }
  const absl::StatusOr<v1::Article> card = storage::ParseCard(bytes, "a card of live/");
  if (!card.ok()) return card.status();
  live_.emplace_hint(live_.end(), docid,
                     LiveArticle{.card_hash = hash,
                                 .values = storage::ColumnsOf(*card).values,
                                 .headline = storage::FoldHeadline(schema::HeadlineOf(*card)),
                                 .words = WordsOf(*card, analyzer)});
  return absl::OkStatus();
}

absl::Status VisibleVocabulary::ReadLive(MatchContext& context, text::Analyzer& analyzer) {
  std::map<uint32_t, LiveArticle> known = std::exchange(live_, {});
  absl::Status status;
  visible_->live.ForEach(context.deadline, [&](uint32_t docid) {
    if (!status.ok()) return;
    const auto before = known.find(docid);
    status = ReadLiveArticle(context, analyzer, docid,
                             before == known.end() ? nullptr : &before->second);
  });
  return status;
}

void VisibleVocabulary::AddUpLive(MatchContext& context) {
  live_values_.clear();
  live_headlines_.clear();
  live_words_.clear();
  for (const auto& [docid, article] : live_) {
    context.deadline.Poll();
    for (const std::string& bytes : article.values) {
      const storage::FieldValue value = storage::DecodeValue(bytes);
      ++live_values_[KeyOf(value)][std::string(value.spelling)];
    }
    if (!article.headline.empty()) live_headlines_.emplace(article.headline, docid);
    for (const std::string& word : article.words) ++live_words_[word];
  }
}

uint64_t VisibleVocabulary::ArticlesOfSpelling(const storage::ValueIndex& index,
                                               uint32_t number) const {
  const auto found = counted_values_.find(number);
  const uint64_t counted = found == counted_values_.end() ? 0 : found->second;
  if (counts_visible_) return counted;
  const uint64_t all = index.DocumentsWith(number);
  return all - std::min(all, counted);
}

uint64_t VisibleVocabulary::ArticlesOfBase(const storage::ValueTable& values,
                                           const storage::ValueIndex& index,
                                           uint32_t number) const {
  uint64_t articles = 0;
  do {
    articles += ArticlesOfSpelling(index, number);
  } while (values.IsFurtherSpelling(++number));
  return articles;
}

}  // namespace broadsheet::query
