// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL's objects with owners, and its errors in words.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

namespace broadsheet::tls {

template <auto kFree>
struct FreedBy {
  template <typename Object>
  void operator()(Object* object) const {
    kFree(object);
  }
};
using X509Ptr = std::unique_ptr<X509, FreedBy<X509_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, FreedBy<EVP_PKEY_free>>;
using BioPtr = std::unique_ptr<BIO, FreedBy<BIO_free_all>>;
using ContextPtr = std::unique_ptr<SSL_CTX, FreedBy<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, FreedBy<SSL_free>>;

// The certificates of a PEM text, in its order; empty when there is none, or one cannot be read.
std::vector<X509Ptr> ParseCertificates(const std::string& pem);

// The private key of a PEM text; null when there is none. Never asks for a passphrase.
KeyPtr ParseKey(const std::string& pem);

// OpenSSL's reason for the last failure on this thread, which is then forgotten; "unknown reason"
// when it gave none.
std::string TakeError();

}  // namespace broadsheet::tls
