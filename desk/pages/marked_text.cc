// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/marked_text.h"

#include <algorithm>

namespace broadsheet::desk {
namespace {

void AddPiece(std::string_view text, bool matched, int number, Fields& fields) {
  if (text.empty()) return;
  Fields& piece = Show(Show(fields, "SEGMENT"), matched ? "MARKED" : "PLAIN");
  Set(piece, "TEXT", text);
  if (matched) Set(piece, "NUMBER", number);
}

}  // namespace

void AddSegments(const v1::Fragment& fragment, Fields& fields) {
  for (const v1::Segment& segment : fragment.segments()) {
    AddPiece(segment.text(), segment.matched(), 0, fields);
  }
}

int AddMarked(std::string_view text, const std::vector<client::Mark>& marks, int first_mark,
              Fields& fields) {
  int number = first_mark;
  size_t at = 0;
  for (const client::Mark& mark : marks) {
    // Fragments may overlap.
    const size_t begin = std::max(mark.begin, at);
    if (begin >= mark.end) continue;
    AddPiece(text.substr(at, begin - at), /*matched=*/false, 0, fields);
    AddPiece(text.substr(begin, mark.end - begin), /*matched=*/true, number++, fields);
    at = mark.end;
  }
  AddPiece(text.substr(at), /*matched=*/false, 0, fields);
  return number;
}

}  // namespace broadsheet::desk
