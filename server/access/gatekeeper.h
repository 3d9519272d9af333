// SPDX-License-Identifier: GPL-3.0-or-later
// Decides, for every call, who makes it and whether they may: the one place that does.
//
//   auto gatekeeper = Gatekeeper::Open({.callers = "/etc/broadsheet/callers.toml"}, logger);
//   (*gatekeeper)->Watch();
//   auto caller = (*gatekeeper)->Admit(context, "broadsheet.v1.SearchService.GetArticle");
#pragma once

#include <grpcpp/server_context.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "server/access/caller.h"
#include "server/access/known_callers.h"
#include "server/base/file_watcher.h"
#include "server/base/logger.h"

namespace broadsheet::server {

struct GatekeeperOptions {
  // The file of callers; empty = everybody may do everything, as nobody.
  std::filesystem::path callers;
  // Whether the identity that a front tells is believed (call_credential.h).
  bool trusts_front = false;
  // How often to look whether the file has changed.
  absl::Duration poll_interval = absl::Milliseconds(250);
};

// Safe from any thread. Owns one thread from Watch() to StopWatching(). Never reads a file on a
// thread that calls Admit.
class Gatekeeper {
 public:
  // Reads the file. Errors as access::ReadCallers. `logger` outlives this.
  static absl::StatusOr<std::unique_ptr<Gatekeeper>> Open(GatekeeperOptions options,
                                                          Logger& logger);
  Gatekeeper(const Gatekeeper&) = delete;
  Gatekeeper& operator=(const Gatekeeper&) = delete;

  // Who calls `method`, a full name. UNAUTHENTICATED as KnownCallers::Find; PERMISSION_DENIED
  // (ROLE_MISSING) when the caller's roles are for other methods, or the method is nobody's.
  absl::StatusOr<std::shared_ptr<const Caller>> Admit(const grpc::ServerContext& context,
                                                      std::string_view method) const {
    return Admit(CredentialOf(context), method);
  }
  // The same in two steps, for a stream, which is asked again while it goes on.
  Credential CredentialOf(const grpc::ServerContext& context) const;
  absl::StatusOr<std::shared_ptr<const Caller>> Admit(const Credential& credential,
                                                      std::string_view method) const
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Counts a call of `caller`, or a message of its stream. RESOURCE_EXHAUSTED (RATE_LIMITED) with a
  // google.rpc.RetryInfo when it has made as many as it may.
  static absl::Status Charge(const Caller& caller);
  // What was charged was not even begun: the server refused it with `why`. Where that is for
  // reasons of its own (OVERLOADED), the call does not count.
  static void Refund(const Caller& caller, const absl::Status& why);

  // Starts the thread that reads the file anew when it has changed. A file that cannot be read
  // leaves what was read before in force, and is logged. Call once.
  void Watch();
  // May be called again.
  void StopWatching() { watcher_.Stop(); }

 private:
  Gatekeeper(GatekeeperOptions options, Logger& logger);
  bool knows_callers() const { return !options_.callers.empty(); }
  std::shared_ptr<const KnownCallers> Known() const ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status Read() ABSL_LOCKS_EXCLUDED(mutex_);
  // Whether what the file says now holds.
  bool ReadAnew();

  const GatekeeperOptions options_;
  Logger& logger_;
  std::string problem_;  // that the log has; of the watcher's thread

  mutable base::Mutex mutex_;
  std::shared_ptr<const KnownCallers> known_ ABSL_GUARDED_BY(mutex_);
  FileWatcher watcher_;  // the last, so that it stops first
};

}  // namespace broadsheet::server
