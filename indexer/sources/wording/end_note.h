// SPDX-License-Identifier: GPL-3.0-or-later
// Recognises what papers print below an article for its readers.
#pragma once

#include <string_view>

namespace broadsheet::sources::page {

// True for a paragraph that asks readers to follow, share, subscribe, sign in, comment, write or
// read on elsewhere, states rights, or says where the article appeared first ("Follow us on ...",
// "All rights reserved."). In news such words may be text ("Fans can follow the race on ..."), so
// that a paragraph must be short or ask twice, and an ask must start a sentence unless it names the
// paper as "our" or "us". A correction is text. Call it for paragraphs at the end of a text only.
// `has_link` lets a paragraph be somewhat longer.
bool IsEndNote(std::string_view paragraph, bool has_link);

// True for a heading above other articles that is no name of theirs: "Lees ook", "関連記事".
bool IsMoreHeading(std::string_view heading);

}  // namespace broadsheet::sources::page
