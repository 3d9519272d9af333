// SPDX-License-Identifier: GPL-3.0-or-later
// Finds labels of credits, in the languages of news: "Photo:", "Bildquelle :", "Picture by". Pure;
// safe from any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace broadsheet::sources::page {

// What follows the label of a credit has at most so many words.
inline constexpr size_t kMaxLabelledWords = 15;

// The offset of the first label whose credit goes on to the end of `text`; the size of `text` when
// there is none.
size_t FindCreditLabel(std::string_view text);

// `text` without the label with which it begins; unchanged where it begins with none.
std::string_view StripCreditLabel(std::string_view text);

}  // namespace broadsheet::sources::page
