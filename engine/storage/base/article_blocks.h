// SPDX-License-Identifier: GPL-3.0-or-later
// The compressed blocks of base/articles, a file of format 1.
// docs/index_format.md shows the bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/base/file_reader.h"
#include "engine/storage/table/table_file.h"

namespace broadsheet::storage {

// The preamble is the dictionary. The data are blocks: an ArticleBlockHeader, then one zstd frame
// that unpacks to articles, each after its length in 32 bits. The entry of a document is the offset
// of its block within the data, shifted by kArticleIndexBits, and its index in the block.
inline constexpr TableFileKind kArticleFile{.magic = "BSARTICL", .version = 1};
inline constexpr int kArticleIndexBits = 16;
inline constexpr uint64_t kArticleIndexMask = (1U << kArticleIndexBits) - 1;

struct ArticleBlockHeader {
  uint32_t packed_bytes;
  uint32_t raw_bytes;
};

// Larger than any block that was ever made (schema::kMaxArticleBytes is 8 MiB), so a damaged length
// is refused before memory is allocated.
inline constexpr uint32_t kMaxArticleBlockBytes = 64 << 20;

absl::Status DamagedArticleFile(const std::filesystem::path& path, std::string_view why);

// Iterates over the articles of an unpacked block.
class ArticleBlockWalk {
 public:
  explicit ArticleBlockWalk(std::string_view raw) : rest_(raw) {}
  // nullopt at the end, and where an article would end beyond the block; whole() is true only at
  // the end.
  std::optional<std::string_view> Next();
  bool whole() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// A packed block without its header, and where the next one begins.
struct PackedArticleBlock {
  std::string bytes;
  uint32_t raw_bytes = 0;
  // Where the next block begins within the data.
  uint64_t next_offset = 0;
};

// A finished article file. Immutable; safe from any thread. Damage gives DATA_LOSS.
class ArticleBlocks {
 public:
  static absl::StatusOr<ArticleBlocks> Open(const std::filesystem::path& path);

  uint32_t count() const { return static_cast<uint32_t>(shape_.count); }
  uint64_t data_bytes() const { return shape_.data_end - shape_.data_begin; }
  const std::filesystem::path& path() const { return file_.path(); }

  absl::StatusOr<std::string> ReadDictionary() const;
  // Entries [first, first + n) of the table, counted from 0.
  absl::Status ReadEntries(uint64_t first, uint64_t n, uint64_t* entries) const;
  // Bytes [offset, offset + size) of the data.
  absl::Status ReadData(uint64_t offset, size_t size, char* target) const;
  // The block at `offset` of the data.
  absl::StatusOr<PackedArticleBlock> ReadBlock(uint64_t offset) const;

 private:
  ArticleBlocks(base::FileReader file, const TableFileShape& shape)
      : file_(std::move(file)), shape_(shape) {}
  base::FileReader file_;
  TableFileShape shape_;
};

}  // namespace broadsheet::storage
