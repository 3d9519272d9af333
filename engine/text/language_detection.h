// SPDX-License-Identifier: GPL-3.0-or-later
// Language detection for articles whose source states none.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::text {

// Texts shorter than this are never guessed at.
inline constexpr size_t kMinBytesToDetect = 200;

// The BCP 47 tag that CLD2 finds reliable for `text` (valid UTF-8, plain text), or "" when it is
// unsure or `text` has fewer than kMinBytesToDetect bytes. Safe from any thread.
std::string DetectLanguage(std::string_view text);

}  // namespace broadsheet::text
