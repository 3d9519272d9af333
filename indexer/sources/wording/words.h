// SPDX-License-Identifier: GPL-3.0-or-later
// What the passes ask of a line of text: its words, their case, whether it is a sentence.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::sources::page {

// Split at spaces; views into `text`.
std::vector<std::string_view> Words(std::string_view text);

// Words, where scripts without spaces count two characters as one.
size_t CountWords(std::string_view text);

// Without quotes, brackets and marks at either end: “Kim, -> Kim.
std::string_view StripMarks(std::string_view word);

// The first letter is a capital; digits and marks before it are passed over.
bool IsCapitalised(std::string_view word);

// Ends like a sentence, closing quotes and brackets aside.
bool EndsSentence(std::string_view text);

// Lower-cased, quotes made plain, marks stripped: what two spellings are compared by.
std::vector<std::string> FoldedWords(std::string_view text);

// Two to five capitalised words, particles such as "de" or "van" aside, without digits: how the
// name of a person is printed.
bool LooksLikeName(std::string_view text);

std::string_view Trim(std::string_view text);

// Cuts at each of `marks`, the earliest first; parts are trimmed and never empty.
std::vector<std::string_view> SplitAt(std::string_view text,
                                      std::span<const std::string_view> marks);
bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix);
bool EqualsIgnoringCase(std::string_view text, std::string_view other);

}  // namespace broadsheet::sources::page
