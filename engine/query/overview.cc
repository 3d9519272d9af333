// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/overview.h"

#include <algorithm>
#include <limits>

#include "engine/query/aggregate/facet_counts.h"
#include "engine/query/aggregate/live_columns.h"

namespace broadsheet::query {
namespace {

using storage::StatedDate;

void AddDate(const StatedDate& date, Overview* overview) {
  if (!date.dated()) {
    ++overview->undated;
    return;
  }
  overview->oldest = std::min(overview->oldest.value_or(date.seconds), date.seconds);
  overview->newest = std::max(overview->newest.value_or(date.seconds), date.seconds);
}

absl::Status AddDates(MatchContext& context, const MatchedDocuments& visible, Overview* overview) {
  const storage::ValueRows& rows = context.snapshot.generation().columns().rows();
  visible.base.ForEach(context.deadline,
                       [&](uint32_t docid) { AddDate(rows.DateOf(docid), overview); });
  return ForEachOfLive(context, visible.live, [&](const storage::ArticleColumns& columns) {
    AddDate(columns.date, overview);
  });
}

std::map<std::string, uint64_t> CountsOf(const FacetValues& values) {
  std::map<std::string, uint64_t> counts;
  for (const ValueOccurrence& value : values.values) counts[value.value] += value.count;
  return counts;
}

}  // namespace

absl::StatusOr<Overview> MakeOverview(const SearchContext& context, const base::CallControl& call) {
  base::Deadline deadline(call);
  MatchContext match{context.snapshot, deadline};
  context.vocabulary.UpdateBase(match, call.now);
  const MatchedDocuments& visible = context.vocabulary.visible();
  Overview overview;
  overview.articles = visible.Count();
  absl::Status status = AddDates(match, visible, &overview);
  FacetCounter counter(match, visible);
  if (status.ok()) status = counter.Count({schema::FieldId::kLanguage, schema::FieldId::kSource});
  if (!status.ok()) return status;
  constexpr size_t kAll = std::numeric_limits<size_t>::max();
  const FacetValues languages =
      counter.Select({.field = schema::FieldId::kLanguage, .limit = kAll});
  overview.languages = CountsOf(languages);
  // An article in "pt-BR" was counted in "pt", too.
  std::erase_if(overview.languages,
                [](const auto& language) { return language.first.find('-') != std::string::npos; });
  if (languages.without > 0) overview.languages[""] = languages.without;
  overview.sources = CountsOf(counter.Select({.field = schema::FieldId::kSource, .limit = kAll}));
  if (context.snapshot.has_live()) {
    overview.live_articles = context.snapshot.live().get_doccount();
  }
  return overview;
}

}  // namespace broadsheet::query
