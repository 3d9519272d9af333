// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/admission/server_certificate.h"

#include <grpc/grpc_security.h>

#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/tls/key_pair.h"

namespace broadsheet::server {
namespace {

constexpr absl::Duration kWarnBefore = absl::Hours(14 * 24);
constexpr absl::Duration kWarnAgainAfter = absl::Hours(24);

std::string Day(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", time, absl::UTCTimeZone());
}

}  // namespace

// Credentials of a port. gRPC asks it for a newer certificate at every connection.
class ServerCertificate::Port final : public grpc::ServerCredentials {
 public:
  explicit Port(ServerCertificate& owner) : owner_(owner) {
    const auto wanted = owner.files_.client_authorities.empty()
                            ? GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE
                            : GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY;
    credentials_ = grpc_ssl_server_credentials_create_with_options(
        grpc_ssl_server_credentials_create_options_using_config_fetcher(wanted, Fetch, this));
  }
  ~Port() override { grpc_server_credentials_release(credentials_); }

  // Nobody sets one: handlers see to who may do what.
  void SetAuthMetadataProcessor(
      const std::shared_ptr<grpc::AuthMetadataProcessor>& /*processor*/) override {}

 private:
  int AddPortToServer(const std::string& address, grpc_server* server) override {
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  // Called with a lock of gRPC's held, so one at a time; reads no file.
  static grpc_ssl_certificate_config_reload_status Fetch(
      void* port, grpc_ssl_server_certificate_config** config) {
    auto* self = static_cast<Port*>(port);
    *config = self->owner_.NewerThan(&self->version_);
    return *config == nullptr ? GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED
                              : GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  ServerCertificate& owner_;
  grpc_server_credentials* credentials_ = nullptr;
  // The last that gRPC was given.
  uint64_t version_ = 0;
};

absl::StatusOr<std::unique_ptr<ServerCertificate>> ServerCertificate::Load(
    CertificateFiles files, Logger& logger, absl::Duration look_interval) {
  std::unique_ptr<ServerCertificate> loaded(
      new ServerCertificate(std::move(files), logger, look_interval));
  if (absl::Status taken = loaded->TakeOver(); !taken.ok()) return taken;
  loaded->watcher_.Start();
  return loaded;
}

ServerCertificate::ServerCertificate(CertificateFiles files, Logger& logger,
                                     absl::Duration look_interval)
    : files_(std::move(files)),
      logger_(logger),
      watcher_({{.paths = {files_.certificate, files_.key, files_.client_authorities},
                 .on_change =
                     [this] {
                       TakeOverAnew();
                       // A bad one is not tried again until it changes.
                       return true;
                     },
                 .settle = true,
                 .at_look =
                     [this] {
                       if (base::SteadyNow() >= next_warning_) WarnOfEnd();
                     }}},
               look_interval) {}

ServerCertificate::~ServerCertificate() { watcher_.Stop(); }

std::shared_ptr<grpc::ServerCredentials> ServerCertificate::Credentials() {
  ports_.push_back(std::make_shared<Port>(*this));
  return ports_.back();
}

absl::StatusOr<ServerCertificate::Material> ServerCertificate::Read() const {
  absl::StatusOr<tls::KeyPair> pair = tls::ReadKeyPair(files_.certificate, files_.key);
  if (!pair.ok()) return pair.status();
  if (pair->key_readable_by_all) {
    logger_.Warning(absl::StrFormat(
        "every user of this machine can read the private key %s; take that from them: chmod o= %s",
        files_.key, files_.key));
  }
  Material material{.certificate = std::move(pair->certificate),
                    .key = std::move(pair->key),
                    .client_authorities = {},
                    .begins = pair->begins,
                    .ends = pair->ends};
  if (files_.client_authorities.empty()) return material;
  absl::StatusOr<std::string> authorities = tls::ReadAuthorities(files_.client_authorities);
  if (!authorities.ok()) return authorities.status();
  material.client_authorities = *std::move(authorities);
  return material;
}

absl::Status ServerCertificate::TakeOver() {
  absl::StatusOr<Material> material = Read();
  if (!material.ok()) return material.status();
  {
    base::MutexLock lock(mutex_);
    material_ = *std::move(material);
    ++version_;
  }
  WarnOfEnd();
  return absl::OkStatus();
}

void ServerCertificate::TakeOverAnew() {
  const absl::Status taken = TakeOver();
  if (taken.ok()) {
    logger_.Info(absl::StrFormat("new connections see the certificate that %s has now; it ends %s",
                                 files_.certificate, Day(validity().ends)));
  } else {
    logger_.Error(absl::StrFormat("keeping the certificate in use, since the new one is bad: %s",
                                  std::string(taken.message())));
  }
}

ServerCertificate::Validity ServerCertificate::validity() {
  base::MutexLock lock(mutex_);
  return {.begins = material_.begins, .ends = material_.ends};
}

void ServerCertificate::WarnOfEnd() {
  next_warning_ = base::SteadyIn(kWarnAgainAfter);
  const auto [begins, ends] = validity();
  const absl::Time now = absl::Now();
  if (now < begins) {
    logger_.Warning(absl::StrFormat("the certificate %s is not valid before %s: clients refuse it",
                                    files_.certificate, Day(begins)));
  } else if (now > ends) {
    logger_.Warning(absl::StrFormat("the certificate %s ended %s: clients refuse it; replace it",
                                    files_.certificate, Day(ends)));
  } else if (ends - now < kWarnBefore) {
    logger_.Warning(absl::StrFormat("the certificate %s ends %s, in %d days: replace it",
                                    files_.certificate, Day(ends), (ends - now) / absl::Hours(24)));
  }
}

grpc_ssl_server_certificate_config* ServerCertificate::NewerThan(uint64_t* version) {
  base::MutexLock lock(mutex_);
  if (std::exchange(*version, version_) == version_) return nullptr;
  const grpc_ssl_pem_key_cert_pair pair = {.private_key = material_.key.c_str(),
                                           .cert_chain = material_.certificate.c_str()};
  // gRPC 1.51 ends the process when it is given none, also where clients are not asked for any.
  const std::string& authorities =
      files_.client_authorities.empty() ? material_.certificate : material_.client_authorities;
  return grpc_ssl_server_certificate_config_create(authorities.c_str(), &pair, 1);
}

}  // namespace broadsheet::server
