// SPDX-License-Identifier: GPL-3.0-or-later
// A bearer token: a secret that lets whoever has it call a server. It is 256 bits from the system's
// generator, so its SHA-256 can be kept in its place: nobody can try 2^256 tokens, and a hash that
// takes long, as passwords need one, would only make each call slow.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet::access {

// How every token begins, so that one that leaked is recognised.
inline constexpr std::string_view kTokenPrefix = "bs_";

// The SHA-256 of a token.
class TokenHash {
 public:
  static TokenHash Of(std::string_view token);
  // 64 digits, 0-9 and a-f; nullopt for any other text.
  static std::optional<TokenHash> FromHex(std::string_view hex);

  std::string ToHex() const;
  // Enough of it to tell the tokens of a file apart, for people: "3f9a01c2".
  std::string ShortName() const { return ToHex().substr(0, 8); }
  // For a hash table. Who guesses tokens learns nothing of one by how long this takes to find: the
  // bits of a hash cannot be chosen.
  uint64_t Bucket() const;
  // Takes as long whatever the bytes are.
  bool operator==(const TokenHash& other) const;

 private:
  static constexpr size_t kBytes = 32;
  std::string bytes_ = std::string(kBytes, '\0');
};

// INTERNAL when the system has no random bytes.
absl::StatusOr<std::string> MakeToken();

// Whether `text` has the form of a token.
bool LooksLikeToken(std::string_view text);

}  // namespace broadsheet::access
