// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/known_callers.h"

#include <algorithm>
#include <utility>

#include "engine/schema/error.h"

namespace broadsheet::server {
namespace {

absl::Status Unauthenticated(std::string_view reason, std::string_view message) {
  return schema::Error(absl::StatusCode::kUnauthenticated, reason, message);
}

// How many calls at once where the file does not say: those of two seconds, and at least one.
double BurstOf(const access::CallerRecord& record) {
  return record.burst > 0 ? record.burst : std::max(1.0, 2 * record.rate);
}

// `before` where it is the same limit.
std::shared_ptr<RateLimit> RateOf(const access::CallerRecord& record,
                                  std::shared_ptr<RateLimit> before) {
  const double burst = BurstOf(record);
  if (before != nullptr && before->per_second() == record.rate && before->burst() == burst) {
    return before;
  }
  return std::make_shared<RateLimit>(record.rate, burst);
}

}  // namespace

absl::StatusOr<std::shared_ptr<const KnownCallers>> KnownCallers::Make(
    const std::vector<access::CallerRecord>& records, const KnownCallers* before) {
  std::shared_ptr<KnownCallers> known(new KnownCallers());
  for (const access::CallerRecord& record : records) {
    Caller caller{.name = record.name, .roles = record.roles};
    if (!record.only.empty()) {
      auto licence = query::Licence::Make(record.only);
      if (!licence.ok()) return licence.status();
      if (before != nullptr && before->licences_.contains((*licence)->key())) {
        licence = before->licences_.at((*licence)->key());
      }
      caller.licence = known->licences_.try_emplace((*licence)->key(), *licence).first->second;
    }
    if (record.rate > 0) {
      caller.rate = RateOf(record, before == nullptr ? nullptr : before->RateBefore(record.name));
      known->rates_.emplace(record.name, caller.rate);
    }
    known->Add(record, std::make_shared<const Caller>(std::move(caller)));
  }
  return known;
}

std::shared_ptr<RateLimit> KnownCallers::RateBefore(const std::string& name) const {
  const auto found = rates_.find(name);
  return found == rates_.end() ? nullptr : found->second;
}

void KnownCallers::Add(const access::CallerRecord& record, std::shared_ptr<const Caller> caller) {
  ++size_;
  for (const access::TokenRecord& token : record.tokens) {
    tokens_.emplace(token.hash.Bucket(), KnownToken{token.hash, token.expires, caller});
  }
  for (const std::string& name : record.certificates) certificates_.emplace(name, caller);
  for (const std::string& name : record.identities) identities_.emplace(name, caller);
}

absl::StatusOr<std::shared_ptr<const Caller>> KnownCallers::Find(const Credential& credential,
                                                                 absl::Time now) const {
  switch (credential.kind) {
    case Credential::Kind::kToken:
      return FindToken(credential.token, now);
    case Credential::Kind::kIdentity:
      return FindName(identities_, credential.names);
    case Credential::Kind::kCertificate:
      return FindName(certificates_, credential.names);
    case Credential::Kind::kUnreadable:
      return Unauthenticated("TOKEN_INVALID",
                             "the call's authorization is not one token of this server's form");
    case Credential::Kind::kNone:
      break;
  }
  return Unauthenticated("TOKEN_MISSING",
                         "this server answers callers it knows; send a token in the metadata, as "
                         "\"authorization: Bearer bs_...\"");
}

absl::StatusOr<std::shared_ptr<const Caller>> KnownCallers::FindToken(const access::TokenHash& hash,
                                                                      absl::Time now) const {
  const auto [first, last] = tokens_.equal_range(hash.Bucket());
  for (auto token = first; token != last; ++token) {
    if (token->second.hash != hash) continue;
    if (now < token->second.expires) return token->second.caller;
    return Unauthenticated(
        "TOKEN_EXPIRED",
        "the token expired on " +
            absl::FormatTime("%Y-%m-%d %H:%M UTC", token->second.expires, absl::UTCTimeZone()));
  }
  return Unauthenticated("TOKEN_INVALID", "the token is none of this server's, or was revoked");
}

absl::StatusOr<std::shared_ptr<const Caller>> KnownCallers::FindName(
    const ByName& known, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (const auto found = known.find(name); found != known.end()) return found->second;
  }
  return Unauthenticated("IDENTITY_UNKNOWN",
                         "the server knows no caller by the name that the connection proves");
}

}  // namespace broadsheet::server
