// SPDX-License-Identifier: GPL-3.0-or-later
// What a byline starts with, in the languages of news: "By", "Ein Kommentar von", "Texto:".
#pragma once

#include <string_view>

namespace broadsheet::sources::people {

// What follows an opening; "" for a line that has none. "By JANE DOE" -> "JANE DOE", "Una crónica
// de Inés Lobo" -> "Inés Lobo". Names may not follow: "By the end of the week" -> "the end of the
// week". With the page's `language` ("ro", "pt-BR"; "" for an unknown one) also what opens a byline
// in it alone: "De Ion Popescu". Pure.
std::string_view StripOpening(std::string_view line, std::string_view language = {});

// True for a line that names those who took the pictures, drew or translated: "Photographs by Jane
// Doe", "Fotos: Tom Quill".
bool OpensPictureCredit(std::string_view line);

}  // namespace broadsheet::sources::people
