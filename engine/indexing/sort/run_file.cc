// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/sort/run_file.h"

#include <unistd.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_error.h"

namespace broadsheet::indexing {
namespace {

// Temporary data is written and read once on a local disk: the fastest ordinary level.
constexpr int kCompressionLevel = 1;

// Precedes each block. A run ends with a header of two zeros, so a truncated file is noticed.
struct BlockHeader {
  uint32_t raw_bytes = 0;
  uint32_t packed_bytes = 0;
};

// Precedes each record in a block.
struct RecordHeader {
  uint32_t key_bytes = 0;
  uint32_t payload_bytes = 0;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RunFileWriter>> RunFileWriter::Create(
    const std::filesystem::path& path, size_t block_bytes) {
  absl::StatusOr<base::FileWriter> file = base::FileWriter::Create(path);
  if (!file.ok()) return file.status();
  return std::unique_ptr<RunFileWriter>(new RunFileWriter(*std::move(file), block_bytes));
}

RunFileWriter::RunFileWriter(base::FileWriter file, size_t block_bytes)
    : file_(std::move(file)), block_bytes_(block_bytes), context_(ZSTD_createCCtx()) {
  ZSTD_CCtx_setParameter(context_, ZSTD_c_compressionLevel, kCompressionLevel);
  ZSTD_CCtx_setParameter(context_, ZSTD_c_checksumFlag, 1);
}

RunFileWriter::~RunFileWriter() { ZSTD_freeCCtx(context_); }

absl::Status RunFileWriter::Append(const Record& record) {
  const size_t bytes = sizeof(RecordHeader) + record.key.size() + record.payload.size();
  if (!block_.empty() && block_.size() + bytes > block_bytes_) {
    if (absl::Status status = WriteBlock(); !status.ok()) return status;
  }
  const RecordHeader header{static_cast<uint32_t>(record.key.size()),
                            static_cast<uint32_t>(record.payload.size())};
  block_.append(reinterpret_cast<const char*>(&header), sizeof(header));
  block_.append(record.key);
  block_.append(record.payload);
  return absl::OkStatus();
}

absl::Status RunFileWriter::WriteBlock() {
  packed_.resize(sizeof(BlockHeader) + ZSTD_compressBound(block_.size()));
  const size_t packed =
      ZSTD_compress2(context_, packed_.data() + sizeof(BlockHeader),
                     packed_.size() - sizeof(BlockHeader), block_.data(), block_.size());
  if (ZSTD_isError(packed) != 0) {
    return absl::InternalError(absl::StrFormat("cannot compress a block of %s: %s",
                                               file_.path().string(), ZSTD_getErrorName(packed)));
  }
  const BlockHeader header{static_cast<uint32_t>(block_.size()), static_cast<uint32_t>(packed)};
  std::memcpy(packed_.data(), &header, sizeof(header));
  block_.clear();
  return file_.Append(std::string_view(packed_.data(), sizeof(header) + packed));
}

absl::Status RunFileWriter::Finish() {
  if (!block_.empty()) {
    if (absl::Status status = WriteBlock(); !status.ok()) return status;
  }
  const BlockHeader end;
  const std::string_view bytes(reinterpret_cast<const char*>(&end), sizeof(end));
  if (absl::Status status = file_.Append(bytes); !status.ok()) return status;
  return file_.Close();
}

absl::StatusOr<std::unique_ptr<RunFileReader>> RunFileReader::Open(
    const std::filesystem::path& path) {
  absl::StatusOr<base::FileReader> file = base::FileReader::Open(path);
  if (!file.ok()) return file.status();
  if (::unlink(path.c_str()) != 0) return base::FileError(errno, "cannot remove", path);
  return std::unique_ptr<RunFileReader>(new RunFileReader(*std::move(file)));
}

RunFileReader::RunFileReader(base::FileReader file)
    : file_(std::move(file)), context_(ZSTD_createDCtx()) {}

RunFileReader::~RunFileReader() { ZSTD_freeDCtx(context_); }

absl::Status RunFileReader::Damaged() const {
  return absl::DataLossError(absl::StrFormat(
      "cannot read back the temporary file %s: it is not what was written; check the disk",
      file_.path().string()));
}

absl::Status RunFileReader::ReadBytes(size_t bytes, char* to) {
  if (next_block_ > file_.size() || file_.size() - next_block_ < bytes) return Damaged();
  absl::Status status = file_.ReadAt(next_block_, bytes, to);
  next_block_ += bytes;
  return status;
}

absl::StatusOr<bool> RunFileReader::ReadBlock() {
  BlockHeader header;
  absl::Status read = ReadBytes(sizeof(header), reinterpret_cast<char*>(&header));
  if (!read.ok()) return read;
  offset_ = 0;
  block_.resize(header.raw_bytes);
  if (header.raw_bytes == 0) return false;
  packed_.resize(header.packed_bytes);
  read = ReadBytes(packed_.size(), packed_.data());
  if (!read.ok()) return read;
  const size_t raw =
      ZSTD_decompressDCtx(context_, block_.data(), block_.size(), packed_.data(), packed_.size());
  if (ZSTD_isError(raw) != 0 || raw != block_.size()) return Damaged();
  return true;
}

absl::StatusOr<bool> RunFileReader::Next(Record* record) {
  if (ended_) return false;
  if (offset_ == block_.size()) {
    const absl::StatusOr<bool> more = ReadBlock();
    if (!more.ok()) return more.status();
    if (!*more) {
      ended_ = true;
      return false;
    }
  }
  // The block's checksum has verified these lengths.
  RecordHeader header;
  std::memcpy(&header, block_.data() + offset_, sizeof(header));
  const char* const key = block_.data() + offset_ + sizeof(header);
  record->key = std::string_view(key, header.key_bytes);
  record->payload = std::string_view(key + header.key_bytes, header.payload_bytes);
  offset_ += sizeof(header) + header.key_bytes + header.payload_bytes;
  return true;
}

}  // namespace broadsheet::indexing
