// SPDX-License-Identifier: GPL-3.0-or-later
// Queries compiled and matched over a real index, below the searcher: what Xapian is given, and
// what is left for token runs to confirm.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/compile/compiler.h"
#include "engine/query/match/match_context.h"
#include "engine/query/syntax/parser.h"
#include "engine/storage/live/snapshot.h"
#include "engine/text/analyzer.h"
#include "tests/engine/query/search_fixture.h"

namespace broadsheet::query {

class CompileFixture : public SearchFixture {
 protected:
  // Opens what was added so far; what is compiled is of this snapshot.
  void OpenSnapshot() {
    auto snapshot = storage::Snapshot::Open(index_.Open());
    ASSERT_THAT(snapshot, testing::IsOk());
    snapshot_ = *std::move(snapshot);
    context_ = std::make_unique<MatchContext>(MatchContext{*snapshot_, deadline_});
  }
  MatchContext& context() { return *context_; }

  CompilerInput Input() {
    return {.match = context(),
            .analyzer = analyzer_,
            .limits = limits_,
            .languages = {"en"},
            .dates = {.now = call_.now, .zone = absl::UTCTimeZone()}};
  }
  absl::StatusOr<CompiledQuery> Compile(const std::string& text) {
    const absl::StatusOr<ParsedQuery> parsed = Parse(text, limits_, MatchMode::kAll);
    if (!parsed.ok()) return parsed.status();
    return query::Compile(parsed->root, Input());
  }
  CompiledQuery Compiled(const std::string& text) {
    absl::StatusOr<CompiledQuery> compiled = Compile(text);
    EXPECT_THAT(compiled, testing::IsOk()) << text;
    return compiled.ok() ? *std::move(compiled) : CompiledQuery();
  }

  std::string IdOf(storage::DocRef doc) {
    const absl::StatusOr<v1::Article> article = snapshot_->ReadArticle(doc);
    EXPECT_THAT(article, testing::IsOk());
    return article.ok() ? article->id() : "";
  }

  text::Analyzer analyzer_;

 private:
  base::Deadline deadline_{call_};
  std::unique_ptr<storage::Snapshot> snapshot_;
  std::unique_ptr<MatchContext> context_;
};

}  // namespace broadsheet::query
