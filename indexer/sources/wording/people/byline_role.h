// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises what somebody is at a paper, in the languages of bylines. Everything here is pure and
// safe from any thread.
#pragma once

#include <string_view>

namespace broadsheet::sources::people {

// True for a role, which may be in the line below a byline: "Health reporter", "Senior
// Correspondent", "Redakteurin Hafen", "редактор".
bool IsRole(std::string_view line);

// Where the role behind a name begins that stands in the same words: "Jane Doe Senior Writer" ->
// the offset of "Senior". The size of `text` where no role, or no name, is found.
size_t FindTrailingRole(std::string_view text);

// True for what people do who wrote no text: "Foto", "Illustrations", "translation".
bool IsPictureWork(std::string_view word);

}  // namespace broadsheet::sources::people
