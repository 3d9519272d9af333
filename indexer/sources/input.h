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
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace broadsheet::sources {

struct InputOptions {
  // Asked when a signal interrupts a read that waits, so that Ctrl-C ends a wait for standard
  // input. May be empty.
  std::function<bool()> cancelled;
};

// Memory is bounded: some hundred KB and what the unpacker needs. Not thread-safe.
class Input {
 public:
  // NOT_FOUND, PERMISSION_DENIED or UNAVAILABLE when it cannot be opened, INVALID_ARGUMENT for a
  // folder; the message says why and leaves the name to the caller.
  static absl::StatusOr<std::unique_ptr<Input>> OpenFile(const std::filesystem::path& path,
                                                         const InputOptions& options);
  // `descriptor` stays the caller's; nothing else may read from it meanwhile.
  static absl::StatusOr<std::unique_ptr<Input>> OpenDescriptor(int descriptor, std::string name,
                                                               const InputOptions& options);
  static absl::StatusOr<std::unique_ptr<Input>> OpenBytes(std::string bytes, std::string name);

  ~Input();
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;

  const std::string& name() const;

  // Up to `size` of the next bytes, fewer only at the end; they are read again by Read. Valid until
  // the next call. DATA_LOSS when the packed data is broken before the first byte could be read.
  absl::StatusOr<std::string_view> Peek(size_t size);

  // Fills `buffer` as far as it can and returns how much, 0 at the end. DATA_LOSS when packed data
  // is broken or breaks off, CANCELLED as InputOptions says, UNAVAILABLE when reading fails.
  absl::StatusOr<size_t> Read(std::span<char> buffer);

  // Bytes handed out by Read, unpacked.
  uint64_t bytes_read() const;
  // Bytes taken from the file as it is stored: what progress is measured by.
  uint64_t stored_bytes_read() const;

 private:
  struct Impl;
  explicit Input(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::sources
