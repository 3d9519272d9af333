// SPDX-License-Identifier: GPL-3.0-or-later
// The words that notices to editors are made of, in the languages that agencies write in: what is
// not to be done, with what, until when. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace broadsheet::sources::page {

// One word has one class, although languages share words ("no", "da"): the class counts in which
// notices have it most.
enum class NoticeWord : uint8_t {
  kOther,      // nothing that a notice is made of
  kGlue,       // articles, prepositions, forms of "be"
  kPlease,     // "please", "bitte"
  kWhom,       // "editors", "attention", "advisory"
  kThis,       // "this", "previous", "all": which story
  kStory,      // "story", "Meldung", "nota"
  kNot,        // "not", "nicht", "ne"
  kUse,        // "publish", "use", "verwenden"
  kNotUse,     // both in one word: "yayınlamayın"
  kTakeBack,   // "kill", "disregard", "annuler"
  kTakenBack,  // "withdrawn", "zurückgezogen"
  kHoldBack,   // "hold", "withhold"
  kDraft,      // "draft", "Entwurf"
  kSecret,     // "confidential", "vertraulich"
  kEmbargo,    // "embargoed", "Sperrfrist"
  kFrom,       // "until", "before", "after", "ab"
  kTime,       // numbers, days of the week, months, "noon"
  kComma,
  kStop,  // any other mark that parts clauses: . : ; ! ? and dashes
};

// The words and marks of `text` in order. "slugged FERRY" counts as nothing.
std::vector<NoticeWord> NoticeWordsOf(std::string_view text);

// False for most lines that are no notice, by their first words: before what is not to be done, or
// whom the notice is for, notices have nothing else.
bool MayBeginNotice(std::string_view line);

}  // namespace broadsheet::sources::page
