// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/compile/telling_words.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/query/compile/ranked_word.h"

namespace broadsheet::query {
namespace {

bool IsUnmarkedWord(const Node& node) {
  return node.kind == NodeKind::kWord && !node.field &&
         (node.form == WordForm::kPlain || node.form == WordForm::kExact);
}

bool OnlyNarrows(const Node& node) {
  return node.kind == NodeKind::kNot || node.kind == NodeKind::kDate ||
         node.kind == NodeKind::kValue;
}

// The OR of words that is the query, but for what narrows it; null when there is none.
Node* AnyWordsOf(Node* root) {
  if (root->kind == NodeKind::kOr) return root;
  if (root->kind != NodeKind::kAnd) return nullptr;
  Node* any = nullptr;
  for (Node& child : root->children) {
    if (OnlyNarrows(child)) continue;
    if (child.kind != NodeKind::kOr || any != nullptr) return nullptr;
    any = &child;
  }
  return any;
}

// What the word adds to the score of an article that has it once; 0 if no article has it.
double WorthOf(const CompilerInput& input, const Node& node) {
  input.match.deadline.Poll();
  const Xapian::Database& database = input.match.snapshot.both();
  double articles_with = 0;
  for (const text::QueryWord& word :
       text::AnalyzeQuery(input.analyzer, node.text, input.languages)) {
    for (const std::string& term : word.terms) articles_with += database.get_termfreq(term);
  }
  if (articles_with == 0) return 0;
  return weights::Idf(articles_with, database.get_doccount()) *
         WeightOfRepeats(node.again.size() + 1);
}

}  // namespace

size_t KeepTellingWords(const CompilerInput& input, Node* root) {
  Node* const any = AnyWordsOf(root);
  if (any == nullptr) return 0;
  std::vector<Node>& parts = any->children;
  const auto words = static_cast<size_t>(std::count_if(parts.begin(), parts.end(), IsUnmarkedWord));
  if (words <= kTellingWords) return 0;
  std::vector<std::pair<double, size_t>> worths;  // and the number of the part
  for (size_t i = 0; i < parts.size(); ++i) {
    if (IsUnmarkedWord(parts[i])) worths.emplace_back(-WorthOf(input, parts[i]), i);
  }
  // Where words tell the same, the first ones stay.
  std::sort(worths.begin(), worths.end());
  std::vector<bool> left_out(parts.size());
  for (size_t i = kTellingWords; i < worths.size(); ++i) left_out[worths[i].second] = true;
  std::vector<Node> kept;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (!left_out[i]) kept.push_back(std::move(parts[i]));
  }
  parts = std::move(kept);
  return words;
}

}  // namespace broadsheet::query
