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
  // The alternatives that replace `node`; empty when it has only stop words.
  std::vector<Node> AlternativesOf(const Node& node);
  bool IsStopWord(const text::QueryWord& word) const;
  // Makes one word of those that are the same, whatever their case.
  void MergeRepeats(std::vector<Node>* nodes);
  // The same for words that are the same.
  std::string IdentityOf(const Node& node);

  text::Analyzer& analyzer_;
  const std::vector<std::string>& languages_;
  WordForm usual_;
};

// Whether the node is a word that stands for itself alone.
bool IsOneWord(const Node& node) {
  return node.kind == NodeKind::kWord && !node.field &&
         (node.form == WordForm::kPlain || node.form == WordForm::kExact);
}

// Makes `a OR b OR c` of `a OR (b OR c)`.
void Flatten(Node* node) {
  std::vector<Node> flat;
  for (Node& child : node->children) {
    if (child.kind != NodeKind::kOr || child.same_meaning) {
      flat.push_back(std::move(child));
      continue;
    }
    Flatten(&child);
    std::move(child.children.begin(), child.children.end(), std::back_inserter(flat));
  }
  node->children = std::move(flat);
}

Node WordLike(const Node& node, std::string text) {
  Node word = node;
  word.text = std::move(text);
  return word;
}

// Bounded by Limits::max_nesting, as the tree is.
void Loosener::Loosen(Node* node) {
  // NEAR asks for its words as they are written, wherever it stands.
  if (node->kind == NodeKind::kNear) return;
  if (node->same_meaning) {
    Loosen(&node->children.front());
    return;
  }
  if (node->kind == NodeKind::kOr) Flatten(node);
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
  // A query of only stop words ("to be or not to be") keeps them all.
  if (!kept.empty()) node->children = std::move(kept);
  MergeRepeats(&node->children);
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

bool Loosener::IsStopWord(const text::QueryWord& word) const {
  return std::any_of(languages_.begin(), languages_.end(), [&word](const std::string& language) {
    return text::IsStopWord(language, word.terms.front());
  });
}

void Loosener::MergeRepeats(std::vector<Node>* nodes) {
  std::map<std::string, size_t> first;
  std::vector<Node> merged;
  for (Node& node : *nodes) {
    if (IsOneWord(node)) {
      const auto [known, is_new] = first.emplace(IdentityOf(node), merged.size());
      if (!is_new) {
        merged[known->second].again.push_back(node.span.begin);
        continue;
      }
    }
    merged.push_back(std::move(node));
  }
  *nodes = std::move(merged);
}

std::string Loosener::IdentityOf(const Node& node) {
  std::string identity = node.form == WordForm::kExact ? "=" : "";
  for (const text::QueryWord& word : text::AnalyzeQuery(analyzer_, node.text, languages_)) {
    // The exact form does not tell "US" from "us", nor the term "café" from "cafe".
    identity += word.terms.front() + " " + word.exact + " ";
  }
  return identity;
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
