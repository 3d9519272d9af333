// SPDX-License-Identifier: GPL-3.0-or-later
// The names by which documents call their character sets.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::markup {

// The character set that a document means by `label`, by a name that ICU knows: "latin1" is
// windows-1252, "x-sjis" windows-31j, as the WHATWG Encoding Standard has them for browsers. Upper
// and lower case and all that is neither a letter nor a digit do not count ("UTF_8",
// "windows 1251"). A label that the standard does not have is returned in lower case: ICU may know
// it. Pure; safe from any thread.
std::string CharsetOfLabel(std::string_view label);

bool IsUtf8Charset(std::string_view charset);
// UTF-16, UTF-32 and their kin, whose markup is not written in ASCII bytes.
bool IsWideCharset(std::string_view charset);
// Written in ASCII bytes with escapes between them: ISO-2022, HZ.
bool IsEscapedCharset(std::string_view charset);

}  // namespace broadsheet::sources::markup
