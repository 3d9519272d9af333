// SPDX-License-Identifier: GPL-3.0-or-later
// A file of one zstd frame a document, made with a dictionary that the file has, addressed by
// docid: base/cards and base/bodies. Layout in docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/table/table_file.h"

struct ZSTD_CDict_s;

namespace broadsheet::storage {

// What a frame file holds, and how it is packed.
struct FrameKind {
  TableFileKind file;
  int level = 0;
  size_t dictionary_bytes = 0;
};

// The cards: serialised Articles without their bodies.
inline constexpr FrameKind kCardFrames{
    .file = {.magic = "BSACARDS", .version = 1}, .level = 3, .dictionary_bytes = 32 << 10};
// The bodies, as text.
inline constexpr FrameKind kBodyFrames{
    .file = {.magic = "BSBODIES", .version = 1}, .level = 3, .dictionary_bytes = 112 << 10};

// A zstd dictionary, digested once for all files that are packed with it. Copies share it. Safe
// from any thread.
class PackingDictionary {
 public:
  // None: frames are packed without a dictionary.
  PackingDictionary() = default;
  // `bytes` are a dictionary as zstd trains it, or any text.
  PackingDictionary(const FrameKind& kind, std::string bytes);

  // Empty when there is none.
  std::string_view bytes() const;
  // nullptr when there is none.
  const ZSTD_CDict_s* digested() const;

 private:
  struct Digested;
  std::shared_ptr<const Digested> digested_;
};

// A dictionary for this kind; none when there are too few samples to train one.
PackingDictionary TrainDictionary(const FrameKind& kind, const std::vector<std::string>& samples);

// Writes texts in docid order, docid 1 first. Not thread-safe.
class FrameFileWriter {
 public:
  static absl::StatusOr<std::unique_ptr<FrameFileWriter>> Create(const std::filesystem::path& path,
                                                                 const FrameKind& kind,
                                                                 PackingDictionary dictionary);
  ~FrameFileWriter();
  FrameFileWriter(const FrameFileWriter&) = delete;
  FrameFileWriter& operator=(const FrameFileWriter&) = delete;

  absl::Status Append(std::string_view text);
  // Adds the frames of another finished file, made with the same dictionary, without unpacking.
  absl::Status AppendFile(const std::filesystem::path& other);
  absl::Status Finish();

 private:
  struct Impl;
  explicit FrameFileWriter(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A finished file, mapped. Immutable; safe from any thread.
class FrameFile {
 public:
  static absl::StatusOr<std::unique_ptr<FrameFile>> Open(const std::filesystem::path& path,
                                                         const FrameKind& kind);
  ~FrameFile();
  FrameFile(const FrameFile&) = delete;
  FrameFile& operator=(const FrameFile&) = delete;

  uint32_t count() const;
  const std::filesystem::path& path() const;
  // Replaces `text`, whose memory is used again. OUT_OF_RANGE for a docid outside 1..count();
  // DATA_LOSS when the frame does not unpack.
  absl::Status Read(uint32_t docid, std::string* text) const;

 private:
  struct Impl;
  explicit FrameFile(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
