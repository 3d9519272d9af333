// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/invariants/smallest.h"

#include <functional>
#include <utility>
#include <vector>

namespace broadsheet::query::invariants {
namespace {

// How many children a node has at least.
size_t FewestChildren(NodeKind kind) {
  switch (kind) {
    case NodeKind::kAnd:
    case NodeKind::kOr:
    case NodeKind::kNear:
      return 2;
    default:
      return 1;
  }
}

void DropField(Node* node) {
  node->field.reset();
  for (Node& child : node->children) DropField(&child);
}

// A tree with a mark less, where `node` has one.
std::vector<Node> WithoutAMark(const Node& node) {
  std::vector<Node> forms;
  const auto change = [&](auto edit) {
    Node copy = node;
    edit(&copy);
    forms.push_back(std::move(copy));
  };
  const bool words = node.kind == NodeKind::kWord || node.kind == NodeKind::kPhrase ||
                     node.kind == NodeKind::kNear;
  if (words && node.field) change(DropField);
  if (node.form != WordForm::kPlain) change([](Node* copy) { copy->form = WordForm::kPlain; });
  const int least = node.kind == NodeKind::kNear && node.unit == NearUnit::kWords ? 1 : 0;
  if (node.distance > least) change([&](Node* copy) { copy->distance = least; });
  if (node.ordered) change([](Node* copy) { copy->ordered = false; });
  if (words && node.kind != NodeKind::kWord) return forms;
  if (node.kind == NodeKind::kWord && node.text.size() > 8) {
    change([](Node* copy) { copy->text = "ferry"; });
  }
  return forms;
}

// Every tree that has a part or a mark less than `node`.
std::vector<Node> SmallerTrees(const Node& node) {
  std::vector<Node> trees = node.children;
  for (size_t i = 0; i < node.children.size(); ++i) {
    if (node.children.size() > FewestChildren(node.kind)) {
      Node copy = node;
      copy.children.erase(copy.children.begin() + static_cast<std::ptrdiff_t>(i));
      trees.push_back(std::move(copy));
    }
    // A group in NEAR may have one of its words in its place.
    for (Node& smaller : SmallerTrees(node.children[i])) {
      Node copy = node;
      copy.children[i] = std::move(smaller);
      trees.push_back(std::move(copy));
    }
  }
  for (Node& form : WithoutAMark(node)) trees.push_back(std::move(form));
  return trees;
}

std::vector<Question> WithASettingLess(const Question& question) {
  std::vector<Question> simpler;
  const auto change = [&](auto edit) {
    Question copy = question;
    edit(&copy);
    simpler.push_back(std::move(copy));
  };
  if (question.filter.ByteSizeLong() > 0) change([](Question* copy) { copy->filter.Clear(); });
  if (question.exact_total) change([](Question* copy) { copy->exact_total = false; });
  if (!question.all_words()) change([](Question* copy) { copy->match = v1::MATCH_MODE_ALL; });
  if (!question.is_ranked()) change([](Question* copy) { copy->sort = v1::SORT_ORDER_RELEVANCE; });
  if (question.profile != "plain") change([](Question* copy) { copy->profile = "plain"; });
  return simpler;
}

std::vector<Question> Simpler(const Question& question) {
  std::vector<Question> all;
  for (Node& tree : SmallerTrees(question.query)) all.push_back(question.With(std::move(tree)));
  for (Node& tree : SmallerTrees(question.other)) {
    Question copy = question;
    copy.other = std::move(tree);
    all.push_back(std::move(copy));
  }
  for (Question& simpler : WithASettingLess(question)) all.push_back(std::move(simpler));
  return all;
}

}  // namespace

Question Smallest(Question question, absl::FunctionRef<bool(const Question&)> breaks) {
  // Each step leaves something out, so this ends.
  for (bool reduced = true; reduced;) {
    reduced = false;
    for (Question& simpler : Simpler(question)) {
      if (!breaks(simpler)) continue;
      question = std::move(simpler);
      reduced = true;
      break;
    }
  }
  return question;
}

Question SmallestTyped(Question question, absl::FunctionRef<bool(const Question&)> breaks) {
  for (size_t run = question.typed.size() / 2; run > 0; run /= 2) {
    for (size_t at = 0; at + run <= question.typed.size();) {
      Question shorter = question;
      shorter.typed.erase(at, run);
      if (!shorter.typed.empty() && breaks(shorter)) {
        question = std::move(shorter);
      } else {
        at += run;
      }
    }
  }
  for (Question& simpler : WithASettingLess(question)) {
    if (breaks(simpler)) question = std::move(simpler);
  }
  return question;
}

}  // namespace broadsheet::query::invariants
