// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/article_blocks.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::storage {
namespace {

// One read fetches the header and, nearly always, the whole block.
constexpr uint64_t kFirstReadBytes = 12 << 10;

}  // namespace

absl::Status DamagedArticleFile(const std::filesystem::path& path, std::string_view why) {
  return absl::DataLossError(absl::StrFormat("%s is damaged: %s", path.string(), why));
}

std::optional<std::string_view> ArticleBlockWalk::Next() {
  uint32_t length = 0;
  if (rest_.size() < sizeof(length)) return std::nullopt;
  std::memcpy(&length, rest_.data(), sizeof(length));
  if (length > rest_.size() - sizeof(length)) return std::nullopt;
  const std::string_view article = rest_.substr(sizeof(length), length);
  rest_.remove_prefix(sizeof(length) + length);
  return article;
}

absl::StatusOr<ArticleBlocks> ArticleBlocks::Open(const std::filesystem::path& path) {
  absl::StatusOr<base::FileReader> file = base::FileReader::Open(path);
  if (!file.ok()) return file.status();
  const absl::StatusOr<TableFileShape> shape = ReadTableFileShape(*file, kArticleFile);
  if (!shape.ok()) return shape.status();
  if (shape->count > UINT32_MAX) return DamagedArticleFile(path, "its sizes do not add up");
  return ArticleBlocks(*std::move(file), *shape);
}

absl::StatusOr<std::string> ArticleBlocks::ReadDictionary() const {
  std::string dictionary(shape_.data_begin - shape_.preamble_begin, '\0');
  absl::Status status = file_.ReadAt(shape_.preamble_begin, dictionary.size(), dictionary.data());
  if (!status.ok()) return status;
  return dictionary;
}

absl::Status ArticleBlocks::ReadEntries(uint64_t first, uint64_t n, uint64_t* entries) const {
  return file_.ReadAt(shape_.table_begin + first * sizeof(uint64_t), n * sizeof(uint64_t),
                      reinterpret_cast<char*>(entries));
}

absl::Status ArticleBlocks::ReadData(uint64_t offset, size_t size, char* target) const {
  return file_.ReadAt(shape_.data_begin + offset, size, target);
}

absl::StatusOr<PackedArticleBlock> ArticleBlocks::ReadBlock(uint64_t offset) const {
  ArticleBlockHeader header;
  if (offset > data_bytes() || data_bytes() - offset < sizeof(header)) {
    return DamagedArticleFile(path(), "an entry points outside its blocks");
  }
  const uint64_t available = data_bytes() - offset;
  std::string buffer(std::min(kFirstReadBytes, available), '\0');
  absl::Status status = ReadData(offset, buffer.size(), buffer.data());
  if (!status.ok()) return status;
  std::memcpy(&header, buffer.data(), sizeof(header));
  if (header.packed_bytes > available - sizeof(header) ||
      header.raw_bytes > kMaxArticleBlockBytes) {
    return DamagedArticleFile(path(), absl::StrFormat("the block at byte %d has no valid size",
                                                      shape_.data_begin + offset));
  }
  const size_t had = buffer.size();
  const size_t wanted = sizeof(header) + header.packed_bytes;
  buffer.resize(wanted);
  if (wanted > had) {
    status = ReadData(offset + had, wanted - had, buffer.data() + had);
    if (!status.ok()) return status;
  }
  buffer.erase(0, sizeof(header));
  return PackedArticleBlock{
      .bytes = std::move(buffer), .raw_bytes = header.raw_bytes, .next_offset = offset + wanted};
}

}  // namespace broadsheet::storage
