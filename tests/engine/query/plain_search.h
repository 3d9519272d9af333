// SPDX-License-Identifier: GPL-3.0-or-later
// The query language's words, phrases and NEAR by trying every combination: what a search is held
// against. It reads an article's own texts through the analyser, and shares nothing with the index,
// the token runs and the matcher.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "engine/query/syntax/ast.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// What stands at one position: a word and its alternatives.
struct PlainWord {
  struct Form {
    std::string term;
    std::string exact;
  };
  std::vector<Form> forms;
  int sentence = 0;
  int paragraph = 0;
};

// A headline, a body, one caption, one byline.
struct PlainText {
  schema::FieldId field;
  std::vector<PlainWord> positions;
};

using PlainArticle = std::vector<PlainText>;

PlainArticle ReadPlain(text::Analyzer& analyzer, const v1::Article& article);

// One query, which outlives it: a word, a phrase, NEAR, AND, OR or NOT. Not thread-safe.
class PlainSearch {
 public:
  // `languages` are those that the index stems queries in.
  PlainSearch(text::Analyzer& analyzer, const std::vector<std::string>& languages,
              const Node& query)
      : analyzer_(analyzer), languages_(languages), query_(query) {}

  bool Matches(const PlainArticle& article) { return Matches(query_, article); }

 private:
  using Position = std::function<bool(const PlainWord&)>;
  struct Span {
    size_t first;
    size_t last;
    size_t words;
  };

  // Words side by side, in each way in which the compounds among them may be written.
  using Spellings = std::vector<std::vector<Position>>;

  // `in_row`: beside other words of a phrase.
  Spellings WordsOf(const Node& word, bool in_row);
  const Spellings& PhraseOf(const Node& node);
  bool Matches(const Node& node, const PlainArticle& article);
  std::vector<Span> SpansOf(const Node& operand, const PlainText& text);
  static void AddSpans(const Node& operand, const std::vector<Position>& words,
                       const PlainText& text, std::vector<Span>* spans);
  bool NearIn(const Node& near, const PlainText& text);
  static bool IsNear(const Node& near, const PlainText& text, const std::vector<Span>& chosen);

  text::Analyzer& analyzer_;
  const std::vector<std::string>& languages_;
  const Node& query_;
  std::map<const Node*, Spellings> phrases_;  // analysed once
};

}  // namespace broadsheet::query
