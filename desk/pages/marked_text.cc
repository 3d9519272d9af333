// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/marked_text.h"

#include <algorithm>
#include <string>

namespace broadsheet::desk {
namespace {

Fields& AddMark(std::string_view before, std::string_view text, Fields& fields) {
  Fields& mark = Show(fields, "MARK"_name);
  Set(mark, "BEFORE"_name, before);
  Set(mark, "TEXT"_name, text);
  return mark;
}

}  // namespace

void AddSegments(const v1::Fragment& fragment, Fields& fields) {
  std::string before;
  for (const v1::Segment& segment : fragment.segments()) {
    if (!segment.matched()) {
      before += segment.text();
    } else {
      AddMark(before, segment.text(), fields);
      before.clear();
    }
  }
  // Set even where it is empty: sections see the fields around them.
  Set(fields, "REST"_name, before);
}

int AddMarked(std::string_view text, const std::vector<client::Mark>& marks, int first_mark,
              Fields& fields) {
  int number = first_mark;
  size_t at = 0;
  for (const client::Mark& mark : marks) {
    // Fragments may overlap.
    const size_t begin = std::max(mark.begin, at);
    if (begin >= mark.end) continue;
    Fields& shown =
        AddMark(text.substr(at, begin - at), text.substr(begin, mark.end - begin), fields);
    Set(shown, "NUMBER"_name, number++);
    at = mark.end;
  }
  Set(fields, "REST"_name, text.substr(at));
  return number;
}

}  // namespace broadsheet::desk
