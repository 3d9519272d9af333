// SPDX-License-Identifier: GPL-3.0-or-later
// Labels that stand where names stand. Pure; safe from any thread.
#pragma once

#include <string_view>

namespace broadsheet::sources::people {

// True for a text that names nobody: labels ("Posted on", "Veröffentlicht am", "Por"), days and
// months, counts ("3 min read", "12 comments"), accounts of programs ("admin", "Super User"). In
// all languages of bylines.
bool IsBylineLabel(std::string_view text);

// The same for what a source states as an author: accounts, and labels of one word ("By"). Several
// words may be the name of a desk ("An Author") though each of them stands in labels.
bool IsStatedNobody(std::string_view text);

// What follows the opening of a byline behind a label and a date: "Jane Doe" of "Posted on March 3,
// 2025 by Jane Doe", "Publié le 3 mars 2025 par Jane Doe". The text itself when there is none.
std::string_view StripDatedLabel(std::string_view text);

// Cuts off a label behind a name: "Jane Doe Updated", "Jana Roth Aktualisiert am" -> the name.
std::string_view StripTrailingLabel(std::string_view text);

}  // namespace broadsheet::sources::people
