// SPDX-License-Identifier: GPL-3.0-or-later
// The names of months. Pure; safe from any thread.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// 1 to 12 for the name of a month in a language of Europe, in Turkish, Indonesian, Arabic, Hebrew
// or Hindi, whole or shortened to three letters and more; 0 for anything else. `folded` is a word
// as text::FoldValue gives it.
int MonthOfName(std::string_view folded);

}  // namespace broadsheet::sources::page
