// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/schema/article_texts.h"

namespace broadsheet::schema {

std::vector<ArticleText> TextsOf(const v1::Article& article) {
  std::vector<ArticleText> texts;
  const auto add = [&texts](FieldId field, int index, std::string_view text) {
    if (!text.empty()) texts.push_back({.field = field, .index = index, .text = text});
  };
  add(FieldId::kHeadline, 0, article.headline());
  add(FieldId::kSummary, 0, article.summary());
  add(FieldId::kBody, 0, article.body());
  for (int i = 0; i < article.captions_size(); ++i) {
    add(FieldId::kCaption, i, article.captions(i).text());
    add(FieldId::kCredit, i, article.captions(i).credit());
  }
  for (int i = 0; i < article.tags_size(); ++i) add(FieldId::kTag, i, article.tags(i));
  for (int i = 0; i < article.bylines_size(); ++i) {
    add(FieldId::kByline, i, article.bylines(i).name());
  }
  return texts;
}

}  // namespace broadsheet::schema
