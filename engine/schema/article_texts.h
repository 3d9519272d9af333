// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of an article that are searched word by word, in the one order (Field::run_place) that
// a build writes them into a token run and a highlighter reads them back.
#pragma once

#include <string_view>
#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "engine/schema/field_table.h"

namespace broadsheet::schema {

struct ArticleText {
  FieldId field;
  int index = 0;  // in a repeated field; for a credit, its caption's
  std::string_view text;
};

// All texts that are not empty. The views point into `article`. Safe to call from any thread.
std::vector<ArticleText> TextsOf(const v1::Article& article);

}  // namespace broadsheet::schema
