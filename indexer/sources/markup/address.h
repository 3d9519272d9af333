// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses of the web (RFC 3986). Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::sources::markup {

// Whether `address` has a scheme ("https://a.example/", "urn:isbn:1"), so that it means the same
// wherever it stands, and may be a document's: "javascript:", "data:", "mailto:" and the like are
// none.
bool IsAbsoluteAddress(std::string_view address);

// Whether `address` is one of a page: "https://a.example/", "HTTP://a.example". What has another
// scheme may be an id, but no reader can open it: "file:///srv/1.html", "ftp://a.example/1".
bool IsWebAddress(std::string_view address);

// Whether `address` has a scheme of what cannot be opened later, or is no document: "javascript:",
// "data:", "mailto:".
bool NamesNoDocument(std::string_view address);

// What `reference` means at `base` (RFC 3986, section 5.2); `reference` itself when `base` is no
// absolute address of a hierarchy ("urn:x:1", ""). White space around both does not count;
// in an address with a host, or that begins with "/", line breaks are left out and blanks are
// "%20".
std::string ResolveAddress(std::string_view base, std::string_view reference);

}  // namespace broadsheet::sources::markup
