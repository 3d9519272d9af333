// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compiled_search.h"

#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/query/compile/filters.h"
#include "engine/query/compile/make_notice.h"
#include "engine/query/compile/query_languages.h"
#include "engine/query/compile/telling_words.h"
#include "engine/query/match/visibility.h"
#include "engine/xapian/every_document.h"

namespace broadsheet::query {
namespace {

v1::Notice WordsLeftOut(size_t words) {
  return MakeNotice("WORDS_LEFT_OUT",
                    absl::StrFormat("the query has %d different words; the %d that tell most were "
                                    "searched for",
                                    words, kTellingWords),
                    {{"used", std::to_string(kTellingWords)}, {"found", std::to_string(words)}});
}

}  // namespace

CompilerInput InputOf(const SearchPlan& plan, MatchContext& match, const SearchContext& context,
                      const base::CallControl& call) {
  const storage::Manifest& manifest = match.snapshot.generation().manifest();
  return {.match = match,
          .analyzer = context.analyzer,
          .limits = plan.limits,
          .languages = QueryLanguages(plan.filter, manifest.QueryLanguages()),
          .dates = {.now = call.now, .zone = plan.zone},
          .explain = plan.explain,
          .synonyms = plan.synonyms ? context.synonyms : nullptr};
}

absl::StatusOr<CompiledSearch> CompileSearch(const SearchPlan& plan, const CompilerInput& input) {
  CompiledSearch search;
  search.query.query = xapian::EveryDocument();
  if (plan.parsed) {
    search.root = TreeToSearchFor(plan, plan.parsed->root, input);
    // How many words the query has, if only some of them are searched for; else 0.
    const size_t words = plan.match == MatchMode::kAny ? KeepTellingWords(input, &*search.root) : 0;
    absl::StatusOr<CompiledQuery> compiled = Compile(*search.root, input);
    if (!compiled.ok()) return compiled.status();
    search.query = *std::move(compiled);
    if (words > 0) search.query.notices.push_back(WordsLeftOut(words));
  }
  // Every count and every notice narrows by the filter, so none of them tells of a withheld
  // article.
  search.filter =
      Released(input.match.snapshot, CompileFilter(input.match, plan.filter), input.dates.now);
  search.whole = Filtered(search.query.query, search.filter);
  return search;
}

}  // namespace broadsheet::query
