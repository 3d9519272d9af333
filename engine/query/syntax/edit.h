// SPDX-License-Identifier: GPL-3.0-or-later
// Changes to the text of a query, for suggestions. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

// `query` with the bytes of `span` replaced.
std::string Replaced(std::string_view query, Span span, std::string_view replacement);

// `query` without the bytes of `span`, and without the space that would be doubled.
std::string Without(std::string_view query, Span span);

}  // namespace broadsheet::query
