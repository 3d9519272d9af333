// SPDX-License-Identifier: GPL-3.0-or-later
// Finds where the credit begins within a line that is known to be a caption. Pure; safe from any
// thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace broadsheet::sources::page {

// The offset of the credit at the end of a caption: "A bell (AP)", "A bell, Foto: Jane Doe", "A
// bell © Jane Doe | Wire", "A bell / Jane Doe", "A bell rings. — Picture by Jane Doe", "A bell
// rings. Supplied"; the caption's size when there is none. Accepts more forms than in running text.
size_t FindCreditInCaption(std::string_view caption);

}  // namespace broadsheet::sources::page
