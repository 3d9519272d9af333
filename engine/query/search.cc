// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/search.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "engine/query/compile/filters.h"
#include "engine/query/compiled_search.h"
#include "engine/query/copies/collapsed_copies.h"
#include "engine/query/copies/story_articles.h"
#include "engine/query/encoding/hit_encoder.h"
#include "engine/query/highlight/highlighter.h"
#include "engine/query/match/matches.h"
#include "engine/query/match/visibility.h"
#include "engine/query/notices.h"
#include "engine/query/rank/dated_search.h"
#include "engine/query/rank/page_token.h"
#include "engine/query/rank/ranked_search.h"
#include "engine/query/search_stage.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/schema/error.h"
#include "engine/storage/base/stored_articles.h"
#include "engine/xapian/every_document.h"

namespace broadsheet::query {
namespace {

using XQuery = Xapian::Query;

// A page of hits, and where the next one goes on.
struct FoundPage {
  MatchPage page;
  uint32_t next_offset = 0;     // by relevance
  std::optional<DateKey> last;  // in a date order
};

// One search. Its members are what all steps read; what a step makes is handed to the next.
class SearchRun {
 public:
  SearchRun(const SearchContext& context, const SearchPlan& plan, const base::CallControl& call)
      : context_(context),
        plan_(plan),
        call_(call),
        deadline_(call),
        match_{context.snapshot, deadline_},
        input_(InputOf(plan, match_, context, call)) {}

  absl::StatusOr<EncodedResponse> Run();

 private:
  // All pages of an answer are ranked as of the first one.
  absl::Time RankedAt() const {
    return plan_.token ? absl::FromUnixSeconds(plan_.token->ranked_at) : call_.now;
  }

  // What is hidden where one hit a story is wanted.
  absl::Status Collapse(const CompiledSearch& search);
  const CollapsedCopies* copies() const { return copies_ ? &*copies_ : nullptr; }
  void SetTotals(const v1::Total& found, v1::SearchArticlesResponse* response) const;
  absl::Status AddCopies(const Match& match, v1::Hit* hit);
  absl::StatusOr<FoundPage> FindPage(const CompiledSearch& search);
  absl::StatusOr<FoundPage> MatchRanked(const CompiledSearch& search);
  absl::StatusOr<FoundPage> MatchDated(const CompiledSearch& search);
  std::string TokenBehind(const FoundPage& found) const;
  absl::Status AddHits(const CompiledQuery& query, const std::vector<Match>& matches,
                       std::string* response);
  absl::Status Highlight(const Match& match, const std::string& card, Highlighter* highlighter,
                         v1::Hit* hit) const;
  void Explain(const CompiledSearch& search, v1::SearchArticlesResponse* response) const;

  const SearchContext& context_;
  const SearchPlan& plan_;
  const base::CallControl& call_;
  base::Deadline deadline_;
  MatchContext match_;
  const CompilerInput input_;
  std::optional<CollapsedCopies> copies_;
};

absl::StatusOr<EncodedResponse> SearchRun::Run() {
  deadline_.Check();
  BeginStage(call_, SearchStage::kCompile);
  const absl::StatusOr<CompiledSearch> search = CompileSearch(plan_, input_);
  if (!search.ok()) return search.status();
  BeginStage(call_, SearchStage::kMatch);
  if (absl::Status collapsed = Collapse(*search); !collapsed.ok()) return collapsed;
  const absl::StatusOr<FoundPage> found = FindPage(*search);
  if (!found.ok()) return found.status();
  BeginStage(call_, SearchStage::kNotices);
  v1::SearchArticlesResponse response;
  response.set_generation(context_.manifest().ref.build_id);
  SetTotals(found->page.total, &response);
  if (found->page.more) response.set_next_page_token(TokenBehind(*found));
  absl::Status status = AddNotices({.plan = plan_,
                                    .input = input_,
                                    .root = search->root ? &*search->root : nullptr,
                                    .query = search->query,
                                    .filter = search->filter},
                                   context_.vocabulary, &response);
  if (!status.ok()) return status;
  if (plan_.explain) Explain(*search, &response);
  std::string bytes;
  if (!response.SerializeToString(&bytes)) {
    return absl::InternalError("cannot serialise a response");
  }
  BeginStage(call_, SearchStage::kHits);
  status = AddHits(search->query, found->page.matches, &bytes);
  if (!status.ok()) return status;
  return EncodedResponse{.bytes = std::make_shared<const std::string>(std::move(bytes))};
}

absl::Status SearchRun::Collapse(const CompiledSearch& search) {
  if (!plan_.collapse_copies) return absl::OkStatus();
  copies_.emplace(match_, search.whole);
  return copies_->status();
}

// `found` counts what is not hidden; what is hidden is counted exactly.
void SearchRun::SetTotals(const v1::Total& found, v1::SearchArticlesResponse* response) const {
  *response->mutable_total() = found;
  if (!copies_) return;
  *response->mutable_total_collapsed() = found;
  response->mutable_total()->set_value(found.value() +
                                       static_cast<int32_t>(copies_->hidden_count()));
}

// search_service.proto promises it.
constexpr int kMostCopySources = 8;

absl::Status SearchRun::AddCopies(const Match& match, v1::Hit* hit) {
  const std::vector<storage::DocRef>& behind = copies_->Behind(match.doc);
  if (behind.empty()) return absl::OkStatus();
  hit->set_copies(static_cast<int32_t>(behind.size()));
  const absl::StatusOr<std::vector<StoryArticle>> story = ReadStory(match_, match.doc, call_.now);
  if (!story.ok()) return story.status();
  if (!story->empty()) hit->set_leader_id(story->front().id);
  std::vector<std::string> named = {""};
  for (const StoryArticle& article : *story) {
    if (article.doc == match.doc) named.push_back(article.source);
  }
  for (const StoryArticle& article : *story) {
    if (hit->copy_sources_size() == kMostCopySources) break;
    const bool matches = std::find(behind.begin(), behind.end(), article.doc) != behind.end();
    if (!matches || std::find(named.begin(), named.end(), article.source) != named.end()) continue;
    named.push_back(article.source);
    hit->add_copy_sources(article.source);
  }
  return absl::OkStatus();
}

absl::StatusOr<FoundPage> SearchRun::FindPage(const CompiledSearch& search) {
  // Without a scored part there is nothing to rank by, and the newest are what is asked for.
  const bool ranked = plan_.sort == SortOrder::kRelevance && search.query.scored;
  return ranked ? MatchRanked(search) : MatchDated(search);
}

absl::StatusOr<FoundPage> SearchRun::MatchRanked(const CompiledSearch& search) {
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
  const XQuery released = Released(context_.snapshot, xapian::EveryDocument(), call_.now);
  const XQuery filter = WithoutHidden(match_, search.filter, copies());
  RankedQuery query{.candidates = search.query.candidates,
                    .checks = search.query.checks,
                    .filter = filter,
                    .released = IsSet(plan_.filter) || copies_ ? &released : nullptr,
                    .words = search.query.ranked_words,
                    .known_words = context_.known_words,
                    .rescored = plan_.profile.rescored,
                    // With MATCH_ALL the hits share a topic already, and the words decide.
                    .centroid = plan_.match == MatchMode::kAny};
  if (plan_.profile.recency) {
    query.recency = {
        .now = RankedAt(), .half_life = plan_.recency_half_life, .cap = plan_.recency_cap};
  }
  MatchPage page = SearchRanked(match_, query,
                                {.offset = offset,
                                 .count = count,
                                 .total_check_limit = plan_.limits.total_check_limit,
                                 .most_verified = plan_.limits.most_verified,
                                 .explained = plan_.explain ? &search.query.parts : nullptr});
  // By itself, since a match that ranks passes over what scores too low for the page.
  if (plan_.exact_total && page.total.relation() != v1::Total::RELATION_EXACT) {
    page.total = CountMatches(match_, WithoutHidden(match_, search.whole, copies()),
                              context_.EveryArticle());
  }
  return FoundPage{.page = std::move(page), .next_offset = offset + count, .last = {}};
}

absl::StatusOr<FoundPage> SearchRun::MatchDated(const CompiledSearch& search) {
  DatedRequest request{.newest = plan_.sort != SortOrder::kOldest,
                       .skip = plan_.skip,
                       .count = plan_.page_size,
                       .total_check_limit = plan_.exact_total ? context_.EveryArticle()
                                                              : plan_.limits.total_check_limit};
  if (plan_.token) request.after = plan_.token->last;
  absl::StatusOr<DatedPage> found =
      SearchDated(match_, WithoutHidden(match_, search.whole, copies()), request);
  if (!found.ok()) return found.status();
  return FoundPage{.page = std::move(found->page), .last = std::move(found->last)};
}

std::string SearchRun::TokenBehind(const FoundPage& found) const {
  return Encode(PageToken{.query_hash = plan_.query_hash,
                          .build_id = context_.manifest().ref.build_id,
                          .offset = found.next_offset,
                          .ranked_at = absl::ToUnixSeconds(RankedAt()),
                          .last = found.last});
}

// "BM25 2.113 = kim 1.200 + headline:pact 0.913"
std::string ExplanationOf(const Match& match) {
  if (match.contributions.empty()) return "in date order, without a score";
  std::string sum;
  for (const v1::ScoreContribution& added : match.contributions) {
    sum += absl::StrFormat("%s%s %.3f", sum.empty() ? "" : " + ", added.part(), added.weight());
  }
  return absl::StrFormat("BM25 %.3f = %s", match.score, sum);
}

absl::Status SearchRun::AddHits(const CompiledQuery& query, const std::vector<Match>& matches,
                                std::string* response) {
  std::optional<Highlighter> highlighter;
  if (plan_.highlight) {
    highlighter.emplace(context_.analyzer, query, *plan_.highlight, deadline_);
  }
  HitEncoder encoder(context_.snapshot, plan_.read_mask);
  std::string card;
  for (const Match& match : matches) {
    deadline_.Check();
    absl::Status status = context_.snapshot.ReadCard(match.doc, &card);
    if (!status.ok()) return status;
    v1::Hit hit;
    hit.set_score(match.score);
    if (copies_) {
      status = AddCopies(match, &hit);
      if (!status.ok()) return status;
    }
    if (highlighter) {
      status = Highlight(match, card, &*highlighter, &hit);
      if (!status.ok()) return status;
    }
    if (plan_.explain) {
      hit.set_explanation(ExplanationOf(match));
      hit.mutable_contributions()->Add(match.contributions.begin(), match.contributions.end());
    }
    status = encoder.Append(hit, match.doc, card, response);
    if (status.ok()) status = CheckAnswerSize(response->size(), "page_size");
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status SearchRun::Highlight(const Match& match, const std::string& card,
                                  Highlighter* highlighter, v1::Hit* hit) const {
  absl::StatusOr<v1::Article> article = storage::ParseCard(card, "a card");
  if (!article.ok()) return article.status();
  absl::StatusOr<std::vector<v1::Fragment>> fragments = highlighter->Fragments(
      *article, context_.snapshot.ReadTokens(match.doc),
      [&](std::string* body) { return context_.snapshot.ReadBody(match.doc, body); });
  if (!fragments.ok()) return fragments.status();
  for (v1::Fragment& fragment : *fragments) *hit->add_fragments() = std::move(fragment);
  return absl::OkStatus();
}

// The synonyms in a tree as it was searched for.
void ExplainSynonyms(const Node& node, v1::Explanation* explanation) {
  if (!node.same_meaning) {
    for (const Node& child : node.children) ExplainSynonyms(child, explanation);
    return;
  }
  v1::AppliedSynonyms& applied = *explanation->add_synonyms();
  applied.set_typed(ToString(node.children.front()));
  for (size_t i = 1; i < node.children.size(); ++i) {
    applied.add_alternatives(ToString(node.children[i]));
  }
}

void SearchRun::Explain(const CompiledSearch& search, v1::SearchArticlesResponse* response) const {
  if (plan_.parsed) response->set_parsed_query(ToString(plan_.parsed->root));
  v1::Explanation& explanation = *response->mutable_explanation();
  const std::vector<v1::WordMeaning>& words = search.query.meanings;
  explanation.mutable_words()->Add(words.begin(), words.end());
  const std::vector<v1::AppliedFilter> filters = ExplainFilter(plan_.filter);
  explanation.mutable_filters()->Add(filters.begin(), filters.end());
  explanation.mutable_languages()->Add(input_.languages.begin(), input_.languages.end());
  if (search.root) ExplainSynonyms(*search.root, &explanation);
}

}  // namespace

ValidTime ValidTimeOf(const SearchPlan& plan, storage::Snapshot& snapshot, absl::Time now) {
  if (plan.profile.recency) return {.begin = now, .end = now};
  const absl::Time midnight = absl::FromCivil(absl::ToCivilDay(now, plan.zone) + 1, plan.zone);
  return {.begin = now, .end = std::min(midnight, snapshot.NextEmbargoEnd(now))};
}

absl::StatusOr<EncodedResponse> Search(const SearchContext& context, const SearchPlan& plan,
                                       const base::CallControl& call) {
  return SearchRun(context, plan, call).Run();
}

}  // namespace broadsheet::query
