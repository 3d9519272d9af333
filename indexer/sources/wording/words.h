// SPDX-License-Identifier: GPL-3.0-or-later
// Tests of a line of text for the passes: its words, their case, whether it is a sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace broadsheet::sources::page {

// Split at spaces; views into `text`.
std::vector<std::string_view> Words(std::string_view text);

// How many Words has, up to the first beyond `enough`.
size_t CountSpacedWords(std::string_view text, size_t enough = SIZE_MAX);

// Counts words, up to the first beyond `enough`; in scripts without spaces two characters count as
// one word.
size_t CountWords(std::string_view text, size_t enough = SIZE_MAX);

// `word` without quotes, brackets and marks at either end: “Kim, -> Kim.
std::string_view StripMarks(std::string_view word);

// True if the first letter is a capital; digits and marks before it are ignored.
bool IsCapitalised(std::string_view word);

// True if `text` has a letter of any script.
bool HasLetter(std::string_view text);

// True if `text` has a digit of ASCII.
bool HasDigit(std::string_view text);

// True if `text` is digits of ASCII, one at least.
bool IsDigits(std::string_view text);

// True if `text` may have characters of Chinese, by their bytes. Folding the first of a process
// makes a table (engine/text/normal_form.cc), a tenth of a second, which texts in other scripts
// need not wait for: vocabulary with such characters is folded when such a text comes.
bool MayHaveHan(std::string_view text);

// True if `text` has a letter that is a capital or a small one; Han, Hangul and Arabic have none.
bool HasCase(std::string_view text);

// True if `text` ends like a sentence; closing quotes and brackets are ignored.
bool EndsSentence(std::string_view text);

// The words for comparing spellings: in lower case, with plain quotes, without marks.
std::vector<std::string> FoldedWords(std::string_view text);

// True for the form of a person's name: two to five capitalised words without digits, apart from
// particles such as "de" or "van".
bool LooksLikeName(std::string_view text);

std::string_view Trim(std::string_view text);

// Cuts at each of `marks`, the earliest first; parts are trimmed and never empty.
std::vector<std::string_view> SplitAt(std::string_view text,
                                      std::span<const std::string_view> marks);
// The case of ASCII letters.
bool StartsWithIgnoringCase(std::string_view text, std::string_view prefix);
bool EqualsIgnoringCase(std::string_view text, std::string_view other);

}  // namespace broadsheet::sources::page
