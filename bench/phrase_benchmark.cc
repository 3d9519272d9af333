// SPDX-License-Identifier: GPL-3.0-or-later
// Phrases in token runs against phrases in Xapian's own positions: the same articles, terms,
// weights and queries, measured by turns in one run.
//
//   BROADSHEET_SHARED=../shared build/bin/phrase_benchmark --folder /tmp/phrases
//
// Times are CPU microseconds of one thread, the best of some rounds. First pages are asked for as a
// search by relevance does, with totals checked up to 1,000 hits on both sides. Hit counts must be
// equal, or the exit status is 1.
#include <time.h>
#include <xapian.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "bench/corpus.h"
#include "engine/indexing/document/document_terms.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/match/folded_weight.h"
#include "engine/query/match/late_checks.h"
#include "engine/query/match/posting_sources.h"
#include "engine/schema/article_language.h"
#include "engine/storage/index/layout.h"
#include "engine/text/analyzer.h"
#include "tests/testing/index_build.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::bench {
namespace {

namespace fs = std::filesystem;
using Phrase = std::vector<std::string>;

struct Options {
  std::string folder;
  size_t articles = 100'000;
  size_t phrases = 600;
  int rounds = 5;
  bool early = false;
  std::vector<std::string> named = {"of the",     "the of",    "in the",    "prime minist",
                                    "unit state", "to be the", "senat said"};
};

void Must(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << "phrase_benchmark: " << status << "\n";
  std::exit(2);
}
template <typename T>
T Must(absl::StatusOr<T> value) {
  Must(value.status());
  return *std::move(value);
}

void BuildIndex(const fs::path& index, size_t count) {
  auto build = Must(testing::IndexBuild::Start({.index = index}));
  // An article without text is refused, which is no failure here.
  for (const v1::Article& article : LoadCorpus(count).articles) build->Add(article).IgnoreError();
  Must(build->Publish());
}

// The texts of the default search, as a build takes them.
template <typename Visit>
void ForEachText(const v1::Article& article, Visit visit) {
  visit(article.headline());
  visit(article.summary());
  visit(article.body());
  for (const v1::Caption& caption : article.captions()) visit(caption.text());
  for (const std::string& tag : article.tags()) visit(tag);
  for (const v1::Byline& byline : article.bylines()) visit(byline.name());
}

std::string_view LanguageOf(const v1::Article& article, const storage::Generation& generation) {
  return schema::AnalysisLanguage(article, generation.manifest().assumed_language.tag);
}

// The same documents in the same order, with positions, compacted like base.
void BuildGlass(const storage::Generation& generation, const fs::path& folder) {
  const fs::path raw = folder.string() + ".raw";
  Xapian::WritableDatabase database(raw.string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC);
  indexing::DocumentAnalyzer terms(generation.manifest().token_seed,
                                   generation.manifest().assumed_language.tag);
  text::Analyzer analyzer;
  for (uint32_t docid = 1; docid <= generation.manifest().articles; ++docid) {
    const v1::Article article = Must(generation.articles().Read(docid));
    Xapian::Document document;
    for (const indexing::DocumentTerm& term : terms.Analyze(article).terms) {
      document.add_term(std::string(term.term), term.wdf);
    }
    Xapian::termpos begin = 1;
    const std::string_view language = LanguageOf(article, generation);
    ForEachText(article, [&](const std::string& text) {
      Xapian::termpos end = begin;
      analyzer.Analyze(text, language, [&](const text::Token& token) {
        end = begin + token.position + 1;
        document.add_posting(std::string(token.term), begin + token.position, 0);
      });
      begin = end + 1;  // no phrase from one text into the next
    });
    database.add_document(document);
  }
  database.commit();
  database.compact(folder.string());
  fs::remove_all(raw);
}

// Two or three words in a row of random places of random articles.
std::set<Phrase> SamplePhrases(const storage::Generation& generation, size_t count) {
  std::mt19937 random(20240619);
  text::Analyzer analyzer;
  std::set<Phrase> phrases;
  for (size_t tries = 0; phrases.size() < count && tries < 20 * count; ++tries) {
    const auto docid = static_cast<uint32_t>(1 + random() % generation.manifest().articles);
    const v1::Article article = Must(generation.articles().Read(docid));
    Phrase words;
    analyzer.Analyze(article.body(), LanguageOf(article, generation),
                     [&](const text::Token& token) {
                       if (!token.alternative) words.emplace_back(token.term);
                     });
    const size_t length = 2 + random() % 2;
    if (words.size() < length) continue;
    const auto first =
        words.begin() + static_cast<ptrdiff_t>(random() % (words.size() - length + 1));
    phrases.insert(Phrase(first, first + static_cast<ptrdiff_t>(length)));
  }
  return phrases;
}

double Micros(const std::function<void()>& run, int rounds) {
  double best = 0;
  for (int round = 0; round < rounds; ++round) {
    timespec before;
    timespec after;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
    run();
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
    const double micros = static_cast<double>(after.tv_sec - before.tv_sec) * 1e6 +
                          static_cast<double>(after.tv_nsec - before.tv_nsec) / 1e3;
    if (round == 0 || micros < best) best = micros;
  }
  return best;
}

// A phrase as one side asks for it: whole, or its candidates with checks for later.
struct Question {
  Xapian::Query whole;
  Xapian::Query candidates;
  std::vector<query::TokenConstraint> checks = {};
};

// One side: how it asks for a phrase, and of what database.
struct Engine {
  const Xapian::Database& database;
  query::MatchContext& context;
  std::function<Question(const Phrase&)> question;

  // The first page by relevance, with the total checked as far as a search checks it.
  void FirstPage(const Question& asked) const {
    Xapian::Enquire enquire(database);
    query::LateChecks checks(context, asked.checks);
    enquire.set_query(checks.Watched(asked.candidates));
    enquire.set_weighting_scheme(query::FoldedWeight());
    enquire.get_mset(0, 11, 1000, nullptr, checks.decider());
  }
  Xapian::doccount Count(const Question& asked) const {
    Xapian::Enquire enquire(database);
    enquire.set_query(asked.whole);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    return enquire.get_mset(0, 0, database.get_doccount()).get_matches_lower_bound();
  }
};

struct Times {
  std::vector<double> ours;
  std::vector<double> glass;

  void Add(double our, double theirs) {
    ours.push_back(our);
    glass.push_back(theirs);
  }
};

double At(std::vector<double> micros, double share) {
  std::sort(micros.begin(), micros.end());
  return micros[static_cast<size_t>(share * static_cast<double>(micros.size() - 1))];
}
double Mean(const std::vector<double>& micros) {
  double sum = 0;
  for (const double one : micros) sum += one;
  return sum / static_cast<double>(micros.size());
}

void PrintRow(const std::string& name, double ours, double glass) {
  absl::PrintF("| %s | %.1f | %.1f | %.2f |\n", name, ours, glass, ours / glass);
}
void PrintTimes(const std::string& name, const Times& times) {
  PrintRow(name + ", mean", Mean(times.ours), Mean(times.glass));
  PrintRow(name + ", p50", At(times.ours, .5), At(times.glass, .5));
  PrintRow(name + ", p99", At(times.ours, .99), At(times.glass, .99));
}

class Comparison {
 public:
  Comparison(const Engine& ours, const Engine& glass, int rounds)
      : ours_(ours), glass_(glass), rounds_(rounds) {
    absl::PrintF("| CPU µs | token runs | glass positions | ratio |\n|---|---|---|---|\n");
  }

  void Named(const Phrase& phrase) {
    const std::string name = "\"" + absl::StrJoin(phrase, " ") + "\"";
    Times pages;
    Times counts;
    const Xapian::doccount hits = Measure(phrase, &pages, &counts);
    PrintRow(absl::StrFormat("%s (%d hits), first page", name, hits), pages.ours[0],
             pages.glass[0]);
    PrintRow(name + ", exact count", counts.ours[0], counts.glass[0]);
  }

  void Mix(const std::set<Phrase>& phrases) {
    Times pages;
    Times counts;
    for (const Phrase& phrase : phrases) Measure(phrase, &pages, &counts);
    const std::string name = absl::StrFormat("mix of %d", phrases.size());
    PrintTimes(name + ", first page", pages);
    PrintTimes(name + ", exact count", counts);
  }

  bool equal() const { return equal_; }

 private:
  Xapian::doccount Measure(const Phrase& phrase, Times* pages, Times* counts) {
    const Question our = ours_.question(phrase);
    const Question their = glass_.question(phrase);
    const Xapian::doccount hits = ours_.Count(our);
    const Xapian::doccount glass_hits = glass_.Count(their);
    if (hits != glass_hits) {
      equal_ = false;
      std::cerr << "\"" << absl::StrJoin(phrase, " ") << "\": " << hits << " hits, glass has "
                << glass_hits << "\n";
    }
    pages->Add(Micros([&] { ours_.FirstPage(our); }, rounds_),
               Micros([&] { glass_.FirstPage(their); }, rounds_));
    counts->Add(Micros([&] { ours_.Count(our); }, rounds_),
                Micros([&] { glass_.Count(their); }, rounds_));
    return hits;
  }

  const Engine& ours_;
  const Engine& glass_;
  int rounds_;
  bool equal_ = true;
};

// What the compiler makes of a phrase whose words stand for one term each.
Question TokenQuestion(query::MatchContext& context, const Phrase& phrase, bool early) {
  query::PhrasePattern pattern;
  std::vector<Xapian::Query> terms;
  for (const std::string& term : phrase) {
    terms.emplace_back(term);
    pattern.words.push_back(
        {.terms = {storage::HashTerm(term, context.snapshot.generation().manifest().token_seed)},
         .exact = {},
         .frequency = context.snapshot.both().get_termfreq(term)});
  }
  const query::TokenConstraint constraint{.fields = query::DefaultFields(),
                                          .operands = {{pattern}}};
  const Xapian::Query candidates(Xapian::Query::OP_AND, terms.begin(), terms.end());
  const Xapian::Query whole =
      query::FilteredBy(candidates, new query::TokenSource(context, constraint));
  if (early) return {.whole = whole, .candidates = whole};
  return {.whole = whole, .candidates = candidates, .checks = {constraint}};
}

Question GlassQuestion(const Phrase& phrase) {
  const Xapian::Query query(Xapian::Query::OP_PHRASE, phrase.begin(), phrase.end());
  return {.whole = query, .candidates = query};
}

bool Compare(const Options& options, std::shared_ptr<const storage::Generation> generation,
             const fs::path& glass_folder) {
  const std::unique_ptr<storage::Snapshot> snapshot = Must(storage::Snapshot::Open(generation));
  const Xapian::Database glass_database(glass_folder.string());
  const base::CallControl call{.deadline = absl::Now() + absl::Hours(1), .cancelled = {}};
  base::Deadline deadline(call);
  query::MatchContext context{*snapshot, deadline};
  const Engine ours{snapshot->both(), context,
                    [&](const Phrase& p) { return TokenQuestion(context, p, options.early); }};
  const Engine glass{glass_database, context, GlassQuestion};
  Comparison comparison(ours, glass, options.rounds);
  for (const std::string& phrase : options.named) {
    comparison.Named(absl::StrSplit(phrase, ' ', absl::SkipEmpty()));
  }
  if (options.phrases > 0) comparison.Mix(SamplePhrases(*generation, options.phrases));
  return comparison.equal();
}

int Main(int argc, char** argv) {
  CLI::App app("phrase_benchmark: token runs against glass positions", "phrase_benchmark");
  Options options;
  app.add_option("--folder", options.folder, "Keep both indexes here, and use them when there");
  app.add_option("--articles", options.articles, "How many articles")->capture_default_str();
  app.add_option("--phrases", options.phrases, "How many phrases in the mix")
      ->capture_default_str();
  app.add_option("--rounds", options.rounds, "Of which the best counts")->capture_default_str();
  app.add_option("--named", options.named, "Phrases shown by themselves, in terms of the index")
      ->delimiter(',');
  app.add_flag("--early", options.early,
               "First pages check as below an OR or a NOT: before the weight is known");
  CLI11_PARSE(app, argc, argv);
  const testing::TempDir temporary;
  const fs::path folder = options.folder.empty() ? temporary.path() : fs::path(options.folder);
  const storage::Layout layout(folder / "index");
  if (!fs::exists(folder / "index")) BuildIndex(folder / "index", options.articles);
  const auto generation = Must(storage::Generation::OpenCurrent(layout));
  if (!fs::exists(folder / "glass")) BuildGlass(*generation, folder / "glass");
  return Compare(options, generation, folder / "glass") ? 0 : 1;
}

}  // namespace
}  // namespace broadsheet::bench

int main(int argc, char** argv) { return broadsheet::bench::Main(argc, argv); }
