// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises the labels of lists of tags, in the languages of news: "Topics", "Mots-clés".
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// True for the label of a list of tags, without the colon behind it. Lists of other articles have
// some of these labels, too ("More on"). Pure; safe from any thread.
bool IsTagLabel(std::string_view label);

}  // namespace broadsheet::sources::page
