// SPDX-License-Identifier: GPL-3.0-or-later
// What a line looks like by its signs alone, whatever its language: running text, or a line of a
// program or of data.
#pragma once

#include <cstddef>
#include <string_view>

namespace broadsheet::sources::page {

struct LineShape {
  // Characters other than white space; of these, letters with their marks, digits, and signs that
  // programs and data are full of and texts have few of.
  size_t characters = 0;
  size_t letters = 0;
  size_t digits = 0;
  size_t signs = 0;
  // As CountWords (words.h) counts them.
  size_t words = 0;
  // Longest run without white space, in characters of ASCII.
  size_t longest_run = 0;
  bool is_prose = false;
  bool is_code = false;
  // Begins like a comment of a program: "//", "#", "--", "* ".
  bool is_comment = false;
  // "name: value", "name = value", "[section]", "- item: value", with a value that is no sentence.
  bool is_setting = false;
};

// `line` is valid UTF-8, without its line end. Pure.
LineShape ShapeOf(std::string_view line);

// "name" of "name: value" or "name = value" when it is one word as programs name things; else "".
std::string_view SettingName(std::string_view line);

}  // namespace broadsheet::sources::page
