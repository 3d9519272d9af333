// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/syntax/tree_text.h"

#include <string_view>

#include "engine/query/syntax/lexer.h"

namespace broadsheet::query {
namespace {

std::string FieldPart(const Node& node) {
  if (!node.field) return "";
  return std::string(schema::FieldOf(*node.field).name) + ":";
}

std::string Quoted(std::string_view text) { return "\"" + EscapeQuotes(text) + "\""; }

std::string BareWord(const Node& node) {
  switch (node.form) {
    case WordForm::kPlain:
      return node.text;
    case WordForm::kExact:
      return "=" + node.text;
    case WordForm::kPrefix:
      return node.text + "*";
    case WordForm::kFuzzy:
      return node.text + "~" + (node.distance > 0 ? std::to_string(node.distance) : "");
  }
  return node.text;
}

std::string Phrase(const Node& node) {
  std::string out = FieldPart(node) + "\"";
  for (const Node& word : node.children) {
    if (&word != node.children.data()) out += ' ';
    out += EscapeQuotes(BareWord(word));
  }
  out += '"';
  if (node.distance > 0) out += "~" + std::to_string(node.distance);
  return out;
}

std::string Date(const Node& node) {
  const bool plain = node.text.find_first_of("\"\\ \t\r\n)") == std::string::npos;
  std::string text = plain ? node.text : Quoted(node.text);
  switch (node.relation) {
    case DateRelation::kWithin:
      return "date:" + text;
    case DateRelation::kFrom:
      return "after:" + text;
    case DateRelation::kBefore:
      return "before:" + text;
    case DateRelation::kUntil:
      return "until:" + text;
  }
  return text;
}

bool IsOperator(const Node& node) {
  return node.kind == NodeKind::kAnd || node.kind == NodeKind::kOr || node.kind == NodeKind::kNear;
}

std::string Operand(const Node& node) {
  return IsOperator(node) ? "(" + ToString(node) + ")" : ToString(node);
}

// NOT NOT a means a.
std::string Negated(const Node& node) {
  return node.kind == NodeKind::kNot ? "(" + ToString(node) + ")" : Operand(node);
}

std::string Joined(const Node& node, const std::string& separator) {
  std::string out;
  for (const Node& child : node.children) {
    if (&child != node.children.data()) out += separator;
    out += Operand(child);
  }
  return out;
}

}  // namespace

std::string ToString(const Node& node) {
  switch (node.kind) {
    case NodeKind::kWord:
      return FieldPart(node) + BareWord(node);
    case NodeKind::kPhrase:
      return Phrase(node);
    case NodeKind::kNear:
      return Joined(node, " " + NearOperator(node) + " ");
    case NodeKind::kValue:
      return FieldPart(node) + Quoted(node.text);
    case NodeKind::kDate:
      return Date(node);
    case NodeKind::kAnd:
      return Joined(node, " AND ");
    case NodeKind::kOr:
      return Joined(node, " OR ");
    case NodeKind::kNot:
      return "NOT " + Negated(node.children.front());
  }
  return "";
}

std::string NearOperator(const Node& near) {
  std::string name = near.ordered ? "ADJ/" : "NEAR/";
  switch (near.unit) {
    case NearUnit::kWords:
      return name + std::to_string(near.distance);
    case NearUnit::kSentence:
      return name + "s";
    case NearUnit::kParagraph:
      return name + "p";
  }
  return name;
}

}  // namespace broadsheet::query
