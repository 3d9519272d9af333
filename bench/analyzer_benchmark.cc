// SPDX-License-Identifier: GPL-3.0-or-later
// How fast text becomes terms: the analyser beside Xapian's TermGenerator on the same text, both
// with the English Snowball stemmer, article by article.
//
//   build/bin/analyzer_benchmark
//
// The text is the project's own samples. Set BROADSHEET_BENCH_JSONL to a file of articles (JSON
// lines with a `body`) to measure on that: its first 16 MB are used, so that a vocabulary larger
// than the stem cache's comfort is measured too.
#include <benchmark/benchmark.h>
#include <simdjson.h>
#include <xapian.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/analyzer.h"

namespace {

using broadsheet::text::Analyzer;
using broadsheet::text::Place;
using broadsheet::text::Token;

constexpr size_t kMaxBytes = 16 << 20;

void AppendBodies(const std::filesystem::path& path, std::vector<std::string>* bodies) {
  std::ifstream file(path);
  simdjson::dom::parser parser;
  size_t bytes = 0;
  for (std::string line; bytes < kMaxBytes && std::getline(file, line);) {
    simdjson::dom::element row;
    std::string_view body;
    if (parser.parse(line).get(row) != simdjson::SUCCESS) continue;
    if (row["body"].get(body) != simdjson::SUCCESS) continue;
    bodies->emplace_back(body);
    bytes += body.size();
  }
}

std::vector<std::string> LoadBodies() {
  std::vector<std::string> bodies;
  if (const char* path = std::getenv("BROADSHEET_BENCH_JSONL")) {
    AppendBodies(path, &bodies);
  } else {
    const std::filesystem::path samples =
        std::filesystem::path(BROADSHEET_SOURCE_DIR) / "examples" / "articles";
    AppendBodies(samples / "harbour-times.jsonl", &bodies);
    AppendBodies(samples / "agency-wire.jsonl", &bodies);
  }
  if (bodies.empty()) {
    std::cerr << "analyzer_benchmark: no articles to measure on\n";
    std::exit(1);
  }
  return bodies;
}

const std::vector<std::string>& Bodies() {
  static const auto* const bodies = new std::vector<std::string>(LoadBodies());
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

// As one would use it for an index with phrases.
void TermGeneratorEnglish(benchmark::State& state) {
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("en"));
  Measure(state, [&generator](const std::string& body) {
    Xapian::Document document;
    generator.set_document(document);
    generator.index_text(body);
    return document.termlist_count();
  });
}
BENCHMARK(TermGeneratorEnglish);

// The least it can be asked to do. Unlike ours it says nothing of where words stand then.
void TermGeneratorEnglishWithoutPositions(benchmark::State& state) {
  Xapian::TermGenerator generator;
  generator.set_stemmer(Xapian::Stem("en"));
  Measure(state, [&generator](const std::string& body) {
    Xapian::Document document;
    generator.set_document(document);
    generator.index_text_without_positions(body);
    return document.termlist_count();
  });
}
BENCHMARK(TermGeneratorEnglishWithoutPositions);

// Does what TermGenerator does by default (STEM_SOME): words as written with their positions, stems
// without, all in a Xapian::Document.
void AnalyzerEnglishIntoDocumentWithPositions(benchmark::State& state) {
  Analyzer analyzer;
  std::string term;
  Measure(state, [&](const std::string& body) {
    Xapian::Document document;
    analyzer.Analyze(body, "en", [&](const Token& token) {
      term.assign(token.exact);
      document.add_posting(term, token.position);
      term.assign("Z").append(token.term);
      document.add_term(term);
    });
    return document.termlist_count();
  });
}
BENCHMARK(AnalyzerEnglishIntoDocumentWithPositions);

// As above, without positions.
void AnalyzerEnglishIntoDocument(benchmark::State& state) {
  Analyzer analyzer;
  std::string term;
  Measure(state, [&](const std::string& body) {
    Xapian::Document document;
    analyzer.Analyze(body, "en", [&](const Token& token) {
      term.assign(token.exact);
      document.add_term(term);
      term.assign("Z").append(token.term);
      document.add_term(term);
    });
    return document.termlist_count();
  });
}
BENCHMARK(AnalyzerEnglishIntoDocument);

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
