// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/unpacker.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::sources {
namespace {

constexpr size_t kUnpackedBytes = 64 << 10;
// What looks like a member is one when so many bytes of it can be unpacked, or all of it.
constexpr size_t kTrialBytes = 64 << 10;
// In packed data chance makes a head of gzip once in 100 MB; more of them are made to waste time.
constexpr uint64_t kMostFailedTrials = 200;

}  // namespace

Unpacker::Unpacker(std::unique_ptr<Codec> codec, Packed packed)
    : codec_(std::move(codec)), packed_(std::move(packed)), unpacked_(kUnpackedBytes) {}

// Reads on until `bytes` unused ones are there, or all that are left.
absl::Status Unpacker::Need(size_t bytes) {
  while (rest().size() < bytes && !packed_at_end_) {
    // What is left is moved to where more can be put behind it.
    const bool has_some = !rest().empty();
    if (has_some && block_.data() != joined_.data()) {
      joined_.assign(rest());
      block_offset_ += std::exchange(at_, 0);
      block_ = joined_;
    }
    const absl::StatusOr<std::string_view> next = packed_();
    if (!next.ok()) {
      state_ = State::kAtEnd;
      packed_at_end_ = true;
      return next.status();
    }
    packed_at_end_ = next->empty();
    // The last block stays, for what may be found in it again.
    if (packed_at_end_) break;
    block_offset_ += at_;
    if (has_some) {
      joined_.erase(0, std::exchange(at_, 0));
      joined_ += *next;
      block_ = joined_;
    } else {
      at_ = 0;
      block_ = *next;
    }
  }
  return absl::OkStatus();
}

// Zeros fill up tapes and blocks of xz.
absl::Status Unpacker::SkipZeros() {
  while (true) {
    if (absl::Status there = Need(1); !there.ok()) return there;
    const size_t other = rest().find_first_not_of('\0');
    at_ = other == std::string_view::npos ? block_.size() : at_ + other;
    if (at_ < block_.size() || packed_at_end_) return absl::OkStatus();
  }
}

// Begins the next member, or notes the end.
absl::Status Unpacker::Begin() {
  if (absl::Status skipped = SkipZeros(); !skipped.ok()) return skipped;
  if (rest().empty()) {
    state_ = State::kAtEnd;
    return absl::OkStatus();
  }
  if (absl::Status there = Need(Codec::kHeadBytes); !there.ok()) return there;
  member_offset_ = packed_offset();
  if (!codec_->IsHead(rest())) {
    return Lost(absl::StrFormat("byte %d of the packed data is no %s of %s", member_offset_,
                                std::string(codec_->part()), std::string(codec_->name())),
                at_);
  }
  ++members_;
  member_given_ = given_;
  codec_->Start(rest());
  state_ = State::kInside;
  return absl::OkStatus();
}

// DATA_LOSS that tells what is lost, and where it goes on: at the first member behind `from`, an
// offset in the block.
absl::Status Unpacker::Lost(std::string what, size_t from) {
  if (absl::Status found = FindMember(from); !found.ok()) return found;
  if (state_ == State::kAtEnd) {
    what += failed_trials_ >= kMostFailedTrials
                ? "; given up looking for what can be read behind it"
                : "; nothing that can be unpacked follows";
  } else {
    what += absl::StrFormat("; unpacking goes on at byte %d", packed_offset());
  }
  return absl::DataLossError("the packed data is damaged: " + what);
}

// Whether the bytes that come next unpack as a member does.
absl::StatusOr<bool> Unpacker::IsMember() {
  if (absl::Status there = Need(kTrialBytes); !there.ok()) return there;
  if (!codec_->IsHead(rest())) return false;
  const std::unique_ptr<Codec> codec = codec_->Another();
  codec->Start(rest());
  std::string_view packed = rest().substr(0, kTrialBytes);
  std::vector<char> room(kTrialBytes);
  size_t unpacked = 0;
  CodecStep step = CodecStep::kMore;
  while (step == CodecStep::kMore && !packed.empty() && unpacked < kTrialBytes) {
    std::span<char> free = room;
    const size_t before = packed.size();
    step = codec->Step(&packed, &free);
    unpacked += room.size() - free.size();
    if (packed.size() == before && free.size() == room.size()) break;
  }
  if (step == CodecStep::kMemberEnd || step == CodecStep::kBadChecksum) return true;
  // A member of xz or bzip2 gives nothing before much of it is read.
  return step == CodecStep::kMore && (unpacked > 0 || packed.empty());
}

absl::Status Unpacker::FindMember(size_t from) {
  at_ = from;
  state_ = State::kBetween;
  while (failed_trials_ < kMostFailedTrials) {
    if (absl::Status there = Need(Codec::kHeadBytes); !there.ok()) return there;
    if (rest().empty()) break;
    const size_t last = packed_at_end_ ? block_.size() : block_.size() - Codec::kHeadBytes + 1;
    while (at_ < last && !codec_->IsHead(rest())) ++at_;
    if (at_ >= last) {
      if (packed_at_end_) break;
      continue;
    }
    const absl::StatusOr<bool> is_member = IsMember();
    if (!is_member.ok()) return is_member.status();
    if (*is_member) return absl::OkStatus();
    ++failed_trials_;
    ++at_;
  }
  at_ = block_.size();
  state_ = State::kAtEnd;
  return absl::OkStatus();
}

// Where to look for another member when one is damaged: wrong bytes may have been taken for a part
// of it that are others' already, as far back as the block goes.
size_t Unpacker::RescanFrom() const {
  return static_cast<size_t>(std::max(member_offset_ + 1, block_offset_) - block_offset_);
}

// Unpacks until there are bytes to give, or the member ends.
absl::StatusOr<std::string_view> Unpacker::Unpack() {
  std::span<char> room = unpacked_;
  const auto given = [&] {
    return std::string_view(unpacked_.data(), unpacked_.size() - room.size());
  };
  while (state_ == State::kInside && !room.empty()) {
    if (absl::Status there = Need(1); !there.ok()) {
      found_ = there;
      break;
    }
    // A codec may hold bytes that it has no room for, also at the end.
    std::string_view packed = rest();
    const size_t room_before = room.size();
    const CodecStep step = codec_->Step(&packed, &room);
    const bool is_stuck = packed.size() == rest().size() && room.size() == room_before;
    at_ = block_.size() - packed.size();
    // Only asked for where something is wrong.
    const auto where = [this] {
      return absl::StrFormat("%s %d of %s, at byte %d", std::string(codec_->part()), members_,
                             std::string(codec_->name()), member_offset_);
    };
    if (step == CodecStep::kMemberEnd) {
      state_ = State::kBetween;
    } else if (step == CodecStep::kBadChecksum) {
      found_ = Lost(where() + ": its checksum or length is wrong (" + codec_->Why() +
                        "), so that what was read of it may be wrong",
                    RescanFrom());
    } else if (step == CodecStep::kDamaged) {
      found_ = Lost(where() + " cannot be unpacked further (" + codec_->Why() + ")", RescanFrom());
    } else if (is_stuck && rest().empty() && packed_at_end_) {
      found_ = Lost(where() + " breaks off: it is truncated", RescanFrom());
    }
    if (!found_.ok()) {
      damaged_from_ = member_given_;
      break;
    }
    // What is there is given before waiting for more: standard input may be silent for long.
    if (rest().empty() && !given().empty()) break;
  }
  return given();
}

absl::StatusOr<std::string_view> Unpacker::Next() {
  while (true) {
    if (!found_.ok()) return std::exchange(found_, absl::OkStatus());
    if (state_ == State::kAtEnd) return std::string_view();
    if (state_ == State::kBetween) {
      damaged_from_ = given_;
      if (absl::Status begun = Begin(); !begun.ok()) return begun;
      continue;
    }
    const absl::StatusOr<std::string_view> some = Unpack();
    if (some.ok()) given_ += some->size();
    if (!some.ok() || !some->empty()) return some;
  }
}

}  // namespace broadsheet::sources
