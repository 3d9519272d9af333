// SPDX-License-Identifier: GPL-3.0-or-later
// MANIFEST: what a generation is and the checksum of each file of its base/. Written last, as JSON
// with a checksum of itself, so that a generation without a whole MANIFEST is no generation.
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

// Layout of the folder, token runs and article file. Raised when a reader of the old could not read
// the new.
inline constexpr int kFormatVersion = 1;

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

  // Languages that hold at least 1 % of the articles, unknown left out: what query words are
  // stemmed in.
  std::vector<std::string> QueryLanguages() const;
  uint64_t IndexBytes() const;
};

// Durable and atomic. `generation` is generations/NNNNNN.
absl::Status WriteManifest(const std::filesystem::path& generation, const Manifest& manifest);

// What a generation is wanted for: whoever only takes the stored articles out of it need not speak
// its analyser version.
enum class Use : uint8_t { kSearch, kStoredArticles };

// NOT_FOUND when absent, DATA_LOSS when damaged, FAILED_PRECONDITION when of another format or
// analyser version than `use` needs: faults of the index (schema/index_fault.h).
absl::StatusOr<Manifest> ReadManifest(const std::filesystem::path& generation,
                                      Use use = Use::kSearch);

}  // namespace broadsheet::storage
