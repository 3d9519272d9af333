// SPDX-License-Identifier: GPL-3.0-or-later
// What a query looks like without its words, so that a log can say why it was slow and not what was
// searched for.
#pragma once

#include <string>
#include <string_view>

namespace broadsheet::query {

// `"one boat" tag:ferry OR fer* -date:2024` becomes `"w w" tag:w OR w* -date:w`: every word and
// value is w, with its marks; fields, operators, parentheses and distances stay. What cannot be
// read is "unreadable". At most 500 bytes.
std::string QueryShape(std::string_view query);

}  // namespace broadsheet::query
