// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/norm_stage.h"

#include <xapian.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <span>

#include "engine/storage/base/document_frequencies.h"
#include "engine/storage/base/token_file.h"
#include "engine/storage/base/vector_norms.h"
#include "engine/storage/index/layout.h"
#include "engine/text/analyzer.h"
#include "engine/weights/article_vectors.h"
#include "engine/weights/word_rarity.h"
#include "engine/xapian/guard.h"

namespace broadsheet::indexing {
namespace {

using storage::VectorNorm;

// Measured at once, all threads together: enough for a thread to pay, and little memory.
constexpr uint32_t kArticlesAtOnce = 1 << 14;

using Frequencies = std::shared_ptr<const storage::DocumentFrequencies>;

absl::StatusOr<Frequencies> CountFrequencies(const NormOptions& options) {
  return xapian::Guard("cannot read " + options.base.string(),
                       [&]() -> absl::StatusOr<Frequencies> {
                         return std::make_shared<const storage::DocumentFrequencies>(
                             Xapian::Database(options.base.string()), options.token_seed);
                       });
}

// Measures the articles from docid `first` on.
void Measure(const storage::TokenFile& tokens, const weights::WordRarity& rarity, uint32_t first,
             std::span<VectorNorm> norms) {
  weights::ArticleVectors vectors(rarity);
  for (VectorNorm& norm : norms) {
    norm = vectors.Add(tokens.run(first++));
    vectors.Clear();
  }
}

// Maps the token file anew, so that its pages count as memory of this process only while these
// articles are measured. `first` is the docid of the first.
absl::Status MeasureTogether(const NormOptions& options, const weights::WordRarity& rarity,
                             uint32_t first, std::span<VectorNorm> norms) {
  const auto tokens = storage::TokenFile::Open(options.base / storage::kTokensName);
  if (!tokens.ok()) return tokens.status();
  // Each future joins its thread.
  std::vector<std::future<void>> parts;
  const size_t share = norms.size() / static_cast<size_t>(options.threads) + 1;
  for (size_t begin = 0; begin < norms.size(); begin += share) {
    const std::span<VectorNorm> part = norms.subspan(begin, std::min(share, norms.size() - begin));
    const uint32_t docid = first + static_cast<uint32_t>(begin);
    parts.push_back(std::async(std::launch::async, [&file = **tokens, &rarity, docid, part] {
      Measure(file, rarity, docid, part);
    }));
  }
  for (const std::future<void>& part : parts) part.wait();
  return absl::OkStatus();
}

}  // namespace

absl::Status WriteNorms(const NormOptions& options, Monitor& monitor) {
  const absl::StatusOr<std::unique_ptr<storage::TokenFile>> opened =
      storage::TokenFile::Open(options.base / storage::kTokensName);
  if (!opened.ok()) return opened.status();
  const storage::TokenFile& tokens = **opened;
  const absl::StatusOr<Frequencies> frequencies = CountFrequencies(options);
  if (!frequencies.ok()) return frequencies.status();
  text::Analyzer analyzer;
  weights::KnownWords known(
      weights::HashStopWords(analyzer, options.languages, options.token_seed));
  const weights::WordRarity rarity(*frequencies, tokens.count(), known, tokens.words());
  absl::StatusOr<storage::VectorNormsWriter> file =
      storage::VectorNormsWriter::Create(options.base / storage::kNormsName);
  if (!file.ok()) return file.status();
  std::vector<VectorNorm> norms;
  for (uint32_t first = 1; first <= tokens.count(); first += kArticlesAtOnce) {
    if (absl::Status status = monitor.Check(); !status.ok()) return status;
    norms.resize(std::min(kArticlesAtOnce, tokens.count() - first + 1));
    absl::Status measured = MeasureTogether(options, rarity, first, norms);
    if (!measured.ok()) return measured;
    for (const VectorNorm& norm : norms) {
      if (absl::Status status = file->Append(norm); !status.ok()) return status;
    }
  }
  return file->Finish();
}

}  // namespace broadsheet::indexing
