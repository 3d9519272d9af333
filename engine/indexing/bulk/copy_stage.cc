// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/copy_stage.h"

#include <xapian.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"
#include "engine/copies/shingles.h"
#include "engine/copies/sketch.h"
#include "engine/indexing/bulk/story_maker.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/columns/columns.h"
#include "engine/storage/copies/copy_table.h"
#include "engine/storage/index/layout.h"
#include "engine/xapian/guard.h"

namespace broadsheet::indexing {
namespace {

using storage::CopyLink;
using storage::CopySketch;

// Sketched at once, all threads together.
constexpr uint32_t kSketchedAtOnce = 1 << 14;
constexpr uint32_t kPlacedBetweenChecks = 1 << 8;

// Whether each docid of base is that of an article which readers never see: nobody learns from it
// which others are alike.
absl::StatusOr<std::vector<bool>> FindWithheld(const std::filesystem::path& base, uint32_t count) {
  return xapian::Guard("cannot read " + base.string(), [&]() -> absl::StatusOr<std::vector<bool>> {
    const Xapian::Database database(base.string());
    std::vector<bool> withheld(count + 1);
    const std::string term(schema::kWithheldTerm);
    const auto end = database.postlist_end(term);
    for (auto at = database.postlist_begin(term); at != end; ++at) {
      if (*at <= count) withheld[*at] = true;
    }
    return withheld;
  });
}

class CopyStage {
 public:
  CopyStage(const CopyOptions& options, Monitor& monitor) : options_(options), monitor_(monitor) {}

  absl::Status Run();

 private:
  absl::Status Open();
  bool MayHaveCopies(uint32_t docid) const {
    return !withheld_[docid] && rows().DateOf(docid).dated();
  }
  const storage::ValueRows& rows() const { return columns_->rows(); }
  int64_t SecondsOf(uint32_t docid) const { return rows().DateOf(docid).seconds; }

  absl::Status SketchAll();
  // Sketches the articles from docid `first` on.
  absl::Status Sketch(uint32_t first, std::span<CopySketch> sketches) const;
  absl::Status SketchTogether(uint32_t first, std::span<CopySketch> sketches) const;

  absl::Status PlaceAll(StoryMaker& stories);
  absl::Status Write(const std::vector<CopyLink>& links) const;

  const CopyOptions& options_;
  Monitor& monitor_;
  std::unique_ptr<storage::SplitArticles> articles_;
  std::unique_ptr<storage::Columns> columns_;
  std::vector<bool> withheld_;
  std::optional<base::MappedFile> mapped_;
  std::span<const CopySketch> sketches_;  // of docid 1, 2, ...
};

absl::Status CopyStage::Run() {
  if (absl::Status status = Open(); !status.ok()) return status;
  if (absl::Status status = SketchAll(); !status.ok()) return status;
  StoryMaker stories(*articles_, *columns_, options_.memory_bytes);
  if (absl::Status status = PlaceAll(stories); !status.ok()) return status;
  return Write(stories.MakeLinks());
}

absl::Status CopyStage::Open() {
  auto articles = storage::SplitArticles::Open(options_.base);
  if (!articles.ok()) return articles.status();
  articles_ = *std::move(articles);
  auto columns = storage::Columns::Open(options_.base);
  if (!columns.ok()) return columns.status();
  columns_ = *std::move(columns);
  auto withheld = FindWithheld(options_.base, articles_->count());
  if (!withheld.ok()) return withheld.status();
  withheld_ = *std::move(withheld);
  return absl::OkStatus();
}

absl::Status CopyStage::Sketch(uint32_t first, std::span<CopySketch> sketches) const {
  copies::ShingleReader reader;
  std::string body;
  for (CopySketch& sketch : sketches) {
    const uint32_t docid = first++;
    sketch = CopySketch{};
    if (!MayHaveCopies(docid)) continue;
    if (absl::Status read = articles_->ReadBody(docid, &body); !read.ok()) return read;
    sketch = copies::SketchOf(reader.Read(body));
  }
  return absl::OkStatus();
}

absl::Status CopyStage::SketchTogether(uint32_t first, std::span<CopySketch> sketches) const {
  std::vector<std::future<absl::Status>> parts;
  const size_t share = sketches.size() / static_cast<size_t>(options_.threads) + 1;
  for (size_t begin = 0; begin < sketches.size(); begin += share) {
    const auto part = sketches.subspan(begin, std::min(share, sketches.size() - begin));
    const uint32_t docid = first + static_cast<uint32_t>(begin);
    parts.push_back(
        std::async(std::launch::async, [this, docid, part] { return Sketch(docid, part); }));
  }
  absl::Status sketched;
  for (std::future<absl::Status>& part : parts) sketched.Update(part.get());
  return sketched;
}

// Into a file of their own, which is then mapped: they are needed again, and in another order.
absl::Status CopyStage::SketchAll() {
  const std::filesystem::path path = options_.folder / "sketches";
  absl::StatusOr<base::FileWriter> file = base::FileWriter::Create(path);
  if (!file.ok()) return file.status();
  std::vector<CopySketch> sketches;
  const uint32_t count = articles_->count();
  for (uint32_t first = 1; first <= count; first += kSketchedAtOnce) {
    if (absl::Status status = monitor_.Check(); !status.ok()) return status;
    sketches.resize(std::min(kSketchedAtOnce, count - first + 1));
    absl::Status status = SketchTogether(first, sketches);
    if (!status.ok()) return status;
    status = file->Append(std::string_view(reinterpret_cast<const char*>(sketches.data()),
                                           sketches.size() * sizeof(CopySketch)));
    if (!status.ok()) return status;
  }
  if (absl::Status status = file->Close(); !status.ok()) return status;
  const absl::StatusOr<base::FileReader> reader = base::FileReader::Open(path);
  if (!reader.ok()) return reader.status();
  absl::StatusOr<base::MappedFile> mapped = base::MappedFile::Map(*reader);
  if (!mapped.ok()) return mapped.status();
  mapped_.emplace(*std::move(mapped));
  sketches_ = {reinterpret_cast<const CopySketch*>(mapped_->data()), count};
  return absl::OkStatus();
}

// Docids are in order of time, the newest first; those of one time are in order of their ids.
absl::Status CopyStage::PlaceAll(StoryMaker& stories) {
  uint32_t last = articles_->count();
  while (last > 0 && !rows().DateOf(last).dated()) --last;
  for (uint32_t placed = 0; last > 0;) {
    uint32_t first = last;
    while (first > 1 && SecondsOf(first - 1) == SecondsOf(last)) --first;
    for (uint32_t docid = first; docid <= last; ++docid) {
      if (++placed % kPlacedBetweenChecks == 0) {
        if (absl::Status status = monitor_.Check(); !status.ok()) return status;
      }
      const CopySketch& sketch = sketches_[docid - 1];
      if (storage::IsBlank(sketch)) continue;
      if (absl::Status status = stories.Place(docid, sketch); !status.ok()) return status;
    }
    last = first - 1;
  }
  return absl::OkStatus();
}

absl::Status CopyStage::Write(const std::vector<CopyLink>& links) const {
  auto writer = storage::CopyTableWriter::Create(options_.base / storage::kCopiesName);
  if (!writer.ok()) return writer.status();
  for (const CopySketch& sketch : sketches_) {
    if (absl::Status status = writer->AppendSketch(sketch); !status.ok()) return status;
  }
  for (size_t docid = 1; docid < links.size(); ++docid) {
    if (absl::Status status = writer->AppendLink(links[docid]); !status.ok()) return status;
  }
  return writer->Finish();
}

}  // namespace

absl::Status WriteCopies(const CopyOptions& options, Monitor& monitor) {
  return CopyStage(options, monitor).Run();
}

}  // namespace broadsheet::indexing
