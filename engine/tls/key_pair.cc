// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tls/key_pair.h"

#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"
#include "engine/tls/openssl.h"

namespace broadsheet::tls {
namespace {

// All the authorities of a Debian system have a quarter of this.
constexpr size_t kMaxFileBytes = 1 << 20;

absl::Time ToTime(const ASN1_TIME* time) {
  std::tm parts = {};
  // What cannot be read is of no time at all.
  if (ASN1_TIME_to_tm(time, &parts) != 1) return absl::InfinitePast();
  return absl::FromTM(parts, absl::UTCTimeZone());
}

absl::Status NoCertificate(const std::string& file) {
  return absl::FailedPreconditionError(
      absl::StrFormat("%s has no certificate that can be read; a PEM file is expected", file));
}

// As gRPC will use them: OpenSSL also refuses keys that are too short to be safe.
absl::Status TryForTls(const std::vector<X509Ptr>& chain, EVP_PKEY& key,
                       const std::string& certificate_file, const std::string& key_file) {
  const ContextPtr context(SSL_CTX_new(TLS_method()));
  if (SSL_CTX_use_certificate(context.get(), chain.front().get()) != 1) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "the certificate %s cannot be used for TLS: %s", certificate_file, TakeError()));
  }
  if (X509_check_private_key(chain.front().get(), &key) != 1) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "the key %s is not that of the certificate %s", key_file, certificate_file));
  }
  if (SSL_CTX_use_PrivateKey(context.get(), &key) != 1) {
    return absl::FailedPreconditionError(
        absl::StrFormat("the key %s cannot be used for TLS: %s", key_file, TakeError()));
  }
  return absl::OkStatus();
}

bool IsReadableByAll(const std::string& file) {
  struct stat found = {};
  return ::stat(file.c_str(), &found) == 0 && (found.st_mode & S_IROTH) != 0;
}

}  // namespace

absl::StatusOr<KeyPair> ReadKeyPair(const std::string& certificate_file,
                                    const std::string& key_file) {
  absl::StatusOr<std::string> certificate = base::ReadWholeFile(certificate_file, kMaxFileBytes);
  if (!certificate.ok()) return certificate.status();
  absl::StatusOr<std::string> key_text = base::ReadWholeFile(key_file, kMaxFileBytes);
  if (!key_text.ok()) return key_text.status();
  const std::vector<X509Ptr> chain = ParseCertificates(*certificate);
  if (chain.empty()) return NoCertificate(certificate_file);
  const KeyPtr key = ParseKey(*key_text);
  if (key == nullptr) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s has no private key that can be read (%s); a PEM file without a passphrase is expected",
        key_file, TakeError()));
  }
  if (absl::Status usable = TryForTls(chain, *key, certificate_file, key_file); !usable.ok()) {
    return usable;
  }
  KeyPair pair{.certificate = *std::move(certificate),
               .key = *std::move(key_text),
               .begins = absl::InfinitePast(),
               .ends = absl::InfiniteFuture(),
               .key_readable_by_all = IsReadableByAll(key_file)};
  for (const X509Ptr& each : chain) {
    pair.begins = std::max(pair.begins, ToTime(X509_get0_notBefore(each.get())));
    pair.ends = std::min(pair.ends, ToTime(X509_get0_notAfter(each.get())));
  }
  return pair;
}

absl::StatusOr<std::string> ReadAuthorities(const std::string& file) {
  absl::StatusOr<std::string> pem = base::ReadWholeFile(file, kMaxFileBytes);
  if (!pem.ok()) return pem.status();
  if (ParseCertificates(*pem).empty()) return NoCertificate(file);
  return pem;
}

}  // namespace broadsheet::tls
