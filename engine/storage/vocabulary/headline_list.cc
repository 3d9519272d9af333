// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/vocabulary/headline_list.h"

#include <algorithm>
#include <utility>

#include "engine/text/fold.h"
#include "engine/text/utf8.h"

namespace broadsheet::storage {
namespace {

// The data are docids; the entry of each is the start of its headline.
constexpr TableFileKind kHeadlinesFile{.magic = "BSHEADLN", .version = 1};

// The first bytes of `text` as a number that orders as they do; what is missing counts as `filler`.
uint64_t StartOf(std::string_view text, unsigned char filler) {
  uint64_t start = 0;
  for (size_t i = 0; i < HeadlineList::kStartBytes; ++i) {
    start = start << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : filler);
  }
  return start;
}

// Bytes. Nobody types more of one; a longer one may be a whole article.
constexpr size_t kMostFoldedBytes = 512;

}  // namespace

std::string FoldHeadline(std::string_view headline) {
  return text::FoldValue(text::PrefixOf(headline, kMostFoldedBytes));
}

absl::StatusOr<HeadlineListWriter> HeadlineListWriter::Create(const std::filesystem::path& path) {
  absl::StatusOr<TableFileWriter> file = TableFileWriter::Create(path, kHeadlinesFile, "");
  if (!file.ok()) return file.status();
  return HeadlineListWriter(*std::move(file));
}

absl::Status HeadlineListWriter::Append(std::string_view folded, uint32_t docid) {
  if (absl::Status status = file_.AppendData(BytesOf(docid)); !status.ok()) return status;
  return file_.AppendEntry(StartOf(folded, 0));
}

struct HeadlineList::Impl {
  MappedTable table;
  std::span<const uint32_t> docids;
};

HeadlineList::HeadlineList(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HeadlineList::~HeadlineList() = default;

absl::StatusOr<std::unique_ptr<HeadlineList>> HeadlineList::Open(
    const std::filesystem::path& path) {
  absl::StatusOr<MappedTable> table = MapTableFile(path, kHeadlinesFile);
  if (!table.ok()) return table.status();
  const absl::StatusOr<std::span<const uint32_t>> docids = UnitsOf(table->data, path);
  if (!docids.ok()) return docids.status();
  if (docids->size() != table->entries.size()) return BadTableSizes(path);
  return std::unique_ptr<HeadlineList>(new HeadlineList(
      std::make_unique<Impl>(Impl{.table = *std::move(table), .docids = *docids})));
}

uint32_t HeadlineList::count() const { return static_cast<uint32_t>(impl_->docids.size()); }

bool HeadlineList::lost() const { return impl_->table.file.lost(); }

std::span<const uint32_t> HeadlineList::WithStartOf(std::string_view prefix) const {
  const std::span<const uint64_t> starts = impl_->table.entries;
  const auto begin = std::lower_bound(starts.begin(), starts.end(), StartOf(prefix, 0));
  const auto end = std::upper_bound(begin, starts.end(), StartOf(prefix, 0xFF));
  return impl_->docids.subspan(static_cast<size_t>(begin - starts.begin()),
                               static_cast<size_t>(end - begin));
}

}  // namespace broadsheet::storage
