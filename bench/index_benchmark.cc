// SPDX-License-Identifier: GPL-3.0-or-later
// How many articles a second are indexed, against the obvious way to do it with Xapian.
//
//   BROADSHEET_SHARED=../shared build/bin/index_benchmark
//
// BROADSHEET_BENCH_ARTICLES sets how many (default 10,000). Both benchmarks start from parsed
// articles in memory and end with an index on disk that can be searched.
#include <benchmark/benchmark.h>
#include <google/protobuf/util/json_util.h>
#include <xapian.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/corpus.h"
#include "tests/testing/index_build.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::bench {
namespace {

const Corpus& Articles() {
  static const Corpus corpus = [] {
    const char* const count = std::getenv("BROADSHEET_BENCH_ARTICLES");
    return LoadCorpus(count == nullptr ? 10'000 : std::strtoul(count, nullptr, 10));
  }();
  return corpus;
}

uint64_t BytesIn(const std::filesystem::path& folder) {
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) bytes += entry.file_size();
  }
  return bytes;
}

void Report(benchmark::State& state, uint64_t index_bytes) {
  const Corpus& corpus = Articles();
  const auto runs = static_cast<size_t>(state.iterations());
  state.SetLabel(corpus.name);
  state.SetItemsProcessed(static_cast<int64_t>(runs * corpus.articles.size()));
  state.SetBytesProcessed(static_cast<int64_t>(runs * corpus.text_bytes));
  state.counters["index/input"] =
      static_cast<double>(index_bytes) / static_cast<double>(corpus.text_bytes);
}

// What a first reading of Xapian's documentation leads to: a TermGenerator with a stemmer, headline
// and body, the article as JSON in the document's data, one database, automatic flushes.
void ObviousXapian(benchmark::State& state) {
  uint64_t index_bytes = 0;
  const std::vector<v1::Article>& articles = Articles().articles;
  for (auto _ : state) {
    const testing::TempDir folder;
    Xapian::WritableDatabase database((folder / "db").string(), Xapian::DB_CREATE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem("en"));
    for (const v1::Article& article : articles) {
      Xapian::Document document;
      generator.set_document(document);
      generator.index_text(article.headline(), 1, "S");
      generator.index_text(article.headline());
      generator.increase_termpos();
      generator.index_text(article.body());
      std::string json;
      if (!google::protobuf::util::MessageToJsonString(article, &json).ok()) {
        state.SkipWithError("cannot write an article as JSON");
        return;
      }
      document.set_data(json);
      const std::string id = "Q" + article.id();
      document.add_boolean_term(id);
      database.replace_document(id, document);
    }
    database.commit();
    index_bytes = BytesIn(folder.path());
  }
  Report(state, index_bytes);
}
BENCHMARK(ObviousXapian)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

void IndexBuild(benchmark::State& state) {
  indexing::BuildReport report;
  const std::vector<v1::Article>& articles = Articles().articles;
  for (auto _ : state) {
    const testing::TempDir folder;
    auto build = testing::IndexBuild::Start({.index = folder.path()});
    if (!build.ok()) return state.SkipWithError(build.status().ToString().c_str());
    // An article without text is refused, which is no failure here.
    for (const v1::Article& article : articles) (*build)->Add(article).IgnoreError();
    const auto published = (*build)->Publish();
    if (!published.ok()) return state.SkipWithError(published.status().ToString().c_str());
    report = *published;
  }
  Report(state, report.index_bytes);
  state.counters["refused"] =
      static_cast<double>(articles.size()) - static_cast<double>(report.added);
}
BENCHMARK(IndexBuild)->Unit(benchmark::kMillisecond)->UseRealTime()->MeasureProcessCPUTime();

}  // namespace
}  // namespace broadsheet::bench
