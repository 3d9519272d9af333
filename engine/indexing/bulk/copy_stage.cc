// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/copy_stage.h"

#include <xapian.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"
#include "engine/copies/band_index.h"
#include "engine/copies/likeness.h"
#include "engine/copies/shingles.h"
#include "engine/copies/sketch.h"
#include "engine/copies/window.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/token_file.h"
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
constexpr uint64_t kBytesPerStory = 700;
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
  CopyStage(const CopyOptions& options, Monitor& monitor)
      : options_(options), monitor_(monitor), reader_(options.token_seed) {}

  absl::Status Run();

 private:
  absl::Status Open();
  bool MayHaveCopies(uint32_t docid) const {
    return !withheld_[docid] && rows().DateOf(docid).dated();
  }
  const storage::ValueRows& rows() const { return columns_->rows(); }
  copies::Sources SourcesOf(uint32_t a, uint32_t b) const {
    return columns_->SourceOf(a).folded == columns_->SourceOf(b).folded
               ? copies::Sources::kSame
               : copies::Sources::kDifferent;
  }
  int64_t SecondsOf(uint32_t docid) const { return rows().DateOf(docid).seconds; }

  absl::Status SketchAll();
  // Sketches the articles from docid `first` on.
  void Sketch(uint32_t first, std::span<CopySketch> sketches) const;
  void SketchTogether(uint32_t first, std::span<CopySketch> sketches) const;

  absl::Status PlaceAll();
  void Place(uint32_t docid);
  // The leader of the story that `docid` tells; 0 when it is new.
  uint32_t FindLeader(uint32_t docid);
  void Join(uint32_t leader, uint32_t docid);
  void ForgetBefore(int64_t seconds);
  absl::Status Write() const;

  const CopyOptions& options_;
  Monitor& monitor_;
  std::unique_ptr<storage::TokenFile> tokens_;
  std::unique_ptr<storage::Columns> columns_;
  std::vector<bool> withheld_;
  std::optional<base::MappedFile> mapped_;
  std::span<const CopySketch> sketches_;  // of docid 1, 2, ...
  copies::ShingleReader reader_;
  copies::BandIndex leaders_;
  std::vector<CopyLink> links_;                   // by docid
  std::unordered_map<uint32_t, uint32_t> lasts_;  // of the stories with copies, by leader
};

absl::Status CopyStage::Run() {
  if (absl::Status status = Open(); !status.ok()) return status;
  if (absl::Status status = SketchAll(); !status.ok()) return status;
  if (absl::Status status = PlaceAll(); !status.ok()) return status;
  return Write();
}

absl::Status CopyStage::Open() {
  auto tokens = storage::TokenFile::Open(options_.base / storage::kTokensName);
  if (!tokens.ok()) return tokens.status();
  tokens_ = *std::move(tokens);
  auto columns = storage::Columns::Open(options_.base);
  if (!columns.ok()) return columns.status();
  columns_ = *std::move(columns);
  auto withheld = FindWithheld(options_.base, tokens_->count());
  if (!withheld.ok()) return withheld.status();
  withheld_ = *std::move(withheld);
  return absl::OkStatus();
}

void CopyStage::Sketch(uint32_t first, std::span<CopySketch> sketches) const {
  copies::ShingleReader reader(options_.token_seed);
  for (CopySketch& sketch : sketches) {
    const uint32_t docid = first++;
    sketch =
        MayHaveCopies(docid) ? copies::SketchOf(reader.Read(tokens_->run(docid))) : CopySketch{};
  }
}

void CopyStage::SketchTogether(uint32_t first, std::span<CopySketch> sketches) const {
  // Each future joins its thread.
  std::vector<std::future<void>> parts;
  const size_t share = sketches.size() / static_cast<size_t>(options_.threads) + 1;
  for (size_t begin = 0; begin < sketches.size(); begin += share) {
    const auto part = sketches.subspan(begin, std::min(share, sketches.size() - begin));
    const uint32_t docid = first + static_cast<uint32_t>(begin);
    parts.push_back(std::async(std::launch::async, [this, docid, part] { Sketch(docid, part); }));
  }
}

// Into a file of their own, which is then mapped: they are needed again, and in another order.
absl::Status CopyStage::SketchAll() {
  const std::filesystem::path path = options_.folder / "sketches";
  absl::StatusOr<base::FileWriter> file = base::FileWriter::Create(path);
  if (!file.ok()) return file.status();
  std::vector<CopySketch> sketches;
  const uint32_t count = tokens_->count();
  for (uint32_t first = 1; first <= count; first += kSketchedAtOnce) {
    if (absl::Status status = monitor_.Check(); !status.ok()) return status;
    sketches.resize(std::min(kSketchedAtOnce, count - first + 1));
    SketchTogether(first, sketches);
    absl::Status status = file->Append(std::string_view(
        reinterpret_cast<const char*>(sketches.data()), sketches.size() * sizeof(CopySketch)));
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
absl::Status CopyStage::PlaceAll() {
  links_.resize(tokens_->count() + 1);
  uint32_t last = tokens_->count();
  while (last > 0 && !rows().DateOf(last).dated()) --last;
  for (uint32_t placed = 0; last > 0;) {
    uint32_t first = last;
    while (first > 1 && SecondsOf(first - 1) == SecondsOf(last)) --first;
    ForgetBefore(SecondsOf(last) - copies::kWindowSeconds);
    for (uint32_t docid = first; docid <= last; ++docid) {
      if (++placed % kPlacedBetweenChecks == 0) {
        if (absl::Status status = monitor_.Check(); !status.ok()) return status;
      }
      Place(docid);
    }
    last = first - 1;
  }
  return absl::OkStatus();
}

void CopyStage::ForgetBefore(int64_t seconds) {
  while (leaders_.size() > 0 && leaders_.oldest().seconds < seconds) leaders_.ForgetOldest();
}

void CopyStage::Place(uint32_t docid) {
  const CopySketch& sketch = sketches_[docid - 1];
  if (storage::IsBlank(sketch)) return;
  if (const uint32_t leader = FindLeader(docid); leader != 0) return Join(leader, docid);
  const size_t most = std::max<size_t>(1, options_.memory_bytes / kBytesPerStory);
  while (leaders_.size() >= most) leaders_.ForgetOldest();
  leaders_.Add({.docid = docid, .seconds = SecondsOf(docid)}, sketch);
}

uint32_t CopyStage::FindLeader(uint32_t docid) {
  std::vector<copies::BandIndex::Story> alike;
  leaders_.ForEachAlike(sketches_[docid - 1],
                        [&](const copies::BandIndex::Story& story) { alike.push_back(story); });
  if (alike.empty()) return 0;
  const std::vector<uint64_t> own = reader_.ReadSet(tokens_->run(docid));
  uint32_t leader = 0;
  double most = 0;
  for (const copies::BandIndex::Story& story : alike) {
    const copies::Likeness likeness =
        copies::Compare(own, reader_.ReadSet(tokens_->run(story.docid)));
    if (!copies::AreCopies(likeness, SourcesOf(docid, story.docid))) continue;
    const double resemblance = likeness.resemblance();
    // Of equals the first published, which is the one added first: whichever band was shared.
    const bool earlier = leader != 0 && (SecondsOf(story.docid) != SecondsOf(leader)
                                             ? SecondsOf(story.docid) < SecondsOf(leader)
                                             : story.docid < leader);
    if (resemblance < most || (resemblance == most && leader != 0 && !earlier)) continue;
    leader = story.docid;
    most = resemblance;
  }
  return leader;
}

void CopyStage::Join(uint32_t leader, uint32_t docid) {
  const auto [last, is_new] = lasts_.try_emplace(leader, leader);
  if (is_new) links_[leader].leader = leader;
  links_[last->second].next = docid;
  links_[docid].leader = leader;
  last->second = docid;
}

absl::Status CopyStage::Write() const {
  auto writer = storage::CopyTableWriter::Create(options_.base / storage::kCopiesName);
  if (!writer.ok()) return writer.status();
  for (const CopySketch& sketch : sketches_) {
    if (absl::Status status = writer->AppendSketch(sketch); !status.ok()) return status;
  }
  for (size_t docid = 1; docid < links_.size(); ++docid) {
    if (absl::Status status = writer->AppendLink(links_[docid]); !status.ok()) return status;
  }
  return writer->Finish();
}

}  // namespace

absl::Status WriteCopies(const CopyOptions& options, Monitor& monitor) {
  return CopyStage(options, monitor).Run();
}

}  // namespace broadsheet::indexing
