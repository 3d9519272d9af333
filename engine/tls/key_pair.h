// SPDX-License-Identifier: GPL-3.0-or-later
// A certificate with its private key, by which a server or a client shows who it is, and the
// certificates of the authorities that somebody trusts. All are PEM files.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace broadsheet::tls {

struct KeyPair {
  // PEM; the owner's certificate comes first, then those that lead to an authority.
  std::string certificate;
  std::string key;
  // When all of these certificates are valid.
  absl::Time begins;
  absl::Time ends;
  // Whether every user of this machine may read the file of the key.
  bool key_readable_by_all = false;
};

// Reads both and checks that they belong together and that OpenSSL takes them for TLS. Their
// validity is for the caller to judge. Errors of base::FileError; FAILED_PRECONDITION, naming the
// file, when it is not what it should be.
absl::StatusOr<KeyPair> ReadKeyPair(const std::string& certificate_file,
                                    const std::string& key_file);

// The certificates of authorities in `file`, as PEM. Errors as above.
absl::StatusOr<std::string> ReadAuthorities(const std::string& file);

}  // namespace broadsheet::tls
