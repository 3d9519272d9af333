// SPDX-License-Identifier: GPL-3.0-or-later
// The callers of one reading of their file, to be found by what they show.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/access/callers.h"
#include "server/access/caller.h"

namespace broadsheet::server {

// Immutable; safe from any thread.
class KnownCallers {
 public:
  // Licences and rates that `before` has already are taken from there, since they keep what they
  // have found and what was called; it may be null. INVALID_ARGUMENT when a licence is none.
  static absl::StatusOr<std::shared_ptr<const KnownCallers>> Make(
      const std::vector<access::CallerRecord>& records, const KnownCallers* before);

  // Who shows `credential` at `now`. UNAUTHENTICATED: TOKEN_MISSING when it shows nothing,
  // TOKEN_INVALID for a token that is none or nobody's, TOKEN_EXPIRED, IDENTITY_UNKNOWN for a
  // certificate or an identity that is nobody's.
  absl::StatusOr<std::shared_ptr<const Caller>> Find(const Credential& credential,
                                                     absl::Time now) const;

  size_t size() const { return size_; }

 private:
  struct KnownToken {
    access::TokenHash hash;
    absl::Time expires;
    std::shared_ptr<const Caller> caller;
  };
  using ByName = std::unordered_map<std::string, std::shared_ptr<const Caller>>;

  absl::StatusOr<std::shared_ptr<const Caller>> FindToken(const access::TokenHash& hash,
                                                          absl::Time now) const;
  static absl::StatusOr<std::shared_ptr<const Caller>> FindName(
      const ByName& known, const std::vector<std::string>& names);

  KnownCallers() = default;
  // Null when there is none.
  std::shared_ptr<RateLimit> RateBefore(const std::string& name) const;
  void Add(const access::CallerRecord& record, std::shared_ptr<const Caller> caller);

  size_t size_ = 0;
  // By Licence::key().
  std::unordered_map<std::string, std::shared_ptr<const query::Licence>> licences_;
  // By the name of the caller.
  std::unordered_map<std::string, std::shared_ptr<RateLimit>> rates_;
  std::unordered_multimap<uint64_t, KnownToken> tokens_;  // by TokenHash::Bucket
  ByName certificates_;
  ByName identities_;
};

}  // namespace broadsheet::server
