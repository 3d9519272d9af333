// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks one member of packed data: a member of gzip, a frame of zstd, a stream of xz or bzip2.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace broadsheet::sources {

enum class CodecStep : uint8_t {
  kMore,         // needs more packed bytes, or more room
  kMemberEnd,    // the member is whole, and its checksums are right
  kDamaged,      // it cannot be unpacked further
  kBadChecksum,  // all of it is unpacked, and its checksum or length is wrong
};

// Cheap to make: what unpacks is made by Start. Not thread-safe.
class Codec {
 public:
  // Enough bytes for IsHead and Start.
  static constexpr size_t kHeadBytes = 12;

  virtual ~Codec() = default;

  // "gzip".
  virtual std::string_view name() const = 0;
  // "member", "frame", "stream".
  virtual std::string_view part() const = 0;
  // Whether a member may begin with `bytes`: kHeadBytes of them, or all that are left.
  virtual bool IsHead(std::string_view bytes) const = 0;
  // Begins a member that begins with `head`, which is not taken.
  virtual void Start(std::string_view head) = 0;
  // Unpacks some of `*packed` into `*room`, and takes off both what it has used.
  virtual CodecStep Step(std::string_view* packed, std::span<char>* room) = 0;
  // Why the last step failed.
  virtual std::string Why() const = 0;
  // Another codec that unpacks members of the same data, to try whether a member is one.
  virtual std::unique_ptr<Codec> Another() const = 0;
};

}  // namespace broadsheet::sources
