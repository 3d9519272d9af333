// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/article_marks.h"

#include <algorithm>
#include <string>

namespace broadsheet::client {

std::vector<Mark> MarksOf(std::string_view text, std::string_view field, int index,
                          const Fragments& fragments) {
  std::vector<Mark> marks;
  for (const v1::Fragment& fragment : fragments) {
    if (fragment.field() != field || fragment.index() != index) continue;
    // A fragment is a part of the field, unchanged.
    std::string whole;
    for (const v1::Segment& segment : fragment.segments()) whole += segment.text();
    size_t at = text.find(whole);
    if (at == std::string_view::npos) continue;
    for (const v1::Segment& segment : fragment.segments()) {
      const size_t end = at + segment.text().size();
      if (segment.matched()) marks.push_back({.begin = at, .end = end});
      at = end;
    }
  }
  std::sort(marks.begin(), marks.end(),
            [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
  return marks;
}

}  // namespace broadsheet::client
