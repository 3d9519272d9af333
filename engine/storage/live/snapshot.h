// SPDX-License-Identifier: GPL-3.0-or-later
// The state of a generation that one request reads: base, one revision of live, tombstones and
// takedowns.
#pragma once

#include <xapian.h>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/base/file_stamp.h"
#include "engine/storage/base/article_wire.h"
#include "engine/storage/base/deletion.h"
#include "engine/storage/base/document_frequencies.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/document_set.h"
#include "engine/storage/live/stories.h"

namespace broadsheet::storage {

enum class Segment : uint8_t { kBase, kLive };

// A document within one snapshot. Docids never leave the engine.
struct DocRef {
  Segment segment = Segment::kBase;
  uint32_t docid = 0;
  bool operator==(const DocRef&) const = default;
};

// The documents that a reader may be told of.
struct PermittedDocuments {
  // Of base, which never changes: shared by the snapshots of a generation.
  std::shared_ptr<const DocumentSet> base;
  DocumentSet live;

  bool Has(DocRef doc) const {
    return doc.segment == Segment::kBase ? base->Has(doc.docid) : live.Has(doc.docid);
  }
};

// Not thread-safe, because Xapian's handles are not: each searcher thread opens its own. The
// database handles throw Xapian's exceptions; callers run under Guard.
class Snapshot {
 public:
  // Opens base, and live if it exists. DATA_LOSS or NOT_FOUND when a database is damaged or
  // missing, or as Takedowns::Read; ABORTED when live's writer overtook the reading: try again.
  // `before`, of the same thread, may be null; if it is of the same generation, its open base,
  // which never changes, is reused.
  static absl::StatusOr<std::unique_ptr<Snapshot>> Open(
      std::shared_ptr<const Generation> generation, const Snapshot* before = nullptr);

  // False once live/ has a commit, or the takedowns a change, that this snapshot does not show.
  // Costs three stats.
  bool IsLatest() const;

  // Translates the result of reading this snapshot. DATA_LOSS or INTERNAL becomes ABORTED when
  // live/ has a newer commit: blocks of this revision may have been overwritten, which Xapian 1.4
  // may report as damage ("Expected block 4 to be level 1, not 0"). Where live/ has none, Xapian's
  // ABORTED ("call reopen()") becomes DATA_LOSS: then the blocks are damaged.
  absl::Status AsOvertaken(const absl::Status& status) const;

  const Generation& generation() const { return *generation_; }
  // Tells this state of the index from any other: the generation, live's commit, the takedowns; and
  // what is permitted.
  const std::string& identity() const { return identity_; }
  // The end of the first embargo that ends after `now`; InfiniteFuture when none does. Where one
  // does, looks at all articles with an embargo once, and again when that end has come. Throws what
  // Xapian throws.
  absl::Time NextEmbargoEnd(absl::Time now);

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
  // From now on all but `permitted` is barred. `licence` tells what is permitted from what any
  // other licence permits.
  void Restrict(std::string_view licence, PermittedDocuments permitted);
  bool is_restricted() const { return permitted_.has_value(); }
  // Only when is_restricted().
  const PermittedDocuments& permitted() const { return *permitted_; }
  // Whether readers of this snapshot may not be told of `doc`, be it superseded or not permitted.
  bool IsBarred(DocRef doc) const {
    return IsSuperseded(doc) || (permitted_ && !permitted_->Has(doc));
  }
  bool has_barred() const { return has_superseded() || is_restricted(); }
  // Whether any document is withheld by its status.
  bool has_withheld() const { return has_withheld_; }
  // At least the end of the last embargo, as schema::EncodeSeconds writes it; empty when there is
  // none. An embargo that ends later than this does not exist.
  const std::string& last_embargo() const { return last_embargo_; }
  // Documents of base that were replaced or deleted.
  uint64_t tombstone_count() const { return tombstones_; }
  // Articles that are neither replaced nor deleted nor taken down.
  uint64_t article_count() const;

  // How many documents have a word: counted over base, or over both where live has more than a
  // tenth of the documents, and counted anew when their number has changed by a quarter. For
  // ranking, which needs no exact figure. Throws Xapian's exceptions.
  std::shared_ptr<const DocumentFrequencies> Frequencies();

  // Which documents tell the same story. Read from live at the first call. Throws Xapian's
  // exceptions.
  const Stories& CopyStories();

  // A run of live is valid until the next call for a document of live; a run of base, as long as
  // the generation. Throws Xapian's exceptions for a document of live.
  TokenRun ReadTokens(DocRef doc);
  // The card and the body of an article, as StoredArticles gives them; NOT_FOUND for a docid that
  // live does not have.
  absl::Status ReadCard(DocRef doc, std::string* card) const;
  absl::Status ReadBody(DocRef doc, std::string* body) const;
  // The whole article. Errors as StoredArticles::Read; NOT_FOUND for a docid that live does not
  // have.
  absl::StatusOr<v1::Article> ReadArticle(DocRef doc) const;
  // NOT_FOUND when no article that is not barred has this id.
  absl::StatusOr<DocRef> FindId(std::string_view id) const;

  // The deletions that live/ records: that of this id, if deleting was the last write to it; and
  // all of them, in no order. Both throw Xapian's exceptions.
  std::optional<Deletion> FindDeletion(std::string_view id) const;
  std::vector<Deletion> ReadDeletions() const;

 private:
  Snapshot() = default;
  // The documents of base that INDEX/takedowns supersedes; reused until the takedowns change.
  struct TakenDown {
    TakedownsStamp stamp;
    std::shared_ptr<const Takedowns> list;
    std::vector<uint32_t> base_docids;
  };

  // The document frequencies of both, and of how many documents they were.
  struct CountedBoth {
    DocumentFrequencies frequencies;
    Xapian::doccount documents = 0;
  };

  // Throws what Xapian throws.
  absl::Status OpenDatabases(const std::filesystem::path& folder, const Snapshot* before);
  // Looks once for what each search would have to ask. Throws what Xapian throws.
  void FindWithheld();
  void Identify();
  absl::Status TakeDown(const Snapshot* before);
  void Supersede(std::vector<bool>& segment, uint32_t docid, uint32_t last_docid);
  absl::StatusOr<v1::Article> ReadCardArticle(DocRef doc) const;
  absl::Status ReadLivePart(uint32_t docid, absl::FunctionRef<void(SplitArticle&&)> take) const;
  absl::StatusOr<DocRef> FindIdIn(Segment segment, std::string_view id) const;

  std::shared_ptr<const Generation> generation_;
  std::string identity_;
  base::FileStamp stamp_;
  Xapian::Database base_;
  Xapian::Database live_;
  Xapian::Database both_;
  bool has_live_ = false;
  std::shared_ptr<const TakenDown> taken_down_;
  std::vector<bool> superseded_base_;  // by docid; empty when nothing is superseded
  std::vector<bool> superseded_live_;
  std::optional<PermittedDocuments> permitted_;  // absent = all
  bool has_withheld_ = false;
  std::string last_embargo_;
  // NextEmbargoEnd() from the first time on, until the second.
  std::pair<absl::Time, absl::Time> next_embargo_ = {absl::InfiniteFuture(), absl::InfinitePast()};
  uint64_t tombstones_ = 0;
  uint64_t superseded_ = 0;                          // documents of both
  std::unique_ptr<const Stories> stories_;           // null until it is needed
  std::vector<uint32_t> live_run_;                   // as it is stored
  std::shared_ptr<const CountedBoth> counted_both_;  // null until it is needed
};

}  // namespace broadsheet::storage
