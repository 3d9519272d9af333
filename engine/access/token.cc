// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/access/token.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "absl/strings/escaping.h"

namespace broadsheet::access {
namespace {

constexpr size_t kTokenBytes = 32;
// Of 32 bytes in base64 without its padding.
constexpr size_t kTokenLetters = 43;

bool IsTokenLetter(char letter) {
  const auto in = [letter](char first, char last) { return letter >= first && letter <= last; };
  return in('a', 'z') || in('A', 'Z') || in('0', '9') || letter == '-' || letter == '_';
}

bool IsHexDigit(char digit) {
  return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
}

}  // namespace

TokenHash TokenHash::Of(std::string_view token) {
  TokenHash hash;
  SHA256(reinterpret_cast<const unsigned char*>(token.data()), token.size(),
         reinterpret_cast<unsigned char*>(hash.bytes_.data()));
  return hash;
}

std::optional<TokenHash> TokenHash::FromHex(std::string_view hex) {
  if (hex.size() != 2 * kBytes || !std::all_of(hex.begin(), hex.end(), IsHexDigit)) {
    return std::nullopt;
  }
  TokenHash hash;
  hash.bytes_ = absl::HexStringToBytes({hex.data(), hex.size()});
  return hash;
}

std::string TokenHash::ToHex() const { return absl::BytesToHexString(bytes_); }

uint64_t TokenHash::Bucket() const {
  uint64_t bucket = 0;
  std::memcpy(&bucket, bytes_.data(), sizeof(bucket));
  return bucket;
}

bool TokenHash::operator==(const TokenHash& other) const {
  return CRYPTO_memcmp(bytes_.data(), other.bytes_.data(), kBytes) == 0;
}

absl::StatusOr<std::string> MakeToken() {
  std::array<unsigned char, kTokenBytes> bytes;
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return absl::InternalError("cannot make a token: the system gives no random bytes");
  }
  std::string letters;
  absl::WebSafeBase64Escape({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, &letters);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return std::string(kTokenPrefix) + letters;
}

bool LooksLikeToken(std::string_view text) {
  if (!text.starts_with(kTokenPrefix)) return false;
  text.remove_prefix(kTokenPrefix.size());
  return text.size() == kTokenLetters && std::all_of(text.begin(), text.end(), IsTokenLetter);
}

}  // namespace broadsheet::access
