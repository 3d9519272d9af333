// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/check/live_check.h"

#include <xapian.h>

#include <memory>
#include <sstream>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/schema/terms.h"
#include "engine/storage/live/id_lookup.h"
#include "engine/storage/live/live_stamp.h"
#include "engine/storage/live/snapshot.h"
#include "engine/storage/live/tombstone.h"
#include "engine/xapian/glass_check.h"
#include "engine/xapian/glass_root.h"
#include "engine/xapian/guard.h"

namespace broadsheet::storage {
namespace {

// A writer under load commits every 20 ms; a live/ is checked in less than a second.
constexpr int kTries = 5;

// One check of live/, in one revision.
class LiveCheck {
 public:
  LiveCheck(std::shared_ptr<const Generation> generation, const std::function<bool()>& cancelled)
      : generation_(std::move(generation)),
        folder_(generation_->folder() / kLiveName),
        cancelled_(cancelled) {}

  absl::StatusOr<std::vector<std::string>> Run();

 private:
  absl::Status CheckGlass();
  absl::Status CheckDocuments(const Snapshot& snapshot);
  void CheckArticle(const Snapshot& snapshot, uint32_t docid);
  void CheckTombstones(const Snapshot& snapshot);
  void AddFault(std::string_view why) {
    faults_.push_back(absl::StrFormat("%s: %s", folder_.string(), why));
  }

  const std::shared_ptr<const Generation> generation_;
  const std::filesystem::path folder_;
  const std::function<bool()>& cancelled_;
  std::unordered_set<std::string> ids_;
  std::vector<std::string> faults_;
};

absl::StatusOr<std::vector<std::string>> LiveCheck::Run() {
  if (!LiveExists(generation_->folder())) return faults_;
  if (absl::Status checked = CheckGlass(); !checked.ok()) return checked;
  // A damaged database is not read further, since Xapian does not read it safely.
  if (!faults_.empty()) return faults_;
  const absl::StatusOr<std::unique_ptr<Snapshot>> snapshot = Snapshot::Open(generation_);
  if (!snapshot.ok()) return snapshot.status();
  absl::Status read = xapian::Guard("cannot read live/", [&] {
    CheckTombstones(**snapshot);
    return CheckDocuments(**snapshot);
  });
  if (!read.ok()) return read;
  return faults_;
}

absl::Status LiveCheck::CheckGlass() {
  if (absl::Status root = xapian::CheckGlassRoot(folder_); !root.ok()) {
    AddFault({root.message().data(), root.message().size()});
    return absl::OkStatus();
  }
  if (!xapian::MayCheckGlass(folder_)) {
    return absl::PermissionDeniedError(absl::StrFormat(
        "cannot check %s: Xapian's check needs the right to write there, though it changes "
        "nothing; run this as the owner of the index, where it can be written to",
        folder_.string()));
  }
  std::ostringstream output;
  const absl::StatusOr<size_t> errors =
      xapian::Guard("the database does not pass Xapian's check", [&]() -> absl::StatusOr<size_t> {
        return Xapian::Database::check(folder_.string(), 0, &output);
      });
  if (absl::IsAborted(errors.status())) return errors.status();
  if (!errors.ok()) {
    AddFault({errors.status().message().data(), errors.status().message().size()});
  } else if (*errors > 0) {
    AddFault(absl::StrFormat("Xapian's check finds %d errors: %s", *errors, output.str()));
  }
  return absl::OkStatus();
}

absl::Status LiveCheck::CheckDocuments(const Snapshot& snapshot) {
  if (!snapshot.has_live()) return absl::OkStatus();
  const Xapian::Database& live = snapshot.live();
  uint64_t articles = 0;
  for (auto docid = live.postlist_begin(""); docid != live.postlist_end(""); ++docid) {
    if (cancelled_ && cancelled_()) return absl::CancelledError("the check of live/ was stopped");
    CheckArticle(snapshot, *docid);
    ++articles;
  }
  if (articles != live.get_doccount()) {
    AddFault(absl::StrFormat("counts %d articles and holds %d", live.get_doccount(), articles));
  }
  return absl::OkStatus();
}

void LiveCheck::CheckArticle(const Snapshot& snapshot, uint32_t docid) {
  const absl::StatusOr<v1::Article> article =
      snapshot.ReadArticle({.segment = Segment::kLive, .docid = docid});
  if (!article.ok()) {
    return AddFault({article.status().message().data(), article.status().message().size()});
  }
  const std::string& id = article->id();
  // The article was taken down since it was written, so nobody finds it.
  if (snapshot.IsSuperseded({Segment::kLive, docid})) return;
  if (!ids_.insert(id).second) AddFault(absl::StrFormat("id \"%s\" is there twice", id));
  const absl::StatusOr<DocRef> found = snapshot.FindId(id);
  if (!found.ok() || found->segment != Segment::kLive) {
    AddFault(absl::StrFormat("article %d, id \"%s\", is not found by its id", docid, id));
  }
  const ArticleReader not_superseded = [&](uint32_t base_docid) -> absl::StatusOr<v1::Article> {
    if (snapshot.IsSuperseded({Segment::kBase, base_docid}))
      return absl::NotFoundError("superseded");
    return generation_->articles().Read(base_docid);
  };
  if (FindArticle(snapshot.base(), id, not_superseded).ok()) {
    AddFault(absl::StrFormat("id \"%s\" is in base/ too, and not superseded there", id));
  }
}

void LiveCheck::CheckTombstones(const Snapshot& snapshot) {
  const Xapian::Database live((generation_->folder() / kLiveName).string());
  const std::string prefix(kTombstonePrefix);
  for (auto key = live.metadata_keys_begin(prefix); key != live.metadata_keys_end(prefix); ++key) {
    const uint32_t docid = DocidOfTombstone(*key);
    if (docid == 0 || docid > snapshot.base().get_lastdocid()) {
      AddFault("a tombstone supersedes no article of base/");
    }
  }
}

}  // namespace

absl::StatusOr<std::vector<std::string>> CheckLive(
    const std::shared_ptr<const Generation>& generation, const std::function<bool()>& cancelled) {
  absl::StatusOr<std::vector<std::string>> faults;
  for (int tries = 0; tries < kTries; ++tries) {
    const base::FileStamp before = ReadLiveStamp(generation->folder());
    faults = LiveCheck(generation, cancelled).Run();
    const bool clean = faults.ok() && faults->empty();
    // A fault found while blocks are being overwritten does not count.
    if (clean || absl::IsCancelled(faults.status())) return faults;
    const bool overtaken =
        absl::IsAborted(faults.status()) || ReadLiveStamp(generation->folder()) != before;
    if (!overtaken) return faults;
  }
  return absl::AbortedError(absl::StrFormat(
      "live/ of generation %d is being written faster than it can be checked; verify again when "
      "there is less to write",
      generation->manifest().ref.number));
}

}  // namespace broadsheet::storage
