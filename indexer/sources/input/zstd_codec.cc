// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/input/zstd_codec.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>

namespace broadsheet::sources {
namespace {

constexpr std::string_view kZstdMagic = "\x28\xb5\x2f\xfd";
// Frames whose content belongs to no data have one of 16 numbers, 0x184D2A50 and the next.
constexpr std::string_view kSkippableTail = "\x2a\x4d\x18";
// 0x184D2A5D is a dictionary in web archives.
constexpr char kDictionaryByte = '\x5d';
constexpr size_t kSkippableHeadBytes = 8;

bool IsSkippable(std::string_view head) {
  return head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0) == 0x50 &&
         head.substr(1).starts_with(kSkippableTail);
}

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
using Context = std::unique_ptr<ZSTD_DCtx, FreeContext>;

class ZstdCodec : public Codec {
 public:
  explicit ZstdCodec(std::string dictionary) : dictionary_(std::move(dictionary)) {}

  std::string_view name() const override { return "zstd"; }
  std::string_view part() const override { return "frame"; }
  bool IsHead(std::string_view bytes) const override {
    return bytes.starts_with(kZstdMagic) || IsSkippable(bytes);
  }
  std::unique_ptr<Codec> Another() const override {
    return std::make_unique<ZstdCodec>(dictionary_);
  }

  // Only the first frame may be a dictionary.
  void Start(std::string_view head) override {
    why_.clear();
    if (context_ == nullptr) {
      MakeContext();
    } else {
      ZSTD_DCtx_reset(context_.get(), ZSTD_reset_session_only);
    }
    is_in_dictionary_ = is_first_ && IsSkippable(head) && head.front() == kDictionaryByte;
    is_first_ = false;
  }

  CodecStep Step(std::string_view* packed, std::span<char>* room) override {
    if (context_ == nullptr) why_ = "no memory to unpack it";
    if (!why_.empty()) return CodecStep::kDamaged;
    if (is_in_dictionary_) return TakeDictionary(packed);
    ZSTD_inBuffer in = {.src = packed->data(), .size = packed->size(), .pos = 0};
    ZSTD_outBuffer out = {.dst = room->data(), .size = room->size(), .pos = 0};
    const size_t result = ZSTD_decompressStream(context_.get(), &out, &in);
    packed->remove_prefix(in.pos);
    *room = room->subspan(out.pos);
    if (ZSTD_isError(result) == 0) return result == 0 ? CodecStep::kMemberEnd : CodecStep::kMore;
    why_ = ZSTD_getErrorName(result);
    return ZSTD_getErrorCode(result) == ZSTD_error_checksum_wrong ? CodecStep::kBadChecksum
                                                                  : CodecStep::kDamaged;
  }

  std::string Why() const override { return why_; }

 private:
  void MakeContext() {
    context_.reset(ZSTD_createDCtx());
    if (context_ != nullptr && !dictionary_.empty()) LoadDictionary(dictionary_);
  }

  CodecStep TakeDictionary(std::string_view* packed) {
    const auto take = [&](size_t want) {
      const size_t size = std::min(want - frame_.size(), packed->size());
      frame_.append(packed->substr(0, size));
      packed->remove_prefix(size);
      return frame_.size() == want;
    };
    if (frame_.size() < kSkippableHeadBytes && !take(kSkippableHeadBytes)) return CodecStep::kMore;
    size_t size = 0;
    for (size_t at = kSkippableHeadBytes; at > 4; --at) {
      size = size << 8 | static_cast<unsigned char>(frame_[at - 1]);
    }
    if (size > kMaxZstdDictionaryBytes) {
      why_ = "its dictionary is too large";
      return CodecStep::kDamaged;
    }
    if (!take(kSkippableHeadBytes + size)) return CodecStep::kMore;
    LoadDictionary(frame_.substr(kSkippableHeadBytes));
    frame_ = {};
    return why_.empty() ? CodecStep::kMemberEnd : CodecStep::kDamaged;
  }

  // The dictionary itself may be packed.
  void LoadDictionary(std::string dictionary) {
    if (dictionary.starts_with(kZstdMagic)) {
      std::string unpacked(kMaxZstdDictionaryBytes, '\0');
      const size_t size = ZSTD_decompressDCtx(context_.get(), unpacked.data(), unpacked.size(),
                                              dictionary.data(), dictionary.size());
      if (ZSTD_isError(size) != 0) {
        why_ = std::string("its dictionary is damaged: ") + ZSTD_getErrorName(size);
        return;
      }
      unpacked.resize(size);
      dictionary = std::move(unpacked);
    }
    dictionary_ = std::move(dictionary);
    const size_t result =
        ZSTD_DCtx_loadDictionary(context_.get(), dictionary_.data(), dictionary_.size());
    if (ZSTD_isError(result) != 0) why_ = "its dictionary is damaged";
  }

  // Null until the first member starts.
  Context context_;
  std::string why_;
  bool is_first_ = true;
  bool is_in_dictionary_ = false;
  // The frame of the dictionary as far as it has come.
  std::string frame_;
  std::string dictionary_;
};

}  // namespace

std::unique_ptr<Codec> MakeZstdCodec() { return std::make_unique<ZstdCodec>(""); }

bool MayBeZstd(std::string_view head) {
  if (head.empty()) return true;
  const bool is_frame = kZstdMagic.starts_with(head.substr(0, kZstdMagic.size()));
  const bool is_skippable = (static_cast<unsigned char>(head[0]) & 0xF0) == 0x50 &&
                            kSkippableTail.starts_with(head.substr(1, kSkippableTail.size()));
  return is_frame || is_skippable;
}

}  // namespace broadsheet::sources
