// SPDX-License-Identifier: GPL-3.0-or-later
// Searches over a real index, with answers that read like the question: "b a c" are the hits' ids,
// best first.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/indexing/live/writable_index.h"
#include "engine/query/searcher.h"
#include "engine/schema/error.h"
#include "engine/storage/index/layout.h"
#include "tests/testing/parsed_response.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/test_index.h"

namespace broadsheet::query {

inline std::string IdsOf(const v1::SearchArticlesResponse& response) {
  std::string ids;
  for (const v1::Hit& hit : response.hits()) {
    ids += (ids.empty() ? "" : " ") + hit.article().id();
  }
  return ids;
}

// "[Kim] meets [Putin]": matched segments in brackets, "…" where a text goes on.
inline std::string Lit(const v1::Fragment& fragment) {
  std::string lit = fragment.clipped_start() ? "…" : "";
  for (const v1::Segment& segment : fragment.segments()) {
    lit += segment.matched() ? "[" + segment.text() + "]" : segment.text();
  }
  return lit + (fragment.clipped_end() ? "…" : "");
}

class SearchFixture : public ::testing::Test {
 protected:
  using Article = testing::TestArticle;

  void Add(const std::string& id, const Article& article) {
    index_.Add(id, article);
    writable_.reset();
    searcher_.reset();
  }

  // Writes an article into live/ of the published generation, in the place of what has its id.
  void AddToLive(const std::string& id, const Article& article) {
    index_.Open();
    if (!writable_.has_value()) {
      writable_ = indexing::WritableIndex::Open(storage::Layout(index_.path()), "a test").value();
    }
    // It has a higher version, so that one which says what base says is taken, too.
    v1::Article made = testing::MakeArticle(id, article);
    made.set_version(made.version() + 1);
    const auto written = writable_->writer->Write({{.article = std::move(made)}});
    EXPECT_THAT(written.front().status, testing::IsOk());
    EXPECT_THAT(written.front().outcome, ::testing::AnyOf(indexing::WriteOutcome::kCreated,
                                                          indexing::WriteOutcome::kReplaced));
    searcher_.reset();
  }

  // What live/ stores of an article is no Article any more; its terms and values stay.
  void DamageInLive(const std::string& id) {
    writable_.reset();
    Xapian::WritableDatabase live((index_.Open()->folder() / storage::kLiveName).string());
    const Xapian::docid docid = *live.postlist_begin(schema::IdTerm(id));
    Xapian::Document document = live.get_document(docid);
    document.set_data("\xff");
    live.replace_document(docid, document);
    live.commit();
    searcher_.reset();
  }

  Searcher& searcher() {
    if (searcher_ == nullptr) {
      auto opened = Searcher::Open(index_.Open(), limits_, {}, answers_, synonyms_);
      EXPECT_THAT(opened, testing::IsOk());
      searcher_ = *std::move(opened);
    }
    return *searcher_;
  }

  absl::StatusOr<v1::SearchArticlesResponse> Ask(const v1::SearchArticlesRequest& request) {
    return testing::Parsed(searcher().Search(request, call_));
  }
  static v1::SearchArticlesRequest Request(const std::string& query) {
    v1::SearchArticlesRequest request;
    request.set_query(query);
    return request;
  }
  v1::SearchArticlesResponse Answer(const v1::SearchArticlesRequest& request) {
    absl::StatusOr<v1::SearchArticlesResponse> response = Ask(request);
    EXPECT_THAT(response, testing::IsOk()) << request.ShortDebugString();
    return response.ok() ? *std::move(response) : v1::SearchArticlesResponse();
  }
  v1::SearchArticlesResponse Answer(const std::string& query) { return Answer(Request(query)); }

  std::string Search(const std::string& query) { return IdsOf(Answer(query)); }
  // In the order of dates, which makes sets of hits easy to compare.
  std::string SearchNewest(const std::string& query) {
    v1::SearchArticlesRequest request = Request(query);
    request.set_sort(v1::SORT_ORDER_NEWEST);
    return IdsOf(Answer(request));
  }
  std::string ReasonFor(const v1::SearchArticlesRequest& request) {
    return schema::ErrorReason(Ask(request).status());
  }

  testing::TestIndex index_;
  Limits limits_;
  base::CallControl call_;
  std::shared_ptr<AnswerCache> answers_;  // of the searchers opened later; null = none is kept
  std::shared_ptr<SharedSynonyms> synonyms_ = std::make_shared<SharedSynonyms>();

 private:
  // Absent before the first write to what is published.
  std::optional<indexing::WritableIndex> writable_;
  std::unique_ptr<Searcher> searcher_;
};

}  // namespace broadsheet::query
