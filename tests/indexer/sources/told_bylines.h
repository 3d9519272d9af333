// SPDX-License-Identifier: GPL-3.0-or-later
// Bylines in one line, for tests to compare.
#pragma once

#include <string>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::testing {

// "Name [role] <organisation>; ..."
template <typename Bylines>
std::string ToldBylines(const Bylines& bylines) {
  std::string text;
  for (const v1::Byline& byline : bylines) {
    if (!text.empty()) text += "; ";
    text += byline.name();
    if (!byline.role().empty()) text += " [" + byline.role() + "]";
    if (!byline.organisation().empty()) text += " <" + byline.organisation() + ">";
  }
  return text;
}

}  // namespace broadsheet::testing
