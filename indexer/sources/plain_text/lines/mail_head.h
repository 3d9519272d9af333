// SPDX-License-Identifier: GPL-3.0-or-later
// Tells mails by the fields above their text, as programs write them and as they print them in the
// language of their reader; and reads the fields of memorandums and press releases, which are
// texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/sources/plain_text/lines/page_line.h"

namespace broadsheet::sources::page {

// Whether `text` begins with the head of a mail, of a mailbox or of a news posting. Pure.
bool IsMail(std::string_view text);

// What stands above a memorandum or a press release: "TO: ...", "FROM: ...", "SUBJECT: ...".
struct MemoHead {
  // Its lines, and which of them gave what follows; `lines.size()` for none.
  std::vector<std::string> lines;
  size_t subject_line = 0;
  size_t sender_line = 0;
  // Values without the marks of an answer ("RE:", "FW:"); "" without the field.
  std::string subject;
  std::string sender;
  std::string date;
};

// Takes the head that `page` begins with off it, with a line or two above ("MEMORANDUM"). Nothing
// unless it has a subject, and a sender or a receiver: `subject` is then "".
MemoHead TakeMemoHead(Page* page);

// Takes the first line off `rest`, without its line end.
std::string_view TakeHeadLine(std::string_view* rest);

}  // namespace broadsheet::sources::page
