// SPDX-License-Identifier: GPL-3.0-or-later
// The callers that a server knows, and their notation. It holds hashes, no tokens.
//
//   [[caller]]
//   name = "website"
//   roles = [ "search" ]
//   rate = 50
//   only.source = [ "The Guardian", "The Times" ]
//
//     [[caller.token]]
//     hash = "3f9a01c2..."
//     created = 2026-11-30T15:00:00Z
//     expires = 2027-02-28T15:00:00Z
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/access/role.h"
#include "engine/access/token.h"

namespace broadsheet::access {

struct TokenRecord {
  TokenHash hash = {};
  absl::Time created = absl::UnixEpoch();
  absl::Time expires = absl::InfiniteFuture();
};

// For each field, the values of which an article must have one: {"source": {"The Times"}}. An
// article without the field does not pass.
using FieldValues = std::map<std::string, std::vector<std::string>>;

struct CallerRecord {
  std::string name;
  Roles roles = {};
  // Calls a second in the long run, and at once; 0 = any number.
  double rate = 0;
  uint32_t burst = 0;
  // The licence of the caller; empty = all articles.
  FieldValues only = {};
  std::vector<TokenRecord> tokens = {};
  // Names of a client certificate, and what a front tells of who it has let in.
  std::vector<std::string> certificates = {};
  std::vector<std::string> identities = {};
};

// How many tokens one caller has, so that one can take the place of another without a gap.
inline constexpr size_t kMostTokens = 2;

// The names of the fields that a licence can be for: those with whole values.
std::vector<std::string> LicenceFields();

// INVALID_ARGUMENT for a caller without a name or a role, with a rate that is none, more than
// kMostTokens, or with a licence though it may write or look after the index: that takes all
// articles.
absl::Status CheckCaller(const CallerRecord& caller);

// INVALID_ARGUMENT, with the line where it can be told, for what is no such list: a mistake in the
// notation, an unknown key, role or field, a caller of CheckCaller, two of one name or one token.
absl::StatusOr<std::vector<CallerRecord>> ParseCallers(std::string_view text);

// What ParseCallers reads. Comments of a person are lost.
std::string FormatCallers(const std::vector<CallerRecord>& callers);

}  // namespace broadsheet::access
