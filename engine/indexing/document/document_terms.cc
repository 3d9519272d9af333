// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/document/document_terms.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/time/civil_time.h"
#include "engine/schema/article.h"
#include "engine/schema/article_language.h"
#include "engine/schema/article_texts.h"
#include "engine/schema/field_values.h"
#include "engine/schema/published_time.h"
#include "engine/schema/term_weight.h"
#include "engine/text/language.h"

namespace broadsheet::indexing {
namespace {

using schema::FieldId;
using schema::Slot;
using storage::CodeKind;
using storage::MakeCode;
using storage::MarkKind;

int32_t DaysSince1970(absl::CivilDay day) {
  return static_cast<int32_t>(day - absl::CivilDay(1970, 1, 1));
}

}  // namespace

DocumentAnalyzer::DocumentAnalyzer(uint64_t token_seed, std::string assumed_language,
                                   WordCounts* words)
    : token_seed_(token_seed),
      assumed_language_(std::move(assumed_language)),
      words_(words),
      counts_(token_seed) {}

const DocumentTerms& DocumentAnalyzer::Analyze(const v1::Article& article) {
  counts_.Clear();
  document_.terms.clear();
  document_.slots.clear();
  document_.tokens.clear();
  document_.length = 0;
  counts_words_ = words_ != nullptr && words_->Start(article);
  AddTexts(article);
  AddValues(article);
  AddDates(article);
  AddVisibility(article);
  AddSlot(Slot::kLength, schema::EncodeCount(document_.length));
  FinishTerms();
  return document_;
}

void DocumentAnalyzer::AddTexts(const v1::Article& article) {
  const std::string_view language = schema::AnalysisLanguage(article, assumed_language_);
  for (const schema::ArticleText& one : schema::TextsOf(article)) {
    AddText(one.field, one.text, language);
  }
}

void DocumentAnalyzer::AddText(FieldId id, std::string_view text, std::string_view language) {
  const schema::Field& field = schema::FieldOf(id);
  document_.tokens.push_back(storage::FieldMark(id));
  analyzer_.Analyze(text, schema::StemLanguage(field, language),
                    [this, &field](const text::Token& token) { AddToken(field, token); });
}

void DocumentAnalyzer::AddToken(const schema::Field& field, const text::Token& token) {
  const bool searched_by_default = field.weight > 0;
  uint32_t term_hash;
  if (searched_by_default) {
    // The counts hash terms with the same seed.
    term_hash =
        storage::TermHashOf(counts_.Add(token.term, static_cast<uint32_t>(field.weight)).hash);
    if (!token.alternative) ++document_.length;
  } else {
    term_hash = storage::HashTerm(token.term, token_seed_);
  }
  if (field.kind == schema::FieldKind::kText && !field.prefix.empty()) {
    counts_.Add(schema::FieldTerm(field.id, token.term), 1);
  }
  if (counts_words_) words_->Add(token);
  AddCodes(token, term_hash);
}

void DocumentAnalyzer::AddCodes(const text::Token& token, uint32_t term_hash) {
  std::vector<uint32_t>& codes = document_.tokens;
  if (token.alternative) {
    codes.push_back(MakeCode(CodeKind::kAlternative, term_hash));
  } else {
    if (token.before != text::Break::kNone && token.position > 0) {
      codes.push_back(storage::BreakMark(
          token.before == text::Break::kParagraph ? MarkKind::kParagraph : MarkKind::kSentence));
    }
    codes.push_back(MakeCode(CodeKind::kWord, term_hash));
  }
  if (token.exact != token.term) {
    codes.push_back(MakeCode(CodeKind::kExact, storage::HashTerm(token.exact, token_seed_)));
  }
}

void DocumentAnalyzer::AddValue(FieldId field, std::string_view value) {
  if (!value.empty()) counts_.Add(schema::ValueTerm(field, value), 0);
}

void DocumentAnalyzer::AddValues(const v1::Article& article) {
  counts_.Add(schema::IdTerm(article.id()), 0);
  for (const schema::Field& field : schema::Fields()) {
    if (!field.facet) continue;
    schema::ForEachValue(article, field.id, [&](int /*index*/, const std::string& value) {
      AddValue(field.id, value);
    });
  }
  // An article in "pt-BR" is also in "pt". An assumed language is no value: the article does not
  // state it.
  AddValue(FieldId::kLanguage, text::PrimaryLanguage(article.language()));
}

void DocumentAnalyzer::AddDates(const v1::Article& article) {
  const std::optional<schema::LocalPeriod> period = schema::PublishedPeriod(article);
  if (!period.has_value()) {
    counts_.Add(schema::kUndatedTerm, 0);
    return;
  }
  AddSlot(Slot::kPublishedTime, schema::EncodeSeconds(article.published_time().seconds()));
  AddSlot(Slot::kLocalFirst, schema::EncodeDay(DaysSince1970(period->first)));
  AddSlot(Slot::kLocalLast, schema::EncodeDay(DaysSince1970(period->last)));
  // The terms of the periods that contain the whole stated period: an article of "2024" has no
  // month.
  const absl::CivilDay first = period->first;
  const int year = static_cast<int>(first.year());
  counts_.Add(schema::YearTerm(year), 0);
  if (absl::CivilMonth(first) != absl::CivilMonth(period->last)) return;
  counts_.Add(schema::MonthTerm(year, first.month()), 0);
  if (first == period->last) counts_.Add(schema::DayTerm(year, first.month(), first.day()), 0);
}

void DocumentAnalyzer::AddVisibility(const v1::Article& article) {
  if (!schema::IsReleased(article, absl::InfiniteFuture())) {
    counts_.Add(schema::kWithheldTerm, 0);
    AddSlot(Slot::kStatus, std::string(article.status() == v1::Article::STATUS_CANCELLED
                                           ? schema::kCancelledValue
                                           : schema::kWithheldValue));
  }
  if (article.has_embargo_time()) {
    AddSlot(Slot::kEmbargo, schema::EncodeSeconds(article.embargo_time().seconds()));
  }
}

void DocumentAnalyzer::AddSlot(Slot slot, std::string value) {
  document_.slots.push_back({slot, std::move(value)});
}

void DocumentAnalyzer::FinishTerms() {
  const double norm = schema::LengthNorm(document_.length);
  for (const TermCounts::Entry* entry : counts_.Sorted()) {
    document_.terms.push_back(
        {counts_.TermOf(*entry), entry->tf == 0 ? 0 : schema::TermWdf(entry->tf, norm)});
  }
}

}  // namespace broadsheet::indexing
