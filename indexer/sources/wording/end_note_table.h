// SPDX-License-Identifier: GPL-3.0-or-later
// The phrases of notes to readers, by language.
#pragma once

#include <span>
#include <string_view>

namespace broadsheet::sources::page {

// What a phrase makes of a paragraph, and where in it the phrase must stand.
enum class NotePhrase : unsigned char {
  // Starts a sentence that asks the reader: "subscribe to".
  kAsk,
  // Asks the reader wherever it stands: "to our newsletter".
  kAskAnywhere,
  // Starts a sentence and asks if a network or an account ("@lantern") follows: "follow".
  kFollow,
  // Tells how to reach somebody if an address follows: "can be reached at".
  kContact,
  // States rights wherever it stands: "all rights reserved".
  kRights,
  // Starts a paragraph about where the article comes from: "this article was first published".
  kOrigin,
  // Starts a heading above other articles: "related stories".
  kMore,
  // Starts a paragraph that corrects the article, which is text.
  kCorrection,
};

struct NotePhrases {
  NotePhrase kind;
  // Separated by '|'; in lower case, with accents.
  std::string_view phrases;
};

// In English, German, French, Spanish, Italian, Portuguese, Dutch,
// Swedish, Norwegian, Danish, Polish, Czech, Russian, Turkish, Japanese, Korean, Chinese, Arabic,
// Indonesian.
std::span<const NotePhrases> EndNotePhrases();

}  // namespace broadsheet::sources::page
