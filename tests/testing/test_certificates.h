// SPDX-License-Identifier: GPL-3.0-or-later
// Authorities and certificates for tests, made in moments.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/tls/openssl.h"

namespace broadsheet::testing {

// What a certificate says; days count from now.
struct CertificateFacts {
  std::string name = "localhost";
  // "DNS:news.example,IP:127.0.0.1"; none when empty.
  std::string alternative_names = "DNS:localhost,IP:127.0.0.1";
  int begins_in_days = -1;
  int ends_in_days = 365;
};

// A certificate with its key.
class TestCertificate {
 public:
  // Of an authority, signed by itself.
  static TestCertificate Authority(const std::string& name = "Test authority") {
    return TestCertificate({.name = name, .alternative_names = ""}, nullptr);
  }
  TestCertificate Sign(const CertificateFacts& facts) const { return TestCertificate(facts, this); }

  void WriteTo(const std::filesystem::path& certificate_file,
               const std::filesystem::path& key_file) const {
    WriteCertificateTo(certificate_file);
    const File file(std::fopen(key_file.c_str(), "w"));
    PEM_write_PrivateKey(file.get(), key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
    std::filesystem::permissions(
        key_file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
  void WriteCertificateTo(const std::filesystem::path& file_name) const {
    const File file(std::fopen(file_name.c_str(), "w"));
    PEM_write_X509(file.get(), certificate_.get());
  }

 private:
  using File = std::unique_ptr<std::FILE, tls::FreedBy<[](std::FILE* file) { std::fclose(file); }>>;

  // Signed by itself, as an authority, when `issuer` is null.
  TestCertificate(const CertificateFacts& facts, const TestCertificate* issuer)
      : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
    static long serial = 0;
    X509* made = certificate_.get();
    X509_set_version(made, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(made), facts.begins_in_days * kDay);
    X509_gmtime_adj(X509_getm_notAfter(made), facts.ends_in_days * kDay);
    X509_set_pubkey(made, key_.get());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(facts.name.c_str()), -1, -1,
                               0);
    X509* signer = issuer == nullptr ? made : issuer->certificate_.get();
    X509_set_issuer_name(made, X509_get_subject_name(signer));
    if (issuer == nullptr) Add(NID_basic_constraints, "critical,CA:TRUE");
    if (!facts.alternative_names.empty()) Add(NID_subject_alt_name, facts.alternative_names);
    X509_sign(made, (issuer == nullptr ? *this : *issuer).key_.get(), EVP_sha256());
  }

  void Add(int extension, const std::string& value) {
    X509_EXTENSION* made = X509V3_EXT_conf_nid(nullptr, nullptr, extension, value.c_str());
    X509_add_ext(certificate_.get(), made, -1);
    X509_EXTENSION_free(made);
  }

  static constexpr long kDay = 24L * 60 * 60;

  tls::KeyPtr key_;
  tls::X509Ptr certificate_;
};

}  // namespace broadsheet::testing
