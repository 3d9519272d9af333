// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/aggregation.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <variant>
#include <vector>

#include "engine/query/aggregate/matched_documents.h"
#include "engine/query/aggregate/significant_values.h"
#include "engine/query/compile/filters.h"
#include "engine/query/compiled_search.h"
#include "engine/query/copies/collapsed_copies.h"
#include "engine/query/notices.h"

namespace broadsheet::query {
namespace {

int32_t Bounded(uint64_t count) {
  constexpr uint64_t kMost = std::numeric_limits<int32_t>::max();
  return static_cast<int32_t>(std::min(count, kMost));
}

// Whether nothing narrows what is counted.
bool CountsEverything(const SearchPlan& plan) { return !plan.parsed && !IsSet(plan.filter); }

class Aggregation {
 public:
  Aggregation(const SearchContext& context, const AggregationPlan& plan,
              const base::CallControl& call)
      : context_(context),
        plan_(plan),
        call_(call),
        deadline_(call),
        match_{context.snapshot, deadline_} {}

  absl::StatusOr<v1::AggregateArticlesResponse> Run();

 private:
  // All that readers may see, as the searcher knows it from request to request.
  const MatchedDocuments& Visible() {
    context_.vocabulary.UpdateBase(match_, call_.now);
    return context_.vocabulary.visible();
  }
  // What the plan's search finds; adds its notices to the response.
  absl::StatusOr<MatchedDocuments> FindMatches();
  // What `search` finds, a search other than the plan's.
  absl::StatusOr<MatchedDocuments> FindMatchesOf(const SearchPlan& search);
  absl::StatusOr<MatchedDocuments> Collect(const SearchPlan& plan, const CompiledSearch& search);
  // Takes out of `matched`, what `search` finds, the copies of what stays in.
  absl::Status Collapse(const CompiledSearch& search, MatchedDocuments* matched);
  absl::Status AddNoticesOf(const CompilerInput& input, const CompiledSearch& search,
                            uint64_t total);
  // `facets` are those that count `matched`.
  absl::Status CountFacets(const MatchedDocuments& matched,
                           const std::vector<const FacetPlan*>& facets);
  void SetFacet(const FacetPlan& facet, const FacetValues& values);
  absl::Status CountTimeline(const MatchedDocuments& matched);
  absl::Status FindSignificant(const MatchedDocuments& matched);

  const SearchContext& context_;
  const AggregationPlan& plan_;
  const base::CallControl& call_;
  base::Deadline deadline_;
  MatchContext match_;
  uint64_t articles_ = 0;  // that match, copies included
  v1::AggregateArticlesResponse response_;
};

absl::StatusOr<v1::AggregateArticlesResponse> Aggregation::Run() {
  deadline_.Check();
  const absl::StatusOr<MatchedDocuments> matched = FindMatches();
  if (!matched.ok()) return matched.status();
  response_.set_generation(context_.snapshot.generation().manifest().ref.build_id);
  v1::Total total;
  total.set_value(Bounded(matched->Count()));
  total.set_relation(v1::Total::RELATION_EXACT);
  if (plan_.search.collapse_copies) *response_.mutable_total_collapsed() = total;
  total.set_value(Bounded(articles_));
  *response_.mutable_total() = total;
  for (size_t i = 0; i < plan_.facets.size(); ++i) response_.add_facets();
  std::vector<const FacetPlan*> of_matches;
  for (const FacetPlan& facet : plan_.facets) {
    if (!facet.without_own_filter) {
      of_matches.push_back(&facet);
      continue;
    }
    const absl::StatusOr<MatchedDocuments> more =
        FindMatchesOf(WithoutFilterOn(facet.selection.field, plan_.search));
    if (!more.ok()) return more.status();
    if (absl::Status status = CountFacets(*more, {&facet}); !status.ok()) return status;
  }
  absl::Status status = CountFacets(*matched, of_matches);
  if (status.ok() && plan_.timeline) status = CountTimeline(*matched);
  if (status.ok() && plan_.significant > 0) status = FindSignificant(*matched);
  if (!status.ok()) return status;
  return std::move(response_);
}

absl::StatusOr<MatchedDocuments> Aggregation::Collect(const SearchPlan& plan,
                                                      const CompiledSearch& search) {
  MatchedDocuments matched =
      CountsEverything(plan) ? Visible() : CollectMatches(match_, search.whole);
  articles_ = matched.Count();
  if (plan.collapse_copies) {
    if (absl::Status status = Collapse(search, &matched); !status.ok()) return status;
  }
  return matched;
}

absl::Status Aggregation::Collapse(const CompiledSearch& search, MatchedDocuments* matched) {
  const CollapsedCopies copies(match_, search.whole);
  matched->base.RemoveAll(copies.hidden().base);
  matched->live.RemoveAll(copies.hidden().live);
  return copies.status();
}

absl::StatusOr<MatchedDocuments> Aggregation::FindMatches() {
  const CompilerInput input = InputOf(plan_.search, match_, context_, call_);
  const absl::StatusOr<CompiledSearch> search = CompileSearch(plan_.search, input);
  if (!search.ok()) return search.status();
  absl::StatusOr<MatchedDocuments> matched = Collect(plan_.search, *search);
  if (!matched.ok()) return matched.status();
  absl::Status status = AddNoticesOf(input, *search, articles_);
  if (!status.ok()) return status;
  return matched;
}

absl::StatusOr<MatchedDocuments> Aggregation::FindMatchesOf(const SearchPlan& plan) {
  const CompilerInput input = InputOf(plan, match_, context_, call_);
  const absl::StatusOr<CompiledSearch> search = CompileSearch(plan, input);
  if (!search.ok()) return search.status();
  return Collect(plan, *search);
}

absl::Status Aggregation::AddNoticesOf(const CompilerInput& input, const CompiledSearch& search,
                                       uint64_t total) {
  v1::SearchArticlesResponse noticed;
  noticed.mutable_total()->set_value(Bounded(total));
  absl::Status status = AddNotices({.plan = plan_.search,
                                    .input = input,
                                    .root = search.root ? &*search.root : nullptr,
                                    .query = search.query,
                                    .filter = search.filter},
                                   context_.vocabulary, &noticed);
  response_.mutable_notices()->Swap(noticed.mutable_notices());
  return status;
}

absl::Status Aggregation::CountFacets(const MatchedDocuments& matched,
                                      const std::vector<const FacetPlan*>& facets) {
  FacetCounter counter(match_, matched);
  std::vector<schema::FieldId> fields;
  for (const FacetPlan* facet : facets) {
    const auto* field = std::get_if<schema::FieldId>(&facet->counted);
    if (field == nullptr || std::count(fields.begin(), fields.end(), *field) > 0) continue;
    fields.push_back(*field);
  }
  if (!fields.empty()) {
    if (absl::Status status = counter.Count(fields); !status.ok()) return status;
  }
  for (const FacetPlan* facet : facets) {
    const auto* part = std::get_if<DatePart>(&facet->counted);
    if (part == nullptr) {
      SetFacet(*facet, counter.Select(facet->selection));
      continue;
    }
    const absl::StatusOr<FacetValues> dates = CountDates(match_, matched, *part, facet->selection);
    if (!dates.ok()) return dates.status();
    SetFacet(*facet, *dates);
  }
  return absl::OkStatus();
}

void Aggregation::SetFacet(const FacetPlan& facet, const FacetValues& values) {
  const auto place = static_cast<int>(&facet - plan_.facets.data());
  v1::Facet& set = *response_.mutable_facets(place);
  set.set_field(facet.name);
  set.set_distinct(Bounded(values.distinct));
  set.set_without(Bounded(values.without));
  for (const ValueOccurrence& value : values.values) {
    v1::ValueCount& added = *set.add_values();
    added.set_value(value.value);
    added.set_count(Bounded(value.count));
  }
}

absl::Status Aggregation::CountTimeline(const MatchedDocuments& matched) {
  const TimelineRequest& timeline = *plan_.timeline;
  Visible();
  const absl::StatusOr<const PeriodTally*> all =
      context_.vocabulary.Periods(match_, timeline.interval, timeline.zone);
  if (!all.ok()) return all.status();
  const bool all_match = CountsEverything(plan_.search) && !plan_.search.collapse_copies;
  absl::StatusOr<PeriodTally> some = PeriodTally();
  if (!all_match) some = TallyPeriods(match_, timeline.interval, timeline.zone, matched);
  if (!some.ok()) return some.status();
  const absl::StatusOr<PeriodCounts> counts =
      CountPeriods(match_, timeline, all_match ? **all : *some, **all);
  if (!counts.ok()) return counts.status();
  response_.set_undated(Bounded(counts->undated));
  const Calendar calendar(plan_.timeline->interval, plan_.timeline->zone);
  for (const PeriodCount& counted : counts->periods) {
    v1::TimelineBucket& bucket = *response_.add_timeline();
    bucket.mutable_start()->set_seconds(absl::ToUnixSeconds(calendar.StartOf(counted.period)));
    bucket.set_label(calendar.NameOf(counted.period));
    bucket.set_count(Bounded(counted.count));
    bucket.set_all(Bounded(counted.all));
    if (plan_.shares && counted.all > 0) {
      bucket.set_share(static_cast<double>(counted.count) / static_cast<double>(counted.all));
    }
  }
  return absl::OkStatus();
}

absl::Status Aggregation::FindSignificant(const MatchedDocuments& matched) {
  if (CountsEverything(plan_.search)) return absl::OkStatus();
  const absl::StatusOr<std::vector<SignificantOccurrence>> found =
      FindSignificantValues(match_, matched, Visible(), plan_.significant);
  if (!found.ok()) return found.status();
  for (const SignificantOccurrence& one : *found) {
    v1::SignificantValue& added = *response_.add_significant();
    added.set_field(std::string(schema::FieldOf(one.field).name));
    added.set_value(one.value);
    added.set_count(Bounded(one.count));
    added.set_all(Bounded(one.all));
    added.set_score(one.score);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::AggregateArticlesResponse> Aggregate(const SearchContext& context,
                                                        const AggregationPlan& plan,
                                                        const base::CallControl& call) {
  return Aggregation(context, plan, call).Run();
}

}  // namespace broadsheet::query
