// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons, links and notices that stand where names stand.
#pragma once

#include <string_view>

namespace broadsheet::sources::people {

// True for a text that asks readers to do something or marks an advertisement: "View all",
// "Subscribe Now", "Artikel teilen", "Iniciar sesión", "広告". In the main languages of news; every
// word of it is one of such texts, so that a name with one of them ("Mark Read") is none. Pure;
// safe from any thread.
bool IsCallToAction(std::string_view text);

}  // namespace broadsheet::sources::people
