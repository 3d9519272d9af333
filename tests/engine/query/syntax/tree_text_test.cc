// SPDX-License-Identifier: GPL-3.0-or-later
// A tree written out and read again is the same tree: for thousands of trees that no person would
// think of.
#include "engine/query/syntax/tree_text.h"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/query/syntax/parser.h"
#include "tests/testing/status_matchers.h"

namespace broadsheet::query {
namespace {

using schema::FieldId;

// Where a part was typed is no part of its meaning.
bool SameMeaning(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.field != b.field || a.text != b.text || a.form != b.form ||
      a.distance != b.distance || a.ordered != b.ordered || a.relation != b.relation ||
      a.children.size() != b.children.size()) {
    return false;
  }
  for (size_t i = 0; i < a.children.size(); ++i) {
    if (!SameMeaning(a.children[i], b.children[i])) return false;
  }
  return true;
}

// Makes trees such as the parser can make; the same ones in every run.
class TreeMaker {
 public:
  Node Make() { return Tree(4); }

 private:
  static constexpr std::array<std::string_view, 12> kWords = {
      "kim",       "Café",   "COVID-19", "AT&T", "C++",    "state-of-the-art",
      "https://a", "北京市", "#tag",     "and",  "o’neil", "U.S."};
  // Inside quotes everything but a space may stand.
  static constexpr std::array<std::string_view, 10> kQuotedWords = {
      "kim", "NOT", "a\"b", "back\\slash", "(a", "b)", "re:invent", "“", "g*", "x~9"};
  static constexpr std::array<FieldId, 6> kTextFields = {FieldId::kHeadline, FieldId::kSummary,
                                                         FieldId::kBody,     FieldId::kCaption,
                                                         FieldId::kCredit,   FieldId::kByline};
  static constexpr std::array<FieldId, 5> kValueFields = {
      FieldId::kTag, FieldId::kSection, FieldId::kSource, FieldId::kLanguage, FieldId::kId};
  static constexpr std::array<std::string_view, 6> kValues = {
      "Kim Jong Un", "politics", "\"Doc\" Rivers", "a)b (c", "https://a.org/1?x=y", "c*"};
  static constexpr std::array<std::string_view, 4> kRanges = {"2024-06", "2024-01..2024-06",
                                                              "..2023", "none"};
  static constexpr std::array<std::string_view, 4> kDates = {"2024", "2024-06", "7d",
                                                             "2024-06-19T14:05+02:00"};

  int Below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }
  template <typename T, size_t N>
  T Pick(const std::array<T, N>& choices) {
    return choices[static_cast<size_t>(Below(static_cast<int>(N)))];
  }
  std::optional<FieldId> MaybeField() {
    if (Below(2) == 0) return std::nullopt;
    return Pick(kTextFields);
  }

  Node Word(std::optional<FieldId> field, std::string_view text) {
    Node node{.field = field, .text = std::string(text)};
    switch (Below(5)) {
      case 0:
        node.form = WordForm::kExact;
        break;
      case 1:
        node.form = WordForm::kPrefix;
        break;
      case 2:
        node.form = WordForm::kFuzzy;
        node.distance = Below(3);
        break;
      default:
        break;
    }
    return node;
  }

  Node Phrase(std::optional<FieldId> field) {
    Node node{.kind = NodeKind::kPhrase, .field = field, .distance = Below(2) * Below(101)};
    for (int i = Below(4); i >= 0; --i) {
      const bool odd = Below(2) == 0;
      node.children.push_back(odd ? Node{.field = field, .text = std::string(Pick(kQuotedWords))}
                                  : Word(field, Pick(kWords)));
    }
    return node;
  }

  Node WordOrPhrase(std::optional<FieldId> field) {
    return Below(2) == 0 ? Word(field, Pick(kWords)) : Phrase(field);
  }

  Node Near() {
    const std::optional<FieldId> field = MaybeField();
    Node node{.kind = NodeKind::kNear,
              .field = field,
              .distance = 1 + Below(100),
              .ordered = Below(2) == 0};
    for (int i = 1 + Below(3); i >= 0; --i) {
      if (Below(3) > 0) {
        node.children.push_back(WordOrPhrase(field));
        continue;
      }
      Node group{.kind = NodeKind::kOr};
      for (int j = 1 + Below(2); j >= 0; --j) group.children.push_back(WordOrPhrase(field));
      node.children.push_back(std::move(group));
    }
    return node;
  }

  Node Date() {
    Node node{.kind = NodeKind::kDate, .field = FieldId::kDate};
    node.relation = Pick(std::array{DateRelation::kWithin, DateRelation::kFrom,
                                    DateRelation::kBefore, DateRelation::kUntil});
    const bool within = node.relation == DateRelation::kWithin;
    node.text = std::string(within ? Pick(kRanges) : Pick(kDates));
    return node;
  }

  Node Leaf() {
    switch (Below(5)) {
      case 0:
        return {.kind = NodeKind::kValue,
                .field = Pick(kValueFields),
                .text = std::string(Pick(kValues))};
      case 1:
        return Date();
      case 2:
        return Near();
      default:
        return WordOrPhrase(MaybeField());
    }
  }

  Node Tree(int depth) {
    if (depth == 0 || Below(4) == 0) return Leaf();
    if (Below(4) == 0) {
      Node negation{.kind = NodeKind::kNot};
      negation.children.push_back(Tree(depth - 1));
      return negation;
    }
    Node node{.kind = Below(2) == 0 ? NodeKind::kAnd : NodeKind::kOr};
    for (int i = 1 + Below(3); i >= 0; --i) node.children.push_back(Tree(depth - 1));
    return node;
  }

  std::mt19937 random_{20240619};
};

TEST(ToStringTest, ReadAgainGivesTheSameTree) {
  Limits roomy;
  roomy.max_query_bytes = 1 << 20;
  roomy.max_written_terms = 1 << 20;
  TreeMaker maker;
  for (int i = 0; i < 1000; ++i) {
    const Node tree = maker.Make();
    const std::string written = ToString(tree);
    const absl::StatusOr<ParsedQuery> again = Parse(written, roomy, MatchMode::kAll);
    ASSERT_THAT(again, testing::IsOk()) << written;
    ASSERT_TRUE(SameMeaning(again->root, tree)) << written << "\n" << ToString(again->root);
  }
}

}  // namespace
}  // namespace broadsheet::query
