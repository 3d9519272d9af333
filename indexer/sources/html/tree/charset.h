// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a page -> UTF-8, whatever character set they are in and whatever they claim to be in.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::html {

struct Decoded {
  std::string utf8;
  // The character set that was used, by its IANA name.
  std::string charset;
  // "byte order mark", "declared by the transport", "declared in the page", "valid UTF-8",
  // "detected".
  std::string_view reason;
  // True when some bytes meant nothing in that character set and became U+FFFD.
  bool repaired = false;
};

// `declared` is what came with the page (an HTTP header's charset), "" when nothing did.
//
// In this order: a byte order mark; bytes that are well-formed UTF-8 with at least one character
// beyond ASCII, which no other character set gives by chance; what `declared`, then what the page
// itself declares in its first 4 KiB, unless that is UTF-8 (the bytes are not) or unknown; what
// ICU detects; else windows-1252. Pure; safe from any thread.
Decoded DecodePage(std::string_view bytes, std::string_view declared);

}  // namespace broadsheet::sources::html
