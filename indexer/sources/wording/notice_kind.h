// SPDX-License-Identifier: GPL-3.0-or-later
// What a notice wants of the story that it stands above or is written about: nothing, that it is
// not shown (yet), or that it is taken back. It is told by the kinds of its words and not by
// phrases, so that their order and their language hardly count. Pure; safe from any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace broadsheet::sources::page {

enum class NoticeKind : uint8_t {
  kNone,
  kWaits,  // until a time, which the notice names or not
  kHolds,
  kKills,
};

// Of a line by itself, such as one above a story: "CONFIDENTIAL DRAFT", "Bitte nicht verwenden",
// "Editors: kill previous story on ferry", "草稿 请勿发布". Nothing else may be said in it, so that
// headlines are none: "Do not use tap water, city says", "First draft of history".
NoticeKind KindOfNoticeLine(std::string_view line);

// Of a paragraph that begins as an order to editors about a story that it names, and may go on:
// "ADVISORY: Kill FERRY, which moved at 0600".
NoticeKind KindOfAdvisory(std::string_view paragraph);

// Of what editors write to each other, which may say more besides: "Wrong photo. Please do not use
// this version". Not "Not for use in Japan", which is about a few readers.
NoticeKind KindOfEditorsNote(std::string_view note);

}  // namespace broadsheet::sources::page
