// SPDX-License-Identifier: GPL-3.0-or-later
// Turns text into index terms. One analyser serves indexing, queries and highlights: it decides
// about each word in one place, so the three always agree.
//
//   Analyzer analyzer;
//   analyzer.Analyze("Kim’s café", "en", [](const Token& token) {
//     // term "kim" exact "kim" position 0, then term "cafe" exact "café" position 1
//   });
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "engine/text/token.h"

namespace broadsheet::text {

// Raised whenever the same text would give other terms, weights or token runs. It is written to
// MANIFEST, and an index of another version is refused with the command that rebuilds it.
inline constexpr int kAnalyzerVersion = 3;

// Not thread-safe: holds stemmers and a cache of stems. Use one for each thread; it is costly to
// make (some hundred microseconds) and cheap to keep (a few MB at most).
class Analyzer {
 public:
  Analyzer();
  ~Analyzer();
  Analyzer(const Analyzer&) = delete;
  Analyzer& operator=(const Analyzer&) = delete;

  // Calls `sink` for each token of `text` in reading order. `language` is a BCP 47 tag; its primary
  // subtag chooses the Snowball stemmer, and an empty, unknown or unsupported one means no
  // stemming. Invalid UTF-8 never fails: each bad sequence ends a word. Positions count up to the
  // number of words; offsets wrap past 4 GiB, so callers bound a text's size first.
  void Analyze(std::string_view text, std::string_view language,
               absl::FunctionRef<void(const Token&)> sink);

  // Calls `sink` with the place of each token that Analyze delivers, in the same order, until
  // `sink` returns false. Does a fraction of Analyze's work: plain words are only counted, not
  // copied, stemmed or looked up. The language makes no difference to places.
  void Locate(std::string_view text, absl::FunctionRef<bool(const Place&)> sink);

 private:
  friend std::vector<struct QueryWord> AnalyzeQuery(Analyzer& analyzer, std::string_view text,
                                                    const std::vector<std::string>& languages);

  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A word of a query with every term it may stand for in the index.
struct QueryWord {
  // Distinct terms, the folded form first, then its stem in each of the languages asked for.
  std::vector<std::string> terms;
  std::string exact;
  // For a word too long for a term (long_word.h): what word* and word~ compare in place of `terms`,
  // which have a hash of the whole. Empty for all other words.
  std::string beginning;
  // On the first part of a compound ("covid" of "COVID-19"): the terms of the whole without its
  // joiners ("covid19"), which the index has where an article wrote it as one word. They are an
  // alternative to the phrase of this word and those that continue it. Empty for all other words.
  std::vector<std::string> whole_terms;
  // The number at the end of a word of letters and a number: "16" of "F16". An article that writes
  // "F-16" has "f16" at the position of "F", and the number at the next. Empty for all other words.
  std::string number;
  uint32_t whole_end = 0;  // the whole stands for the words from this one up to this byte
  uint32_t begin = 0;      // bytes [begin, end) of the analysed text
  uint32_t end = 0;
  bool continues_word = false;  // as in Token: such words are matched as a phrase
};

// Analyses query text for an index that holds articles in `languages`: a query's own language is
// never guessed. Alternatives are left out; positions are the indices of the result.
std::vector<QueryWord> AnalyzeQuery(Analyzer& analyzer, std::string_view text,
                                    const std::vector<std::string>& languages);

// True if `language` (BCP 47) has a stemmer.
bool HasStemmer(std::string_view language);

}  // namespace broadsheet::text
