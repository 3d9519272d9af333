// SPDX-License-Identifier: GPL-3.0-or-later
// Words that mean the same, as a file of the admin says, and the change that they make to a query.
//
//   # Lines that begin with # and blank lines are passed over.
//   usa, united states, united states of america
//   [en]
//   flat => apartment, condo
//
// Words and rows of words between commas find each other. Those before => find those behind it as
// well, and not the other way round. Lines below [en] hold for words of English, lines below [*] or
// before any such heading for all languages.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/query/syntax/ast.h"
#include "engine/query/syntax/parser.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

// Immutable once made, so safe from any thread.
class Synonyms {
 public:
  // What one word, or a row of words, stands for besides itself.
  struct Rule {
    std::vector<std::string> words;         // as terms, in the stems of the rule's language
    std::vector<std::string> alternatives;  // as the file has them
  };

  Synonyms() = default;

  // Reads the text of a file. INVALID_ARGUMENT names the line and what is wrong with it: no UTF-8,
  // a heading that names no language, a line that says nothing of any word, more words in a row
  // than kMostWords, more alternatives than kMostAlternatives.
  static absl::StatusOr<Synonyms> Parse(std::string_view text, text::Analyzer& analyzer);

  bool empty() const { return rules_.empty(); }

  // The rules of `language` (a BCP 47 tag, or kEveryLanguage) whose first word is `word`, those of
  // most words first; null when there are none.
  const std::vector<Rule>* Find(const std::string& language, const std::string& word) const;

  // The words of a text as rules have them.
  static std::vector<std::string> WordsOf(std::string_view text, const std::string& language,
                                          text::Analyzer& analyzer);

  static constexpr std::string_view kEveryLanguage = "*";
  static constexpr size_t kMostWords = 8;
  static constexpr size_t kMostAlternatives = 32;

 private:
  friend class SynonymReader;

  std::map<std::pair<std::string, std::string>, std::vector<Rule>> rules_;
};

// Gives each plain word of `root`, and each row of them that `match` joins, the alternatives that
// it has in one of `languages` or in all: it becomes an OR with Node::same_meaning, whose first
// child is what was typed. Words in quotes, with marks, and of NEAR stay as they are typed. Of
// several rules the one for most words holds.
void AddSynonyms(const Synonyms& synonyms, MatchMode match,
                 const std::vector<std::string>& languages, text::Analyzer& analyzer, Node* root);

}  // namespace broadsheet::query
