// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/table/frame_file.h"

// For ZDICT_trainFromBuffer_fastCover, which the library exports.
#define ZDICT_STATIC_LINKING_ONLY
#include <zdict.h>
#include <zstd.h>

#include <span>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"

namespace broadsheet::storage {
namespace {

constexpr uint64_t kMaxTrainingBytes = 4 << 20;
// Bytes of each piece of a sample that a dictionary takes. ZDICT_trainFromBuffer would train with
// five sizes from 50 to 2,000, judge each by three quarters of the samples, and choose a larger
// one: docs/index_format.md has what either costs.
constexpr unsigned kPieceBytes = 100;
// ZDICT refuses fewer samples.
constexpr size_t kMinTrainingSamples = 16;
// ZDICT looks for what repeats in words of so many bytes.
constexpr size_t kWordBytes = 8;

struct FreeFrameCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};

// More than any text (schema::kMaxArticleBytes is 8 MiB), so a damaged size is refused before
// memory is allocated.
constexpr uint64_t kMaxFrameTextBytes = 32 << 20;

struct FreeFrameDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeFrameDictionary {
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
  void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
};
using FrameDictionary = std::unique_ptr<ZSTD_DDict, FreeFrameDictionary>;

// A zstd context serves one call at a time: each thread keeps its own.
ZSTD_DCtx* FrameDecompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeFrameDecompressor> context(ZSTD_createDCtx());
  return context.get();
}

absl::Status DamagedFrames(const std::filesystem::path& path, std::string_view why) {
  return absl::DataLossError(absl::StrFormat("%s is damaged: %s", path.string(), why));
}

}  // namespace

// The preamble is the dictionary; the entry of a document is the end of its frame, in bytes from
// the start of the data. An empty text has no frame, so no bytes.
// Levels and dictionary sizes were chosen by measurement: docs/index_format.md.
struct PackingDictionary::Digested {
  std::string bytes;
  // Refers to `bytes`. Null when memory is short.
  std::unique_ptr<ZSTD_CDict, FreeFrameDictionary> dictionary;
};

PackingDictionary::PackingDictionary(const FrameKind& kind, std::string bytes) {
  if (bytes.empty()) return;
  auto digested = std::make_shared<Digested>();
  digested->bytes = std::move(bytes);
  digested->dictionary.reset(
      ZSTD_createCDict(digested->bytes.data(), digested->bytes.size(), kind.level));
  digested_ = std::move(digested);
}

std::string_view PackingDictionary::bytes() const {
  return digested_ == nullptr ? std::string_view() : digested_->bytes;
}

const ZSTD_CDict* PackingDictionary::digested() const {
  return digested_ == nullptr ? nullptr : digested_->dictionary.get();
}

PackingDictionary TrainDictionary(const FrameKind& kind, const std::vector<std::string>& samples) {
  uint64_t bytes = 0;
  for (const std::string& sample : samples) bytes += sample.size();
  // Takes every `step`-th sample, so that all parts of the samples are represented.
  const size_t step = static_cast<size_t>(bytes / kMaxTrainingBytes) + 1;
  std::string joined;
  std::vector<size_t> sizes;
  for (size_t i = 0; i < samples.size(); i += step) {
    if (samples[i].size() < kWordBytes) continue;
    joined += samples[i];
    sizes.push_back(samples[i].size());
  }
  if (sizes.size() < kMinTrainingSamples) return {};
  std::string dictionary(kind.dictionary_bytes, '\0');
  ZDICT_fastCover_params_t params{};
  params.k = kPieceBytes;
  params.d = kWordBytes;
  params.zParams.compressionLevel = kind.level;
  const size_t size =
      ZDICT_trainFromBuffer_fastCover(dictionary.data(), dictionary.size(), joined.data(),
                                      sizes.data(), static_cast<unsigned>(sizes.size()), params);
  // The text is too short or too uniform: frames pack well enough without a dictionary.
  if (ZDICT_isError(size)) return {};
  dictionary.resize(size);
  return {kind, std::move(dictionary)};
}

struct FrameFileWriter::Impl {
  Impl(TableFileWriter table_file, const FrameKind& frame_kind, PackingDictionary shared)
      : file(std::move(table_file)),
        kind(frame_kind),
        dictionary(std::move(shared)),
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
          ZSTD_CCtx_refCDict(context, dictionary.digested())}) {
      if (ZSTD_isError(result)) return PackingFailed(result);
    }
    if (dictionary.bytes().empty() || dictionary.digested() != nullptr) return absl::OkStatus();
    return absl::ResourceExhaustedError("not enough memory for a dictionary to pack articles with");
  }

  TableFileWriter file;
  const FrameKind& kind;
  const PackingDictionary dictionary;
  const std::unique_ptr<ZSTD_CCtx, FreeFrameCompressor> compressor;
  std::string packed;
};

FrameFileWriter::FrameFileWriter(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FrameFileWriter::~FrameFileWriter() = default;

absl::StatusOr<std::unique_ptr<FrameFileWriter>> FrameFileWriter::Create(
    const std::filesystem::path& path, const FrameKind& kind, PackingDictionary dictionary) {
  absl::StatusOr<TableFileWriter> file =
      TableFileWriter::Create(path, kind.file, dictionary.bytes());
  if (!file.ok()) return file.status();
  auto impl = std::make_unique<Impl>(*std::move(file), kind, std::move(dictionary));
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
  const absl::StatusOr<MappedTable> frames = MapTableFile(other, impl_->kind.file);
  if (!frames.ok()) return frames.status();
  if (frames->preamble != impl_->dictionary.bytes()) {
    return absl::InvalidArgumentError(
        absl::StrFormat("cannot add %s to %s: it was made with another dictionary", other.string(),
                        impl_->file.path().string()));
  }
  const uint64_t before = impl_->file.data_bytes();
  uint64_t last = 0;
  for (const uint64_t end : frames->entries) {
    if (end < last || end > frames->data.size()) {
      return DamagedFrames(other, "its articles are out of order");
    }
    last = end;
    if (absl::Status status = impl_->file.AppendEntry(before + end); !status.ok()) return status;
  }
  if (absl::Status status = impl_->file.AppendData(frames->data.substr(0, last)); !status.ok()) {
    return status;
  }
  if (frames->file.lost()) return DamagedFrames(other, "it has become shorter, or its disk fails");
  return absl::OkStatus();
}

absl::Status FrameFileWriter::Finish() { return impl_->file.Finish(); }

struct FrameFile::Impl {
  // The file has this document.
  absl::Status Unpack(uint32_t docid, std::string* text) const;

  std::filesystem::path path;
  MappedTable frames;
  // Null when the file has none.
  FrameDictionary dictionary;
};

FrameFile::FrameFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FrameFile::~FrameFile() = default;

absl::StatusOr<std::unique_ptr<FrameFile>> FrameFile::Open(const std::filesystem::path& path,
                                                           const FrameKind& kind) {
  absl::StatusOr<MappedTable> frames = MapTableFile(path, kind.file);
  if (!frames.ok()) return frames.status();
  FrameDictionary dictionary;
  if (!frames->preamble.empty()) {
    dictionary.reset(ZSTD_createDDict(frames->preamble.data(), frames->preamble.size()));
    if (dictionary == nullptr) return DamagedFrames(path, "its dictionary is none");
  }
  auto impl = std::make_unique<Impl>(
      Impl{.path = path, .frames = *std::move(frames), .dictionary = std::move(dictionary)});
  return std::unique_ptr<FrameFile>(new FrameFile(std::move(impl)));
}

uint32_t FrameFile::count() const { return static_cast<uint32_t>(impl_->frames.entries.size()); }
const std::filesystem::path& FrameFile::path() const { return impl_->path; }

absl::Status FrameFile::Read(uint32_t docid, std::string* text) const {
  if (docid == 0 || docid > count()) {
    return absl::OutOfRangeError(absl::StrFormat("there is no article %d in %s, which has %d",
                                                 docid, impl_->path.string(), count()));
  }
  absl::Status read = impl_->Unpack(docid, text);
  // Pages that are lost are read as zeros, which may look like an empty text.
  if (impl_->frames.file.lost()) {
    return DamagedFrames(impl_->path, "it has become shorter, or its disk fails");
  }
  return read;
}

absl::Status FrameFile::Impl::Unpack(uint32_t docid, std::string* text) const {
  const uint64_t begin = docid == 1 ? 0 : frames.entries[docid - 2];
  const uint64_t end = frames.entries[docid - 1];
  text->clear();
  if (begin == end) return absl::OkStatus();
  if (begin > end || end > frames.data.size()) {
    return DamagedFrames(path, absl::StrFormat("article %d is out of place", docid));
  }
  const std::string_view frame = frames.data.substr(begin, end - begin);
  const uint64_t size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  // Also larger than what stands for an unknown size and for an error.
  if (size > kMaxFrameTextBytes) {
    return DamagedFrames(path, absl::StrFormat("article %d has no valid size", docid));
  }
  text->resize(size);
  const size_t got = ZSTD_decompress_usingDDict(FrameDecompressor(), text->data(), text->size(),
                                                frame.data(), frame.size(), dictionary.get());
  if (ZSTD_isError(got) || got != size) {
    return DamagedFrames(path, absl::StrFormat("article %d does not unpack", docid));
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
