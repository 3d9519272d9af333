// SPDX-License-Identifier: GPL-3.0-or-later
// The words for the status of an article, and the wording of editors' notes that hold a story back.
#pragma once

#include <string>
#include <string_view>

#include "broadsheet/v1/article.pb.h"

namespace broadsheet::sources {

// Letters and digits, in lower case: "Embargoed_Until" -> "embargoeduntil".
std::string PlainWord(std::string_view text);

// The same with letters of any script, without accents and in one width: "Embargó" -> "embargo",
// "ｅｍｂａｒｇｏ" -> "embargo", "Эмбарго" -> "эмбарго".
std::string PlainName(std::string_view text);

// The same of a status, without its scheme: "stat:Usable", "STATUS_USABLE" -> "usable".
std::string PlainStatus(std::string_view text);

// What a status says, given as PlainStatus gives it; STATUS_UNSPECIFIED when it is not known.
v1::Article::Status StatusOfWord(std::string_view plain);

// "embargoed", "underembargo": held back until a time that is stated elsewhere, if at all.
bool IsEmbargoWord(std::string_view plain);

// Whether a heading says nothing but that the story is killed: "MANDATORY KILL", "KILL: Mill
// turns", "BULLETIN KILL--Mill". A headline such as "Kill Bill at 20" does not.
bool IsKillNotice(std::string_view heading);

// Whether an editor's note says in any words that the story is killed: "Kill. Wrong photo.",
// "WITHDRAWN", "This story has been retracted". "Kills extraneous word in 3rd graf" does not.
bool IsKillNote(std::string_view note);

// Whether an editor's note speaks of an embargo or of holding the story, in the languages of
// agencies: "EMBARGOED until noon", "Hold for release", "Nicht vor Sonntag veröffentlichen".
// "Embargo lifted" does not, nor does the embargo of a trade.
bool IsHoldNote(std::string_view note);

}  // namespace broadsheet::sources
