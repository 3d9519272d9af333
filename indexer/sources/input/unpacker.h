// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacks data that consists of members, one behind the other, and goes on behind what is damaged.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "indexer/sources/input/codec.h"

namespace broadsheet::sources {

// Memory: a block of packed bytes, a block of unpacked ones, and what the codec needs. Good data
// costs nothing more than unpacking it. Not thread-safe.
class Unpacker {
 public:
  // Returns the packed data block by block, each valid until the next call that returns some; an
  // empty block at the end.
  using Packed = std::function<absl::StatusOr<std::string_view>()>;

  Unpacker(std::unique_ptr<Codec> codec, Packed packed);

  // The next unpacked bytes, valid until the next call; none at the end. DATA_LOSS, saying what is
  // lost, when a member is damaged, when bytes between members are neither a member nor zero, or
  // when the last member is truncated: after all bytes before the damage. The next call then goes
  // on with the first member behind it that can be unpacked. Errors of `packed`, which end it.
  absl::StatusOr<std::string_view> Next();

  // The offset in the unpacked bytes at which the damaged member begins of which Next told last.
  uint64_t damaged_from() const { return damaged_from_; }

 private:
  enum class State : uint8_t { kBetween, kInside, kAtEnd };

  std::string_view rest() const { return block_.substr(at_); }
  uint64_t packed_offset() const { return block_offset_ + at_; }
  absl::Status Need(size_t bytes);
  absl::Status SkipZeros();
  absl::Status Begin();
  absl::StatusOr<std::string_view> Unpack();
  size_t RescanFrom() const;
  absl::Status FindMember(size_t from);
  absl::StatusOr<bool> IsMember();
  absl::Status Lost(std::string what, size_t from);

  const std::unique_ptr<Codec> codec_;
  const Packed packed_;
  State state_ = State::kBetween;
  std::vector<char> unpacked_;
  // The present block of packed bytes, how much of it is used, and where it is in the data.
  std::string_view block_;
  size_t at_ = 0;
  uint64_t block_offset_ = 0;
  bool packed_at_end_ = false;
  // The block, when it was put together from several.
  std::string joined_;
  // From 1; where the present one begins.
  uint64_t members_ = 0;
  uint64_t member_offset_ = 0;
  // How many bytes were given, when the present member began, and when the damaged one did.
  uint64_t given_ = 0;
  uint64_t member_given_ = 0;
  uint64_t damaged_from_ = 0;
  // Damage that was found behind bytes that are given first.
  absl::Status found_;
  uint64_t failed_trials_ = 0;
};

}  // namespace broadsheet::sources
