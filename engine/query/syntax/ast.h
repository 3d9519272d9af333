// SPDX-License-Identifier: GPL-3.0-or-later
// A query as a tree, independent of any index. Chains are n-ary (`a b c` is one AND of three), so
// the depth of a tree is the nesting of its parentheses, at most Limits::max_nesting.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/schema/field_table.h"

namespace broadsheet::query {

// Bytes [begin, end) of the query as it was typed.
struct Span {
  size_t begin = 0;
  size_t end = 0;
  bool operator==(const Span&) const = default;
};

enum class NodeKind : uint8_t {
  kWord,    // kim
  kPhrase,  // "signing ceremony"~2; the children are its words
  kNear,    // a NEAR/5 b; the children are words, phrases, or an OR of them
  kValue,   // tag:"Kim Jong Un"
  kDate,    // date:2024-06
  kAnd,
  kOr,
  kNot,  // one child
};

enum class WordForm : uint8_t {
  kPlain,
  kExact,   // =word
  kPrefix,  // word*
  kFuzzy,   // word~
};

enum class DateRelation : uint8_t {
  kWithin,  // date:
  kFrom,    // after: and since:
  kBefore,  // before:
  kUntil,   // until:
};

// The unit of NEAR and ADJ: a number of words, or one sentence or paragraph.
enum class NearUnit : uint8_t {
  kWords,      // NEAR/5
  kSentence,   // NEAR/s
  kParagraph,  // NEAR/p
};

struct Node {
  NodeKind kind = NodeKind::kWord;
  Span span = {};
  // The field to search; absent = the default search. Used by words, phrases, NEAR and values.
  std::optional<schema::FieldId> field = {};
  // A word without its marks, a value without its quotes, a date as typed.
  std::string text = {};
  WordForm form = WordForm::kPlain;
  // kFuzzy: edits, 0 = by the word's length. kPhrase: slop. kNear: the distance in words.
  int distance = 0;
  bool ordered = false;  // kNear: ADJ/n, in the order written
  // kOr: the first child is what was typed, the others mean the same (synonyms.h). An article
  // scores by the one that gives it most.
  bool same_meaning = false;
  NearUnit unit = NearUnit::kWords;
  DateRelation relation = DateRelation::kWithin;
  // Where else the query has the same word, bytes in it (loosen_any.h).
  std::vector<size_t> again = {};
  std::vector<Node> children = {};
};

}  // namespace broadsheet::query
