// SPDX-License-Identifier: GPL-3.0-or-later
// How fast text becomes terms: the analyser beside Xapian's TermGenerator on the same text, both
// with the English Snowball stemmer, article by article.
//
//   BROADSHEET_SHARED=../shared build/bin/analyzer_benchmark
//
// Without BROADSHEET_SHARED the articles are generated (bench/corpus.h).
#include <benchmark/benchmark.h>
#include <xapian.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bench/corpus.h"
#include "engine/indexing/document/document_terms.h"
#include "engine/text/analyzer.h"

namespace {

using broadsheet::text::Analyzer;
using broadsheet::text::Place;
using broadsheet::text::Token;

// Some 16 MB of press releases: a vocabulary larger than the stem cache's comfort.
constexpr size_t kArticles = 5'000;

const std::vector<std::string>& Bodies() {
  static const auto* const bodies = [] {
    auto* loaded = new std::vector<std::string>();
    broadsheet::bench::Corpus corpus = broadsheet::bench::LoadCorpus(kArticles);
    for (broadsheet::v1::Article& article : corpus.articles) {
      loaded->push_back(std::move(*article.mutable_body()));
    }
    return loaded;
  }();
  return *bodies;
}

// Runs `analyse` over every body in each iteration and reports bytes and tokens a second.
template <typename Analyse>
void Measure(benchmark::State& state, Analyse analyse) {
  int64_t bytes = 0;
  int64_t tokens = 0;
  for (auto _ : state) {
    for (const std::string& body : Bodies()) {
      tokens += static_cast<int64_t>(analyse(body));
      bytes += static_cast<int64_t>(body.size());
    }
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(tokens);
}

size_t CountTokens(Analyzer& analyzer, std::string_view text, std::string_view language) {
  size_t tokens = 0;
  analyzer.Analyze(text, language, [&tokens](const Token& token) {
    benchmark::DoNotOptimize(token.term.data());
    ++tokens;
  });
  return tokens;
}

// What an index takes of a text, Xapian's way: terms with their counts and, for phrases, positions.
// Without those it says nothing of where words stand, unlike ours.
void TermGeneratorEnglish(benchmark::State& state, bool positions) {
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("en"));
  Measure(state, [&](const std::string& body) {
    Xapian::Document document;
    generator.set_document(document);
    if (positions) {
      generator.index_text(body);
    } else {
      generator.index_text_without_positions(body);
    }
    return document.termlist_count();
  });
}
BENCHMARK_CAPTURE(TermGeneratorEnglish, WithPositions, true);
BENCHMARK_CAPTURE(TermGeneratorEnglish, WithoutPositions, false);

// What an index takes of a text, our way: terms in order with their weights, and the token run that
// phrases are measured in. All that a build or a live write does with a text before storing it.
void IndexTermsEnglish(benchmark::State& state) {
  constexpr uint64_t kTokenSeed = 42;
  broadsheet::indexing::DocumentAnalyzer analyzer(kTokenSeed, "");
  broadsheet::v1::Article article;
  article.set_id("a");
  article.set_language("en");
  Measure(state, [&](const std::string& body) {
    article.set_body(body);
    return analyzer.Analyze(article).terms.size();
  });
}
BENCHMARK(IndexTermsEnglish);

// Does what TermGenerator does by default (STEM_SOME): words as written, with their positions if
// asked, stems without, all in a Xapian::Document.
void AnalyzerEnglishIntoDocument(benchmark::State& state, bool positions) {
  Analyzer analyzer;
  std::string term;
  Measure(state, [&](const std::string& body) {
    Xapian::Document document;
    analyzer.Analyze(body, "en", [&](const Token& token) {
      term.assign(token.exact);
      if (positions) {
        document.add_posting(term, token.position);
      } else {
        document.add_term(term);
      }
      term.assign("Z").append(token.term);
      document.add_term(term);
    });
    return document.termlist_count();
  });
}
BENCHMARK_CAPTURE(AnalyzerEnglishIntoDocument, WithPositions, true);
BENCHMARK_CAPTURE(AnalyzerEnglishIntoDocument, WithoutPositions, false);

void AnalyzerEnglish(benchmark::State& state) {
  Analyzer analyzer;
  Measure(state,
          [&analyzer](const std::string& body) { return CountTokens(analyzer, body, "en"); });
}
BENCHMARK(AnalyzerEnglish);

void AnalyzerWithoutStemming(benchmark::State& state) {
  Analyzer analyzer;
  Measure(state, [&analyzer](const std::string& body) { return CountTokens(analyzer, body, ""); });
}
BENCHMARK(AnalyzerWithoutStemming);

// What a highlight needs of a text.
void AnalyzerPlaces(benchmark::State& state) {
  Analyzer analyzer;
  Measure(state, [&analyzer](const std::string& body) {
    size_t places = 0;
    analyzer.Locate(body, [&places](const Place& place) {
      benchmark::DoNotOptimize(place.begin);
      ++places;
      return true;
    });
    return places;
  });
}
BENCHMARK(AnalyzerPlaces);

// Every word goes through ICU or its cache.
void AnalyzerRussian(benchmark::State& state) {
  constexpr std::string_view kText =
      "Паром снова ходит. После трёх недель ремонта утренний рейс вышел в море по расписанию, и "
      "жители острова вернулись к привычной жизни. Мэр поблагодарил рабочих порта, которые "
      "трудились ночами, чтобы дети могли добраться до школы.\n\n";
  Analyzer analyzer;
  int64_t bytes = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(CountTokens(analyzer, kText, "ru"));
    bytes += static_cast<int64_t>(kText.size());
  }
  state.SetBytesProcessed(bytes);
}
BENCHMARK(AnalyzerRussian);

}  // namespace
