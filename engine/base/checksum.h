// SPDX-License-Identifier: GPL-3.0-or-later
// XXH3-128 in hex. It finds damage; it is no protection against forgery.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace broadsheet::base {

inline constexpr size_t kChecksumDigits = 32;

// The checksum of bytes that come in pieces. Not thread-safe.
class Checksum {
 public:
  Checksum();
  ~Checksum();
  Checksum(const Checksum&) = delete;
  Checksum& operator=(const Checksum&) = delete;

  void Add(std::string_view bytes);
  // The checksum of all that was added so far: kChecksumDigits lower-case digits.
  std::string Hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string ChecksumOf(std::string_view bytes);

}  // namespace broadsheet::base
