// SPDX-License-Identifier: GPL-3.0-or-later
// BM25 as people have it with Lucene's defaults, to compare our ranking with: k1 1.2, b .75,
// Lucene's idf, English stemming, Lucene's 33 stop words dropped, and headline and text as one
// field.
//
//   build/bin/bm25_reference --queries queries.jsonl < docs.jsonl > run
//
// Documents are JSON lines {"id", "title", "text"}, queries {"id", "text"}; what comes out is a run
// as of TREC: query, Q0, document, rank, score, and how the query was matched, "any" or "all".
// bench/relevance and bench/known_items call it for their option --reference. Xapian matches;
// nothing of the engine takes part.
#include <simdjson.h>
#include <unicode/brkiter.h>
#include <unicode/unistr.h>
#include <xapian.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::bench {
namespace {

// tf / (tf + k1 (1 - b + b length / average length)) times the idf, for each time that the query
// has the word. Xapian's own BM25 has another idf. Lucene keeps lengths above 39 words in less than
// eight bits; here they are exact.
class LuceneWeight : public Xapian::Weight {
 public:
  LuceneWeight() {
    for (const stat_flags needed :
         {COLLECTION_SIZE, AVERAGE_LENGTH, TERMFREQ, WQF, WDF, WDF_MAX, DOC_LENGTH}) {
      need_stat(needed);
    }
  }
  std::string name() const override { return "LuceneWeight"; }
  LuceneWeight* clone() const override { return new LuceneWeight(); }
  void init(double factor) override {
    const double without = get_collection_size() - get_termfreq();
    most_ = factor * get_wqf() * std::log1p((without + 0.5) / (get_termfreq() + 0.5));
  }
  double get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                     Xapian::termcount /*unique_terms*/) const override {
    if (wdf == 0) return 0;
    return most_ * wdf / (wdf + kK1 * (1 - kB + kB * length / get_average_length()));
  }
  double get_maxpart() const override { return most_; }
  double get_sumextra(Xapian::termcount /*length*/, Xapian::termcount) const override { return 0; }
  double get_maxextra() const override { return 0; }

 private:
  static constexpr double kK1 = 1.2;
  static constexpr double kB = 0.75;

  double most_ = 0;
};

// Lucene's English stop words.
constexpr std::array<std::string_view, 33> kStopWords = {
    "a",   "an",    "and",  "are",   "as",    "at",   "be",   "but", "by",  "for",  "if",
    "in",  "into",  "is",   "it",    "no",    "not",  "of",   "on",  "or",  "such", "that",
    "the", "their", "then", "there", "these", "they", "this", "to",  "was", "will", "with"};

// Makes terms of documents and queries alike, as Lucene's EnglishAnalyzer does: words by Unicode's
// rules, lower case, without 's, without stop words, stemmed.
class Words {
 public:
  Words() : breaks_(icu::BreakIterator::createWordInstance(icu::Locale::getEnglish(), status_)) {
    if (U_FAILURE(status_)) throw std::runtime_error(u_errorName(status_));
  }

  void AddTo(Xapian::Document* document, std::string_view utf8) {
    const icu::UnicodeString text = icu::UnicodeString::fromUTF8(utf8).toLower();
    breaks_->setText(text);
    int32_t start = breaks_->first();
    for (int32_t end = breaks_->next(); end != icu::BreakIterator::DONE; end = breaks_->next()) {
      if (breaks_->getRuleStatus() >= UBRK_WORD_NONE_LIMIT) {
        AddWord(document, text.tempSubStringBetween(start, end));
      }
      start = end;
    }
  }

 private:
  // Xapian takes terms of up to 245 bytes.
  static constexpr size_t kMaxBytes = 200;

  void AddWord(Xapian::Document* document, icu::UnicodeString word) {
    word.findAndReplace(u"\u2019", u"'");
    if (word.endsWith(u"'s")) word.truncate(word.length() - 2);
    std::string folded;
    word.toUTF8String(folded);
    if (folded.empty() || folded.size() > kMaxBytes) return;
    if (std::ranges::binary_search(kStopWords, folded)) return;
    document->add_term(stem_(folded));
  }

  UErrorCode status_ = U_ZERO_ERROR;
  std::unique_ptr<icu::BreakIterator> breaks_;
  Xapian::Stem stem_{"english"};
};

std::string Text(simdjson::dom::element record, std::string_view name) {
  std::string_view text;
  return record[name].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

template <typename Visit>
void ForEachRecord(std::istream& lines, Visit visit) {
  simdjson::dom::parser parser;
  for (std::string line; std::getline(lines, line);) {
    // simdjson has its own exception for a line that is no JSON.
    visit(parser.parse(line).value());
  }
}

void Index(std::istream& lines, Words& words, Xapian::WritableDatabase& database) {
  ForEachRecord(lines, [&](simdjson::dom::element record) {
    Xapian::Document document;
    document.set_data(Text(record, "id"));
    words.AddTo(&document, Text(record, "title"));
    words.AddTo(&document, Text(record, "text"));
    database.add_document(document);
  });
  database.commit();
}

Xapian::Query ParseQuery(std::string_view text, Xapian::Query::op op, Words& words) {
  Xapian::Document document;
  words.AddTo(&document, text);
  std::vector<Xapian::Query> terms;
  for (auto term = document.termlist_begin(); term != document.termlist_end(); ++term) {
    terms.emplace_back(*term, term.get_wdf());
  }
  return {op, terms.begin(), terms.end()};
}

void Answer(std::string_view query_id, const Xapian::Query& query, std::string_view match,
            Xapian::doccount depth, const Xapian::Database& database) {
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(LuceneWeight());
  enquire.set_query(query);
  const Xapian::MSet hits = enquire.get_mset(0, depth);
  for (auto hit = hits.begin(); hit != hits.end(); ++hit) {
    std::cout << absl::StrFormat("%s Q0 %s %d %.6f %s\n", query_id, hit.get_document().get_data(),
                                 hit.get_rank() + 1, hit.get_weight(), match);
  }
}

struct ReferenceOptions {
  std::string queries;
  std::vector<std::string> matches = {"any"};
  Xapian::doccount depth = 100;
};

void Run(const ReferenceOptions& options) {
  const testing::TempDir folder;
  Xapian::WritableDatabase database(
      (folder.path() / "index").string(),
      Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_SYNC | Xapian::DB_DANGEROUS);
  Words words;
  Index(std::cin, words, database);
  for (const std::string& match : options.matches) {
    const auto op = match == "all" ? Xapian::Query::OP_AND : Xapian::Query::OP_OR;
    std::ifstream queries(options.queries);
    ForEachRecord(queries, [&](simdjson::dom::element record) {
      const Xapian::Query query = ParseQuery(Text(record, "text"), op, words);
      Answer(Text(record, "id"), query, match, options.depth, database);
    });
  }
}

int Main(int argc, char** argv) {
  CLI::App app("bm25_reference: a run of BM25 with Lucene's defaults", "bm25_reference");
  ReferenceOptions options;
  app.add_option("--queries", options.queries, "JSON lines {id, text}")
      ->required()
      ->check(CLI::ExistingFile);
  app.add_option("--match", options.matches, "How many of a query's words have to match, or both")
      ->delimiter(',')
      ->check(CLI::IsMember({"any", "all"}))
      ->capture_default_str();
  app.add_option("--depth", options.depth, "Hits of a query at most")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    Run(options);
  } catch (const Xapian::Error& error) {
    std::cerr << "bm25_reference: " << error.get_description() << "\n";
    return 2;
  } catch (const std::exception& error) {
    std::cerr << "bm25_reference: " << error.what() << "\n";
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace broadsheet::bench

int main(int argc, char** argv) { return broadsheet::bench::Main(argc, argv); }
