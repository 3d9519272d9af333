// SPDX-License-Identifier: GPL-3.0-or-later
// A mistake in a query: its place, its reason and the remedy.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "engine/query/syntax/ast.h"

namespace broadsheet::query {

inline constexpr std::string_view kSyntax = "QUERY_SYNTAX";
inline constexpr std::string_view kUnknownField = "QUERY_UNKNOWN_FIELD";
inline constexpr std::string_view kTooLong = "QUERY_TOO_LONG";
inline constexpr std::string_view kTooComplex = "QUERY_TOO_COMPLEX";
inline constexpr std::string_view kBadDate = "QUERY_BAD_DATE";

struct Mistake {
  std::string_view reason = kSyntax;
  Span span;
  std::string message = {};
  std::string hint = {};             // "" = no advice
  std::string suggested_query = {};  // "" = no safe guess
};

// INVALID_ARGUMENT with a QueryError payload.
absl::Status ToStatus(const Mistake& mistake);

}  // namespace broadsheet::query
