// SPDX-License-Identifier: GPL-3.0-or-later
// Converts the bytes of a page to UTF-8 from any character set, even if a wrong one is declared.
// xml_bytes.h does the same for XML, which is a stream.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::markup {

struct Decoded {
  std::string utf8;
  // The character set that was used, by its IANA name.
  std::string charset;
  // "byte order mark", "declared by the transport", "declared in the page", "valid UTF-8",
  // "detected".
  std::string_view reason;
  // True if some bytes were invalid in that character set and became U+FFFD.
  bool repaired = false;
};

// `declared` is the character set declared outside the page (in an HTTP header), or "".
//
// The first of these decides: a byte order mark; well-formed UTF-8 with at least one character
// beyond ASCII, which other character sets do not give by chance; `declared`, then the declaration
// in the first 4 KiB of the page, each unless it is UTF-8 (the bytes are not) or unknown; the
// result of ICU's detection; windows-1252. Pure; safe from any thread.
Decoded DecodePage(std::string_view bytes, std::string_view declared);

// Whether `bytes` are text in one of the EBCDIC character sets of mainframes. Pure.
bool LooksLikeEbcdic(std::string_view bytes);
// Whether they begin with an XML declaration in one of these ("<?xml"), which may say which. Pure.
bool BeginsLikeEbcdicXml(std::string_view bytes);
// Why such text is refused where nothing says in which of them it is.
inline constexpr std::string_view kWhichEbcdic =
    "text in EBCDIC, the character sets of mainframes, which does not say in which one: convert it "
    "with iconv -f IBM037 -t UTF-8, or with the name of its set";
// `bytes` as the set says whose letters and marks of markup all others have (IBM1047). Pure.
std::string DecodeEbcdic(std::string_view bytes);
// Whether ICU knows `charset` as one of them.
bool IsEbcdicCharset(const std::string& charset);

// The character set that ICU takes `bytes` for, by a name that ICU knows; "" when it is not sure.
// Tags in them do not count. Pure; safe from any thread.
std::string DetectCharset(std::string_view bytes);

}  // namespace broadsheet::sources::markup
