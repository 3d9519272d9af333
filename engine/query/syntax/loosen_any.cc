// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/loosen_any.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "engine/query/syntax/chain.h"
#include "engine/text/stop_words.h"

namespace broadsheet::query {
namespace {

class Loosener {
 public:
  Loosener(text::Analyzer& analyzer, const std::vector<std::string>& languages, WordForm usual)
      : analyzer_(analyzer), languages_(languages), usual_(usual) {}

  void Loosen(Node* node);
  bool IsUsualWord(const Node& node) const {
    return node.kind == NodeKind::kWord && node.form == usual_ && !node.field;
  }

 private:
  // Makes one word of those that are the same but for case.
  void MergeRepeats(std::vector<Node>* nodes);
  std::string FormOf(const Node& node);
  // The alternatives that replace `node`; empty when it has only stop words.
  std::vector<Node> AlternativesOf(const Node& node);
  bool IsStopWord(const text::QueryWord& word) const;

  text::Analyzer& analyzer_;
  const std::vector<std::string>& languages_;
  WordForm usual_;
};

Node WordLike(const Node& node, std::string text) {
  Node word = node;
  word.text = std::move(text);
  return word;
}

// Bounded by Limits::max_nesting, as the tree is.
void Loosener::Loosen(Node* node) {
  // NEAR asks for its words as they are written, wherever it stands.
  if (node->kind == NodeKind::kNear) return;
  for (Node& child : node->children) {
    if (child.kind == NodeKind::kAnd || child.kind == NodeKind::kOr) Loosen(&child);
  }
  if (node->kind != NodeKind::kOr) return;
  std::vector<Node> kept;
  for (const Node& child : node->children) {
    if (!IsUsualWord(child)) {
      kept.push_back(child);
      continue;
    }
    std::vector<Node> alternatives = AlternativesOf(child);
    std::move(alternatives.begin(), alternatives.end(), std::back_inserter(kept));
  }
  MergeRepeats(&kept);
  // A query of only stop words ("to be or not to be") keeps them all.
  if (!kept.empty()) node->children = std::move(kept);
}

std::vector<Node> Loosener::AlternativesOf(const Node& node) {
  const std::vector<text::QueryWord> words = text::AnalyzeQuery(analyzer_, node.text, languages_);
  // `node` is punctuation, which the compiler leaves out.
  if (words.empty()) return {node};
  std::vector<Node> alternatives;
  for (const text::QueryWord& word : words) {
    if (!word.whole_terms.empty()) {
      alternatives.push_back(WordLike(node, word.whole_terms.front()));
    }
    if (IsStopWord(word)) continue;
    const bool alone = words.size() == 1;
    alternatives.push_back(
        alone ? node : WordLike(node, node.text.substr(word.begin, word.end - word.begin)));
  }
  return alternatives;
}

void Loosener::MergeRepeats(std::vector<Node>* nodes) {
  std::map<std::string, size_t> first;
  std::vector<Node> merged;
  for (Node& node : *nodes) {
    const bool plain = node.kind == NodeKind::kWord && node.form == WordForm::kPlain && !node.field;
    const auto [known, is_new] =
        plain ? first.emplace(FormOf(node), merged.size()) : std::pair(first.end(), true);
    if (is_new) {
      merged.push_back(std::move(node));
    } else {
      merged[known->second].again.push_back(node.span.begin);
    }
  }
  *nodes = std::move(merged);
}

std::string Loosener::FormOf(const Node& node) {
  std::string form;
  for (const text::QueryWord& word : text::AnalyzeQuery(analyzer_, node.text, {})) {
    form += word.exact + ' ';
  }
  return form;
}

bool Loosener::IsStopWord(const text::QueryWord& word) const {
  return std::any_of(languages_.begin(), languages_.end(), [&word](const std::string& language) {
    return text::IsStopWord(language, word.terms.front());
  });
}

}  // namespace

void LoosenAnyWords(text::Analyzer& analyzer, const std::vector<std::string>& languages,
                    WordForm usual, Node* root) {
  Loosener loosener(analyzer, languages, usual);
  if (!loosener.IsUsualWord(*root)) {
    loosener.Loosen(root);
    return;
  }
  Node any{.kind = NodeKind::kOr, .span = root->span, .children = {*root}};
  loosener.Loosen(&any);
  *root = Combine(NodeKind::kOr, std::move(any.children));
}

}  // namespace broadsheet::query
