// SPDX-License-Identifier: GPL-3.0-or-later
// What one request reads: base, live's revision, tombstones and takedowns, taken as a whole.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/base/file_stamp.h"
#include "engine/storage/base/deletion.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/takedowns.h"

namespace broadsheet::storage {

enum class Segment : uint8_t { kBase, kLive };

// A document within one snapshot. Docids never leave the engine.
struct DocRef {
  Segment segment = Segment::kBase;
  uint32_t docid = 0;
  bool operator==(const DocRef&) const = default;
};

// Not thread-safe, as Xapian's handles are not: each searcher thread opens its own. Xapian
// exceptions come out of the database handles; callers run under Guard.
class Snapshot {
 public:
  // Opens base, and live when it has been written to. DATA_LOSS or NOT_FOUND when a database is
  // damaged or missing, or as Takedowns::Read; ABORTED when live's writer overtook the
  // reading: try again. `before`, of the same thread, may be null; one of the same generation lends
  // its open base, which never changes.
  static absl::StatusOr<std::unique_ptr<Snapshot>> Open(
      std::shared_ptr<const Generation> generation, const Snapshot* before = nullptr);

  // False once live/ has a commit, or INDEX a takedown, that this does not show, or what was taken
  // down was changed in any other way. Costs three stats.
  bool IsLatest() const;

  // What came of reading this. A fault becomes ABORTED when live/ has a commit that this does not
  // show: blocks that it needs may have been written over, and Xapian 1.4 does not always notice
  // that as such ("Expected block 4 to be level 1, not 0").
  absl::Status AsOvertaken(const absl::Status& status) const;

  const Generation& generation() const { return *generation_; }

  // base alone, newest article first by docid, undated last.
  const Xapian::Database& base() const { return base_; }
  bool has_live() const { return has_live_; }
  // live alone; only when has_live().
  const Xapian::Database& live() const { return live_; }
  // Both as one multi-database for ranked queries; base itself when live is empty.
  const Xapian::Database& both() const { return both_; }
  // Translates a docid of both().
  DocRef FromBoth(uint32_t docid) const;
  // True for a document of base that was replaced or deleted, and for any that was taken down.
  bool IsSuperseded(DocRef doc) const {
    const std::vector<bool>& superseded =
        doc.segment == Segment::kBase ? superseded_base_ : superseded_live_;
    return doc.docid < superseded.size() && superseded[doc.docid];
  }
  bool has_superseded() const { return !superseded_base_.empty() || !superseded_live_.empty(); }
  // Documents of base that were replaced or deleted.
  uint64_t tombstone_count() const { return tombstones_; }
  // Articles that are neither replaced nor deleted nor taken down.
  uint64_t article_count() const;

  // The run stays valid until the next call for a document of live (a run of base, as long as the
  // generation). Throws as Xapian does for a document of live.
  TokenRun ReadTokens(DocRef doc);
  // Errors as ArticleFile::Read; NOT_FOUND for a docid that live does not have.
  absl::StatusOr<v1::Article> ReadArticle(DocRef doc) const;
  // NOT_FOUND when no article has this id that is not superseded.
  absl::StatusOr<DocRef> FindId(std::string_view id) const;

  // What live/ remembers of deletions: of this id, if it was the last that was done to it; all of
  // them, in no order. Throw as Xapian does.
  std::optional<Deletion> FindDeletion(std::string_view id) const;
  std::vector<Deletion> ReadDeletions() const;

 private:
  Snapshot() = default;
  // What INDEX/takedowns hides of base: the same until it is added to.
  struct TakenDown {
    TakedownsStamp stamp;
    std::shared_ptr<const Takedowns> list;
    std::vector<uint32_t> base_docids;
  };

  // Throws what Xapian throws.
  absl::Status OpenDatabases(const std::filesystem::path& folder, const Snapshot* before);
  absl::Status TakeDown(const Snapshot* before);
  void Supersede(std::vector<bool>& segment, uint32_t docid, uint32_t last_docid);
  absl::StatusOr<DocRef> FindIdIn(Segment segment, std::string_view id) const;

  std::shared_ptr<const Generation> generation_;
  base::FileStamp stamp_;
  Xapian::Database base_;
  Xapian::Database live_;
  Xapian::Database both_;
  bool has_live_ = false;
  std::shared_ptr<const TakenDown> taken_down_;
  std::vector<bool> superseded_base_;  // by docid; empty when none is superseded
  std::vector<bool> superseded_live_;
  uint64_t tombstones_ = 0;
  uint64_t superseded_ = 0;  // documents of both
  std::vector<uint32_t> live_run_;
};

}  // namespace broadsheet::storage
