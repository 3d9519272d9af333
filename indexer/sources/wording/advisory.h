// SPDX-License-Identifier: GPL-3.0-or-later
// Advisories to editors about a story that they name: "ADVISORY: Kill FERRY, wrong quay". An
// advisory for readers, "Travel advisory: storm kills three", names none. Pure; safe from any
// thread.
#pragma once

#include <string_view>

#include "indexer/sources/wording/notice_word.h"

namespace broadsheet::sources::page {

// What the beginning of `text` tells editors to do with a story that it names by slug or by title:
// kTakeBack, kHoldBack, or kOther for everything else. The text may go on.
NoticeWord OrderOfAdvisory(std::string_view text);

}  // namespace broadsheet::sources::page
