// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/completions.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/query/syntax/edit.h"

namespace broadsheet::query {
namespace {

// A span of a text of some kilobytes.
int32_t ByteOf(size_t byte) { return static_cast<int32_t>(byte); }

void Append(const TypedText& typed, const Completion& completion,
            v1::SuggestCompletionsResponse* response) {
  v1::Completion& added = *response->add_completions();
  added.set_kind(std::string(NameOf(completion.kind)));
  added.set_text(completion.text);
  added.set_start_byte(ByteOf(completion.span.begin));
  added.set_end_byte(ByteOf(completion.span.end));
  added.set_query(Replaced(typed.text, completion.span, completion.text));
  added.set_count(static_cast<int32_t>(
      std::min<uint64_t>(completion.count, std::numeric_limits<int32_t>::max())));
  added.set_value(completion.value);
}

}  // namespace

absl::StatusOr<v1::SuggestCompletionsResponse> SuggestCompletions(const SearchContext& context,
                                                                  const CompletionPlan& plan,
                                                                  const base::CallControl& call) {
  base::Deadline deadline(call);
  MatchContext match{context.snapshot, deadline};
  deadline.Check();
  VisibleVocabulary& vocabulary = context.vocabulary;
  if (absl::Status status = vocabulary.Update(match, context.analyzer, call.now); !status.ok()) {
    return status;
  }
  const FilteredArticles* filtered =
      IsSet(plan.filter) ? &vocabulary.Filtered(match, plan.filter) : nullptr;
  AllowedDocuments allowed(match, filtered ? filtered->documents : vocabulary.visible());
  const WordSearch search{.context = match,
                          .analyzer = context.analyzer,
                          .vocabulary = vocabulary,
                          .allowed = allowed,
                          .filtered = filtered};
  const absl::StatusOr<std::vector<Completion>> completions =
      Completer(search, plan.typed).Complete();
  if (!completions.ok()) return completions.status();
  v1::SuggestCompletionsResponse response;
  for (const Completion& completion : *completions) Append(plan.typed, completion, &response);
  response.set_generation(context.manifest().ref.build_id);
  return response;
}

}  // namespace broadsheet::query
