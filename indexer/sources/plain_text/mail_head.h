// SPDX-License-Identifier: GPL-3.0-or-later
// Tells mails by the fields above their text, as programs write them and as they print them in the
// language of their reader.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// Whether `text` begins with the head of a mail, of a mailbox or of a news posting. Pure.
bool IsMail(std::string_view text);

// Takes the first line off `rest`, without its line end.
std::string_view TakeHeadLine(std::string_view* rest);

}  // namespace broadsheet::sources::page
