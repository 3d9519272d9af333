// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/invariants/question.h"

#include <algorithm>
#include <utility>

#include "engine/query/syntax/chain.h"
#include "engine/query/syntax/tree_text.h"
#include "engine/text/analyzer.h"
#include "engine/text/fold.h"
#include "engine/text/stop_words.h"
#include "tests/engine/query/invariants/gazette.h"

namespace broadsheet::query::invariants {
namespace {

bool IsStopWord(const Node& node) {
  if (node.kind != NodeKind::kWord) return false;
  const std::string folded = text::FoldValue(node.text);
  return std::any_of(Languages().begin(), Languages().end(), [&](const std::string& language) {
    return text::IsStopWord(language, folded);
  });
}

bool IsContentWord(const Node& node) {
  return node.kind == NodeKind::kWord && !node.field && !IsStopWord(node);
}

bool IsWordInParts(const Node& node) {
  thread_local text::Analyzer analyzer;
  return node.kind == NodeKind::kWord && text::AnalyzeQuery(analyzer, node.text, {}).size() > 1;
}

// In parentheses where they are needed.
std::string PartText(const Node& node) {
  const bool chain =
      node.kind == NodeKind::kAnd || node.kind == NodeKind::kOr || node.kind == NodeKind::kNear;
  return chain ? "(" + ToString(node) + ")" : ToString(node);
}

}  // namespace

Question Question::With(Node changed) const {
  Question question = *this;
  question.query = std::move(changed);
  return question;
}

std::string TextOf(const Question& question) {
  if (!question.typed.empty()) return question.typed;
  const Node& query = question.query;
  if (question.writes_and || query.kind != NodeKind::kAnd) return ToString(query);
  std::string text;
  for (const Node& part : query.children) text += (text.empty() ? "" : " ") + PartText(part);
  return text;
}

v1::SearchArticlesRequest RequestOf(const Question& question) {
  v1::SearchArticlesRequest request;
  request.set_query(TextOf(question));
  request.set_match(question.match);
  request.set_sort(question.sort);
  request.set_ranking_profile(question.profile);
  request.set_exact_total(question.exact_total);
  *request.mutable_filter() = question.filter;
  request.set_page_size(1000);
  request.mutable_highlight()->set_disabled(true);
  return request;
}

std::string Described(const Question& question) {
  std::string text = TextOf(question) + "   [profile " + question.profile + ", match " +
                     (question.all_words() ? "all" : "any") + ", sort " +
                     v1::SortOrder_Name(question.sort);
  const std::string filter = question.filter.ShortDebugString();
  if (!filter.empty()) text += ", filter " + filter;
  if (question.exact_total) text += ", exact total";
  return text + ", choices " + std::to_string(question.seed) + ", other query " +
         ToString(question.other) + "]";
}

Node Word(std::string text) { return {.kind = NodeKind::kWord, .text = std::move(text)}; }
Node And(Node a, Node b) {
  return {.kind = NodeKind::kAnd, .children = {std::move(a), std::move(b)}};
}
Node Or(Node a, Node b) {
  return {.kind = NodeKind::kOr, .children = {std::move(a), std::move(b)}};
}
Node Not(Node a) {
  if (a.kind == NodeKind::kNot) return a.children.front();
  return {.kind = NodeKind::kNot, .children = {std::move(a)}};
}

bool AnyNode(const Node& node, bool (*is)(const Node&)) {
  return is(node) || std::any_of(node.children.begin(), node.children.end(),
                                 [is](const Node& child) { return AnyNode(child, is); });
}

bool HasContentWord(const Node& node) { return AnyNode(node, IsContentWord); }
bool HasStopWord(const Node& node) { return AnyNode(node, IsStopWord); }
bool HasWordInParts(const Node& node) { return AnyNode(node, IsWordInParts); }

}  // namespace broadsheet::query::invariants
