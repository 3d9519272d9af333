// SPDX-License-Identifier: GPL-3.0-or-later
// Tells lines that stand in a terminal: prompts with what was typed, frames of a stack, the
// progress of package managers and builds, warnings with a level or a code. An article may quote
// some; a text of them is none.
#pragma once

#include <cstdint>
#include <string_view>

namespace broadsheet::sources::page {

enum class TerminalLine : uint8_t {
  kNone,
  kPrompt,  // "jane@desk:~$ ls", "(gdb) bt", "C:\wire>dir"
  kOutput,
};

// `line` is trimmed and without its line end. Pure.
TerminalLine KindOfTerminalLine(std::string_view line);

}  // namespace broadsheet::sources::page
