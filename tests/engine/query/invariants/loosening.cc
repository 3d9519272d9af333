// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/invariants/loosening.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "engine/query/syntax/chain.h"
#include "engine/query/syntax/lexer.h"
#include "engine/schema/field_table.h"
#include "tests/engine/query/invariants/question.h"

namespace broadsheet::query::invariants {
namespace {

// Takes a form of one node; makes the whole query around it.
using Whole = std::function<Node(Node)>;

bool IsPlainLetters(const Node& word) {
  return std::all_of(word.text.begin(), word.text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

void SetField(Node* node, std::optional<schema::FieldId> field) {
  // A group in NEAR has no field of its own.
  if (node->kind != NodeKind::kOr) node->field = field;
  for (Node& child : node->children) SetField(&child, field);
}

class Loosener {
 public:
  std::vector<Loosened> Take() { return std::move(all_); }

  void Loosen(const Node& node, const Whole& whole, bool finds_more);

 private:
  void LoosenLeaf(const Node& node);
  void LoosenWord(const Node& word);
  void LoosenPhrase(const Node& phrase);
  void LoosenNear(const Node& near);
  void LoosenDate(const Node& date);
  void LoosenWordsOf(const Node& node);
  void LoosenChildren(const Node& node, const Whole& whole, bool finds_more);
  void Add(Node node, std::string how) {
    all_.push_back({(*whole_)(std::move(node)), std::move(how), finds_more_});
  }

  std::vector<Loosened> all_;
  // How the node that is being loosened is put into the whole, and whether that finds more.
  const Whole* whole_ = nullptr;
  bool finds_more_ = true;
};

void Loosener::Loosen(const Node& node, const Whole& whole, bool finds_more) {
  if (node.kind == NodeKind::kNot) {
    Loosen(
        node.children.front(), [&](Node inner) { return whole(Not(std::move(inner))); },
        !finds_more);
    return;
  }
  if (node.kind == NodeKind::kAnd || node.kind == NodeKind::kOr) {
    LoosenChildren(node, whole, finds_more);
  }
  whole_ = &whole;
  finds_more_ = finds_more;
  if (node.kind == NodeKind::kAnd) {
    for (size_t i = 0; i < node.children.size(); ++i) {
      std::vector<Node> rest = node.children;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      Add(Combine(NodeKind::kAnd, std::move(rest)), "a part of an AND is left out");
    }
  }
  Add(Or(node, Word("zeppelin")), "a word is enough instead of it");
  Add(Or(node, Word("the")), "a frequent word is enough instead of it");
  LoosenLeaf(node);
}

void Loosener::LoosenChildren(const Node& node, const Whole& whole, bool finds_more) {
  for (size_t i = 0; i < node.children.size(); ++i) {
    Loosen(
        node.children[i],
        [&](Node child) {
          Node copy = node;
          copy.children[i] = std::move(child);
          return whole(std::move(copy));
        },
        finds_more);
  }
}

void Loosener::LoosenLeaf(const Node& node) {
  switch (node.kind) {
    case NodeKind::kWord:
      LoosenWord(node);
      break;
    case NodeKind::kPhrase:
      LoosenPhrase(node);
      LoosenWordsOf(node);
      break;
    case NodeKind::kNear:
      LoosenNear(node);
      LoosenWordsOf(node);
      break;
    case NodeKind::kDate:
      LoosenDate(node);
      break;
    default:
      return;
  }
  const bool in_default = node.field && schema::FieldOf(*node.field).weight > 0;
  if (node.kind == NodeKind::kDate || !in_default) return;
  Node anywhere = node;
  SetField(&anywhere, std::nullopt);
  Add(std::move(anywhere), "any field will do");
}

void Loosener::LoosenWord(const Node& word) {
  Node loose = word;
  if (word.form == WordForm::kExact) {
    loose.form = WordForm::kPlain;
    Add(loose, "any form of a word will do");
  }
  if (word.form == WordForm::kPlain && IsPlainLetters(word)) {
    loose.form = WordForm::kFuzzy;
    Add(loose, "a near spelling will do");
  }
  if (word.form == WordForm::kPrefix && word.text.size() > 2) {
    loose.text.pop_back();
    Add(loose, "a shorter start will do");
  }
}

void Loosener::LoosenPhrase(const Node& phrase) {
  for (const int more : {1, 3}) {
    Node loose = phrase;
    loose.distance += more;
    Add(std::move(loose), "a phrase may have gaps");
  }
  const size_t words = phrase.children.size();
  if (words > 1) {
    Node loose = phrase;
    loose.children.pop_back();
    Add(std::move(loose), "a phrase is shorter");
    Node all{.kind = NodeKind::kAnd, .children = phrase.children};
    Add(std::move(all), "the words of a phrase may stand anywhere");
  }
  // A word in parts (COVID-19) may have gaps in a phrase that has some, and not as a side of NEAR.
  const bool whole_words =
      std::all_of(phrase.children.begin(), phrase.children.end(), IsPlainLetters);
  if (words < 2 || (phrase.distance > 0 && !whole_words)) return;
  for (const bool ordered : {true, false}) {
    Node near{.kind = NodeKind::kNear,
              .field = phrase.field,
              .distance = phrase.distance + 1,
              .ordered = ordered,
              .children = phrase.children};
    Add(std::move(near), "a phrase becomes nearness");
  }
}

void Loosener::LoosenNear(const Node& near) {
  if (near.ordered) {
    Node loose = near;
    loose.ordered = false;
    Add(std::move(loose), "either order will do");
  }
  if (near.unit == NearUnit::kWords && near.distance < kMaxDistance) {
    Node loose = near;
    ++loose.distance;
    Add(std::move(loose), "words may be further apart");
  }
  if (near.unit == NearUnit::kSentence) {
    Node loose = near;
    loose.unit = NearUnit::kParagraph;
    Add(std::move(loose), "a paragraph instead of a sentence");
  }
  Node all{.kind = NodeKind::kAnd, .children = near.children};
  Add(std::move(all), "words need not be near");
}

// The words of a phrase or NEAR, each in its place.
void Loosener::LoosenWordsOf(const Node& node) {
  const Whole& around = *whole_;
  for (size_t i = 0; i < node.children.size(); ++i) {
    if (node.children[i].kind != NodeKind::kWord) continue;
    const Whole in_place = [&](Node word) {
      Node copy = node;
      copy.children[i] = std::move(word);
      return around(std::move(copy));
    };
    whole_ = &in_place;
    LoosenWord(node.children[i]);
    whole_ = &around;
  }
}

void Loosener::LoosenDate(const Node& date) {
  constexpr size_t kDay = std::string_view("2024-06-19").size();
  constexpr size_t kMonth = std::string_view("2024-06").size();
  const bool day = date.text.size() == kDay && date.text.find("..") == std::string::npos;
  const bool digits = date.text.find_first_not_of("0123456789-") == std::string::npos;
  if (!day || !digits || date.relation == DateRelation::kBefore) return;
  Node loose = date;
  loose.text.resize(kMonth);
  Add(std::move(loose), "the month instead of the day");
}

}  // namespace

std::vector<Loosened> LoosenedForms(const Node& query) {
  Loosener loosener;
  loosener.Loosen(
      query, [](Node node) { return node; }, /*finds_more=*/true);
  return loosener.Take();
}

}  // namespace broadsheet::query::invariants
