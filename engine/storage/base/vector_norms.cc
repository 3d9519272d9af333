// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/vector_norms.h"

#include <bit>
#include <cmath>
#include <utility>

#include "absl/strings/str_format.h"

namespace broadsheet::storage {
namespace {

// There are no data; the entry of a document is its norm: `unit` in the low half, `words` in the 12
// bits above it, `codes` in the upper 20.
constexpr TableFileKind kNormsFile{.magic = "BSNORMS1", .version = 1};
constexpr int kWordsShift = 32;
constexpr int kCodesShift = 44;

}  // namespace

absl::StatusOr<VectorNormsWriter> VectorNormsWriter::Create(const std::filesystem::path& path) {
  absl::StatusOr<TableFileWriter> file = TableFileWriter::Create(path, kNormsFile, "");
  if (!file.ok()) return file.status();
  return VectorNormsWriter(*std::move(file));
}

absl::Status VectorNormsWriter::Append(const VectorNorm& norm) {
  if (norm.codes > kMostVectorCodes || norm.words > kMostVectorWords) {
    return absl::InvalidArgumentError(
        absl::StrFormat("a vector of %d words in %d codes is too long for %s", norm.words,
                        norm.codes, file_.path().string()));
  }
  return file_.AppendEntry(std::bit_cast<uint32_t>(norm.unit) |
                           static_cast<uint64_t>(norm.words) << kWordsShift |
                           static_cast<uint64_t>(norm.codes) << kCodesShift);
}

struct VectorNorms::Impl {
  MappedTable table;
};

VectorNorms::VectorNorms(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
VectorNorms::~VectorNorms() = default;

absl::StatusOr<std::unique_ptr<VectorNorms>> VectorNorms::Open(const std::filesystem::path& path) {
  absl::StatusOr<MappedTable> table = MapTableFile(path, kNormsFile);
  if (!table.ok()) return table.status();
  return std::unique_ptr<VectorNorms>(
      new VectorNorms(std::make_unique<Impl>(Impl{.table = *std::move(table)})));
}

uint32_t VectorNorms::count() const { return static_cast<uint32_t>(impl_->table.entries.size()); }

bool VectorNorms::lost() const { return impl_->table.file.lost(); }

VectorNorm VectorNorms::At(uint32_t docid) const {
  if (docid == 0 || docid > count()) return {};
  const uint64_t entry = impl_->table.entries[docid - 1];
  const auto unit = std::bit_cast<float>(static_cast<uint32_t>(entry));
  return {.unit = std::isfinite(unit) ? unit : 0,
          .codes = static_cast<uint32_t>(entry >> kCodesShift),
          .words = static_cast<uint32_t>(entry >> kWordsShift) & kMostVectorWords};
}

}  // namespace broadsheet::storage
