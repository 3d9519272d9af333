// SPDX-License-Identifier: GPL-3.0-or-later
// The certificate by which the server shows who it is, read anew when its files change: connections
// that are made from then on see the new one, those that are open go on as they are.
#pragma once

#include <grpcpp/security/server_credentials.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/mutex.h"
#include "engine/base/steady_time.h"
#include "server/base/file_watcher.h"
#include "server/base/logger.h"

struct grpc_ssl_server_certificate_config;

namespace broadsheet::server {

struct CertificateFiles {
  std::string certificate = {};
  std::string key = {};
  // When given, clients have to show a certificate of one of these authorities.
  std::string client_authorities = {};
};

// Safe from any thread, unless it says otherwise.
class ServerCertificate {
 public:
  // Reads the files: errors of tls::ReadKeyPair and tls::ReadAuthorities. From then on looks at
  // them every `look_interval`; a change is taken over once they have stayed the same for one
  // interval, so that one of two files that are replaced is not taken for both. What cannot be used
  // is logged, and the last good one kept. Warns daily of a certificate that ends within two weeks.
  // `logger` outlives this.
  static absl::StatusOr<std::unique_ptr<ServerCertificate>> Load(
      CertificateFiles files, Logger& logger, absl::Duration look_interval = absl::Seconds(1));
  ~ServerCertificate();
  ServerCertificate(const ServerCertificate&) = delete;
  ServerCertificate& operator=(const ServerCertificate&) = delete;

  // For one port of a gRPC server, which must not outlive this. TLS 1.2 at least. Call it before
  // the server has started.
  std::shared_ptr<grpc::ServerCredentials> Credentials();

  struct Validity {
    absl::Time begins;
    absl::Time ends;
  };
  // When the certificate in use is valid.
  Validity validity() ABSL_LOCKS_EXCLUDED(mutex_);

  // Has the files read again soon, whether or not they seem to have changed.
  void Reload() { watcher_.LookNow(); }

 private:
  class Port;
  struct Material {
    std::string certificate;
    std::string key;
    std::string client_authorities;
    absl::Time begins;
    absl::Time ends;
  };

  ServerCertificate(CertificateFiles files, Logger& logger, absl::Duration look_interval);
  absl::StatusOr<Material> Read() const;
  // Takes over what the files have now.
  absl::Status TakeOver() ABSL_LOCKS_EXCLUDED(mutex_);
  // The same, told in the log.
  void TakeOverAnew() ABSL_LOCKS_EXCLUDED(mutex_);
  void WarnOfEnd() ABSL_LOCKS_EXCLUDED(mutex_);
  // A new configuration for gRPC if there is one after `*version`; else null.
  grpc_ssl_server_certificate_config* NewerThan(uint64_t* version) ABSL_LOCKS_EXCLUDED(mutex_);

  const CertificateFiles files_;
  Logger& logger_;

  // gRPC keeps no more of its credentials than pointers to these.
  std::vector<std::shared_ptr<Port>> ports_;

  // Of the watcher's thread, once that runs.
  base::SteadyTime next_warning_;

  base::Mutex mutex_;
  Material material_ ABSL_GUARDED_BY(mutex_);
  // Counts what was taken over.
  uint64_t version_ ABSL_GUARDED_BY(mutex_) = 0;

  FileWatcher watcher_;  // the last, so that it stops first
};

}  // namespace broadsheet::server
