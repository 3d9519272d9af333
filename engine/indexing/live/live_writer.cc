// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/live/live_writer.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <new>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <utility>

#include "engine/indexing/document/xapian_document.h"
#include "engine/indexing/live/story_finder.h"
#include "engine/schema/article.h"
#include "engine/schema/error.h"
#include "engine/schema/index_fault.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/run_packer.h"
#include "engine/storage/base/token_run.h"
#include "engine/storage/index/takedowns.h"
#include "engine/storage/live/live_copies.h"
#include "engine/storage/live/live_database.h"
#include "engine/xapian/guard.h"

namespace broadsheet::indexing {
namespace {

using storage::LiveDatabase;

std::string_view MessageOf(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

// The same bytes for the same article.
std::string Serialize(const v1::Article& article) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  article.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

// Compares whole articles rather than stored hashes: the stored article was read anyway, for its
// version, and base/ has no hashes.
bool SayTheSame(const v1::Article& written, v1::Article stored) {
  stored.clear_indexed_time();
  return Serialize(written) == Serialize(stored);
}

absl::Status Refused(const absl::Status& why) {
  if (!schema::ErrorReason(why).empty()) return why;
  return schema::BadArticle("", MessageOf(why));
}

absl::Status OutOfMemory() {
  return schema::Error(absl::StatusCode::kResourceExhausted, "OVERLOADED",
                       "there is no memory to store this; send less at once, or try again shortly");
}

// The error for a failure of the index, not of one article.
absl::Status Failed(const absl::Status& why) {
  if (why == OutOfMemory()) return why;
  switch (why.code()) {
    case absl::StatusCode::kResourceExhausted:
      return schema::Error(why.code(), "INDEX_FULL",
                           "no room left for the index: this was not stored; free space on its "
                           "disk and send again");
    case absl::StatusCode::kDataLoss:
      return schema::WithFaultsOf(why, schema::Error(why.code(), "INDEX_DAMAGED", MessageOf(why)));
    default:
      return schema::WithFaultsOf(
          why, schema::Error(absl::StatusCode::kInternal, "INTERNAL", MessageOf(why)));
  }
}

class Writer : public LiveWriter {
 public:
  Writer(std::unique_ptr<LiveDatabase> database, LiveWriterOptions options)
      : database_(std::move(database)),
        options_(std::move(options)),
        layout_(database_->generation().layout()),
        analyzer_(database_->generation().manifest().token_seed,
                  database_->generation().manifest().assumed_language.tag),
        frequent_(storage::NumbersOf(database_->generation().tokens().words())),
        packer_(frequent_),
        stories_(*database_) {
    if (options_.analyze) return;
    options_.analyze = [this](const v1::Article& article) -> const DocumentTerms& {
      return analyzer_.Analyze(article);
    };
  }

  std::vector<WriteResult> Write(std::vector<LiveWrite> writes) override;
  void StartRecording() override { recorded_.emplace(); }
  std::vector<std::string> TakeRecordedIds() override {
    const auto taken = std::exchange(recorded_, std::nullopt);
    if (!taken.has_value()) return {};
    return {taken->begin(), taken->end()};
  }

 private:
  // Writes and their results.
  struct Batch {
    std::vector<LiveWrite> writes;
    std::vector<WriteResult> results;
  };

  // Applies the writes from `begin` up to the first that Xapian refuses; returns where to continue.
  size_t WriteFrom(size_t begin, Batch& batch);
  // Applies [begin, *end) and commits; when a change fails, sets `end` to it.
  absl::Status ApplyAndCommit(size_t begin, size_t* end, Batch& batch);
  // The same, but for memory that runs out.
  absl::Status TryToApplyAndCommit(size_t begin, size_t* end, Batch& batch);
  // Errors of LiveDatabase::Put, which drop the pending changes. An error of this write alone is in
  // `result`.
  absl::Status Apply(LiveWrite& write, WriteResult* result);
  absl::Status Put(LiveWrite& write, WriteResult* result);
  absl::Status Delete(const LiveWrite& write, WriteResult* result);
  // Both use the takedowns as read at the start of the batch. Errors when they could not be read;
  // the second also when `id` is taken down.
  absl::Status CheckTakedowns() const;
  absl::Status CheckTakedown(const std::string& id) const;
  // Puts a prepared article in the place of `old`. Errors as Apply().
  absl::Status Store(const LiveWrite& write, const std::optional<storage::DocRef>& old,
                     WriteResult* result);
  absl::StatusOr<Xapian::Document> MakeLiveDocument(const DocumentTerms& terms,
                                                    std::span<const uint32_t> run,
                                                    const LiveWrite& write) const;
  void Record(const Batch& batch, size_t begin, size_t end);
  // Reads the takedowns again if they have changed.
  void ReadTakedowns();

  const std::unique_ptr<LiveDatabase> database_;
  LiveWriterOptions options_;
  const storage::Layout layout_;
  DocumentAnalyzer analyzer_;
  const storage::FormNumbers frequent_;  // the generation's frequent words
  storage::RunPacker packer_;
  StoryFinder stories_;
  std::optional<storage::TakedownsStamp> takedowns_stamp_;
  absl::StatusOr<std::shared_ptr<const storage::Takedowns>> takedowns_;
  std::optional<std::set<std::string>> recorded_;
};

std::vector<WriteResult> Writer::Write(std::vector<LiveWrite> writes) {
  Batch batch{.writes = std::move(writes), .results = {}};
  batch.results.resize(batch.writes.size());
  ReadTakedowns();
  for (size_t next = 0; next < batch.writes.size();) next = WriteFrom(next, batch);
  return std::move(batch.results);
}

size_t Writer::WriteFrom(size_t begin, Batch& batch) {
  size_t end = batch.writes.size();
  absl::Status status = ApplyAndCommit(begin, &end, batch);
  const size_t offender = end;
  if (absl::IsInvalidArgument(status) && offender < batch.writes.size()) {
    // The writes before the refused one were dropped with it, so they are applied again. They are
    // committed separately, so that each write is applied at most twice, however many are refused.
    batch.results[offender] = {.id = batch.writes[offender].article.id(),
                               .status = Refused(status)};
    status = ApplyAndCommit(begin, &end, batch);
    if (status.ok()) return offender + 1;
    end = offender;
  } else {
    end = batch.writes.size();
  }
  if (status.ok()) return end;
  for (size_t i = begin; i < end; ++i) {
    WriteResult& result = batch.results[i];
    if (result.status.ok()) result = {.id = result.id, .status = Failed(status)};
  }
  return end;
}

absl::Status Writer::ApplyAndCommit(size_t begin, size_t* end, Batch& batch) {
  try {
    return TryToApplyAndCommit(begin, end, batch);
  } catch (const std::bad_alloc&) {
    // Of changes that are half made nothing may be committed later.
    database_->Drop();
    stories_.Forget();
    return OutOfMemory();
  }
}

absl::Status Writer::TryToApplyAndCommit(size_t begin, size_t* end, Batch& batch) {
  for (size_t i = begin; i < *end; ++i) {
    batch.results[i] = {};
    absl::Status applied = Apply(batch.writes[i], &batch.results[i]);
    if (applied.ok()) continue;
    *end = i;
    stories_.Forget();
    return applied;
  }
  // Recorded before the result is known: a change whose sync failed may be stored nevertheless.
  Record(batch, begin, *end);
  absl::Status committed = database_->Commit();
  if (!committed.ok()) stories_.Forget();
  return committed;
}

absl::Status Writer::Apply(LiveWrite& write, WriteResult* result) {
  return write.kind == LiveWrite::Kind::kPut ? Put(write, result) : Delete(write, result);
}

absl::Status Writer::Put(LiveWrite& write, WriteResult* result) {
  v1::Article& article = write.article;
  article.clear_indexed_time();
  if (absl::Status fit = schema::PrepareArticle(&article); !fit.ok()) {
    result->status = Refused(fit);
    return absl::OkStatus();
  }
  result->id = article.id();
  if (result->status = CheckTakedown(article.id()); !result->status.ok()) return absl::OkStatus();
  absl::StatusOr<LiveDatabase::Stored> stored = database_->Find(article.id());
  if (!stored.ok() && !absl::IsNotFound(stored.status())) {
    result->status = Failed(stored.status());
    return absl::OkStatus();
  }
  std::optional<storage::DocRef> old;
  if (stored.ok()) {
    old = stored->doc;
    if (stored->article.version() > article.version()) {
      result->outcome = WriteOutcome::kSuperseded;
      return absl::OkStatus();
    }
    if (SayTheSame(article, std::move(stored->article))) {
      result->outcome = WriteOutcome::kUnchanged;
      return absl::OkStatus();
    }
  }
  return Store(write, old, result);
}

absl::Status Writer::Store(const LiveWrite& write, const std::optional<storage::DocRef>& old,
                           WriteResult* result) {
  const DocumentTerms& terms = options_.analyze(write.article);
  const std::span<const uint32_t> run = packer_.Pack(terms.tokens);
  absl::StatusOr<std::optional<storage::LiveCopy>> copy = stories_.Find(write.article, old);
  if (!copy.ok()) {
    result->status = Failed(copy.status());
    return absl::OkStatus();
  }
  absl::StatusOr<Xapian::Document> document = MakeLiveDocument(terms, run, write);
  if (!document.ok()) {
    result->status = Refused(document.status());
    return absl::OkStatus();
  }
  if (copy->has_value()) {
    document->add_value(schema::SlotNumber(schema::Slot::kStory),
                        storage::EncodeStory((*copy)->story));
    document->add_value(schema::SlotNumber(schema::Slot::kCopySketch),
                        storage::EncodeSketch((*copy)->sketch));
  }
  const absl::StatusOr<uint32_t> docid = database_->Put(write.article.id(), old, *document);
  if (!docid.ok()) return docid.status();
  if (copy->has_value()) (*copy)->docid = *docid;
  stories_.Changed(old, *copy);
  result->outcome = old.has_value() ? WriteOutcome::kReplaced : WriteOutcome::kCreated;
  return absl::OkStatus();
}

void Writer::ReadTakedowns() {
  const storage::TakedownsStamp stamp = storage::ReadTakedownsStamp(layout_);
  if (takedowns_stamp_ == stamp && takedowns_.ok()) return;
  takedowns_ = storage::Takedowns::Read(layout_);
  takedowns_stamp_ = stamp;
}

absl::Status Writer::CheckTakedowns() const {
  if (takedowns_.ok()) return absl::OkStatus();
  // The message has no path, since callers of the API get it. The log of readers' errors has the
  // path.
  return schema::Error(absl::StatusCode::kDataLoss, "INDEX_DAMAGED",
                       "cannot read what was taken down, so nothing is stored or deleted");
}

absl::Status Writer::CheckTakedown(const std::string& id) const {
  if (absl::Status readable = CheckTakedowns(); !readable.ok()) return readable;
  if (!(*takedowns_)->Contains(id)) return absl::OkStatus();
  return schema::Error(absl::StatusCode::kFailedPrecondition, "ARTICLE_TAKEN_DOWN",
                       "the article with the id \"" + id + "\" was taken down for good");
}

absl::Status Writer::Delete(const LiveWrite& write, WriteResult* result) {
  const std::string& id = write.article.id();
  result->id = id;
  if (result->status = CheckTakedowns(); !result->status.ok()) return absl::OkStatus();
  const absl::StatusOr<LiveDatabase::Stored> stored = database_->Find(id);
  if (absl::IsNotFound(stored.status())) {
    if (write.deleted_version) {
      absl::Status remembered = database_->Remember({id, *write.deleted_version});
      if (remembered.ok()) result->outcome = WriteOutcome::kDeleted;
      return remembered;
    }
    result->status =
        schema::Error(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND", MessageOf(stored.status()));
    return absl::OkStatus();
  }
  if (!stored.ok()) {
    result->status = Failed(stored.status());
    return absl::OkStatus();
  }
  const int64_t version = std::max(stored->article.version(),
                                   write.deleted_version.value_or(stored->article.version()));
  absl::Status removed = database_->Remove({id, version}, stored->doc);
  if (!removed.ok()) return removed;
  stories_.Changed(stored->doc, std::nullopt);
  result->outcome = WriteOutcome::kDeleted;
  return absl::OkStatus();
}

absl::StatusOr<Xapian::Document> Writer::MakeLiveDocument(const DocumentTerms& terms,
                                                          std::span<const uint32_t> run,
                                                          const LiveWrite& write) const {
  return xapian::Guard("cannot index the article", [&]() -> absl::StatusOr<Xapian::Document> {
    v1::Article stamped = write.article;
    const absl::Time time = write.taken_in.has_value() ? *write.taken_in : options_.clock();
    stamped.mutable_indexed_time()->set_seconds(absl::ToUnixSeconds(time));
    return indexing::MakeLiveDocument(terms, run, stamped);
  });
}

void Writer::Record(const Batch& batch, size_t begin, size_t end) {
  if (!recorded_.has_value()) return;
  for (size_t i = begin; i < end; ++i) {
    const WriteOutcome outcome = batch.results[i].outcome;
    const bool changed = outcome == WriteOutcome::kCreated || outcome == WriteOutcome::kReplaced ||
                         outcome == WriteOutcome::kDeleted;
    if (changed) recorded_->insert(batch.results[i].id);
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<LiveWriter>> LiveWriter::Open(
    std::shared_ptr<const storage::Generation> generation, const storage::IndexLock& lock,
    LiveWriterOptions options) {
  auto database = LiveDatabase::Open(std::move(generation), lock);
  if (!database.ok()) return database.status();
  return std::make_unique<Writer>(*std::move(database), std::move(options));
}

}  // namespace broadsheet::indexing
