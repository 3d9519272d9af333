// SPDX-License-Identifier: GPL-3.0-or-later
// Highlights of the largest article there may be, under the largest query, and of a damaged index.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/indexing/document/document_terms.h"
#include "engine/query/highlight/highlighter.h"
#include "engine/schema/article.h"
#include "engine/xapian/guard.h"
#include "tests/testing/packed_run.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

constexpr uint64_t kLimitsSeed = 42;

class HighlightLimitsTest : public ::testing::Test {
 protected:
  static v1::Article ArticleOf(size_t bytes) {
    v1::Article article;
    article.set_id("a");
    article.set_headline("A book");
    std::string body;
    body.reserve(bytes);
    while (body.size() + 40 < bytes) body += "The word after the word goes on. ";
    article.set_body(body + "The end.");
    return article;
  }

  // `words` patterns that all match, each of one word or a phrase.
  CompiledQuery QueryOf(size_t words, bool phrases) {
    CompiledQuery query;
    for (size_t i = 0; i < words; ++i) {
      PhrasePattern pattern{
          .words = {{.terms = {storage::HashTerm("the", kLimitsSeed)}, .exact = {}}}};
      if (phrases) {
        pattern.words.push_back({.terms = {storage::HashTerm("word", kLimitsSeed)}, .exact = {}});
      }
      query.highlights.push_back(
          {.constraint = {.fields = DefaultFields(), .operands = {{pattern}}}, .weight = 1});
    }
    return query;
  }

  absl::StatusOr<std::vector<v1::Fragment>> Fragments(const CompiledQuery& query,
                                                      v1::Article article) {
    base::Deadline deadline(call_);
    Highlighter highlighter(analyzer_, query, {}, deadline);
    return highlighter.Fragments(article, testing::PackedRun(indexer_.Analyze(article).tokens),
                                 [](std::string*) { return absl::OkStatus(); });
  }

  base::CallControl call_;
  text::Analyzer analyzer_;
  indexing::DocumentAnalyzer indexer_{kLimitsSeed, ""};
};

TEST_F(HighlightLimitsTest, TheLargestArticleAndAsManyWordsAsAQueryMayStandFor) {
  const v1::Article article = ArticleOf(schema::kMaxArticleBytes);
  const auto fragments = Fragments(QueryOf(512, false), article);
  ASSERT_THAT(fragments, testing::IsOk());
  EXPECT_EQ(fragments->size(), 3u);
}

TEST_F(HighlightLimitsTest, StopsAtTheDeadlineInOneArticle) {
  const v1::Article article = ArticleOf(4 << 20);
  call_.cancelled = [] { return true; };
  for (const bool phrases : {false, true}) {
    EXPECT_THROW((void)Fragments(QueryOf(64, phrases), article), base::DeadlineError);
  }
}

TEST_F(HighlightLimitsTest, SaysSoWhenTheIndexHasOtherWordsThanTheArticle) {
  const v1::Article article = ArticleOf(1000);
  v1::Article other = article;
  other.set_body("Short.");
  base::Deadline deadline(call_);
  const CompiledQuery query = QueryOf(1, false);
  Highlighter highlighter(analyzer_, query, {}, deadline);
  EXPECT_THAT(highlighter.Fragments(other, testing::PackedRun(indexer_.Analyze(article).tokens),
                                    [](std::string*) { return absl::OkStatus(); }),
              testing::StatusIs(absl::StatusCode::kDataLoss));
  other.clear_body();
  EXPECT_THAT(highlighter.Fragments(other, testing::PackedRun(indexer_.Analyze(article).tokens),
                                    [](std::string*) { return absl::OkStatus(); }),
              testing::StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace broadsheet::query
