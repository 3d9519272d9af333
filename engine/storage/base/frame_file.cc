// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/frame_file.h"

#include <zstd.h>

#include <span>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"
#include "engine/storage/base/mapped_frames.h"

namespace broadsheet::storage {
namespace {

struct FreeFrameDecompressor {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};
struct FreeFrameDictionary {
  void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};
using FrameDictionary = std::unique_ptr<ZSTD_DDict, FreeFrameDictionary>;

// A zstd context serves one call at a time: each thread keeps its own.
ZSTD_DCtx* FrameDecompressor() {
  thread_local const std::unique_ptr<ZSTD_DCtx, FreeFrameDecompressor> context(ZSTD_createDCtx());
  return context.get();
}

}  // namespace

absl::Status DamagedFrames(const std::filesystem::path& path, std::string_view why) {
  return absl::DataLossError(absl::StrFormat("%s is damaged: %s", path.string(), why));
}

absl::StatusOr<MappedFrames> MapFrames(const std::filesystem::path& path,
                                       const TableFileKind& kind) {
  absl::StatusOr<base::FileReader> reader = base::FileReader::Open(path);
  if (!reader.ok()) return reader.status();
  const absl::StatusOr<TableFileShape> shape = ReadTableFileShape(*reader, kind);
  if (!shape.ok()) return shape.status();
  // count is the type of docids.
  if (shape->count > UINT32_MAX) return DamagedFrames(path, "its sizes do not add up");
  absl::StatusOr<base::MappedFile> file = base::MappedFile::Map(*reader);
  if (!file.ok()) return file.status();
  const char* start = file->data();
  return MappedFrames{
      .file = *std::move(file),
      .dictionary = {start + shape->preamble_begin, shape->data_begin - shape->preamble_begin},
      .data = {start + shape->data_begin, shape->data_end - shape->data_begin},
      .ends = {reinterpret_cast<const uint64_t*>(start + shape->table_begin), shape->count}};
}

struct FrameFile::Impl {
  std::filesystem::path path;
  MappedFrames frames;
  // Null when the file has none.
  FrameDictionary dictionary;
};

FrameFile::FrameFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FrameFile::~FrameFile() = default;

absl::StatusOr<std::unique_ptr<FrameFile>> FrameFile::Open(const std::filesystem::path& path,
                                                           const FrameKind& kind) {
  absl::StatusOr<MappedFrames> frames = MapFrames(path, kind.file);
  if (!frames.ok()) return frames.status();
  FrameDictionary dictionary;
  if (!frames->dictionary.empty()) {
    dictionary.reset(ZSTD_createDDict(frames->dictionary.data(), frames->dictionary.size()));
    if (dictionary == nullptr) return DamagedFrames(path, "its dictionary is none");
  }
  auto impl = std::make_unique<Impl>(
      Impl{.path = path, .frames = *std::move(frames), .dictionary = std::move(dictionary)});
  return std::unique_ptr<FrameFile>(new FrameFile(std::move(impl)));
}

uint32_t FrameFile::count() const { return static_cast<uint32_t>(impl_->frames.ends.size()); }
const std::filesystem::path& FrameFile::path() const { return impl_->path; }

absl::Status FrameFile::Read(uint32_t docid, std::string* text) const {
  const MappedFrames& frames = impl_->frames;
  if (docid == 0 || docid > count()) {
    return absl::OutOfRangeError(absl::StrFormat("there is no article %d in %s, which has %d",
                                                 docid, impl_->path.string(), count()));
  }
  const uint64_t begin = docid == 1 ? 0 : frames.ends[docid - 2];
  const uint64_t end = frames.ends[docid - 1];
  text->clear();
  if (begin == end) return absl::OkStatus();
  if (begin > end || end > frames.data.size()) {
    return DamagedFrames(impl_->path, absl::StrFormat("article %d is out of place", docid));
  }
  const std::string_view frame = frames.data.substr(begin, end - begin);
  const uint64_t size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  // Also larger than what stands for an unknown size and for an error.
  if (size > kMaxFrameTextBytes) {
    return DamagedFrames(impl_->path, absl::StrFormat("article %d has no valid size", docid));
  }
  text->resize(size);
  const size_t got =
      ZSTD_decompress_usingDDict(FrameDecompressor(), text->data(), text->size(), frame.data(),
                                 frame.size(), impl_->dictionary.get());
  if (ZSTD_isError(got) || got != size) {
    return DamagedFrames(impl_->path, absl::StrFormat("article %d does not unpack", docid));
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::storage
