// SPDX-License-Identifier: GPL-3.0-or-later
// MANIFEST: describes a generation and has the checksum of each file of its base/. Written last, as
// JSON with a checksum of itself, so a folder without an intact MANIFEST is not a generation.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "engine/base/file_entry.h"
#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

// Layout of the folder, token runs, cards and bodies. Raised when a reader of the old format could
// not read the new one.
inline constexpr int kFormatVersion = 3;
// The earliest of which the stored articles, live/ and takedowns can be read
// (Use::kStoredArticles).
inline constexpr int kEarliestStoredFormat = 1;
// The earliest with cards and bodies. Those before it have whole articles in one file.
inline constexpr int kFormatOfCards = 3;

// The language that articles without one are analysed in (schema::AnalysisLanguage).
struct AssumedLanguage {
  std::string tag;     // primary subtag; "" = none: their words are not stemmed
  bool given = false;  // by an administrator; false = it prevailed when the generation was built
  bool operator==(const AssumedLanguage&) const = default;
};

struct Manifest {
  GenerationRef ref;
  int format_version = kFormatVersion;
  int analyzer_version = 0;
  std::string software;  // "broadsheet 0.1.0"
  absl::Time built;
  uint64_t token_seed = 0;
  uint64_t articles = 0;
  uint64_t undated = 0;
  uint64_t input_bytes = 0;               // text of the articles, before compression
  std::optional<int64_t> oldest_seconds;  // published, since 1970
  std::optional<int64_t> newest_seconds;
  std::map<std::string, uint64_t> languages;  // primary subtag ("" = unknown) -> articles
  std::map<std::string, uint64_t> sources;    // as first spelled -> articles
  std::vector<base::FileEntry> files;
  AssumedLanguage assumed_language;

  // Languages of at least 1 % of the articles each, unknown left out, and the assumed one. Query
  // words are stemmed in these.
  std::vector<std::string> QueryLanguages() const;
  uint64_t IndexBytes() const;
};

// Durable and atomic. `generation` is generations/NNNNNN.
absl::Status WriteManifest(const std::filesystem::path& generation, const Manifest& manifest);

// The purpose of opening a generation. kStoredArticles only reads the stored articles, so it
// accepts any analyser version, and formats from kEarliestStoredFormat on.
enum class Use : uint8_t { kSearch, kStoredArticles };

// NOT_FOUND when absent, DATA_LOSS when damaged, FAILED_PRECONDITION when its format or analyser
// version is not the one that `use` needs: faults of the index (schema/index_fault.h).
absl::StatusOr<Manifest> ReadManifest(const std::filesystem::path& generation,
                                      Use use = Use::kSearch);

}  // namespace broadsheet::storage
