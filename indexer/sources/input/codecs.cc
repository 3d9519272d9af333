// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/codecs.h"

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>

#include <algorithm>
#include <array>

#include "indexer/sources/input/zstd_codec.h"

namespace broadsheet::sources {
namespace {

constexpr std::string_view kGzipMagic = "\x1f\x8b\x08";
constexpr std::string_view kXzMagic(
    "\xfd"
    "7zXZ\0",
    6);
constexpr std::string_view kBzip2Magic = "BZh";
constexpr std::string_view kBzip2Block = "1AY&SY";
constexpr std::string_view kBzip2End = "\x17rE8P\x90";

template <typename Byte>
Byte* BytesOf(std::string_view packed) {
  return reinterpret_cast<Byte*>(const_cast<char*>(packed.data()));
}

// Takes off both what a library has used of them.
void TakeUsed(size_t packed_left, size_t room_left, std::string_view* packed,
              std::span<char>* room) {
  packed->remove_prefix(packed->size() - packed_left);
  *room = room->subspan(room->size() - room_left);
}

class GzipCodec : public Codec {
 public:
  GzipCodec() = default;
  ~GzipCodec() override {
    if (is_made_) inflateEnd(&stream_);
  }
  GzipCodec(const GzipCodec&) = delete;
  GzipCodec& operator=(const GzipCodec&) = delete;

  std::string_view name() const override { return "gzip"; }
  std::string_view part() const override { return "member"; }
  std::unique_ptr<Codec> Another() const override { return std::make_unique<GzipCodec>(); }

  // Reserved flags are zero. Which system packed it is anything: some crawlers write 19.
  bool IsHead(std::string_view bytes) const override {
    constexpr size_t kFlags = 3;
    return bytes.starts_with(kGzipMagic) && (bytes.size() <= kFlags || (bytes[kFlags] & 0xE0) == 0);
  }

  void Start(std::string_view /*head*/) override {
    is_made_ = (is_made_ ? inflateReset(&stream_) : inflateInit2(&stream_, kWindowBits)) == Z_OK;
  }

  CodecStep Step(std::string_view* packed, std::span<char>* room) override {
    if (!is_made_) return CodecStep::kDamaged;
    stream_.next_in = BytesOf<Bytef>(*packed);
    stream_.avail_in = static_cast<uInt>(packed->size());
    stream_.next_out = reinterpret_cast<Bytef*>(room->data());
    stream_.avail_out = static_cast<uInt>(room->size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    TakeUsed(stream_.avail_in, stream_.avail_out, packed, room);
    if (result == Z_STREAM_END) return CodecStep::kMemberEnd;
    if (result == Z_OK || result == Z_BUF_ERROR) return CodecStep::kMore;
    const std::string why = Why();
    return why == "incorrect data check" || why == "incorrect length check"
               ? CodecStep::kBadChecksum
               : CodecStep::kDamaged;
  }

  std::string Why() const override {
    if (!is_made_) return "no memory to unpack it";
    return stream_.msg == nullptr ? "not gzip" : stream_.msg;
  }

 private:
  // The largest window, and a gzip head before it.
  static constexpr int kWindowBits = 15 + 16;
  z_stream stream_ = {};
  bool is_made_ = false;
};

class XzCodec : public Codec {
 public:
  XzCodec() = default;
  ~XzCodec() override { lzma_end(&stream_); }
  XzCodec(const XzCodec&) = delete;
  XzCodec& operator=(const XzCodec&) = delete;

  std::string_view name() const override { return "xz"; }
  std::string_view part() const override { return "stream"; }
  bool IsHead(std::string_view bytes) const override { return bytes.starts_with(kXzMagic); }
  std::unique_ptr<Codec> Another() const override { return std::make_unique<XzCodec>(); }

  void Start(std::string_view /*head*/) override {
    result_ = lzma_stream_decoder(&stream_, kMostMemory, 0);
  }

  CodecStep Step(std::string_view* packed, std::span<char>* room) override {
    if (result_ != LZMA_OK) return CodecStep::kDamaged;
    stream_.next_in = BytesOf<uint8_t>(*packed);
    stream_.avail_in = packed->size();
    stream_.next_out = reinterpret_cast<uint8_t*>(room->data());
    stream_.avail_out = room->size();
    const lzma_ret result = lzma_code(&stream_, LZMA_RUN);
    TakeUsed(stream_.avail_in, stream_.avail_out, packed, room);
    if (result == LZMA_STREAM_END) return CodecStep::kMemberEnd;
    if (result == LZMA_OK || result == LZMA_BUF_ERROR) return CodecStep::kMore;
    result_ = result;
    return CodecStep::kDamaged;
  }

  std::string Why() const override {
    if (result_ == LZMA_MEMLIMIT_ERROR) return "it needs more than 1 GiB of memory";
    if (result_ == LZMA_MEM_ERROR) return "no memory to unpack it";
    if (result_ == LZMA_OPTIONS_ERROR) return "it is packed in a way that is not known";
    return "a checksum or what it consists of is wrong";
  }

 private:
  static constexpr uint64_t kMostMemory = 1 << 30;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  lzma_ret result_ = LZMA_OK;
};

class Bzip2Codec : public Codec {
 public:
  Bzip2Codec() = default;
  ~Bzip2Codec() override { End(); }
  Bzip2Codec(const Bzip2Codec&) = delete;
  Bzip2Codec& operator=(const Bzip2Codec&) = delete;

  std::string_view name() const override { return "bzip2"; }
  std::string_view part() const override { return "stream"; }
  std::unique_ptr<Codec> Another() const override { return std::make_unique<Bzip2Codec>(); }

  bool IsHead(std::string_view bytes) const override {
    constexpr size_t kBlockAt = 4;
    if (!bytes.starts_with(kBzip2Magic) || bytes.size() <= kBlockAt) return false;
    if (bytes[3] < '1' || bytes[3] > '9') return false;
    const std::string_view block = bytes.substr(kBlockAt);
    return block.starts_with(kBzip2Block) || block.starts_with(kBzip2End);
  }

  void Start(std::string_view /*head*/) override {
    End();
    stream_ = {};
    result_ = BZ2_bzDecompressInit(&stream_, 0, 0);
    is_made_ = result_ == BZ_OK;
  }

  CodecStep Step(std::string_view* packed, std::span<char>* room) override {
    if (!is_made_) return CodecStep::kDamaged;
    stream_.next_in = BytesOf<char>(*packed);
    stream_.avail_in = static_cast<unsigned>(packed->size());
    stream_.next_out = room->data();
    stream_.avail_out = static_cast<unsigned>(room->size());
    result_ = BZ2_bzDecompress(&stream_);
    TakeUsed(stream_.avail_in, stream_.avail_out, packed, room);
    if (result_ == BZ_STREAM_END) return CodecStep::kMemberEnd;
    return result_ == BZ_OK ? CodecStep::kMore : CodecStep::kDamaged;
  }

  std::string Why() const override {
    return result_ == BZ_MEM_ERROR ? "no memory to unpack it"
                                   : "a checksum or what it consists of is wrong";
  }

 private:
  void End() {
    if (is_made_) BZ2_bzDecompressEnd(&stream_);
    is_made_ = false;
  }

  bz_stream stream_ = {};
  int result_ = BZ_OK;
  bool is_made_ = false;
};

}  // namespace

std::unique_ptr<Codec> MakeCodec(std::string_view head) {
  std::array<std::unique_ptr<Codec>, 4> codecs = {std::make_unique<GzipCodec>(), MakeZstdCodec(),
                                                  std::make_unique<XzCodec>(),
                                                  std::make_unique<Bzip2Codec>()};
  for (std::unique_ptr<Codec>& codec : codecs) {
    if (codec->IsHead(head)) return std::move(codec);
  }
  return nullptr;
}

bool MayBePacked(std::string_view head) {
  if (head.size() >= Codec::kHeadBytes) return true;
  const auto is_like = [&](std::string_view magic) {
    const size_t size = std::min(head.size(), magic.size());
    return head.substr(0, size) == magic.substr(0, size);
  };
  return is_like(kGzipMagic) || is_like(kXzMagic) || is_like(kBzip2Magic) || MayBeZstd(head);
}

}  // namespace broadsheet::sources
