// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/check/verify.h"

#include <xapian.h>

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "engine/schema/article_language.h"
#include "engine/schema/terms.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/base/word_table.h"
#include "engine/storage/check/base_check.h"
#include "engine/storage/check/live_check.h"
#include "engine/storage/index/manifest.h"
#include "engine/text/analyzer.h"
#include "engine/xapian/glass_check.h"
#include "engine/xapian/guard.h"

namespace broadsheet::storage {
namespace {

// One verification of one folder: collects faults step by step.
class Verification {
 public:
  Verification(const std::filesystem::path& folder, const VerifyOptions& options)
      : folder_(folder), base_(folder / kBaseName), options_(options) {}

  absl::Status Run();

 private:
  // The steps. Faults are collected; a returned error ends the verification.
  absl::Status CheckFiles(const Manifest& manifest);
  absl::Status CheckGlass();
  absl::Status CheckCounts(const Generation& generation, const Xapian::Database& database);
  absl::Status CheckSample(const Generation& generation, const Xapian::Database& database);
  absl::Status CheckLive(const std::shared_ptr<const Generation>& generation);
  void CheckArticle(const Generation& generation, const Xapian::Database& database, uint32_t docid);
  void CheckTokens(const Generation& generation, uint32_t docid, const v1::Article& article);

  void AddFault(std::string_view name, std::string_view why) {
    faults_.push_back(absl::StrFormat("%s: %s", (base_ / name).string(), why));
  }
  absl::Status Faults() const;
  absl::Status Cancelled() const;

  std::filesystem::path folder_;
  std::filesystem::path base_;
  const VerifyOptions& options_;
  text::Analyzer analyzer_;
  std::vector<std::string> faults_;
};

absl::Status Verification::Run() {
  const absl::StatusOr<Manifest> manifest = ReadManifest(folder_, options_.use);
  if (!manifest.ok()) return manifest.status();
  absl::Status status = CheckFiles(*manifest);
  // Damaged files are not opened: they are reported already, and Xapian does not read them safely.
  if (!status.ok() || !faults_.empty()) return status.ok() ? Faults() : status;
  if (status = CheckGlass(); !status.ok()) return status;
  const absl::StatusOr<std::shared_ptr<const Generation>> generation =
      Generation::Open(folder_, options_.use);
  if (!generation.ok()) return generation.status();
  status = xapian::Guard(absl::StrFormat("cannot read the database in %s", base_.string()), [&] {
    const Xapian::Database database(base_.string());
    absl::Status checked = CheckCounts(**generation, database);
    return checked.ok() ? CheckSample(**generation, database) : checked;
  });
  if (status.ok()) status = CheckLive(*generation);
  return status.ok() ? Faults() : status;
}

absl::Status Verification::CheckFiles(const Manifest& manifest) {
  const FileCheck check = options_.checksums ? FileCheck::kContents : FileCheck::kSizes;
  absl::StatusOr<std::vector<std::string>> faults =
      CheckBase(folder_, manifest, check, options_.cancelled);
  if (absl::IsCancelled(faults.status())) return Cancelled();
  if (!faults.ok()) return faults.status();
  faults_ = *std::move(faults);
  return absl::OkStatus();
}

absl::Status Verification::CheckGlass() {
  if (!options_.glass_check) return absl::OkStatus();
  // If the check cannot run, the checksums suffice: the build has checked these bytes.
  if (options_.checksums && !xapian::MayCheckGlass(base_)) return absl::OkStatus();
  if (options_.cancelled && options_.cancelled()) return Cancelled();
  std::ostringstream report;
  const absl::StatusOr<size_t> errors =
      xapian::Guard("the database does not pass Xapian's check", [&]() -> absl::StatusOr<size_t> {
        return Xapian::Database::check(base_.string(), 0, &report);
      });
  if (!errors.ok()) {
    faults_.push_back(absl::StrFormat("%s: %s", base_.string(), errors.status().message()));
  } else if (*errors > 0) {
    faults_.push_back(absl::StrFormat("%s: Xapian's check finds %d errors: %s", base_.string(),
                                      *errors, report.str()));
  }
  return faults_.empty() ? absl::OkStatus() : Faults();
}

absl::Status Verification::CheckCounts(const Generation& generation,
                                       const Xapian::Database& database) {
  // Generation::Open compared tokens and articles already.
  const uint64_t articles = generation.manifest().articles;
  if (database.get_doccount() == articles && database.get_lastdocid() == articles) {
    return absl::OkStatus();
  }
  faults_.push_back(absl::StrFormat(
      "%s: the database holds %d documents up to number %d instead of the %d in MANIFEST",
      base_.string(), database.get_doccount(), database.get_lastdocid(), articles));
  return Faults();
}

absl::Status Verification::CheckSample(const Generation& generation,
                                       const Xapian::Database& database) {
  const uint64_t count = generation.manifest().articles;
  const uint64_t sample = std::min<uint64_t>(options_.sample, count);
  for (uint64_t i = 0; i < sample; ++i) {
    if (options_.cancelled && options_.cancelled()) return Cancelled();
    // From the first docid to the last.
    const uint64_t offset = sample == 1 ? 0 : i * (count - 1) / (sample - 1);
    CheckArticle(generation, database, static_cast<uint32_t>(offset + 1));
  }
  return absl::OkStatus();
}

void Verification::CheckArticle(const Generation& generation, const Xapian::Database& database,
                                uint32_t docid) {
  const absl::StatusOr<v1::Article> article = generation.articles().Read(docid);
  if (!article.ok()) {
    faults_.push_back(std::string(article.status().message()));
    return;
  }
  const std::string term = schema::IdTerm(article->id());
  Xapian::PostingIterator posting = database.postlist_begin(term);
  if (posting != database.postlist_end(term)) posting.skip_to(docid);
  if (posting == database.postlist_end(term) || *posting != docid) {
    const bool has_cards = generation.manifest().format_version >= kFormatOfCards;
    AddFault(
        has_cards ? kCardsName : kArticlesName,
        absl::StrFormat("article %d, id \"%s\", is not found by its id", docid, article->id()));
  }
  // The runs are those of the analyser that made them.
  const bool analysed_as_now = generation.manifest().analyzer_version == text::kAnalyzerVersion;
  if (generation.has_tokens() && analysed_as_now) CheckTokens(generation, docid, *article);
}

// Every word of the headline must be in the run, which also shows that runs and articles have the
// same order.
void Verification::CheckTokens(const Generation& generation, uint32_t docid,
                               const v1::Article& article) {
  const TokenRun run = generation.tokens().run(docid);
  if (run.empty() || !IsFieldMark(run[0])) {
    AddFault(kTokensName, absl::StrFormat("the run of article %d, id \"%s\", does not start with a "
                                          "field",
                                          docid, article.id()));
    return;
  }
  std::unordered_set<uint32_t> hashes;
  const auto add = [&hashes](WordForms forms) {
    for (const uint32_t code : forms) {
      if (KindOf(code) != CodeKind::kExact) hashes.insert(code & kPayloadMask);
    }
  };
  add(run.rare);
  for (const RunCode code : run.codes) add(run.table->FormsOf(code));
  std::string missing;
  const uint64_t seed = generation.manifest().token_seed;
  const std::string_view language =
      schema::AnalysisLanguage(article, generation.manifest().assumed_language.tag);
  analyzer_.Analyze(article.headline(), language, [&](const text::Token& token) {
    if (!hashes.contains(HashTerm(token.term, seed))) missing = token.term;
  });
  if (missing.empty()) return;
  AddFault(kTokensName, absl::StrFormat("the run of article %d, id \"%s\", lacks \"%s\" of its "
                                        "headline",
                                        docid, article.id(), missing));
}

absl::Status Verification::CheckLive(const std::shared_ptr<const Generation>& generation) {
  const auto faults = storage::CheckLive(generation, options_.cancelled);
  if (absl::IsCancelled(faults.status())) return Cancelled();
  if (!faults.ok()) return faults.status();
  faults_.insert(faults_.end(), faults->begin(), faults->end());
  return absl::OkStatus();
}

absl::Status Verification::Faults() const {
  return faults_.empty() ? absl::OkStatus() : DamagedGeneration(folder_, faults_);
}

absl::Status Verification::Cancelled() const {
  return absl::CancelledError(
      absl::StrFormat("the verification of %s was stopped", folder_.string()));
}

}  // namespace

absl::Status VerifyGeneration(const std::filesystem::path& folder, const VerifyOptions& options) {
  return Verification(folder, options).Run();
}

}  // namespace broadsheet::storage

// Xapian 1.4.22's Database::check deletes a table through a smaller base class (fixed in 1.4.30).
// The allocators in use ignore the size; AddressSanitizer would end the process. GCC has a macro of
// its own, and libraries define __has_feature away for it.
#if defined(__SANITIZE_ADDRESS__)
#define BROADSHEET_ADDRESS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define BROADSHEET_ADDRESS_SANITIZER
#endif
#endif
#ifdef BROADSHEET_ADDRESS_SANITIZER
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "new_delete_type_mismatch=0"; }
#endif
