// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/generation.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_error.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/base/blocked_articles.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/index/current.h"
#include "engine/xapian/glass_root.h"

namespace broadsheet::storage {
namespace {

absl::Status Damaged(const std::filesystem::path& folder, const std::string& why) {
  return schema::FaultError(absl::StatusCode::kDataLoss,
                            {.reason = schema::FaultReason::kGenerationDamaged,
                             .index = Layout::OfGeneration(folder).root().string()},
                            absl::StrFormat("generation %s is damaged: %s", folder.string(), why));
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Generation>> Generation::OpenCurrent(const Layout& layout,
                                                                          Use use) {
  const absl::StatusOr<GenerationRef> ref = ReadCurrent(layout);
  if (!ref.ok()) return ref.status();
  const std::filesystem::path folder = layout.generation(ref->number);
  absl::StatusOr<std::shared_ptr<const Generation>> generation = Open(folder, use);
  if (!generation.ok()) return generation;
  if ((*generation)->manifest().ref != *ref) {
    return Damaged(folder, absl::StrFormat("CURRENT names build %s, MANIFEST build %s",
                                           ref->build_id, (*generation)->manifest().ref.build_id));
  }
  return generation;
}

absl::StatusOr<std::shared_ptr<const Generation>> Generation::Open(
    const std::filesystem::path& folder, Use use) {
  std::shared_ptr<Generation> generation(new Generation());
  generation->folder_ = folder;
  if (absl::Status status = generation->Hold(); !status.ok()) return status;
  absl::StatusOr<Manifest> manifest = ReadManifest(folder, use);
  if (!manifest.ok()) return manifest.status();
  generation->manifest_ = *std::move(manifest);
  if (absl::Status status = generation->CheckFiles(); !status.ok()) return status;
  if (absl::Status status = generation->OpenFiles(); !status.ok()) return status;
  return generation;
}

absl::Status Generation::Hold() {
  const std::filesystem::path path = folder_ / kManifestName;
  hold_ = base::FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  // ReadManifest reports the error.
  if (!hold_.open()) return absl::OkStatus();
  if (::flock(hold_.get(), LOCK_SH | LOCK_NB) == 0) return absl::OkStatus();
  if (errno != EWOULDBLOCK) return base::FileError(errno, "cannot lock", path);
  return absl::AbortedError(
      absl::StrFormat("generation %s is just being removed; try again", folder_.string()));
}

absl::Status Generation::CheckFiles() const {
  for (const base::FileEntry& file : manifest_.files) {
    std::error_code error;
    const uint64_t bytes = std::filesystem::file_size(folder_ / kBaseName / file.name, error);
    const std::string name = absl::StrFormat("%s/%s", std::string(kBaseName), file.name);
    if (error == std::errc::no_such_file_or_directory) {
      return Damaged(folder_, absl::StrFormat("%s is missing", name));
    }
    if (error)
      return base::FileError(error.value(), "cannot inspect", folder_ / kBaseName / file.name);
    if (bytes != file.bytes) {
      return Damaged(folder_, absl::StrFormat("%s has %d bytes instead of the %d in MANIFEST", name,
                                              bytes, file.bytes));
    }
    // The root file is small, and Xapian uses it without a check (glass_root.h).
    if (file.name != xapian::kGlassRootName) continue;
    const absl::StatusOr<base::FileEntry> found =
        base::DescribeFile(folder_ / kBaseName, file.name);
    if (!found.ok()) return found.status();
    if (found->checksum != file.checksum) {
      return Damaged(folder_,
                     absl::StrFormat("the content of %s is not what MANIFEST vouches for", name));
    }
  }
  return absl::OkStatus();
}

absl::Status Generation::OpenTokens(const std::filesystem::path& base) {
  if (manifest_.format_version != kFormatVersion) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<TokenFile>> tokens = TokenFile::Open(base / kTokensName);
  if (!tokens.ok()) return tokens.status();
  tokens_ = *std::move(tokens);
  absl::StatusOr<std::unique_ptr<VectorNorms>> norms = VectorNorms::Open(base / kNormsName);
  if (!norms.ok()) return norms.status();
  norms_ = *std::move(norms);
  if (norms_->count() == tokens_->count()) return OpenColumns(base);
  return Damaged(folder_, absl::StrFormat("base/tokens holds %d runs and base/norms %d norms",
                                          tokens_->count(), norms_->count()));
}

absl::Status Generation::OpenColumns(const std::filesystem::path& base) {
  absl::StatusOr<std::unique_ptr<Columns>> columns = Columns::Open(base);
  if (!columns.ok()) return columns.status();
  columns_ = *std::move(columns);
  if (columns_->rows().count() == tokens_->count()) return OpenCopies(base);
  return Damaged(folder_, absl::StrFormat("base/tokens holds %d runs and base/columns %d rows",
                                          tokens_->count(), columns_->rows().count()));
}

absl::Status Generation::OpenCopies(const std::filesystem::path& base) {
  absl::StatusOr<std::unique_ptr<CopyTable>> copies = CopyTable::Open(base / kCopiesName);
  if (!copies.ok()) return copies.status();
  copies_ = *std::move(copies);
  if (copies_->count() == tokens_->count()) return OpenVocabulary(base);
  return Damaged(folder_, absl::StrFormat("base/tokens holds %d runs and base/copies %d links",
                                          tokens_->count(), copies_->count()));
}

absl::Status Generation::OpenVocabulary(const std::filesystem::path& base) {
  absl::StatusOr<std::unique_ptr<Vocabulary>> vocabulary = Vocabulary::Open(base);
  if (!vocabulary.ok()) return vocabulary.status();
  vocabulary_ = *std::move(vocabulary);
  return absl::OkStatus();
}

absl::Status Generation::OpenArticles(const std::filesystem::path& base) {
  if (manifest_.format_version < kFormatOfCards) {
    absl::StatusOr<std::unique_ptr<BlockedArticles>> blocked =
        BlockedArticles::Open(base / kArticlesName);
    if (!blocked.ok()) return blocked.status();
    articles_ = *std::move(blocked);
    return absl::OkStatus();
  }
  absl::StatusOr<std::unique_ptr<SplitArticles>> split = SplitArticles::Open(base);
  if (!split.ok()) return split.status();
  articles_ = *std::move(split);
  return absl::OkStatus();
}

absl::Status Generation::OpenFiles() {
  const std::filesystem::path base = folder_ / kBaseName;
  if (absl::Status opened = OpenTokens(base); !opened.ok()) return opened;
  if (absl::Status opened = OpenArticles(base); !opened.ok()) return opened;
  const uint64_t runs = has_tokens() ? tokens_->count() : manifest_.articles;
  if (runs != manifest_.articles || articles_->count() != manifest_.articles) {
    return Damaged(folder_, absl::StrFormat("base/tokens holds %d runs and base/ %d articles "
                                            "instead of the %d in MANIFEST",
                                            runs, articles_->count(), manifest_.articles));
  }
  return absl::OkStatus();
}

std::shared_ptr<const DocumentFrequencies> Generation::Frequencies(
    const Xapian::Database& base) const {
  const base::MutexLock lock(mutex_);
  if (frequencies_ == nullptr) {
    frequencies_ = std::make_shared<DocumentFrequencies>(base, manifest_.token_seed);
  }
  return frequencies_;
}

}  // namespace broadsheet::storage
