// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/article_texts.h"

#include <algorithm>

#include "engine/schema/field_values.h"

namespace broadsheet::schema {
namespace {

// The fields of one place in a token run.
using Turn = std::vector<const FieldValues*>;

std::vector<Turn> ReadTurns() {
  std::vector<Turn> turns;
  for (const Field& field : Fields()) {
    if (field.run_place == 0) continue;
    const auto place = static_cast<size_t>(field.run_place);
    if (turns.size() < place) turns.resize(place);
    turns[place - 1].push_back(&ValuesOf(field.id));
  }
  return turns;
}

}  // namespace

std::vector<ArticleText> TextsOf(const v1::Article& article) {
  static const std::vector<Turn> turns = ReadTurns();
  constexpr size_t kUsualTexts = 16;
  std::vector<ArticleText> texts;
  texts.reserve(kUsualTexts);
  for (const Turn& turn : turns) {
    int count = 0;
    for (const FieldValues* values : turn) count = std::max(count, values->count(article));
    for (int i = 0; i < count; ++i) {
      for (const FieldValues* values : turn) {
        if (i >= values->count(article)) continue;
        const std::string& text = values->at(article, i);
        if (!text.empty()) texts.push_back({.field = values->field, .index = i, .text = text});
      }
    }
  }
  return texts;
}

}  // namespace broadsheet::schema
