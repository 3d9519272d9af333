// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the questions of readers who know the paper: their words, phrases and names stand in its
// articles, most often in one of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "tests/engine/query/invariants/chance.h"
#include "tests/engine/query/invariants/question.h"

namespace broadsheet::query::invariants {

class Author {
 public:
  // `articles` must outlive it.
  Author(const std::map<std::string, v1::Article>& articles, uint64_t seed);

  Question Ask();
  // With a text that no reader means to type: cut, doubled, unbalanced, or of characters that
  // hardly anybody has seen.
  Question AskBadly();

 private:
  using Field = std::optional<schema::FieldId>;
  struct Text {
    schema::FieldId field;
    std::vector<std::string> words;
  };

  Node Query(int depth);
  Node Words();
  Node Leaf();
  Node PlainWord(const Text& text, Field field);
  Node Phrase(const Text& text, Field field);
  Node Near(const Text& text, Field field);
  Node Value();
  Node Date();
  Node Wildcard(Node word);
  v1::Filter Filter();
  std::string RankingProfile();
  const Text& AnyText();
  // The field of `text` now and then, else the default search where that covers it.
  Field FieldOf(const Text& text);
  std::string BadText(const Question& question);
  void Damage(std::string* text);

  Chance chance_;
  std::vector<Text> texts_;
};

}  // namespace broadsheet::query::invariants
