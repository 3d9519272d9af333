// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/search.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/compile/filters.h"
#include "engine/query/match/visibility.h"
#include "engine/query/notices.h"
#include "engine/query/rank/dated_search.h"
#include "engine/query/rank/ranked_search.h"
#include "engine/query/syntax/match_any.h"
#include "engine/query/syntax/query_error.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/schema/error.h"
#include "engine/schema/terms.h"
#include "engine/xapian/match_all.h"

namespace broadsheet::query {
namespace {

using XQuery = Xapian::Query;

class SearchRun {
 public:
  SearchRun(const SearchContext& context, const SearchPlan& plan, const base::CallControl& call)
      : context_(context),
        plan_(plan),
        call_(call),
        deadline_(call),
        match_{context.snapshot, deadline_},
        compiler_{.match = match_,
                  .analyzer = context.analyzer,
                  .limits = plan.limits,
                  .languages = QueryLanguages(plan.filter, manifest().QueryLanguages()),
                  .dates = {.now = call.now, .zone = plan.zone},
                  .explain = plan.explain} {}

  absl::StatusOr<v1::SearchArticlesResponse> Run();

 private:
  const storage::Manifest& manifest() const { return context_.snapshot.generation().manifest(); }
  absl::Status CompileAll();
  absl::Status MatchRanked();
  std::optional<RecencySettings> Recency() const;
  absl::Time RankedAt() const;
  absl::Status MatchDated(bool newest);
  // No count reaches it.
  uint32_t EveryArticle() const { return context_.snapshot.both().get_doccount(); }
  absl::Status AddHits();
  void Explain();
  void SetNextPage(std::optional<DateKey> last, uint32_t offset);

  const SearchContext& context_;
  const SearchPlan& plan_;
  const base::CallControl& call_;
  base::Deadline deadline_;
  MatchContext match_;
  CompilerInput compiler_;
  std::optional<Node> root_;  // of the query, as it is searched for
  XQuery filter_;
  CompiledQuery compiled_;  // of the query alone
  XQuery query_;            // with the filter
  MatchPage page_;
  v1::SearchArticlesResponse response_;
};

// "BM25 2.113 = kim 1.200 + headline:pact 0.913"
std::string ExplanationOf(const Match& match) {
  if (match.contributions.empty()) return "in date order, without a score";
  std::string sum;
  for (const v1::ScoreContribution& added : match.contributions) {
    sum += absl::StrFormat("%s%s %.3f", sum.empty() ? "" : " + ", added.part(), added.weight());
  }
  return absl::StrFormat("BM25 %.3f = %s", match.score, sum);
}

absl::StatusOr<v1::SearchArticlesResponse> SearchRun::Run() {
  deadline_.Check();
  if (absl::Status status = CompileAll(); !status.ok()) return status;
  // Without a scored part there is nothing to rank by, and the newest are what is asked for.
  const bool ranked = plan_.sort == SortOrder::kRelevance && compiled_.scored;
  const absl::Status matched =
      ranked ? MatchRanked() : MatchDated(plan_.sort != SortOrder::kOldest);
  if (!matched.ok()) return matched;
  *response_.mutable_total() = page_.total;
  if (absl::Status status = AddHits(); !status.ok()) return status;
  const MatchedSearch matched_search{.plan = plan_,
                                     .input = compiler_,
                                     .root = root_ ? &*root_ : nullptr,
                                     .query = compiled_,
                                     .filter = filter_};
  if (absl::Status status = AddNotices(matched_search, &response_); !status.ok()) return status;
  response_.set_generation(manifest().ref.build_id);
  if (plan_.explain) Explain();
  return std::move(response_);
}

absl::Status SearchRun::CompileAll() {
  if (plan_.parsed) root_ = plan_.parsed->root;
  if (root_ && plan_.match == MatchMode::kAny) {
    const WordForm usual = plan_.profile.exact_words ? WordForm::kExact : WordForm::kPlain;
    LoosenAnyWords(context_.analyzer, compiler_.languages, usual, &*root_);
  }
  const XQuery filter = CompileFilter(match_, plan_.filter);
  // Every count and every advice narrows by the filter, so none of them tells of a hidden article.
  filter_ = Releasable(context_.snapshot, filter, call_.now);
  compiled_.query = xapian::MatchAll();
  if (root_) {
    absl::StatusOr<CompiledQuery> compiled = Compile(*root_, compiler_);
    if (!compiled.ok()) return compiled.status();
    compiled_ = *std::move(compiled);
  }
  query_ = Filtered(compiled_.query, filter_);
  return absl::OkStatus();
}

absl::Status SearchRun::MatchRanked() {
  const uint32_t passed = plan_.token ? plan_.token->offset : 0;
  const uint32_t offset = passed + plan_.skip;
  const uint32_t deepest = plan_.limits.max_relevance_depth;
  if (offset >= deepest) {
    return schema::Error(absl::StatusCode::kInvalidArgument, "PAGE_TOO_DEEP",
                         absl::StrFormat("pages in order of relevance end at %d hits; a date "
                                         "order has no end",
                                         deepest));
  }
  const uint32_t count = std::min(plan_.page_size, deepest - offset);
  const XQuery visible = Releasable(context_.snapshot, xapian::MatchAll(), call_.now);
  const RankedQuery query{.candidates = compiled_.candidates,
                          .checks = compiled_.checks,
                          .filter = filter_,
                          .visible = IsSet(plan_.filter) ? &visible : nullptr,
                          .words = compiled_.ranked_words,
                          .pairs = plan_.profile.pairs,
                          // Where all words must match, hits are of one mind as it is.
                          .feedback = plan_.profile.feedback && plan_.match == MatchMode::kAny,
                          .recency = Recency()};
  absl::StatusOr<MatchPage> page =
      SearchRanked(match_, context_.analyzer, query,
                   {.offset = offset,
                    .count = count,
                    .total_check_limit = plan_.limits.total_check_limit,
                    .explained = plan_.explain ? &compiled_.parts : nullptr});
  if (!page.ok()) return page.status();
  page_ = *std::move(page);
  // By itself, since a match that ranks passes over what scores too low for the page.
  if (plan_.exact_total && page_.total.relation() != v1::Total::RELATION_EXACT) {
    page_.total = CountMatches(match_, query_, EveryArticle());
  }
  SetNextPage(std::nullopt, offset + count);
  return absl::OkStatus();
}

std::optional<RecencySettings> SearchRun::Recency() const {
  if (!plan_.profile.recency) return std::nullopt;
  return RecencySettings{
      .now = RankedAt(), .half_life = plan_.recency_half_life, .cap = plan_.recency_cap};
}

// All pages of an answer are ranked as of the first one.
absl::Time SearchRun::RankedAt() const {
  return plan_.token ? absl::FromUnixSeconds(plan_.token->ranked_at) : call_.now;
}

absl::Status SearchRun::MatchDated(bool newest) {
  DatedRequest dated{
      .newest = newest,
      .skip = plan_.skip,
      .count = plan_.page_size,
      .total_check_limit = plan_.exact_total ? EveryArticle() : plan_.limits.total_check_limit};
  if (plan_.token) dated.after = plan_.token->last;
  absl::StatusOr<DatedPage> found = SearchDated(match_, query_, dated);
  if (!found.ok()) return found.status();
  page_ = std::move(found->page);
  SetNextPage(std::move(found->last), 0);
  return absl::OkStatus();
}

void SearchRun::SetNextPage(std::optional<DateKey> last, uint32_t offset) {
  if (!page_.more) return;
  response_.set_next_page_token(Encode({.query_hash = plan_.query_hash,
                                        .build_id = manifest().ref.build_id,
                                        .offset = offset,
                                        .ranked_at = absl::ToUnixSeconds(RankedAt()),
                                        .last = std::move(last)}));
}

absl::Status SearchRun::AddHits() {
  std::optional<Highlighter> highlighter;
  if (plan_.highlight) {
    highlighter.emplace(context_.analyzer, compiled_, *plan_.highlight, deadline_);
  }
  for (const Match& match : page_.matches) {
    deadline_.Check();
    absl::StatusOr<v1::Article> article = context_.snapshot.ReadArticle(match.doc);
    if (!article.ok()) return article.status();
    v1::Hit* hit = response_.add_hits();
    hit->set_score(match.score);
    if (highlighter) {
      absl::StatusOr<std::vector<v1::Fragment>> fragments =
          highlighter->Fragments(*article, context_.snapshot.ReadTokens(match.doc));
      if (!fragments.ok()) return fragments.status();
      for (v1::Fragment& fragment : *fragments) *hit->add_fragments() = std::move(fragment);
    }
    if (plan_.explain) {
      hit->set_explanation(ExplanationOf(match));
      hit->mutable_contributions()->Add(match.contributions.begin(), match.contributions.end());
    }
    plan_.read_mask.Apply(&*article);
    *hit->mutable_article() = *std::move(article);
  }
  return absl::OkStatus();
}

void SearchRun::Explain() {
  if (plan_.parsed) response_.set_parsed_query(ToString(plan_.parsed->root));
  v1::Explanation& explanation = *response_.mutable_explanation();
  explanation.mutable_words()->Add(compiled_.meanings.begin(), compiled_.meanings.end());
  const std::vector<v1::AppliedFilter> filters = ExplainFilter(plan_.filter);
  explanation.mutable_filters()->Add(filters.begin(), filters.end());
  explanation.mutable_languages()->Add(compiler_.languages.begin(), compiler_.languages.end());
}

}  // namespace

absl::StatusOr<v1::SearchArticlesResponse> Search(const SearchContext& context,
                                                  const SearchPlan& plan,
                                                  const base::CallControl& call) {
  return SearchRun(context, plan, call).Run();
}

}  // namespace broadsheet::query
