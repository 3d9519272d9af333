// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/manifest.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "engine/base/file_reader.h"
#include "engine/base/file_writer.h"
#include "engine/schema/index_fault.h"
#include "engine/storage/index/sealed_json.h"
#include "engine/storage/index/stored_files.h"
#include "engine/text/analyzer.h"
#include "stored_manifest.pb.h"

namespace broadsheet::storage {
namespace {

// Sources are the only part that grows with the index; a manifest beyond this is none.
constexpr size_t kMaxManifestBytes = 64 << 20;
// Languages below this share of the articles are not worth a stem in every query (DESIGN).
constexpr double kQueryLanguageShare = 0.01;

// An error over a generation, which is a fault of its index.
absl::Status ManifestFault(const std::filesystem::path& generation, absl::StatusCode code,
                           schema::FaultReason reason, const std::string& message) {
  return schema::FaultError(
      code, {.reason = reason, .index = Layout::OfGeneration(generation).root().string()}, message);
}

absl::Status DamagedManifest(const std::filesystem::path& generation, std::string_view why) {
  return ManifestFault(
      generation, absl::StatusCode::kDataLoss, schema::FaultReason::kGenerationDamaged,
      absl::StrFormat("%s is damaged: %s", (generation / kManifestName).string(), why));
}

StoredManifest ToStored(const Manifest& manifest) {
  StoredManifest stored;
  stored.set_format_version(manifest.format_version);
  stored.set_analyzer_version(manifest.analyzer_version);
  stored.set_software(manifest.software);
  stored.set_generation(manifest.ref.number);
  stored.set_build_id(manifest.ref.build_id);
  stored.mutable_built()->set_seconds(absl::ToUnixSeconds(manifest.built));
  stored.set_token_seed(manifest.token_seed);
  stored.set_articles(manifest.articles);
  stored.set_undated(manifest.undated);
  stored.set_input_bytes(manifest.input_bytes);
  if (manifest.oldest_seconds) stored.set_oldest_seconds(*manifest.oldest_seconds);
  if (manifest.newest_seconds) stored.set_newest_seconds(*manifest.newest_seconds);
  stored.mutable_languages()->insert(manifest.languages.begin(), manifest.languages.end());
  stored.mutable_sources()->insert(manifest.sources.begin(), manifest.sources.end());
  AddStoredFiles(manifest.files, stored.mutable_files());
  stored.set_assumed_language(manifest.assumed_language.tag);
  stored.set_assumed_language_given(manifest.assumed_language.given);
  return stored;
}

Manifest FromStored(const StoredManifest& stored) {
  Manifest manifest;
  manifest.format_version = stored.format_version();
  manifest.analyzer_version = stored.analyzer_version();
  manifest.software = stored.software();
  manifest.ref = {.number = stored.generation(), .build_id = stored.build_id()};
  manifest.built = absl::FromUnixSeconds(stored.built().seconds());
  manifest.token_seed = stored.token_seed();
  manifest.articles = stored.articles();
  manifest.undated = stored.undated();
  manifest.input_bytes = stored.input_bytes();
  if (stored.has_oldest_seconds()) manifest.oldest_seconds = stored.oldest_seconds();
  if (stored.has_newest_seconds()) manifest.newest_seconds = stored.newest_seconds();
  manifest.languages.insert(stored.languages().begin(), stored.languages().end());
  manifest.sources.insert(stored.sources().begin(), stored.sources().end());
  manifest.files = FromStoredFiles(stored.files());
  manifest.assumed_language = {.tag = stored.assumed_language(),
                               .given = stored.assumed_language_given()};
  return manifest;
}

absl::Status CheckVersions(const std::filesystem::path& generation, const StoredManifest& stored,
                           Use use) {
  const int format = stored.format_version();
  const bool same = format == kFormatVersion && stored.analyzer_version() == text::kAnalyzerVersion;
  const bool stored_readable = kEarliestStoredFormat <= format && format <= kFormatVersion;
  if (same || (stored_readable && use == Use::kStoredArticles)) return absl::OkStatus();
  const auto reason = [&] {
    if (!stored_readable) return schema::FaultReason::kOtherFormat;
    return format < kFormatVersion ? schema::FaultReason::kEarlierFormat
                                   : schema::FaultReason::kOtherAnalyser;
  };
  return ManifestFault(
      generation, absl::StatusCode::kFailedPrecondition, reason(),
      absl::StrFormat(
          "%s was written by %s with index format %d and analyser %d, this program speaks format "
          "%d and analyser %d",
          generation.string(), stored.software().empty() ? "another version" : stored.software(),
          stored.format_version(), stored.analyzer_version(), kFormatVersion,
          text::kAnalyzerVersion));
}

}  // namespace

std::vector<std::string> Manifest::QueryLanguages() const {
  std::vector<std::string> result;
  for (const auto& [language, count] : languages) {
    if (language.empty() || language == assumed_language.tag) continue;
    if (static_cast<double>(count) >= kQueryLanguageShare * static_cast<double>(articles)) {
      result.push_back(language);
    }
  }
  // However few articles it has in base: live may hold others without a language.
  if (!assumed_language.tag.empty()) result.push_back(assumed_language.tag);
  std::sort(result.begin(), result.end());
  return result;
}

uint64_t Manifest::IndexBytes() const {
  uint64_t bytes = 0;
  for (const base::FileEntry& file : files) bytes += file.bytes;
  return bytes;
}

absl::Status WriteManifest(const std::filesystem::path& generation, const Manifest& manifest) {
  StoredManifest stored = ToStored(manifest);
  const absl::StatusOr<std::string> json = SealJson(stored);
  if (!json.ok()) {
    return absl::InternalError(absl::StrFormat("cannot write %s: %s",
                                               (generation / kManifestName).string(),
                                               std::string(json.status().message())));
  }
  return base::ReplaceFile(generation / kManifestName, *json);
}

absl::StatusOr<Manifest> ReadManifest(const std::filesystem::path& generation, Use use) {
  const absl::StatusOr<std::string> json =
      base::ReadWholeFile(generation / kManifestName, kMaxManifestBytes);
  if (absl::IsNotFound(json.status())) {
    return ManifestFault(generation, absl::StatusCode::kNotFound,
                         schema::FaultReason::kGenerationUnfinished,
                         generation.string() + " is no whole generation: it has no MANIFEST");
  }
  if (absl::IsOutOfRange(json.status())) return DamagedManifest(generation, "it is too large");
  if (!json.ok()) return json.status();
  StoredManifest stored;
  if (absl::Status unsealed = UnsealJson(*json, &stored); !unsealed.ok()) {
    return DamagedManifest(generation, {unsealed.message().data(), unsealed.message().size()});
  }
  if (absl::Status status = CheckVersions(generation, stored, use); !status.ok()) {
    return status;
  }
  return FromStored(stored);
}

}  // namespace broadsheet::storage
