// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/tls/openssl.h"

#include <openssl/err.h>
#include <openssl/pem.h>

namespace broadsheet::tls {
namespace {

BioPtr ReaderOf(const std::string& text) {
  return BioPtr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// In place of OpenSSL's own, which asks at the terminal.
int NoPassphrase(char* /*buffer*/, int /*size*/, int /*for_writing*/, void* /*data*/) { return -1; }

}  // namespace

std::vector<X509Ptr> ParseCertificates(const std::string& pem) {
  const BioPtr reader = ReaderOf(pem);
  std::vector<X509Ptr> certificates;
  ERR_clear_error();
  while (X509* next = PEM_read_bio_X509(reader.get(), nullptr, NoPassphrase, nullptr)) {
    certificates.emplace_back(next);
  }
  // The end of the text is reported as this; anything else is a certificate that is broken.
  if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE) return {};
  ERR_clear_error();
  return certificates;
}

KeyPtr ParseKey(const std::string& pem) {
  ERR_clear_error();
  return KeyPtr(PEM_read_bio_PrivateKey(ReaderOf(pem).get(), nullptr, NoPassphrase, nullptr));
}

std::string TakeError() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  std::string words = reason != nullptr ? reason : "unknown reason";
  ERR_clear_error();
  return words;
}

}  // namespace broadsheet::tls
