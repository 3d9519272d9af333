// SPDX-License-Identifier: GPL-3.0-or-later
// What it costs to show what matched in a hit: our fragments beside Xapian's MSet::snippet, on the
// same articles of about 3 KB and the same words, both for one fragment of about 160 characters
// with English stemming. Reading and unpacking the article is left out of both.
//
//   BROADSHEET_SHARED=../shared build/bin/highlight_benchmark
//
// Without BROADSHEET_SHARED the articles are generated (bench/corpus.h). Each iteration is one hit;
// iterations go round the first 100 hits of the query. `queries` in a label is what was asked.
#include <benchmark/benchmark.h>
#include <xapian.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "bench/corpus.h"
#include "engine/query/highlight/highlighter.h"
#include "engine/query/match/match_context.h"
#include "engine/query/syntax/parser.h"
#include "engine/schema/article_texts.h"
#include "engine/storage/index/layout.h"
#include "engine/storage/live/snapshot.h"
#include "tests/testing/index_build.h"

namespace {

namespace fs = std::filesystem;
using namespace broadsheet;

constexpr size_t kArticles = 20'000;
constexpr size_t kHits = 100;
constexpr size_t kFragmentChars = 160;

[[noreturn]] void Fail(const std::string& what) {
  std::cerr << "highlight_benchmark: " << what << "\n";
  std::exit(1);
}

// Articles whose text is between 2.5 and 3.5 KB.
const bench::Corpus& Articles() {
  static const auto* const corpus = [] {
    auto* chosen = new bench::Corpus();
    bench::Corpus all = bench::LoadCorpus(kArticles);
    chosen->name = all.name;
    for (v1::Article& article : all.articles) {
      const size_t bytes =
          article.headline().size() + article.summary().size() + article.body().size();
      if (bytes < 2500 || bytes > 3500) continue;
      chosen->text_bytes += bytes;
      chosen->articles.push_back(std::move(article));
    }
    if (chosen->articles.empty()) Fail("no article of about 3 KB");
    return chosen;
  }();
  return *corpus;
}

// Queries by what they are made of; the words differ by corpus.
struct Query {
  const char* kind;
  const char* senate;
  const char* generated;
};
constexpr Query kQueries[] = {
    {"one_word", "veterans", "governing"},
    {"two_words", "senate budget", "the anport"},
    {"three_words", "health care funding", "the an ter"},
    {"phrase", "\"health care\"", "\"the an\""},
    {"wildcard", "legislat*", "gov*"},
};

std::string TextOf(const Query& query) {
  return Articles().name == "senate" ? query.senate : query.generated;
}

// Our index of the articles.
class OurIndex {
 public:
  OurIndex() : folder_(fs::temp_directory_path() / ("highlight_benchmark-" + Id())) {
    auto build =
        testing::IndexBuild::Start({.index = folder_, .build = {.memory_bytes = 64 << 20}});
    if (!build.ok()) Fail(build.status().ToString());
    for (const v1::Article& article : Articles().articles) {
      if (const absl::Status status = (*build)->Add(article); !status.ok()) {
        Fail(status.ToString());
      }
    }
    if (const auto report = (*build)->Publish(); !report.ok()) Fail(report.status().ToString());
    auto generation = storage::Generation::OpenCurrent(storage::Layout(folder_));
    if (!generation.ok()) Fail(generation.status().ToString());
    auto snapshot = storage::Snapshot::Open(*generation);
    if (!snapshot.ok()) Fail(snapshot.status().ToString());
    snapshot_ = *std::move(snapshot);
    // Everything stays open; the names can go.
    fs::remove_all(folder_);
  }
  static OurIndex& Get() {
    static auto* const index = new OurIndex();
    return *index;
  }
  storage::Snapshot& snapshot() { return *snapshot_; }

 private:
  static std::string Id() { return std::to_string(::getpid()); }

  fs::path folder_;
  std::unique_ptr<storage::Snapshot> snapshot_;
};

// Hits of one query, read and unpacked.
struct Hits {
  base::CallControl call;
  base::Deadline deadline{call};
  text::Analyzer analyzer;
  query::Limits limits;
  query::MatchContext match{OurIndex::Get().snapshot(), deadline};
  query::CompiledQuery compiled;
  std::vector<v1::Article> articles;
  std::vector<storage::TokenRun> runs;
  size_t bytes = 0;

  explicit Hits(const std::string& text) {
    const auto parsed = query::Parse(text, limits, query::MatchMode::kAll);
    if (!parsed.ok()) Fail(parsed.status().ToString());
    const query::CompilerInput input{.match = match,
                                     .analyzer = analyzer,
                                     .limits = limits,
                                     .languages = {"en"},
                                     .dates = {.now = call.now, .zone = absl::UTCTimeZone()}};
    auto found = query::Compile(parsed->root, input);
    if (!found.ok()) Fail(found.status().ToString());
    compiled = *std::move(found);
    Xapian::Enquire enquire(match.snapshot.both());
    enquire.set_query(compiled.query);
    const Xapian::MSet page = enquire.get_mset(0, kHits);
    for (auto hit = page.begin(); hit != page.end(); ++hit) {
      const storage::DocRef doc = match.snapshot.FromBoth(*hit);
      auto article = match.snapshot.ReadArticle(doc);
      if (!article.ok()) Fail(article.status().ToString());
      runs.push_back(match.snapshot.ReadTokens(doc));
      for (const schema::ArticleText& one : schema::TextsOf(*article)) bytes += one.text.size();
      articles.push_back(*std::move(article));
    }
    if (articles.empty()) Fail("nothing matches " + text);
  }

  std::string Label(const std::string& text) const {
    return Articles().name + ": " + text + ", " + std::to_string(articles.size()) + " hits of " +
           std::to_string(bytes / articles.size()) + " bytes";
  }
};

void Broadsheet(benchmark::State& state, const Query& query, size_t fragments) {
  Hits hits(TextOf(query));
  query::Highlighter highlighter(hits.analyzer, hits.compiled,
                                 {.max_fragments = fragments, .fragment_chars = kFragmentChars},
                                 hits.deadline);
  size_t next = 0;
  for (auto _ : state) {
    auto shown = highlighter.Fragments(hits.articles[next], hits.runs[next],
                                       [](std::string*) { return absl::OkStatus(); });
    if (!shown.ok() || shown->empty()) state.SkipWithError("a hit shows nothing");
    benchmark::DoNotOptimize(shown);
    next = (next + 1) % hits.articles.size();
  }
  state.SetLabel(hits.Label(TextOf(query)));
}

// Xapian's own index of the same articles, which snippet() asks for the frequency of words.
const Xapian::Database& XapianIndex() {
  static const auto* const database = [] {
    auto* made = new Xapian::WritableDatabase("", Xapian::DB_BACKEND_INMEMORY);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("en"));
    for (const v1::Article& article : Articles().articles) {
      Xapian::Document document;
      generator.set_document(document);
      generator.index_text(article.headline());
      generator.index_text(article.body());
      document.set_data(article.headline() + "\n" + article.body());
      made->add_document(document);
    }
    return made;
  }();
  return *database;
}

void Snippet(benchmark::State& state, const Query& query, unsigned flags) {
  const Xapian::Database& database = XapianIndex();
  Xapian::QueryParser parser;
  parser.set_database(database);
  parser.set_stemmer(Xapian::Stem("en"));
  parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
  parser.set_default_op(Xapian::Query::OP_AND);
  Xapian::Enquire enquire(database);
  enquire.set_query(parser.parse_query(
      TextOf(query), Xapian::QueryParser::FLAG_DEFAULT | Xapian::QueryParser::FLAG_WILDCARD));
  const Xapian::MSet found = enquire.get_mset(0, kHits);
  if (found.empty()) Fail("nothing matches " + TextOf(query));
  std::vector<std::string> texts;
  for (auto hit = found.begin(); hit != found.end(); ++hit) {
    texts.push_back(hit.get_document().get_data());
  }
  const Xapian::Stem stemmer("en");
  size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        found.snippet(texts[next], kFragmentChars, stemmer, flags, "\x01", "\x02", "..."));
    next = (next + 1) % texts.size();
  }
}

void RegisterAll() {
  constexpr unsigned kDefault =
      Xapian::MSet::SNIPPET_BACKGROUND_MODEL | Xapian::MSet::SNIPPET_EXHAUSTIVE;
  for (const Query& query : kQueries) {
    const std::string kind = query.kind;
    benchmark::RegisterBenchmark(("Broadsheet/" + kind).c_str(), [&query](benchmark::State& state) {
      Broadsheet(state, query, 1);
    });
    benchmark::RegisterBenchmark(
        ("BroadsheetThreeFragments/" + kind).c_str(),
        [&query](benchmark::State& state) { Broadsheet(state, query, 3); });
    benchmark::RegisterBenchmark(
        ("XapianSnippet/" + kind).c_str(),
        [&query](benchmark::State& state) { Snippet(state, query, kDefault); });
    // Xapian's quickest: stops at the first good place, every word counts the same.
    benchmark::RegisterBenchmark(("XapianSnippetQuick/" + kind).c_str(),
                                 [&query](benchmark::State& state) { Snippet(state, query, 0); });
  }
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  RegisterAll();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
