// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/token_file.h"

#include <utility>

#include "absl/strings/str_format.h"
#include "engine/storage/table/table_file.h"

namespace broadsheet::storage {
namespace {

using Units = std::span<const uint32_t>;

// The preamble has the forms of the frequent words; the data are all runs, concatenated; the entry
// of a document is the end of its run, counted in units of 32 bits.
constexpr TableFileKind kTokenFile{.magic = "BSTOKENS", .version = 2};

std::string_view BytesOfUnits(Units units) {
  return {reinterpret_cast<const char*>(units.data()), units.size_bytes()};
}

// A mapped token file. Entries may be damaged; damaged codes do no harm.
struct Runs {
  MappedTable table;
  Units frequent;
  Units units;
};

absl::StatusOr<Runs> MapRuns(const std::filesystem::path& path) {
  absl::StatusOr<MappedTable> table = MapTableFile(path, kTokenFile);
  if (!table.ok()) return table.status();
  const absl::StatusOr<Units> units = UnitsOf(table->data, path);
  if (!units.ok()) return units.status();
  const absl::StatusOr<Units> frequent = UnitsOf(table->preamble, path);
  if (!frequent.ok()) return frequent.status();
  return Runs{.table = *std::move(table), .frequent = *frequent, .units = *units};
}

class TokenWriter : public TokenFileWriter {
 public:
  explicit TokenWriter(TableFileWriter file) : file_(std::move(file)) {}

  absl::Status Append(Units run) override {
    if (absl::Status status = file_.AppendData(BytesOfUnits(run)); !status.ok()) return status;
    return file_.AppendEntry(Written());
  }

  absl::Status AppendFile(const std::filesystem::path& other) override {
    const absl::StatusOr<Runs> runs = MapRuns(other);
    if (!runs.ok()) return runs.status();
    const uint64_t before = Written();
    uint64_t last = 0;
    for (const uint64_t end : runs->table.entries) {
      if (end < last || end > runs->units.size()) {
        return absl::DataLossError(
            absl::StrFormat("%s is damaged: its runs are out of order", other.string()));
      }
      last = end;
      if (absl::Status status = file_.AppendEntry(before + end); !status.ok()) return status;
    }
    return file_.AppendData(BytesOfUnits(runs->units.first(last)));
  }

  absl::Status Finish() override { return file_.Finish(); }

 private:
  uint64_t Written() const { return file_.data_bytes() / sizeof(uint32_t); }

  TableFileWriter file_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TokenFileWriter>> TokenFileWriter::Create(
    const std::filesystem::path& path, std::span<const uint32_t> frequent) {
  absl::StatusOr<TableFileWriter> file =
      TableFileWriter::Create(path, kTokenFile, BytesOfUnits(frequent));
  if (!file.ok()) return file.status();
  return std::make_unique<TokenWriter>(*std::move(file));
}

struct TokenFile::Impl {
  Runs runs;
  WordTable words;
};

TokenFile::TokenFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
TokenFile::~TokenFile() = default;

absl::StatusOr<std::unique_ptr<TokenFile>> TokenFile::Open(const std::filesystem::path& path) {
  absl::StatusOr<Runs> runs = MapRuns(path);
  if (!runs.ok()) return runs.status();
  WordTable words({runs->frequent.begin(), runs->frequent.end()});
  auto impl = std::make_unique<Impl>(Impl{.runs = *std::move(runs), .words = std::move(words)});
  return std::unique_ptr<TokenFile>(new TokenFile(std::move(impl)));
}

uint32_t TokenFile::count() const {
  return static_cast<uint32_t>(impl_->runs.table.entries.size());
}

bool TokenFile::lost() const { return impl_->runs.table.file.lost(); }

const WordTable& TokenFile::words() const { return impl_->words; }

TokenRun TokenFile::run(uint32_t docid) const {
  const Runs& runs = impl_->runs;
  if (docid == 0 || docid > runs.table.entries.size()) return {};
  const uint64_t begin = docid == 1 ? 0 : runs.table.entries[docid - 2];
  const uint64_t end = runs.table.entries[docid - 1];
  if (begin > end || end > runs.units.size()) return {};
  return ReadRun(runs.units.subspan(begin, end - begin), impl_->words);
}

}  // namespace broadsheet::storage
