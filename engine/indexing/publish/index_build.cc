// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/publish/index_build.h"

#include <algorithm>
#include <optional>
#include <random>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/file_error.h"
#include "engine/indexing/bulk/analyze_stage.h"
#include "engine/indexing/bulk/article_samples.h"
#include "engine/indexing/bulk/merge_stage.h"
#include "engine/indexing/bulk/progress.h"
#include "engine/indexing/bulk/spool.h"
#include "engine/indexing/publish/publisher.h"
#include "engine/schema/article.h"
#include "engine/storage/base/article_file.h"
#include "engine/storage/check/verify.h"
#include "engine/storage/index/generation_claim.h"
#include "engine/storage/index/generation_state.h"
#include "engine/storage/index/generations.h"
#include "engine/storage/index/index_lock.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/index/takedowns.h"
#include "engine/text/analyzer.h"

namespace broadsheet::indexing {
namespace {

constexpr std::string_view kSoftware = "broadsheet " BROADSHEET_VERSION;

// The spool's memory ends with the reading, but for its last, small part; samples are few.
constexpr uint64_t kSpoolShare = 2;
constexpr uint64_t kAnalyzeShare = 2;
constexpr uint64_t kSamplesShare = 32;

constexpr size_t kMaxStoredBytes = 2 * schema::kMaxArticleBytes;

uint64_t RandomNumber() {
  std::random_device device;
  return static_cast<uint64_t>(device()) << 32 | device();
}

BuildOptions WithDefaults(BuildOptions options) {
  if (options.threads <= 0) {
    options.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }
  return options;
}

absl::Status MakeFolder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? base::FileError(error.value(), "cannot make the folder", folder)
               : absl::OkStatus();
}

// PrepareArticle bounds the text; labels, links and the like count here.
absl::Status CheckSize(const v1::Article& article) {
  const size_t bytes = article.ByteSizeLong();
  if (bytes <= kMaxStoredBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("the article takes %d bytes with its labels; at most %d are accepted", bytes,
                      kMaxStoredBytes));
}

// What a build needs to know of the index that it builds for.
struct Site {
  storage::Layout layout;
  // Under LockUse::kTake.
  std::optional<storage::IndexLock> own_lock;
  storage::GenerationClaim claim;
  WritesAtStake writes;
  std::shared_ptr<const storage::Takedowns> takedowns;
};

class Build : public IndexBuild {
 public:
  Build(BuildOptions options, Site site)
      : options_(std::move(options)),
        site_(std::move(site)),
        temporary_(folder() / storage::kWorkName),
        token_seed_(RandomNumber()),
        started_(absl::Now()),
        monitor_(options_.on_progress, options_.cancelled),
        samples_(options_.memory_bytes / kSamplesShare) {
    report_.ref = {.number = site_.claim.number(), .build_id = storage::NewBuildId()};
    indexed_time_.set_seconds(absl::ToUnixSeconds(started_));
  }

  ~Build() override { Abandon(); }

  // Makes the folders; before anything else.
  absl::Status Prepare();

  absl::Status Add(v1::Article article) override;
  void FoldWrites(std::vector<storage::WrittenId> written) override {
    folded_ = std::move(written);
  }
  absl::StatusOr<BuildReport> Publish() override;

 private:
  absl::Status AddToSpool(v1::Article& article);
  absl::Status RunStages();
  absl::StatusOr<ArticleCounts> MakeBase();
  absl::Status EmptyTemporary();
  absl::Status WriteManifest(const ArticleCounts& counts);
  absl::Status VerifyAndPublish();
  // FAILED_PRECONDITION when it is much smaller than what is published.
  absl::Status CheckShrinking() const;
  // Removes what was made, unless it was published.
  void Abandon();
  const std::filesystem::path& folder() const { return site_.claim.folder(); }
  const storage::IndexLock& lock() const {
    return site_.own_lock.has_value() ? *site_.own_lock : *options_.held_lock;
  }

  const BuildOptions options_;
  const Site site_;
  const std::filesystem::path temporary_;
  const uint64_t token_seed_;
  const absl::Time started_;
  google::protobuf::Timestamp indexed_time_;
  Monitor monitor_;
  ArticleSamples samples_;
  std::unique_ptr<Spool> spool_;
  std::vector<storage::WrittenId> folded_;
  BuildReport report_;
  // Why the build has ended, once it has.
  std::optional<absl::Status> ended_;
  bool published_ = false;
};

absl::Status Build::Prepare() {
  if (absl::Status status = MakeFolder(temporary_); !status.ok()) return status;
  spool_ = std::make_unique<Spool>(SpoolOptions{temporary_, options_.memory_bytes / kSpoolShare});
  monitor_.StartStage(Stage::kSpool, 0);
  return absl::OkStatus();
}

absl::Status Build::Add(v1::Article article) {
  if (ended_.has_value()) return *ended_;
  absl::Status status = monitor_.Check();
  if (status.ok()) {
    // A refused article is its source's matter; the build goes on.
    absl::Status refused = schema::PrepareArticle(&article);
    if (refused.ok()) refused = CheckSize(article);
    if (!refused.ok()) return refused;
    if (site_.takedowns->Contains(article.id())) {
      ++report_.taken_down;
      return absl::OkStatus();
    }
    status = AddToSpool(article);
  }
  if (!status.ok()) {
    ended_ = status;
    Abandon();
  }
  return status;
}

absl::Status Build::AddToSpool(v1::Article& article) {
  if (!options_.keep_indexed_time || !article.has_indexed_time()) {
    *article.mutable_indexed_time() = indexed_time_;
  }
  const absl::StatusOr<std::string_view> serialized = spool_->Add(article);
  if (!serialized.ok()) return serialized.status();
  samples_.Offer(*serialized);
  report_.input_bytes += schema::TextBytes(article);
  ++report_.added;
  monitor_.Advance(1);
  return absl::OkStatus();
}

absl::StatusOr<BuildReport> Build::Publish() {
  if (ended_.has_value()) return *ended_;
  const absl::Status status = RunStages();
  if (!status.ok()) {
    ended_ = status;
    Abandon();
    return status;
  }
  published_ = true;
  ended_ = absl::FailedPreconditionError("this build is already published; start another");
  report_.elapsed = absl::Now() - started_;
  return report_;
}

absl::Status Build::RunStages() {
  if (report_.added == 0) {
    return absl::FailedPreconditionError(
        absl::StrFormat("cannot publish an index without articles in %s: none was added; the "
                        "published one stays",
                        site_.layout.root().string()));
  }
  const absl::StatusOr<ArticleCounts> counts = MakeBase();
  if (!counts.ok()) return counts.status();
  if (absl::Status status = EmptyTemporary(); !status.ok()) return status;
  if (absl::Status status = WriteManifest(*counts); !status.ok()) return status;
  return VerifyAndPublish();
}

// All that is temporary goes before MANIFEST says that the generation is whole; the folder stays
// until it is published.
absl::Status Build::EmptyTemporary() {
  std::error_code error;
  std::filesystem::remove_all(temporary_, error);
  if (error) return base::FileError(error.value(), "cannot remove", temporary_);
  return MakeFolder(temporary_);
}

absl::StatusOr<ArticleCounts> Build::MakeBase() {
  monitor_.StartStage(Stage::kOrder, report_.added);
  absl::StatusOr<std::unique_ptr<OrderedArticles>> ordered =
      spool_->Order(monitor_, options_.on_superseded);
  if (!ordered.ok()) return ordered.status();
  report_.superseded = spool_->superseded();
  report_.articles = report_.added - report_.superseded;
  spool_.reset();
  // Before the work, not after it.
  if (absl::Status shrinking = CheckShrinking(); !shrinking.ok()) return shrinking;

  monitor_.StartStage(Stage::kAnalyze, report_.articles);
  const std::string dictionary = storage::TrainArticleDictionary(samples_.Take());
  const AnalyzeOptions analyze{temporary_, dictionary, token_seed_, options_.threads,
                               options_.memory_bytes / kAnalyzeShare};
  absl::StatusOr<Shards> shards = AnalyzeArticles(analyze, **ordered, monitor_);
  if (!shards.ok()) return shards.status();
  ordered->reset();

  monitor_.StartStage(Stage::kCompact, report_.articles);
  const CompactOptions compact{folder() / storage::kBaseName, temporary_, dictionary,
                               report_.articles};
  absl::Status compacted = CompactShards(compact, shards->folders, monitor_);
  if (!compacted.ok()) return compacted;
  absl::Status written = storage::WriteFoldedWrites(folder() / storage::kBaseName, folded_);
  if (!written.ok()) return written;
  return std::move(shards->counts);
}

absl::Status Build::WriteManifest(const ArticleCounts& counts) {
  storage::Manifest manifest;
  manifest.ref = report_.ref;
  manifest.analyzer_version = text::kAnalyzerVersion;
  manifest.software = kSoftware;
  manifest.built = absl::Now();
  manifest.token_seed = token_seed_;
  counts.FillManifest(&manifest);
  const std::filesystem::path base = folder() / storage::kBaseName;
  std::error_code error;
  for (auto file = std::filesystem::directory_iterator(base, error);
       !error && file != std::filesystem::directory_iterator(); file.increment(error)) {
    auto entry = base::DescribeFile(base, file->path().filename().string());
    if (!entry.ok()) return entry.status();
    manifest.files.push_back(*std::move(entry));
  }
  if (error) return base::FileError(error.value(), "cannot list", base);
  std::sort(manifest.files.begin(), manifest.files.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  report_.undated = counts.undated();
  report_.index_bytes = manifest.IndexBytes();
  return storage::WriteManifest(folder(), manifest);
}

absl::Status Build::VerifyAndPublish() {
  monitor_.StartStage(Stage::kVerify, report_.articles);
  PublicationOptions options;
  options.on_verified = [this] { monitor_.StartStage(Stage::kPublish, report_.articles); };
  options.cancelled = [this] { return !monitor_.Check().ok(); };
  if (options_.publish && options_.lock_use == LockUse::kBeside) {
    // Whether or not the holder of the lock publishes it: it is finished.
    return storage::MarkFinished(folder());
  }
  if (!options_.publish) {
    storage::VerifyOptions verify;
    verify.cancelled = options.cancelled;
    absl::Status whole = storage::VerifyGeneration(folder(), verify);
    return whole.ok() ? storage::MarkFinished(folder()) : whole;
  }
  const auto publication =
      PublishGeneration(site_.layout, lock(), report_.ref.number, site_.writes, options);
  if (!publication.ok()) return publication.status();
  report_.discarded = publication->discarded;
  report_.kept = publication->kept;
  return absl::OkStatus();
}

absl::Status Build::CheckShrinking() const {
  if (options_.allow_shrinking) return absl::OkStatus();
  // What cannot be read has no number to compare with.
  const absl::StatusOr<uint64_t> number = FindLastPublished(site_.layout);
  if (!number.ok()) return absl::OkStatus();
  const auto published = storage::ReadManifest(site_.layout.generation(*number));
  if (!published.ok() || report_.articles * 2 >= published->articles) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "the new generation of index %s would have %d articles, less than half of the %d in "
      "generation %d; check the sources, or publish it all the same with --force",
      site_.layout.root().string(), report_.articles, published->articles, *number));
}

void Build::Abandon() {
  // Its thread may be writing into the folder.
  spool_.reset();
  // What cannot be removed now is removed by the next build: it has no MANIFEST or is not CURRENT.
  if (!published_) site_.claim.Abandon();
}

absl::StatusOr<std::optional<storage::IndexLock>> TakeLock(const BuildOptions& options,
                                                           const storage::Layout& layout) {
  if (options.lock_use != LockUse::kTake) return std::nullopt;
  absl::StatusOr<storage::IndexLock> lock = storage::IndexLock::Acquire(layout, options.holder);
  if (!lock.ok()) return lock.status();
  return *std::move(lock);
}

absl::StatusOr<storage::GenerationClaim> ClaimFolder(const BuildOptions& options,
                                                     const storage::Layout& layout,
                                                     std::optional<storage::IndexLock>& own_lock) {
  if (options.lock_use == LockUse::kBeside) return storage::GenerationClaim::TakeBeside(layout);
  storage::IndexLock& lock = own_lock.has_value() ? *own_lock : *options.held_lock;
  return storage::ClaimNext(lock);
}

}  // namespace

absl::StatusOr<std::unique_ptr<IndexBuild>> IndexBuild::Start(BuildOptions options) {
  options = WithDefaults(std::move(options));
  const storage::Layout layout(options.index);
  absl::StatusOr<std::optional<storage::IndexLock>> lock = TakeLock(options, layout);
  if (!lock.ok()) return lock.status();
  absl::StatusOr<WritesAtStake> writes =
      options.publish ? FindWritesAtStake(layout, options.live_writes) : WritesAtStake();
  if (!writes.ok()) return writes.status();
  auto takedowns = storage::Takedowns::Read(layout);
  if (!takedowns.ok()) return takedowns.status();
  absl::StatusOr<storage::GenerationClaim> claim = ClaimFolder(options, layout, *lock);
  if (!claim.ok()) return claim.status();
  auto build = std::make_unique<Build>(
      std::move(options),
      Site{layout, *std::move(lock), *std::move(claim), *std::move(writes), *std::move(takedowns)});
  if (absl::Status status = build->Prepare(); !status.ok()) return status;
  return build;
}

}  // namespace broadsheet::indexing
