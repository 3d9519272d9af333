// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/export_batch.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/query/compiled_search.h"
#include "engine/query/copies/collapsed_copies.h"
#include "engine/query/encoding/article_encoder.h"
#include "engine/query/match/matches.h"
#include "engine/query/notices.h"
#include "engine/query/rank/date_order.h"
#include "engine/query/rank/dated_search.h"
#include "engine/query/rank/page_token.h"
#include "engine/schema/error.h"
#include "engine/storage/base/article_wire.h"

namespace broadsheet::query {
namespace {

// search_service.proto promises both. Large enough that a message's own cost is nothing beside its
// articles, small enough that a search which waits for a batch does not notice.
constexpr size_t kBatchBytes = 256 << 10;
constexpr uint32_t kMaxBatchArticles = 1000;

absl::Status BadResumeToken(std::string_view message) {
  return schema::Error(absl::StatusCode::kInvalidArgument, "RESUME_TOKEN_INVALID", message);
}

absl::StatusOr<std::optional<DateKey>> ReadResumeToken(const std::string& text,
                                                       const SearchPlan& plan) {
  if (text.empty()) return std::nullopt;
  std::optional<PageToken> token = Decode(text);
  if (!token) return BadResumeToken("the resume token is not one of this server's");
  if (token->query_hash != plan.query_hash || !token->last) {
    return BadResumeToken("the resume token belongs to another export; only read_mask may change");
  }
  return std::move(token->last);
}

// One batch. Its members are what all steps read.
class BatchRun {
 public:
  BatchRun(const SearchContext& context, const SearchPlan& plan, const ExportPosition& position,
           const base::CallControl& call)
      : context_(context),
        plan_(plan),
        position_(position),
        deadline_(call),
        match_{context.snapshot, deadline_},
        input_(InputOf(plan, match_, context, call)) {}

  absl::StatusOr<ExportBatch> Run();

 private:
  bool newest() const { return plan_.sort != SortOrder::kOldest; }
  // What is looked for; `whole` but for the copies that are hidden.
  absl::StatusOr<Xapian::Query> Wanted(const CompiledSearch& search);
  absl::StatusOr<DatedPage> Find(const CompiledSearch& search);
  // Total and notices.
  absl::Status AddHead(const CompiledSearch& search, ExportBatch* batch);
  // As many of the matches as fit; returns how many.
  absl::StatusOr<uint32_t> AddArticles(const std::vector<Match>& matches, ExportBatch* batch);
  absl::StatusOr<std::string> TokenBehind(storage::DocRef last);

  const SearchContext& context_;
  const SearchPlan& plan_;
  const ExportPosition& position_;
  base::Deadline deadline_;
  MatchContext match_;
  const CompilerInput input_;
  std::optional<CollapsedCopies> copies_;
};

absl::StatusOr<ExportBatch> BatchRun::Run() {
  deadline_.Check();
  const absl::StatusOr<CompiledSearch> search = CompileSearch(plan_, input_);
  if (!search.ok()) return search.status();
  const absl::StatusOr<DatedPage> found = Find(*search);
  if (!found.ok()) return found.status();
  ExportBatch batch{.bytes = {}, .next = position_};
  if (position_.first) {
    if (absl::Status status = AddHead(*search, &batch); !status.ok()) return status;
  }
  const std::vector<Match>& matches = found->page.matches;
  const absl::StatusOr<uint32_t> added = AddArticles(matches, &batch);
  if (!added.ok()) return added.status();
  if (*added > 0) {
    absl::StatusOr<std::string> token = TokenBehind(matches[*added - 1].doc);
    if (!token.ok()) return token.status();
    batch.next.resume_token = *std::move(token);
  }
  if (!batch.next.resume_token.empty()) {
    storage::AppendWireField(v1::ExportArticlesResponse::kResumeTokenFieldNumber,
                             batch.next.resume_token, &batch.bytes);
  }
  const bool all = *added == matches.size();
  batch.next.first = false;
  batch.next.expected =
      std::min(all ? 2 * position_.expected : *added + *added / 4 + 1, kMaxBatchArticles);
  batch.last = all && !found->page.more;
  return batch;
}

absl::StatusOr<Xapian::Query> BatchRun::Wanted(const CompiledSearch& search) {
  if (!plan_.collapse_copies) return search.whole;
  copies_.emplace(match_, search.whole);
  if (!copies_->status().ok()) return copies_->status();
  return WithoutHidden(match_, search.whole, &*copies_);
}

absl::StatusOr<DatedPage> BatchRun::Find(const CompiledSearch& search) {
  const absl::StatusOr<Xapian::Query> wanted = Wanted(search);
  if (!wanted.ok()) return wanted.status();
  absl::StatusOr<std::optional<DateKey>> after = ReadResumeToken(position_.resume_token, plan_);
  if (!after.ok()) return after.status();
  return SearchDated(match_, *wanted,
                     {.newest = newest(), .after = *std::move(after), .count = position_.expected});
}

absl::Status BatchRun::AddHead(const CompiledSearch& search, ExportBatch* batch) {
  v1::SearchArticlesResponse remarks;
  *remarks.mutable_total() = CountMatches(match_, search.whole, context_.EveryArticle());
  absl::Status status = AddNotices({.plan = plan_,
                                    .input = input_,
                                    .root = search.root ? &*search.root : nullptr,
                                    .query = search.query,
                                    .filter = search.filter},
                                   context_.vocabulary, &remarks);
  if (!status.ok()) return status;
  v1::ExportArticlesResponse head;
  head.mutable_total()->Swap(remarks.mutable_total());
  head.mutable_notices()->Swap(remarks.mutable_notices());
  if (!head.SerializeToString(&batch->bytes)) {
    return absl::InternalError("cannot serialise the head of an export");
  }
  return absl::OkStatus();
}

absl::StatusOr<uint32_t> BatchRun::AddArticles(const std::vector<Match>& matches,
                                               ExportBatch* batch) {
  ArticleEncoder encoder(context_.snapshot, plan_.read_mask);
  std::string card;
  std::string article;
  uint32_t added = 0;
  for (const Match& match : matches) {
    deadline_.Check();
    absl::Status status = context_.snapshot.ReadCard(match.doc, &card);
    if (status.ok()) status = encoder.Encode(match.doc, card, &article);
    if (!status.ok()) return status;
    if (added > 0 && batch->bytes.size() + article.size() > kBatchBytes) break;
    storage::AppendWireField(v1::ExportArticlesResponse::kArticlesFieldNumber, article,
                             &batch->bytes);
    ++added;
  }
  return added;
}

absl::StatusOr<std::string> BatchRun::TokenBehind(storage::DocRef last) {
  DateOrder order(match_, newest());
  PageToken token{.query_hash = plan_.query_hash,
                  .build_id = context_.manifest().ref.build_id,
                  .last = order.KeyOf(order.Read(last))};
  if (!order.status().ok()) return order.status();
  return Encode(token);
}

}  // namespace

absl::StatusOr<ExportBatch> ReadBatch(const SearchContext& context, const SearchPlan& plan,
                                      const ExportPosition& position,
                                      const base::CallControl& call) {
  return BatchRun(context, plan, position, call).Run();
}

}  // namespace broadsheet::query
