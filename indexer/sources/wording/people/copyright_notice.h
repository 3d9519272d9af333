// SPDX-License-Identifier: GPL-3.0-or-later
// Notices of copyright that stand where names stand: "Jane Doe, (c) 2026 Lantern Wire". Whoever
// holds the rights of a text need not have written it. Everything here is pure and safe from any
// thread.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::people {

// `text` without what it says of copyright, and of rights that are reserved: up to the next part of
// it that opens a byline ("© 2026 Lantern Wire | By Jane Doe"), else to the end.
std::string StripCopyright(std::string_view text);

// Whether `text` says nothing else.
bool IsCopyrightNotice(std::string_view text);

}  // namespace broadsheet::sources::people
