// SPDX-License-Identifier: GPL-3.0-or-later
// Tells lines that people write for programs, or programs for people, by what they are made of:
// commands, paths, identifiers, checksums, records with a label. One such line says little, a text
// of them is no article.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// Whether `line`, which is trimmed and without its line end, is of a program, of settings, of a
// report or of a record. A sentence that names one file or one option is not. Pure.
bool IsTechnicalLine(std::string_view line);

// Whether `line` is a statement of a database that writes or makes something: "INSERT INTO ...
// VALUES (", "UPDATE story SET a = ", "COPY story (a) FROM stdin;". Pure.
bool IsSqlStatement(std::string_view line);

}  // namespace broadsheet::sources::page
