// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a query. Reading them must neither crash nor hang, and what was understood must be
// understood the same when it is typed again. A search for them over a small archive, highlighted
// and explained, must answer or say what is wrong with the query, and nothing else.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "engine/query/searcher.h"
#include "engine/query/syntax/parser.h"
#include "engine/query/syntax/shared_synonyms.h"
#include "engine/query/syntax/synonyms.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/schema/error.h"
#include "engine/text/analyzer.h"
#include "tests/testing/parsed_response.h"
#include "tests/testing/test_index.h"

namespace {

using broadsheet::query::Limits;
using broadsheet::query::MatchMode;
using broadsheet::query::Searcher;
namespace v1 = broadsheet::v1;

[[noreturn]] void Fail(const char* what, const std::string& about) {
  std::fprintf(stderr, "%s: %s\n", what, about.c_str());
  std::abort();
}

void CheckReadsBack(std::string_view query) {
  const auto parsed = broadsheet::query::Parse(query, Limits(), MatchMode::kAll);
  if (!parsed.ok()) return;
  const std::string understood = broadsheet::query::ToString(parsed->root);
  // The tree written out is longer than what was typed, and may nest one level more.
  Limits roomy;
  roomy.max_query_bytes = understood.size();
  roomy.max_nesting = 2 * roomy.max_nesting + 2;
  const auto again = broadsheet::query::Parse(understood, roomy, MatchMode::kAll);
  if (again.ok() && broadsheet::query::ToString(again->root) == understood) return;
  Fail("not read back", understood);
}

// One index for the whole run, in a folder that is removed at its end.
class Archive {
 public:
  Archive() {
    index_.Add("pact",
               {.headline = "Putin meets Kim in Pyongyang",
                .summary = "Russia and North Korea sign a pact",
                .body = "The leaders met at a summit.\n\nThey signed a mutual defense pact.",
                .captions = {{"The signing ceremony", "Kristina Kormilitsyna"}},
                .tags = {"Kim Jong Un"},
                .bylines = {"Ann O’Brien"},
                .section = "World",
                .source = "The Hill",
                .published = "2024-06-19"});
    index_.Add("cafe", {.headline = "Café owners sign",
                        .body = "COVID-19, AT&T and the U.S. café; naïve Ελλάδα, ﬁnance.",
                        .published = "2023"});
    index_.Add("beijing", {.headline = "北京市の天気", .body = "北京 สวัสดี 天気", .language = "ja"});
    broadsheet::text::Analyzer analyzer;
    auto synonyms = std::make_shared<broadsheet::query::SharedSynonyms>();
    synonyms->Replace(
        broadsheet::query::Synonyms::Parse("kim, jong un, a b c\nsign => \"pact, café\n", analyzer)
            .value());
    auto opened = Searcher::Open(index_.Open(), Limits(), {}, nullptr, std::move(synonyms));
    if (!opened.ok()) Fail("cannot open the index", opened.status().ToString());
    searcher_ = *std::move(opened);
  }

  void Search(std::string_view query, v1::MatchMode mode, const std::string& profile) {
    v1::SearchArticlesRequest request;
    request.set_query(std::string(query));
    request.set_match(mode);
    request.set_ranking_profile(profile);
    request.set_exact_total(true);
    request.set_explain(true);
    const auto response = broadsheet::testing::Parsed(searcher_->Search(request, {}));
    if (response.ok()) {
      if (response->total().relation() != v1::Total::RELATION_EXACT) {
        Fail("not counted", std::string(query));
      }
      for (const v1::Hit& hit : response->hits()) CheckFragments(hit);
      return;
    }
    const std::string reason = broadsheet::schema::ErrorReason(response.status());
    if (!reason.starts_with("QUERY_"))
      Fail("no mistake", std::string(response.status().ToString()));
  }

 private:
  // A fragment is text of the article, in whole characters.
  static void CheckFragments(const v1::Hit& hit) {
    for (const v1::Fragment& fragment : hit.fragments()) {
      if (fragment.segments().empty()) Fail("an empty fragment", hit.article().id());
      for (const v1::Segment& segment : fragment.segments()) {
        if (segment.text().empty()) Fail("an empty segment", hit.article().id());
      }
    }
  }

  broadsheet::testing::TestIndex index_;
  std::unique_ptr<Searcher> searcher_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Archive archive;
  const std::string_view query(reinterpret_cast<const char*>(data), size);
  CheckReadsBack(query);
  archive.Search(query, v1::MATCH_MODE_ALL, "default");
  archive.Search(query, v1::MATCH_MODE_ANY, "default");
  archive.Search(query, v1::MATCH_MODE_ANY, "exact");
  return 0;
}
