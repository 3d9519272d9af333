// SPDX-License-Identifier: GPL-3.0-or-later
// Language detection for articles whose source states none.
//
// A wrong language is worse than none: the article is stored with it, and is then not analysed in
// the language of the index. So CLD2 has to find its answer reliable, and in languages with a list
// of stop words the text also has to use them (a list of names does not). Text in other languages
// must have kMinBytesToDetect bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace broadsheet::schema {

inline constexpr size_t kMinBytesToDetect = 200;

// The BCP 47 tag of the language of `text` (valid UTF-8, plain text), or "" when it is not certain.
// Safe from any thread.
std::string DetectLanguage(std::string_view text);

}  // namespace broadsheet::schema
