// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a query: parts of it, and changes to it for suggestions. Pure; safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

// The bytes of `span`, as they were typed.
std::string_view TextOf(std::string_view query, Span span);

// `query` with the bytes of `span` replaced.
std::string Replaced(std::string_view query, Span span, std::string_view replacement);

// `query` without the bytes of `span`, and without the space that would be doubled.
std::string Without(std::string_view query, Span span);

}  // namespace broadsheet::query
