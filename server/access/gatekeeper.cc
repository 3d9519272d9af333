// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/access/gatekeeper.h"

#include <google/protobuf/any.pb.h>

#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/access/caller_file.h"
#include "engine/schema/error.h"
#include "google/rpc/error_details.pb.h"
#include "server/access/call_credential.h"
#include "server/access/method_rules.h"

namespace broadsheet::server {
namespace {

std::shared_ptr<const Caller> Everybody() {
  static const auto everybody =
      std::make_shared<const Caller>(Caller{.name = "", .roles = access::Roles::All()});
  return everybody;
}

// Where a method is for anybody: a caller that may do nothing else.
std::shared_ptr<const Caller> Anybody() {
  static const auto anybody = std::make_shared<const Caller>();
  return anybody;
}

absl::Status RoleMissing(const Caller& caller, access::Role role, std::string_view method) {
  const std::string name(access::NameOf(role));
  return schema::Error(absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
                       absl::StrFormat(R"("%s" may not call %s, which takes the role "%s")",
                                       caller.name, ShortNameOf(method), name),
                       {{"role", name}, {"caller", caller.name}});
}

absl::Status RateLimited(const Caller& caller, absl::Duration wait) {
  absl::Status status = schema::Error(
      absl::StatusCode::kResourceExhausted, "RATE_LIMITED",
      absl::StrFormat("\"%s\" may make %g calls a second, and has made as many; try again in %s",
                      caller.name, caller.rate->per_second(),
                      absl::FormatDuration(absl::Ceil(wait, absl::Milliseconds(1)))),
      {{"caller", caller.name}});
  google::protobuf::Any retry;
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(wait));
  info.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(wait % absl::Seconds(1))));
  retry.PackFrom(info);
  status.SetPayload(retry.type_url(), absl::Cord(retry.value()));
  return status;
}

absl::Status NobodysMethod(std::string_view method) {
  return schema::Error(absl::StatusCode::kPermissionDenied, "ROLE_MISSING",
                       absl::StrFormat("no role is allowed to call %s", std::string(method)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gatekeeper>> Gatekeeper::Open(GatekeeperOptions options,
                                                             Logger& logger) {
  std::unique_ptr<Gatekeeper> gatekeeper(new Gatekeeper(std::move(options), logger));
  if (!gatekeeper->knows_callers()) return gatekeeper;
  if (absl::Status read = gatekeeper->Read(); !read.ok()) return read;
  return gatekeeper;
}

Gatekeeper::Gatekeeper(GatekeeperOptions options, Logger& logger)
    : options_(std::move(options)),
      logger_(logger),
      watcher_(knows_callers()
                   ? std::vector<WatchedFiles>{{.paths = {options_.callers},
                                                .on_change = [this] { return ReadAnew(); }}}
                   : std::vector<WatchedFiles>(),
               options_.poll_interval) {}

Credential Gatekeeper::CredentialOf(const grpc::ServerContext& context) const {
  return knows_callers() ? server::CredentialOf(context, options_.trusts_front) : Credential();
}

absl::StatusOr<std::shared_ptr<const Caller>> Gatekeeper::Admit(const Credential& credential,
                                                                std::string_view method) const {
  if (!knows_callers()) return Everybody();
  const MethodRule* rule = FindMethodRule(method);
  if (rule == nullptr) return NobodysMethod(method);
  if (rule->whom == MethodRule::For::kAnybody) return Anybody();
  auto caller = Known()->Find(credential, absl::Now());
  if (!caller.ok()) return caller.status();
  if (rule->whom == MethodRule::For::kRole && !(*caller)->roles.Has(rule->role)) {
    return RoleMissing(**caller, rule->role, method);
  }
  return caller;
}

absl::Status Gatekeeper::Charge(const Caller& caller) {
  if (caller.rate == nullptr) return absl::OkStatus();
  const absl::Duration wait = caller.rate->Take();
  return wait == absl::ZeroDuration() ? absl::OkStatus() : RateLimited(caller, wait);
}

void Gatekeeper::Refund(const Caller& caller, const absl::Status& why) {
  if (caller.rate != nullptr && schema::ErrorReason(why) == "OVERLOADED") caller.rate->GiveBack();
}

std::shared_ptr<const KnownCallers> Gatekeeper::Known() const {
  base::MutexLock lock(mutex_);
  return known_;
}

absl::Status Gatekeeper::Read() {
  const absl::StatusOr<std::vector<access::CallerRecord>> records =
      access::ReadCallers(options_.callers);
  if (!records.ok()) return records.status();
  auto known = KnownCallers::Make(*records, Known().get());
  if (!known.ok()) return known.status();
  base::MutexLock lock(mutex_);
  known_.swap(*known);
  return absl::OkStatus();
}

void Gatekeeper::Watch() { watcher_.Start(); }

bool Gatekeeper::ReadAnew() {
  const absl::Status read = Read();
  const std::string message(read.message());
  if (read.ok()) {
    logger_.Info(absl::StrFormat("read %s anew: callers are %d", options_.callers.string(),
                                 Known()->size()));
  } else if (message != problem_) {
    logger_.Warning(absl::StrFormat("the callers known before stay in force: %s", message));
  }
  problem_ = message;
  return read.ok();
}

}  // namespace broadsheet::server
