// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/digest.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "indexer/sources/wording/word_set.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::warc {
namespace {

// In base 32, without the signs that fill up its end.
std::string Base32(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  constexpr unsigned kBitsPerDigit = 5;
  std::string text;
  unsigned bits = 0;
  unsigned value = 0;
  for (const char byte : bytes) {
    value = value << 8 | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= kBitsPerDigit; bits -= kBitsPerDigit) {
      text += kDigits[value >> (bits - kBitsPerDigit) & 31];
    }
    value &= (1U << bits) - 1;
  }
  if (bits > 0) text += kDigits[value << (kBitsPerDigit - bits) & 31];
  return text;
}

}  // namespace

bool ContradictsDigest(std::string_view content, std::string_view stated) {
  constexpr auto kAlgorithms = std::to_array<std::string_view>({"md5", "sha1", "sha256", "sha512"});
  const size_t colon = stated.find(':');
  if (colon == std::string_view::npos) return false;
  std::string name = absl::AsciiStrToLower(std::string(stated.substr(0, colon)));
  name.erase(std::remove(name.begin(), name.end(), '-'), name.end());
  if (!IsOneOf(name, kAlgorithms)) return false;
  const EVP_MD* algorithm = EVP_get_digestbyname(name.c_str());
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  if (algorithm == nullptr ||
      EVP_Digest(content.data(), content.size(), digest.data(), &size, algorithm, nullptr) != 1) {
    return false;
  }
  const std::string bytes(reinterpret_cast<const char*>(digest.data()), size);
  std::string_view value = stated.substr(colon + 1);
  while (value.ends_with('=')) value.remove_suffix(1);
  return !page::EqualsIgnoringCase(value, Base32(bytes)) &&
         !page::EqualsIgnoringCase(value, absl::BytesToHexString(bytes));
}

}  // namespace broadsheet::sources::warc
