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

#include "engine/indexing/document/document_terms.h"
#include "engine/indexing/document/xapian_document.h"
#include "engine/query/searcher.h"
#include "engine/schema/error.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/live/tombstone.h"
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
    searcher_.reset();
  }

  // Stores an article in live/ of the published generation, as an upsert: what base has of its id
  // is hidden.
  void AddToLive(const std::string& id, const Article& article) {
    const std::shared_ptr<const storage::Generation> generation = index_.Open();
    v1::Article made = testing::MakeArticle(id, article);
    const indexing::DocumentTerms& terms = AnalyzerFor(*generation).Analyze(made);
    const Xapian::Document document = indexing::MakeLiveDocument(terms, made);
    Xapian::WritableDatabase live((generation->folder() / storage::kLiveName).string(),
                                  Xapian::DB_CREATE_OR_OPEN);
    live.replace_document(schema::IdTerm(id), document);
    const Xapian::Database base((generation->folder() / storage::kBaseName).string());
    const std::string term = schema::IdTerm(id);
    for (auto hidden = base.postlist_begin(term); hidden != base.postlist_end(term); ++hidden) {
      live.set_metadata(storage::TombstoneKey(*hidden), std::string(storage::kTombstoneValue));
    }
    live.commit();
    searcher_.reset();
  }

  // What live/ stores of an article is no Article any more; its terms and values stay.
  void DamageInLive(const std::string& id) {
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
      auto opened = Searcher::Open(index_.Open(), limits_);
      EXPECT_THAT(opened, testing::IsOk());
      searcher_ = *std::move(opened);
    }
    return *searcher_;
  }

  absl::StatusOr<v1::SearchArticlesResponse> Ask(const v1::SearchArticlesRequest& request) {
    return searcher().Search(request, call_);
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

 private:
  // Kept between articles: to make one takes as long as to read hundreds of them.
  indexing::DocumentAnalyzer& AnalyzerFor(const storage::Generation& generation) {
    const uint64_t seed = generation.manifest().token_seed;
    if (analyzer_ == nullptr || analyzer_seed_ != seed) {
      analyzer_ = std::make_unique<indexing::DocumentAnalyzer>(seed);
      analyzer_seed_ = seed;
    }
    return *analyzer_;
  }

  std::unique_ptr<indexing::DocumentAnalyzer> analyzer_;
  uint64_t analyzer_seed_ = 0;
  std::unique_ptr<Searcher> searcher_;
};

}  // namespace broadsheet::query
