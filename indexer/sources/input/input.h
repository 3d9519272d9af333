// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the bytes of one file or of standard input, and unpacks gzip, zstd, xz and bzip2 (detected
// by content, not by name).
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
  // Polled when a signal interrupts a waiting read, so that Ctrl-C ends a wait for standard input
  // or a pipe. May be empty.
  std::function<bool()> cancelled;
};

// Bytes of a file before and after unpacking, including packed entries inside it.
struct UnpackCount {
  uint64_t on_disk = 0;  // read from the file itself
  uint64_t unpacked = 0;
};

// Data is refused if it unpacks to more than this many times its size on disk. News packs to a
// tenth, or to a fiftieth with many repetitions; only a decompression bomb packs to less.
inline constexpr uint64_t kMaxUnpackRatio = 200;
// Unpacked bytes that are allowed for any file, whatever the ratio.
inline constexpr uint64_t kAlwaysUnpackedBytes = 128 << 20;

// The stored bytes of an Input that is neither a file nor in memory: an entry of an archive.
class StoredBytes {
 public:
  virtual ~StoredBytes() = default;
  // The next bytes, valid until the next call that returns some; none at the end.
  virtual absl::StatusOr<std::string_view> NextBlock() = 0;
};

// Memory is bounded: some hundred KB and what the unpacker needs. Not thread-safe.
class Input {
 public:
  // Opens a file or a pipe that a person names; errors as OpenNamed (open_file.h).
  static absl::StatusOr<std::unique_ptr<Input>> OpenFile(const std::filesystem::path& path,
                                                         const InputOptions& options);
  // Reads a file or a pipe that was already opened and checked.
  static absl::StatusOr<std::unique_ptr<Input>> OpenOwned(base::FileDescriptor opened,
                                                          std::string name,
                                                          const InputOptions& options);
  // The caller keeps owning `descriptor`; nobody else may read from it meanwhile.
  static absl::StatusOr<std::unique_ptr<Input>> OpenDescriptor(int descriptor, std::string name,
                                                               const InputOptions& options);
  static absl::StatusOr<std::unique_ptr<Input>> OpenBytes(std::string bytes, std::string name);
  // Reads an entry of `container`, which must outlive it and whose UnpackCount it shares.
  static absl::StatusOr<std::unique_ptr<Input>> OpenStored(std::unique_ptr<StoredBytes> stored,
                                                           std::string name, Input& container);

  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const std::string& name() const;

  // Returns up to `size` of the next bytes, fewer only at the end and around damage; Read returns
  // them again, and tells the damage in its place. Valid until the next call. DATA_LOSS when
  // nothing of packed data can be unpacked; errors of Read.
  absl::StatusOr<std::string_view> Peek(size_t size);

  // Reads some bytes, at most `most`, and returns them where they are: none at the end. Valid until
  // the next call. Errors of Read.
  absl::StatusOr<std::string_view> Next(size_t most);

  // Reads some bytes into `buffer` and returns how many, 0 at the end. DATA_LOSS when packed data
  // is damaged or truncated, or unpacks to more than kMaxUnpackRatio allows, CANCELLED
  // (InputOptions), UNAVAILABLE when reading fails. After DATA_LOSS the next call goes on behind
  // the damage, or returns 0: bytes before and after it do not belong together.
  absl::StatusOr<size_t> Read(std::span<char> buffer);

  // The offset in the unpacked bytes at which the damaged packed data begins of which Read told
  // last: what was read from there on may be wrong.
  uint64_t damaged_from() const;

  // Unpacked bytes returned by Next and Read.
  uint64_t bytes_read() const;
  // Bytes read from the stored file, for measuring progress.
  uint64_t stored_bytes_read() const;

  // For an archive that is not packed itself: reads the file at `offset`, independently of Peek and
  // Read. UNIMPLEMENTED when the stored bytes are not those of a file.
  absl::StatusOr<size_t> ReadAt(uint64_t offset, std::span<char> buffer);
  // The size of the file; nullopt when ReadAt does not work.
  std::optional<uint64_t> SizeForReadAt() const;

 private:
  struct Impl;
  explicit Input(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::sources
