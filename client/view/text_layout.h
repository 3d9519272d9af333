// SPDX-License-Identifier: GPL-3.0-or-later
// Fills styled words into lines of a given width.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "client/view/terminal.h"

namespace broadsheet::client {

// Collects text piece by piece, breaks it at spaces, or between ideographs where they fill more
// than a line, and indents every line equally. A word longer than a line gets a line of its own.
// Not thread-safe.
//
//   Paragraph paragraph(terminal, 4);
//   paragraph.Add(Style::kPlain, "a treaty with ");
//   paragraph.Add(Style::kMatch, "Kim Jong Un");
//   out << paragraph.Take();
class Paragraph {
 public:
  Paragraph(const Terminal& terminal, size_t indent) : terminal_(terminal), indent_(indent) {}

  // Runs of white space in `text` count as one space.
  void Add(Style style, std::string_view text);

  // The same, as a link to `url` where the terminal has links and `url` is one (WebAddress).
  void AddLink(Style style, std::string_view text, std::string_view url);

  // Returns the lines so far, each ended by "\n", and clears the paragraph; "" when nothing was
  // added.
  std::string Take();

 private:
  void AddPart(Style style, std::string_view part);
  void EndWord();

  // A part of a word, styled, that a line cannot end within.
  struct Piece {
    std::string text;
    size_t width = 0;
  };
  void Place(const Piece& piece, size_t room);

  const Terminal& terminal_;
  size_t indent_;
  std::string lines_;
  size_t column_ = 0;        // of the current line, indent left out
  std::string link_;         // of what is being added; empty = none
  std::vector<Piece> word_;  // not yet placed
  size_t word_width_ = 0;
  bool space_before_ = false;
};

}  // namespace broadsheet::client
