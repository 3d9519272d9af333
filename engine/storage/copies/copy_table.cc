// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/copies/copy_table.h"

#include <string_view>
#include <utility>

namespace broadsheet::storage {
namespace {

// The preamble is the version of the sketches; there was none with the first. The data are the
// sketches; the entry of a document is its link: `leader` in the low half, `next` in the upper.
constexpr TableFileKind kCopiesFile{.magic = "BSCOPIES", .version = 1};
constexpr int kNextShift = 32;
constexpr CopySketch kBlank{};

std::string_view VersionOfSketches() {
  static constexpr uint8_t kVersion = kSketchVersion;
  return BytesOf(kVersion);
}

}  // namespace

absl::StatusOr<CopyTableWriter> CopyTableWriter::Create(const std::filesystem::path& path) {
  absl::StatusOr<TableFileWriter> file =
      TableFileWriter::Create(path, kCopiesFile, VersionOfSketches());
  if (!file.ok()) return file.status();
  return CopyTableWriter(*std::move(file));
}

absl::Status CopyTableWriter::AppendSketch(const CopySketch& sketch) {
  return file_.AppendData(
      std::string_view(reinterpret_cast<const char*>(sketch.data()), sketch.size()));
}

absl::Status CopyTableWriter::AppendLink(const CopyLink& link) {
  return file_.AppendEntry(link.leader | static_cast<uint64_t>(link.next) << kNextShift);
}

struct CopyTable::Impl {
  MappedTable table;
  const CopySketch* sketches = nullptr;  // one an entry; null when they are of another version
};

CopyTable::CopyTable(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CopyTable::~CopyTable() = default;

absl::StatusOr<std::unique_ptr<CopyTable>> CopyTable::Open(const std::filesystem::path& path) {
  absl::StatusOr<MappedTable> table = MapTableFile(path, kCopiesFile);
  if (!table.ok()) return table.status();
  if (table->data.size() != table->entries.size() * sizeof(CopySketch)) return BadTableSizes(path);
  auto impl = std::make_unique<Impl>(Impl{.table = *std::move(table)});
  // Bytes may be read as an array of bytes wherever they are.
  if (impl->table.preamble == VersionOfSketches()) {
    impl->sketches = reinterpret_cast<const CopySketch*>(impl->table.data.data());
  }
  return std::unique_ptr<CopyTable>(new CopyTable(std::move(impl)));
}

uint32_t CopyTable::count() const { return static_cast<uint32_t>(impl_->table.entries.size()); }

bool CopyTable::lost() const { return impl_->table.file.lost(); }

CopyLink CopyTable::LinkOf(uint32_t docid) const {
  if (docid == 0 || docid > count()) return {};
  const uint64_t entry = impl_->table.entries[docid - 1];
  return {.leader = static_cast<uint32_t>(entry),
          .next = static_cast<uint32_t>(entry >> kNextShift)};
}

const CopySketch& CopyTable::SketchOf(uint32_t docid) const {
  const bool known = docid > 0 && docid <= count() && impl_->sketches != nullptr;
  return known ? impl_->sketches[docid - 1] : kBlank;
}

uint32_t CopyTable::StoryOf(uint32_t docid) const {
  const uint32_t leader = LinkOf(docid).leader;
  return leader == 0 ? docid : leader;
}

}  // namespace broadsheet::storage
