// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/index/manifest.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "engine/base/checksum.h"
#include "engine/text/analyzer.h"
#include "tests/testing/fault_matchers.h"
#include "tests/testing/status_matchers.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::storage {
namespace {

using ::broadsheet::testing::FaultIs;
using ::broadsheet::testing::IsOk;
using ::broadsheet::testing::ReadFile;
using ::broadsheet::testing::StatusIs;
using ::broadsheet::testing::TempDir;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Manifest FullManifest() {
  Manifest manifest;
  manifest.ref = {.number = 7, .build_id = "0123456789abcdef0123456789abcdef"};
  manifest.analyzer_version = text::kAnalyzerVersion;
  manifest.software = "broadsheet 0.1.0";
  manifest.built = absl::FromUnixSeconds(1'718'784'000);
  // Beyond what a JSON number of 53 bits holds.
  manifest.token_seed = 0xfedcba9876543211;
  manifest.articles = 1000;
  manifest.undated = 3;
  manifest.input_bytes = 1ULL << 60;
  manifest.oldest_seconds = -62'135'596'800;
  manifest.newest_seconds = 1'718'784'000;
  manifest.languages = {{"", 20}, {"en", 960}, {"de", 11}, {"fr", 9}};
  manifest.sources = {{"Der \"Spiegel\"", 11}, {"朝日新聞", 9}};
  manifest.files = {{.name = "postlist.glass", .bytes = 8192, .checksum = std::string(32, 'a')},
                    {.name = "tokens", .bytes = 40, .checksum = std::string(32, 'b')}};
  manifest.assumed_language = {.tag = "en", .given = true};
  return manifest;
}

std::filesystem::path GenerationIn(const TempDir& dir) {
  const std::filesystem::path folder = dir / "index/generations/000007";
  std::filesystem::create_directories(folder);
  return folder;
}

TEST(ManifestTest, GivesBackWhatWasWritten) {
  const TempDir dir;
  const auto folder = GenerationIn(dir);
  const Manifest written = FullManifest();
  ASSERT_OK(WriteManifest(folder, written));
  const absl::StatusOr<Manifest> read = ReadManifest(folder);
  ASSERT_OK(read);
  EXPECT_EQ(read->ref, written.ref);
  EXPECT_EQ(read->format_version, kFormatVersion);
  EXPECT_EQ(read->analyzer_version, written.analyzer_version);
  EXPECT_EQ(read->software, written.software);
  EXPECT_EQ(read->built, written.built);
  EXPECT_EQ(read->token_seed, written.token_seed);
  EXPECT_EQ(read->articles, written.articles);
  EXPECT_EQ(read->undated, written.undated);
  EXPECT_EQ(read->input_bytes, written.input_bytes);
  EXPECT_EQ(read->oldest_seconds, written.oldest_seconds);
  EXPECT_EQ(read->newest_seconds, written.newest_seconds);
  EXPECT_EQ(read->languages, written.languages);
  EXPECT_EQ(read->sources, written.sources);
  EXPECT_EQ(read->assumed_language, written.assumed_language);
  ASSERT_EQ(read->files.size(), 2U);
  EXPECT_EQ(read->files[1].name, "tokens");
  EXPECT_EQ(read->files[1].bytes, 40U);
  EXPECT_EQ(read->files[1].checksum, std::string(32, 'b'));
  EXPECT_EQ(read->IndexBytes(), 8232U);
}

TEST(ManifestTest, AnIndexOfUndatedArticlesHasNoOldestAndNewest) {
  const TempDir dir;
  const auto folder = GenerationIn(dir);
  Manifest manifest = FullManifest();
  manifest.oldest_seconds.reset();
  manifest.newest_seconds.reset();
  ASSERT_OK(WriteManifest(folder, manifest));
  EXPECT_EQ(ReadManifest(folder)->oldest_seconds, std::nullopt);
  EXPECT_EQ(ReadManifest(folder)->newest_seconds, std::nullopt);
}

TEST(ManifestTest, QueriesAreStemmedInLanguagesOfOnePercentAndMore) {
  Manifest manifest = FullManifest();
  EXPECT_THAT(manifest.QueryLanguages(), ElementsAre("de", "en"));
  manifest.articles = 900;
  EXPECT_THAT(manifest.QueryLanguages(), ElementsAre("de", "en", "fr"));
}

TEST(ManifestTest, QueriesAreStemmedInTheAssumedLanguageHoweverFewArticlesAreInIt) {
  Manifest manifest = FullManifest();
  manifest.assumed_language = {.tag = "da", .given = true};
  EXPECT_THAT(manifest.QueryLanguages(), ElementsAre("da", "de", "en"));
  manifest.languages = {{"", 1000}};
  EXPECT_THAT(manifest.QueryLanguages(), ElementsAre("da"));
  manifest.assumed_language = {};
  EXPECT_THAT(manifest.QueryLanguages(), ElementsAre());
}

TEST(ManifestTest, OneFromBeforeLanguagesWereAssumedAssumesNone) {
  const TempDir dir;
  const auto folder = GenerationIn(dir);
  Manifest manifest = FullManifest();
  manifest.assumed_language = {};
  ASSERT_OK(WriteManifest(folder, manifest));
  std::string json = ReadFile(folder / kManifestName);
  // All after the files: the two keys that it did not have.
  const size_t added = json.find(",\n \"assumedLanguage\"");
  ASSERT_NE(added, std::string::npos);
  json.replace(added, json.rfind("\n}") - added, "");
  const std::string key = "\"checksum\": \"";
  const size_t digits = json.find(key) + key.size();
  json.replace(digits, base::kChecksumDigits, base::kChecksumDigits, '0');
  json.replace(digits, base::kChecksumDigits, base::ChecksumOf(json));
  dir.Write("index/generations/000007/MANIFEST", json);
  const absl::StatusOr<Manifest> read = ReadManifest(folder);
  ASSERT_OK(read);
  EXPECT_EQ(read->assumed_language, AssumedLanguage());
  EXPECT_EQ(read->articles, manifest.articles);
}

TEST(ManifestTest, AFolderWithoutOneIsNoWholeGeneration) {
  const TempDir dir;
  const auto folder = GenerationIn(dir);
  EXPECT_THAT(ReadManifest(folder),
              AllOf(StatusIs(absl::StatusCode::kNotFound,
                             folder.string() + " is no whole generation: it has no MANIFEST"),
                    FaultIs(schema::FaultReason::kGenerationUnfinished, dir / "index")));
}

TEST(ManifestTest, NoticesEachDamagedByteAndEachCut) {
  const TempDir dir;
  const auto folder = GenerationIn(dir);
  ASSERT_OK(WriteManifest(folder, FullManifest()));
  const std::string whole = ReadFile(folder / kManifestName);
  const auto damaged =
      AllOf(StatusIs(absl::StatusCode::kDataLoss, HasSubstr("MANIFEST is damaged")),
            FaultIs(schema::FaultReason::kGenerationDamaged, dir / "index"));
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    dir.Write("index/generations/000007/MANIFEST", bytes);
    ASSERT_THAT(ReadManifest(folder), damaged) << at;
    dir.Write("index/generations/000007/MANIFEST", whole.substr(0, at));
    ASSERT_THAT(ReadManifest(folder), damaged) << at;
  }
}

TEST(ManifestTest, AnotherFormatIsToldFromAnotherAnalyser) {
  const TempDir dir;
  const auto folder = GenerationIn(dir);
  const auto foreign = [&](schema::FaultReason reason) {
    return AllOf(StatusIs(absl::StatusCode::kFailedPrecondition,
                          HasSubstr("was written by broadsheet 9.9 with index format")),
                 FaultIs(reason, dir / "index"));
  };
  Manifest manifest = FullManifest();
  manifest.software = "broadsheet 9.9";
  manifest.format_version = kFormatVersion + 1;
  ASSERT_OK(WriteManifest(folder, manifest));
  EXPECT_THAT(ReadManifest(folder), foreign(schema::FaultReason::kOtherFormat));
  EXPECT_THAT(ReadManifest(folder, Use::kStoredArticles),
              foreign(schema::FaultReason::kOtherFormat));
  for (int format = kEarliestStoredFormat; format < kFormatVersion; ++format) {
    manifest.format_version = format;
    ASSERT_OK(WriteManifest(folder, manifest));
    EXPECT_THAT(ReadManifest(folder), foreign(schema::FaultReason::kEarlierFormat));
    EXPECT_OK(ReadManifest(folder, Use::kStoredArticles));
  }
  manifest.format_version = kEarliestStoredFormat - 1;
  ASSERT_OK(WriteManifest(folder, manifest));
  EXPECT_THAT(ReadManifest(folder, Use::kStoredArticles),
              foreign(schema::FaultReason::kOtherFormat));
  manifest.format_version = kFormatVersion;
  manifest.analyzer_version = text::kAnalyzerVersion + 1;
  ASSERT_OK(WriteManifest(folder, manifest));
  EXPECT_THAT(ReadManifest(folder), foreign(schema::FaultReason::kOtherAnalyser));
}

TEST(ManifestTest, DescribesFilesBySizeAndContent) {
  const TempDir dir;
  const std::string large(3'000'000, 'x');
  dir.Write("a", large);
  dir.Write("b", large.substr(1) + "y");
  dir.Write("empty", "");
  const absl::StatusOr<base::FileEntry> a = base::DescribeFile(dir.path(), "a");
  ASSERT_OK(a);
  EXPECT_EQ(a->name, "a");
  EXPECT_EQ(a->bytes, large.size());
  EXPECT_EQ(a->checksum.size(), 32U);
  EXPECT_NE(base::DescribeFile(dir.path(), "b")->checksum, a->checksum);
  EXPECT_EQ(base::DescribeFile(dir.path(), "b")->bytes, a->bytes);
  EXPECT_EQ(base::DescribeFile(dir.path(), "empty")->checksum, "99aa06d3014798d86001c324468d497f");
  EXPECT_THAT(base::DescribeFile(dir.path(), "c"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr((dir / "c").string())));
  EXPECT_THAT(base::DescribeFile(dir.path(), "a", [] { return true; }),
              StatusIs(absl::StatusCode::kCancelled));
}

}  // namespace
}  // namespace broadsheet::storage
