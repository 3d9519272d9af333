// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/generation_builder.h"

#include <algorithm>
#include <future>
#include <map>
#include <optional>
#include <random>
#include <system_error>
#include <thread>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "engine/base/file_error.h"
#include "engine/base/file_writer.h"
#include "engine/indexing/bulk/analyze_stage.h"
#include "engine/indexing/bulk/article_samples.h"
#include "engine/indexing/bulk/copy_stage.h"
#include "engine/indexing/bulk/frequent_words.h"
#include "engine/indexing/bulk/merge_stage.h"
#include "engine/indexing/bulk/norm_stage.h"
#include "engine/indexing/bulk/prevailing_language.h"
#include "engine/indexing/bulk/spool.h"
#include "engine/indexing/bulk/word_stage.h"
#include "engine/schema/article.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/base/run_packer.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/index/current.h"
#include "engine/storage/index/generation_state.h"
#include "engine/storage/index/manifest.h"
#include "engine/storage/index/takedowns.h"
#include "engine/text/analyzer.h"

namespace broadsheet::indexing {
namespace {

constexpr std::string_view kSoftware = "broadsheet " BROADSHEET_VERSION;

// After reading, the spool frees all its memory but a small part; samples are few.
constexpr uint64_t kSpoolShare = 2;
constexpr uint64_t kAnalyzeShare = 2;
constexpr uint64_t kSamplesShare = 32;
constexpr uint64_t kWordsShare = 16;
// Beside the merge, which takes little.
constexpr uint64_t kColumnsShare = 2;
constexpr uint64_t kCopiesShare = 2;

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

// PrepareArticle bounds the text; this also bounds labels, links and other fields.
absl::Status CheckSize(const v1::Article& article) {
  const size_t bytes = article.ByteSizeLong();
  if (bytes <= kMaxStoredBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrFormat("the article takes %d bytes with its labels; at most %d are accepted", bytes,
                      kMaxStoredBytes));
}

class Builder : public GenerationBuilder {
 public:
  Builder(storage::Layout layout, storage::GenerationClaim claim,
          std::shared_ptr<const storage::Takedowns> takedowns, BuildOptions options)
      : options_(std::move(options)),
        layout_(std::move(layout)),
        folder_(claim.folder()),
        temporary_(folder_ / storage::kWorkName),
        takedowns_(std::move(takedowns)),
        token_seed_(RandomNumber()),
        monitor_(options_.on_progress, options_.cancelled),
        samples_(options_.memory_bytes / kSamplesShare),
        claim_(std::move(claim)) {
    report_.ref = {.number = claim_->number(), .build_id = storage::NewBuildId()};
    indexed_time_.set_seconds(absl::ToUnixSeconds(absl::Now()));
  }

  ~Builder() override { Abandon(); }

  // Makes the folders. Call it first.
  absl::Status Prepare();

  absl::Status Add(v1::Article article) override;
  void FoldWrites(std::vector<storage::WrittenId> written) override {
    folded_ = std::move(written);
  }
  absl::StatusOr<BuiltGeneration> Finish() override;

 private:
  absl::Status AddToSpool(v1::Article& article);
  absl::Status RunStages();
  absl::StatusOr<ArticleCounts> MakeBase();
  // What needs all articles at once. `merge.base` has the database and the tokens.
  absl::Status WalkOverBase(const std::filesystem::path& base, const ArticleCounts& counts);
  // Runs once the articles are ordered, before any is analysed.
  void AssumeLanguage();
  absl::Status EmptyTemporary();
  // All of MANIFEST but the list of files.
  storage::Manifest DescribeArticles(const ArticleCounts& counts) const;
  absl::Status WriteManifest(const ArticleCounts& counts);
  absl::Status CheckShrinking() const;
  // Removes as many files of the build as possible; the next build removes the rest.
  void Abandon();

  const BuildOptions options_;
  const storage::Layout layout_;
  const std::filesystem::path folder_;
  const std::filesystem::path temporary_;
  const std::shared_ptr<const storage::Takedowns> takedowns_;
  const uint64_t token_seed_;
  google::protobuf::Timestamp indexed_time_;
  Monitor monitor_;
  ArticleSamples samples_;
  std::unique_ptr<Spool> spool_;
  std::vector<storage::WrittenId> folded_;
  BuildReport report_;
  // nullopt once the build has ended.
  std::optional<storage::GenerationClaim> claim_;
  // The status with which the build has ended, if it has.
  std::optional<absl::Status> ended_;
};

absl::Status Builder::Prepare() {
  if (absl::Status status = MakeFolder(temporary_); !status.ok()) return status;
  spool_ = std::make_unique<Spool>(SpoolOptions{temporary_, options_.memory_bytes / kSpoolShare});
  monitor_.StartStage(Stage::kSpool, 0);
  return absl::OkStatus();
}

absl::Status Builder::Add(v1::Article article) {
  if (ended_.has_value()) return *ended_;
  absl::Status status = monitor_.Check();
  if (status.ok()) {
    // The caller handles a refused article; the build goes on.
    absl::Status refused = schema::PrepareArticle(&article);
    if (refused.ok()) refused = CheckSize(article);
    if (!refused.ok()) return refused;
    if (takedowns_->Contains(article.id())) {
      ++report_.taken_down;
      if (options_.on_taken_down) options_.on_taken_down();
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

absl::Status Builder::AddToSpool(v1::Article& article) {
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

absl::StatusOr<BuiltGeneration> Builder::Finish() {
  if (ended_.has_value()) return *ended_;
  const absl::Status status = RunStages();
  if (!status.ok()) {
    ended_ = status;
    Abandon();
    return status;
  }
  ended_ = absl::FailedPreconditionError("this build is finished; start another");
  return BuiltGeneration(layout_, *std::exchange(claim_, std::nullopt), report_);
}

absl::Status Builder::RunStages() {
  if (report_.added == 0 && !options_.may_be_empty) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "no article was added to the new generation of index %s", layout_.root().string()));
  }
  const absl::StatusOr<ArticleCounts> counts = MakeBase();
  if (!counts.ok()) return counts.status();
  if (absl::Status status = EmptyTemporary(); !status.ok()) return status;
  return WriteManifest(*counts);
}

// Removes all temporary files before MANIFEST marks the generation as complete; their folder stays
// until the generation is verified.
absl::Status Builder::EmptyTemporary() {
  std::error_code error;
  std::filesystem::remove_all(temporary_, error);
  if (error) return base::FileError(error.value(), "cannot remove", temporary_);
  return MakeFolder(temporary_);
}

absl::StatusOr<ArticleCounts> Builder::MakeBase() {
  monitor_.StartStage(Stage::kOrder, report_.added);
  absl::StatusOr<std::unique_ptr<OrderedArticles>> ordered =
      spool_->Order(monitor_, options_.on_superseded);
  if (!ordered.ok()) return ordered.status();
  report_.superseded = spool_->superseded();
  report_.articles = report_.added - report_.superseded;
  AssumeLanguage();
  spool_.reset();
  // Checked before the long part of the build.
  if (absl::Status shrinking = CheckShrinking(); !shrinking.ok()) return shrinking;

  monitor_.StartStage(Stage::kAnalyze, report_.articles);
  const storage::ArticleSample sample = samples_.Take();
  // None needs another, nor the sorted articles. That of bodies takes about as long as the others.
  std::future<storage::PackingDictionary> bodies =
      std::async(std::launch::async, [&] { return storage::TrainBodyDictionary(sample); });
  const storage::WordTable frequent(
      FrequentWords(sample, report_.articles, token_seed_, report_.assumed_language.tag));
  const storage::FormNumbers numbers = storage::NumbersOf(frequent);
  const storage::ArticleDictionaries dictionaries{.cards = storage::TrainCardDictionary(sample),
                                                  .bodies = bodies.get()};
  WordStage words(temporary_, options_.memory_bytes / kWordsShare);
  const AnalyzeOptions analyze{.folder = temporary_,
                               .dictionaries = dictionaries,
                               .frequent = numbers,
                               .token_seed = token_seed_,
                               .assumed_language = report_.assumed_language.tag,
                               .words = words,
                               .threads = options_.threads,
                               .memory_bytes = options_.memory_bytes / kAnalyzeShare};
  absl::StatusOr<Shards> shards = AnalyzeArticles(analyze, **ordered, monitor_);
  if (!shards.ok()) return shards.status();
  ordered->reset();

  monitor_.StartStage(Stage::kMerge, report_.articles);
  const std::filesystem::path base = folder_ / storage::kBaseName;
  const MergeOptions merge{.base = base,
                           .folder = temporary_,
                           .frequent = frequent.forms(),
                           .dictionaries = dictionaries,
                           .articles = report_.articles,
                           .columns = {.base = base,
                                       .folder = temporary_,
                                       .memory_bytes = options_.memory_bytes / kColumnsShare}};
  absl::Status merged = MergeShards(merge, shards->folders, monitor_);
  if (!merged.ok()) return merged;
  absl::Status listed = words.Write(base / storage::kWordsName, monitor_);
  if (!listed.ok()) return listed;
  if (absl::Status walked = WalkOverBase(base, shards->counts); !walked.ok()) return walked;
  absl::Status written = storage::WriteFoldedWrites(base, folded_);
  if (!written.ok()) return written;
  return std::move(shards->counts);
}

absl::Status Builder::WalkOverBase(const std::filesystem::path& base, const ArticleCounts& counts) {
  const NormOptions norms{.base = base,
                          .languages = DescribeArticles(counts).QueryLanguages(),
                          .token_seed = token_seed_,
                          .threads = options_.threads};
  if (absl::Status measured = WriteNorms(norms, monitor_); !measured.ok()) return measured;
  return WriteCopies({.base = base,
                      .folder = temporary_,
                      .memory_bytes = options_.memory_bytes / kCopiesShare,
                      .threads = options_.threads},
                     monitor_);
}

void Builder::AssumeLanguage() {
  const std::map<std::string, uint64_t>& languages = spool_->languages();
  report_.assumed_language = options_.assumed_language.value_or(
      storage::AssumedLanguage{.tag = PrevailingLanguage(languages), .given = false});
  const auto without = languages.find("");
  report_.without_language = without == languages.end() ? 0 : without->second;
}

storage::Manifest Builder::DescribeArticles(const ArticleCounts& counts) const {
  storage::Manifest manifest;
  manifest.ref = report_.ref;
  manifest.analyzer_version = text::kAnalyzerVersion;
  manifest.software = kSoftware;
  manifest.built = absl::Now();
  manifest.token_seed = token_seed_;
  manifest.assumed_language = report_.assumed_language;
  counts.FillManifest(&manifest);
  return manifest;
}

absl::Status Builder::WriteManifest(const ArticleCounts& counts) {
  storage::Manifest manifest = DescribeArticles(counts);
  const std::filesystem::path base = folder_ / storage::kBaseName;
  // Each file was synced as it was finished; their names were not.
  if (absl::Status named = base::SyncFolder(base); !named.ok()) return named;
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
  report_.withheld = counts.withheld(absl::Now());
  report_.index_bytes = manifest.IndexBytes();
  return storage::WriteManifest(folder_, manifest);
}

absl::Status Builder::CheckShrinking() const {
  const std::optional<GenerationSize>& other = options_.at_least_half_of;
  if (!other.has_value() || report_.articles * 2 >= other->articles) return absl::OkStatus();
  const std::string index = layout_.root().string();
  return schema::FaultError(
      absl::StatusCode::kFailedPrecondition,
      {.reason = schema::FaultReason::kIndexShrinks, .index = index},
      absl::StrFormat("the new generation of index %s would have %d articles, less than half of "
                      "the %d in generation %d",
                      index, report_.articles, other->articles, other->number));
}

void Builder::Abandon() {
  // The thread of the spool may be writing into the folder.
  spool_.reset();
  if (claim_.has_value()) claim_->Abandon();
  claim_.reset();
}

}  // namespace

BuiltGeneration::BuiltGeneration(storage::Layout layout, storage::GenerationClaim claim,
                                 BuildReport report)
    : layout_(std::move(layout)), claim_(std::move(claim)), report_(std::move(report)) {}

BuiltGeneration::BuiltGeneration(BuiltGeneration&& other) noexcept
    : layout_(std::move(other.layout_)),
      claim_(std::exchange(other.claim_, std::nullopt)),
      report_(std::move(other.report_)) {}

BuiltGeneration::~BuiltGeneration() {
  if (!claim_.has_value()) return;
  const absl::StatusOr<storage::GenerationRef> current = storage::ReadCurrent(layout_);
  const bool maybe_published =
      current.ok() ? *current == report_.ref : !absl::IsNotFound(current.status());
  if (!maybe_published) claim_->Abandon();
}

absl::Status BuiltGeneration::Keep() {
  if (!claim_.has_value()) return absl::OkStatus();
  if (absl::Status status = storage::MarkFinished(claim_->folder()); !status.ok()) return status;
  claim_.reset();
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<GenerationBuilder>> GenerationBuilder::Start(
    const storage::Layout& layout, storage::GenerationClaim claim, BuildOptions options) {
  auto takedowns = storage::Takedowns::Read(layout);
  if (!takedowns.ok()) {
    claim.Abandon();
    return takedowns.status();
  }
  auto builder = std::make_unique<Builder>(layout, std::move(claim), *std::move(takedowns),
                                           WithDefaults(std::move(options)));
  if (absl::Status status = builder->Prepare(); !status.ok()) return status;
  return builder;
}

}  // namespace broadsheet::indexing
