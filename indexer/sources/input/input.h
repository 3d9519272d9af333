// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of one file or of standard input, unpacked on the way when they are gzip, zstd, xz or
// bzip2 (told by content, not by name).
//
//   absl::StatusOr<std::unique_ptr<Input>> input = Input::OpenFile("news.jsonl.xz", {});
//   absl::StatusOr<size_t> size = (*input)->Read(buffer);   // 0 at the end
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/base/file_descriptor.h"

namespace broadsheet::sources {

struct InputOptions {
  // Asked when a signal interrupts a read that waits, so that Ctrl-C ends a wait for standard
  // input or a pipe. May be empty.
  std::function<bool()> cancelled;
};

// What unpacking has made of a file, with all that is packed inside it.
struct UnpackCount {
  uint64_t on_disk = 0;  // read of the file itself
  uint64_t unpacked = 0;
};

// Data that unpacks to more than this many times what it takes on disk is refused: news packs to a
// tenth, to a fiftieth where much is repeated, and nothing but a bomb to less.
inline constexpr uint64_t kMaxUnpackRatio = 200;
// So much may be unpacked of any file.
inline constexpr uint64_t kAlwaysUnpackedBytes = 128 << 20;

// Where the stored bytes of an Input come from when it is neither a file nor in memory: an entry of
// an archive.
class StoredBytes {
 public:
  virtual ~StoredBytes() = default;
  // The next bytes, valid until the next call; none at the end.
  virtual absl::StatusOr<std::string_view> NextBlock() = 0;
};

// Memory is bounded: some hundred KB and what the unpacker needs. Not thread-safe.
class Input {
 public:
  // A file or a pipe that a person names; errors as OpenNamed (open_file.h).
  static absl::StatusOr<std::unique_ptr<Input>> OpenFile(const std::filesystem::path& path,
                                                         const InputOptions& options);
  // A file or a pipe that was opened and looked at.
  static absl::StatusOr<std::unique_ptr<Input>> OpenOwned(base::FileDescriptor opened,
                                                          std::string name,
                                                          const InputOptions& options);
  // `descriptor` stays the caller's; nothing else may read from it meanwhile.
  static absl::StatusOr<std::unique_ptr<Input>> OpenDescriptor(int descriptor, std::string name,
                                                               const InputOptions& options);
  static absl::StatusOr<std::unique_ptr<Input>> OpenBytes(std::string bytes, std::string name);
  // Something inside `container`, which outlives it and whose UnpackCount it shares.
  static absl::StatusOr<std::unique_ptr<Input>> OpenStored(std::unique_ptr<StoredBytes> stored,
                                                           std::string name, Input& container);

  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const std::string& name() const;

  // Up to `size` of the next bytes, fewer only at the end; they are read again by Read. Valid until
  // the next call. DATA_LOSS when the packed data is broken before the first byte could be read.
  absl::StatusOr<std::string_view> Peek(size_t size);

  // Fills `buffer` as far as it can and returns how much, 0 at the end. DATA_LOSS when packed data
  // is broken or breaks off, or unpacks to more than kMaxUnpackRatio allows, CANCELLED as
  // InputOptions says, UNAVAILABLE when reading fails.
  absl::StatusOr<size_t> Read(std::span<char> buffer);

  // Bytes handed out by Read, unpacked.
  uint64_t bytes_read() const;
  // Bytes taken from the file as it is stored: what progress is measured by.
  uint64_t stored_bytes_read() const;

  // For an archive that is not packed itself: reads the file at `offset`, past what Peek and Read
  // are at. UNIMPLEMENTED when the stored bytes are not a file's own.
  absl::StatusOr<size_t> ReadAt(uint64_t offset, std::span<char> buffer);
  // The size of the file; nothing when ReadAt does not work.
  std::optional<uint64_t> SizeForReadAt() const;

 private:
  struct Impl;
  explicit Input(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::sources
