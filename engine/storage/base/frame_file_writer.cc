// SPDX-License-Identifier: GPL-3.0-or-later
#include <zdict.h>
#include <zstd.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "engine/storage/base/frame_file.h"
#include "engine/storage/base/mapped_frames.h"

namespace broadsheet::storage {
namespace {

constexpr uint64_t kMaxTrainingBytes = 4 << 20;
// ZDICT refuses fewer samples.
constexpr size_t kMinTrainingSamples = 16;

struct FreeFrameCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

}  // namespace

// Levels and dictionary sizes were chosen by measurement: docs/index_format.md.
const FrameKind kCardFrames{
    .file = {.magic = "BSACARDS", .version = 1}, .level = 3, .dictionary_bytes = 32 << 10};
const FrameKind kBodyFrames{
    .file = {.magic = "BSBODIES", .version = 1}, .level = 3, .dictionary_bytes = 112 << 10};

std::string TrainDictionary(const FrameKind& kind, const std::vector<std::string>& samples) {
  uint64_t bytes = 0;
  for (const std::string& sample : samples) bytes += sample.size();
  // Takes every `step`-th sample, so that all parts of the samples are represented.
  const size_t step = static_cast<size_t>(bytes / kMaxTrainingBytes) + 1;
  std::string joined;
  std::vector<size_t> sizes;
  for (size_t i = 0; i < samples.size(); i += step) {
    joined += samples[i];
    sizes.push_back(samples[i].size());
  }
  if (sizes.size() < kMinTrainingSamples) return "";
  std::string dictionary(kind.dictionary_bytes, '\0');
  const size_t size = ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), joined.data(),
                                            sizes.data(), static_cast<unsigned>(sizes.size()));
  // The text is too short or too uniform: frames pack well enough without a dictionary.
  if (ZDICT_isError(size)) return "";
  dictionary.resize(size);
  return dictionary;
}

struct FrameFileWriter::Impl {
  Impl(TableFileWriter table_file, const FrameKind& frame_kind, std::string_view bytes)
      : file(std::move(table_file)),
        kind(frame_kind),
        dictionary(bytes),
        compressor(ZSTD_createCCtx()) {}

  absl::Status PackingFailed(size_t result) const {
    return absl::InternalError(absl::StrFormat("cannot pack articles for %s: %s",
                                               file.path().string(), ZSTD_getErrorName(result)));
  }

  // The checksum finds a wrong dictionary, too, so a frame need not name its own.
  absl::Status Start() const {
    ZSTD_CCtx* context = compressor.get();
    for (const size_t result :
         {ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, kind.level),
          ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1),
          ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0),
          ZSTD_CCtx_loadDictionary(context, dictionary.data(), dictionary.size())}) {
      if (ZSTD_isError(result)) return PackingFailed(result);
    }
    return absl::OkStatus();
  }

  TableFileWriter file;
  const FrameKind& kind;
  const std::string dictionary;
  const std::unique_ptr<ZSTD_CCtx, FreeFrameCompressor> compressor;
  std::string packed;
};

FrameFileWriter::FrameFileWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FrameFileWriter::~FrameFileWriter() = default;

absl::StatusOr<std::unique_ptr<FrameFileWriter>> FrameFileWriter::Create(
    const std::filesystem::path& path, const FrameKind& kind, std::string_view dictionary) {
  absl::StatusOr<TableFileWriter> file = TableFileWriter::Create(path, kind.file, dictionary);
  if (!file.ok()) return file.status();
  auto impl = std::make_unique<Impl>(*std::move(file), kind, dictionary);
  if (absl::Status status = impl->Start(); !status.ok()) return status;
  return std::unique_ptr<FrameFileWriter>(new FrameFileWriter(std::move(impl)));
}

absl::Status FrameFileWriter::Append(std::string_view text) {
  if (text.size() > kMaxFrameTextBytes) {
    return absl::InvalidArgumentError(
        absl::StrFormat("cannot store a text of %d bytes", text.size()));
  }
  if (text.empty()) return impl_->file.AppendEntry(impl_->file.data_bytes());
  std::string& packed = impl_->packed;
  packed.resize(ZSTD_compressBound(text.size()));
  const size_t size = ZSTD_compress2(impl_->compressor.get(), packed.data(), packed.size(),
                                     text.data(), text.size());
  if (ZSTD_isError(size)) return impl_->PackingFailed(size);
  absl::Status status = impl_->file.AppendData(std::string_view(packed.data(), size));
  if (!status.ok()) return status;
  return impl_->file.AppendEntry(impl_->file.data_bytes());
}

absl::Status FrameFileWriter::AppendFile(const std::filesystem::path& other) {
  const absl::StatusOr<MappedFrames> frames = MapFrames(other, impl_->kind.file);
  if (!frames.ok()) return frames.status();
  if (frames->dictionary != impl_->dictionary) {
    return absl::InvalidArgumentError(
        absl::StrFormat("cannot add %s to %s: it was made with another dictionary", other.string(),
                        impl_->file.path().string()));
  }
  const uint64_t before = impl_->file.data_bytes();
  uint64_t last = 0;
  for (const uint64_t end : frames->ends) {
    if (end < last || end > frames->data.size()) {
      return DamagedFrames(other, "its articles are out of order");
    }
    last = end;
    if (absl::Status status = impl_->file.AppendEntry(before + end); !status.ok()) return status;
  }
  return impl_->file.AppendData(frames->data.substr(0, last));
}

absl::Status FrameFileWriter::Finish() { return impl_->file.Finish(); }

}  // namespace broadsheet::storage
