// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/query_count.h"

#include <optional>

#include "engine/query/compiled_search.h"
#include "engine/query/match/matches.h"
#include "engine/query/rank/dated_search.h"
#include "engine/storage/base/article_wire.h"

namespace broadsheet::query {
namespace {

absl::StatusOr<std::string> SampleIdOf(const storage::Snapshot& snapshot, storage::DocRef doc) {
  std::string card;
  if (absl::Status status = snapshot.ReadCard(doc, &card); !status.ok()) return status;
  storage::WireWalk walk(card);
  while (const std::optional<storage::WireField> field = walk.Next()) {
    if (field->number == v1::Article::kIdFieldNumber) return std::string(field->content);
  }
  return absl::DataLossError("the card of an article has no id; rebuild the index");
}

}  // namespace

absl::StatusOr<QueryCount> CountQuery(const SearchContext& context, const SearchPlan& plan,
                                      uint32_t sample, const base::CallControl& call) {
  base::Deadline deadline(call);
  deadline.Check();
  MatchContext match{context.snapshot, deadline};
  const CompilerInput input = InputOf(plan, match, context, call);
  const absl::StatusOr<CompiledSearch> search = CompileSearch(plan, input);
  if (!search.ok()) return search.status();
  QueryCount count;
  if (sample == 0) {
    count.total = CountMatches(match, search->whole, context.EveryArticle());
    return count;
  }
  const absl::StatusOr<DatedPage> found = SearchDated(
      match, search->whole, {.count = sample, .total_check_limit = context.EveryArticle()});
  if (!found.ok()) return found.status();
  count.total = found->page.total;
  for (const Match& each : found->page.matches) {
    absl::StatusOr<std::string> id = SampleIdOf(context.snapshot, each.doc);
    if (!id.ok()) return id.status();
    count.sample_ids.push_back(*std::move(id));
  }
  return count;
}

}  // namespace broadsheet::query
