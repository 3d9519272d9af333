// SPDX-License-Identifier: GPL-3.0-or-later
// Names of all files and folders inside an index folder; docs/index_format.md explains them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace broadsheet::storage {

struct GenerationRef {
  uint64_t number = 0;   // never used twice in an index
  std::string build_id;  // 16 random bytes in hex; page tokens and readers use it
  bool operator==(const GenerationRef&) const = default;
};

// 16 random bytes in hex.
std::string NewBuildId();

class Layout {
 public:
  explicit Layout(std::filesystem::path root) : root_(std::move(root)) {}
  // The index that contains this folder of a generation.
  static Layout OfGeneration(const std::filesystem::path& folder) {
    return Layout(folder.parent_path().parent_path());
  }
  const std::filesystem::path& root() const { return root_; }
  std::filesystem::path current() const { return root_ / "CURRENT"; }
  std::filesystem::path lock() const { return root_ / "LOCK"; }
  std::filesystem::path takedowns() const { return root_ / "takedowns"; }
  std::filesystem::path takedowns_record() const { return root_ / "takedowns.record"; }
  std::filesystem::path generations() const { return root_ / "generations"; }
  // generations/000007
  std::filesystem::path generation(uint64_t number) const;

 private:
  std::filesystem::path root_;
};

// Inside one generation's folder.
inline constexpr std::string_view kManifestName = "MANIFEST";
inline constexpr std::string_view kBaseName = "base";
inline constexpr std::string_view kLiveName = "live";
// Exists once the generation was published. It repeats takedowns.record (takedowns_record.h);
// earlier versions of the software left it empty.
inline constexpr std::string_view kPublishedName = "PUBLISHED";
// An empty file. Exists once writes are being carried over into a generation that was never
// published. Means nothing if PUBLISHED exists too.
inline constexpr std::string_view kCarryingName = "CARRYING";
// Inside base/, beside the glass database's own files.
inline constexpr std::string_view kTokensName = "tokens";
inline constexpr std::string_view kCardsName = "cards";
inline constexpr std::string_view kBodiesName = "bodies";
inline constexpr std::string_view kNormsName = "norms";
inline constexpr std::string_view kValuesName = "values";
inline constexpr std::string_view kColumnsName = "columns";
inline constexpr std::string_view kCopiesName = "copies";
inline constexpr std::string_view kWordsName = "words";
inline constexpr std::string_view kHeadlinesName = "headlines";
// Of format 1, in place of cards and bodies.
inline constexpr std::string_view kArticlesName = "articles";
inline constexpr std::string_view kWrittenName = "written";

}  // namespace broadsheet::storage
