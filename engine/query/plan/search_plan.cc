// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/search_plan.h"

#include <xxhash.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/query/plan/filter_request.h"
#include "engine/query/syntax/lexer.h"
#include "engine/query/syntax/loosen_any.h"
#include "engine/query/syntax/query_error.h"
#include "engine/schema/error.h"
#include "engine/schema/field_table.h"

namespace broadsheet::query {
namespace {

absl::Status CheckEnums(const v1::SearchArticlesRequest& request) {
  if (!v1::SortOrder_IsValid(request.sort())) {
    return schema::BadField("sort", "unknown order of hits");
  }
  if (!v1::MatchMode_IsValid(request.match())) {
    return schema::BadField("match", "unknown match mode");
  }
  return absl::OkStatus();
}

absl::Status ReadPaging(const v1::SearchArticlesRequest& request, const Limits& limits,
                        SearchPlan* plan) {
  if (request.page_size() < 0) return schema::BadField("page_size", "the page size is negative");
  if (request.skip() < 0) return schema::BadField("skip", "the number of hits to skip is negative");
  if (static_cast<uint32_t>(request.skip()) > limits.max_relevance_depth) {
    return schema::Error(absl::StatusCode::kInvalidArgument, "PAGE_TOO_DEEP",
                         "skip is over " + std::to_string(limits.max_relevance_depth) +
                             "; go on with page tokens in a date order");
  }
  const int wanted = request.page_size() == 0 ? limits.default_page_size : request.page_size();
  plan->page_size = static_cast<uint32_t>(std::min(wanted, limits.max_page_size));
  plan->skip = static_cast<uint32_t>(request.skip());
  return absl::OkStatus();
}

// Hashes everything that must be the same from page to page.
uint64_t HashOfQuery(const v1::SearchArticlesRequest& request) {
  v1::SearchArticlesRequest same = request;
  same.clear_page_size();
  same.clear_page_token();
  same.clear_skip();
  same.clear_read_mask();
  same.clear_highlight();
  same.clear_explain();
  same.clear_exact_total();
  const std::string bytes = same.SerializeAsString();
  return XXH3_64bits(bytes.data(), bytes.size());
}

absl::Status ReadToken(const v1::SearchArticlesRequest& request, const std::string& build_id,
                       SearchPlan* plan) {
  plan->query_hash = HashOfQuery(request);
  if (request.page_token().empty()) return absl::OkStatus();
  plan->token = Decode(request.page_token());
  const auto refuse = [](std::string_view message) {
    return schema::Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID", message);
  };
  if (!plan->token) return refuse("the page token is not one of this server's");
  if (plan->token->query_hash != plan->query_hash) {
    return refuse(
        "the page token belongs to another query; only page_size, skip, read_mask, "
        "highlight, explain and exact_total may change from page to page");
  }
  if (!plan->token->last && plan->token->build_id != build_id) {
    return schema::Error(absl::StatusCode::kAborted, "PAGE_TOKEN_STALE",
                         "the index has been rebuilt since the first page; start again from there");
  }
  return absl::OkStatus();
}

SortOrder OrderOf(const v1::SearchArticlesRequest& request) {
  switch (request.sort()) {
    case v1::SORT_ORDER_NEWEST:
      return SortOrder::kNewest;
    case v1::SORT_ORDER_OLDEST:
      return SortOrder::kOldest;
    case v1::SORT_ORDER_RELEVANCE:
      return SortOrder::kRelevance;
    default:
      return IsBlank(request.query()) ? SortOrder::kNewest : SortOrder::kRelevance;
  }
}

absl::Status ReadQuery(const v1::SearchArticlesRequest& request, const Limits& limits,
                       BlankRequest blank, SearchPlan* plan) {
  plan->query = request.query();
  plan->match = request.match() == v1::MATCH_MODE_ANY ? MatchMode::kAny : MatchMode::kAll;
  plan->sort = OrderOf(request);
  const bool filter_is_enough = blank == BlankRequest::kEveryArticle || IsSet(plan->filter);
  if (IsBlank(plan->query) && filter_is_enough) return absl::OkStatus();
  absl::StatusOr<ParsedQuery> parsed = Parse(plan->query, limits, plan->match);
  if (!parsed.ok()) return parsed.status();
  plan->parsed = *std::move(parsed);
  return absl::OkStatus();
}

// Every word of a profile that takes them as typed.
void RequireExactWords(Node* node) {
  if (node->kind == NodeKind::kWord && node->form == WordForm::kPlain) {
    node->form = WordForm::kExact;
  }
  for (Node& child : node->children) RequireExactWords(&child);
}

// 0 to this; far beyond what any score can make up for.
constexpr double kMostRecencyCap = 1000;

absl::Status ReadRecency(const v1::SearchArticlesRequest& request, const RankingOptions& ranking,
                         SearchPlan* plan) {
  plan->recency_cap = ranking.recency_cap;
  plan->recency_half_life = ranking.recency_half_life;
  const auto refuse_elsewhere = [plan](std::string_view field, const std::string& what) {
    if (plan->profile.recency) return absl::OkStatus();
    return schema::BadField(field, "only the ranking profile \"recent\" has a " + what);
  };
  if (request.has_recency_half_life()) {
    absl::Status status = refuse_elsewhere("recency_half_life", "half-life");
    if (!status.ok()) return status;
    plan->recency_half_life = absl::Seconds(request.recency_half_life().seconds()) +
                              absl::Nanoseconds(request.recency_half_life().nanos());
    if (plan->recency_half_life <= absl::ZeroDuration()) {
      return schema::BadField("recency_half_life", "the half-life is not more than zero");
    }
  }
  if (request.has_recency_cap()) {
    absl::Status status = refuse_elsewhere("recency_cap", "cap");
    if (!status.ok()) return status;
    plan->recency_cap = request.recency_cap();
    // Written so that what is not a number is refused, too.
    if (!(plan->recency_cap >= 0 && plan->recency_cap <= kMostRecencyCap)) {
      return schema::BadField("recency_cap", "the cap is not from 0 to 1000");
    }
  }
  return absl::OkStatus();
}

absl::Status ReadRanking(const v1::SearchArticlesRequest& request, const RankingOptions& ranking,
                         SearchPlan* plan) {
  const RankingProfile* profile = FindRankingProfile(request.ranking_profile());
  if (profile == nullptr) {
    return schema::BadField("ranking_profile", "unknown ranking profile \"" +
                                                   request.ranking_profile() + "\"; there are " +
                                                   NamesOfRankingProfiles());
  }
  plan->profile = *profile;
  if (profile->exact_words && plan->parsed) RequireExactWords(&plan->parsed->root);
  return ReadRecency(request, ranking, plan);
}

constexpr int kMostFragments = 20;
constexpr int kFewestChars = 40;
constexpr int kMostChars = 1000;

absl::Status ReadHighlight(const v1::HighlightOptions& options, SearchPlan* plan) {
  if (options.max_fragments() < 0) {
    return schema::BadField("highlight.max_fragments", "the number of fragments is negative");
  }
  if (options.fragment_chars() < 0) {
    return schema::BadField("highlight.fragment_chars", "the length of a fragment is negative");
  }
  if (options.disabled()) return absl::OkStatus();
  HighlightSettings& settings = plan->highlight.emplace();
  if (options.max_fragments() > 0) {
    settings.max_fragments = static_cast<size_t>(std::min(options.max_fragments(), kMostFragments));
  }
  if (options.fragment_chars() > 0) {
    settings.fragment_chars =
        static_cast<size_t>(std::clamp(options.fragment_chars(), kFewestChars, kMostChars));
  }
  return absl::OkStatus();
}

absl::Status ReadShape(const v1::SearchArticlesRequest& request, SearchPlan* plan) {
  plan->zone = absl::UTCTimeZone();
  if (!request.time_zone().empty() && !absl::LoadTimeZone(request.time_zone(), &plan->zone)) {
    return schema::BadField("time_zone", "unknown time zone \"" + request.time_zone() +
                                             "\"; names are such as America/New_York");
  }
  plan->filter.zone = plan->zone;
  plan->read_mask = ReadMask::AllButBody();
  if (request.has_read_mask()) {
    absl::StatusOr<ReadMask> mask = ReadMask::From(request.read_mask());
    if (!mask.ok()) return mask.status();
    plan->read_mask = *std::move(mask);
  }
  plan->explain = request.explain();
  plan->exact_total = request.exact_total();
  plan->collapse_copies = request.collapse_copies();
  plan->synonyms = !request.without_synonyms();
  return ReadHighlight(request.highlight(), plan);
}

// What a request that is about the hits of a search has in common with it.
template <typename Request>
v1::SearchArticlesRequest SearchFor(const Request& request, v1::SortOrder sort) {
  v1::SearchArticlesRequest search;
  search.set_query(request.query());
  if (request.has_filter()) *search.mutable_filter() = request.filter();
  search.set_match(request.match());
  search.set_time_zone(request.time_zone());
  search.set_without_synonyms(request.without_synonyms());
  search.set_sort(sort);
  search.mutable_highlight()->set_disabled(true);
  return search;
}

// search_service.proto promises it.
constexpr size_t kMaxKeyBytes = 1000;

}  // namespace

absl::StatusOr<v1::SearchArticlesRequest> SearchOf(const v1::ExportArticlesRequest& request) {
  if (request.sort() == v1::SORT_ORDER_RELEVANCE) {
    return schema::BadField("sort", "an export is in a date order: newest or oldest first");
  }
  const bool unspecified = request.sort() == v1::SORT_ORDER_UNSPECIFIED;
  v1::SearchArticlesRequest search =
      SearchFor(request, unspecified ? v1::SORT_ORDER_NEWEST : request.sort());
  if (request.has_read_mask()) *search.mutable_read_mask() = request.read_mask();
  search.set_collapse_copies(request.collapse_copies());
  return search;
}

absl::StatusOr<v1::SearchArticlesRequest> SearchOf(const v1::CountQueriesRequest& request) {
  if (request.key().size() > kMaxKeyBytes) {
    return schema::BadField("key", "the key is over 1000 bytes");
  }
  if (request.sample() < 0) return schema::BadField("sample", "the number of ids is negative");
  return SearchFor(request, v1::SORT_ORDER_NEWEST);
}

absl::StatusOr<SearchPlan> MakePlan(const v1::SearchArticlesRequest& request,
                                    const Limits& usual_limits, const RankingOptions& ranking,
                                    const std::string& build_id, BlankRequest blank) {
  const bool any_word = request.match() == v1::MATCH_MODE_ANY;
  const Limits limits = any_word ? usual_limits.ForAnyWord() : usual_limits;
  SearchPlan plan;
  absl::Status status = CheckEnums(request);
  if (status.ok()) status = ReadPaging(request, limits, &plan);
  if (status.ok()) status = ReadFilter(request.filter(), limits, &plan.filter);
  if (status.ok()) status = ReadQuery(request, limits, blank, &plan);
  if (status.ok()) status = ReadRanking(request, ranking, &plan);
  if (status.ok()) status = ReadShape(request, &plan);
  if (status.ok()) status = ReadToken(request, build_id, &plan);
  if (!status.ok()) return status;
  plan.limits = limits;
  plan.limits.max_expanded_leaves -= static_cast<int>(CountValues(plan.filter));
  return plan;
}

Node TreeToSearchFor(const SearchPlan& plan, Node tree, const CompilerInput& input) {
  if (input.synonyms != nullptr) {
    AddSynonyms(*input.synonyms, plan.match, input.languages, input.analyzer, &tree);
  }
  if (plan.match == MatchMode::kAny) {
    const WordForm usual = plan.profile.exact_words ? WordForm::kExact : WordForm::kPlain;
    LoosenAnyWords(input.analyzer, input.languages, usual, &tree);
  }
  return tree;
}

}  // namespace broadsheet::query
