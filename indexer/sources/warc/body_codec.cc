// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/warc/body_codec.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::sources::warc {
namespace {

constexpr size_t kBufferBytes = 64 << 10;
constexpr size_t kAlwaysUnpacked = 1 << 20;

absl::Status NoMemory() { return absl::ResourceExhaustedError("no memory to unpack a response"); }

absl::Status DamagedBody() { return absl::InvalidArgumentError("the packed response is damaged"); }

absl::Status TooLargeBody() {
  return absl::InvalidArgumentError(
      absl::StrFormat("a response that unpacks to more than %d bytes, or to more than %d times its "
                      "size, is no article",
                      kMaxBodyBytes, kMaxBodyRatio));
}

// Unpacked bytes, as far as they are allowed.
class Unpacked {
 public:
  explicit Unpacked(size_t packed_bytes)
      : most_(std::min(kMaxBodyBytes, std::max(kAlwaysUnpacked, packed_bytes * kMaxBodyRatio))),
        buffer_(kBufferBytes, '\0') {}

  template <typename Byte>
  Byte* room() {
    return reinterpret_cast<Byte*>(buffer_.data());
  }
  static size_t room_size() { return kBufferBytes; }
  void Take(size_t bytes) { whole_.append(buffer_, 0, bytes); }
  bool fits() const { return whole_.size() <= most_; }

  absl::StatusOr<UnpackedBody> Result(bool is_whole) {
    if (!fits()) return TooLargeBody();
    if (!is_whole && whole_.empty()) {
      return absl::InvalidArgumentError(
          "the packed response breaks off before anything of it can be unpacked");
    }
    return UnpackedBody{.bytes = std::move(whole_), .is_cut = !is_whole};
  }

 private:
  const size_t most_;
  std::string buffer_;
  std::string whole_;
};

// gzip and zlib are told by their heads, raw deflate is what is neither. One member of gzip may
// follow another.
absl::StatusOr<UnpackedBody> Inflate(std::string_view packed, int window_bits) {
  z_stream stream = {};
  if (inflateInit2(&stream, window_bits) != Z_OK) return NoMemory();
  const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, &inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  Unpacked unpacked(packed.size());
  int result = Z_OK;
  while (result == Z_OK && unpacked.fits()) {
    stream.next_out = unpacked.room<Bytef>();
    stream.avail_out = static_cast<uInt>(Unpacked::room_size());
    result = inflate(&stream, Z_NO_FLUSH);
    unpacked.Take(Unpacked::room_size() - stream.avail_out);
    constexpr Bytef kFirstOfGzip = 0x1f;
    if (result == Z_STREAM_END && stream.avail_in > 1 && *stream.next_in == kFirstOfGzip) {
      result = inflateReset(&stream);
    }
  }
  if (result == Z_OK || result == Z_STREAM_END) return unpacked.Result(true);
  return result == Z_BUF_ERROR ? unpacked.Result(false) : DamagedBody();
}

absl::StatusOr<UnpackedBody> UnpackBrotli(std::string_view packed) {
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), &BrotliDecoderDestroyInstance);
  if (state == nullptr) return NoMemory();
  const auto* next_in = reinterpret_cast<const uint8_t*>(packed.data());
  size_t available_in = packed.size();
  Unpacked unpacked(packed.size());
  BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && unpacked.fits()) {
    auto* next_out = unpacked.room<uint8_t>();
    size_t available_out = Unpacked::room_size();
    result = BrotliDecoderDecompressStream(state.get(), &available_in, &next_in, &available_out,
                                           &next_out, nullptr);
    unpacked.Take(Unpacked::room_size() - available_out);
  }
  if (result == BROTLI_DECODER_RESULT_ERROR) return DamagedBody();
  return unpacked.Result(result == BROTLI_DECODER_RESULT_SUCCESS);
}

absl::StatusOr<UnpackedBody> UnpackZstd(std::string_view packed) {
  // No window is larger than a body.
  constexpr int kMostWindowBits = 25;
  const std::unique_ptr<ZSTD_DCtx, size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                   &ZSTD_freeDCtx);
  if (context == nullptr) return NoMemory();
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kMostWindowBits);
  ZSTD_inBuffer in = {.src = packed.data(), .size = packed.size(), .pos = 0};
  Unpacked unpacked(packed.size());
  // Not 0 within a frame.
  size_t result = 1;
  while (unpacked.fits()) {
    ZSTD_outBuffer out = {.dst = unpacked.room<char>(), .size = Unpacked::room_size(), .pos = 0};
    result = ZSTD_decompressStream(context.get(), &out, &in);
    if (ZSTD_isError(result) != 0) return DamagedBody();
    unpacked.Take(out.pos);
    const bool is_done = in.pos == in.size && out.pos < out.size;
    if (is_done) break;
  }
  return unpacked.Result(result == 0);
}

}  // namespace

absl::StatusOr<UnpackedBody> UnpackBody(std::string_view packed, std::string_view encoding) {
  constexpr int kGzipOrZlib = 15 + 32;
  constexpr int kRaw = -15;
  if (encoding == "gzip" || encoding == "x-gzip") return Inflate(packed, kGzipOrZlib);
  if (encoding == "deflate") {
    absl::StatusOr<UnpackedBody> unpacked = Inflate(packed, kGzipOrZlib);
    return unpacked.ok() ? unpacked : Inflate(packed, kRaw);
  }
  if (encoding == "br") return UnpackBrotli(packed);
  if (encoding == "zstd") return UnpackZstd(packed);
  return absl::InvalidArgumentError("a response packed as \"" + std::string(encoding) +
                                    "\", which is not known");
}

}  // namespace broadsheet::sources::warc
