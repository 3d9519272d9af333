// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses of articles a reader can be sent to. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::client {

// `url` as it can be given to a browser or a terminal, in visible ASCII, letters of other scripts
// as percent codes; "" unless it is an http or https address of at most 2,000 bytes. Articles come
// from elsewhere: an address may be anything.
std::string WebAddress(std::string_view url);

}  // namespace broadsheet::client
