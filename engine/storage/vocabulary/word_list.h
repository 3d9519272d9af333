// SPDX-License-Identifier: GPL-3.0-or-later
// base/words: every word as articles write it, in the order of its folded form, for completions and
// mended queries. Terms are stems, which nobody wants to be offered. Layout in
// docs/index_format.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/storage/table/table_file.h"

namespace broadsheet::storage {

// How a word is written but for case ("café"), and its folded form ("cafe").
struct ListedWord {
  std::string_view folded;
  std::string_view written;
  bool operator==(const ListedWord&) const = default;
};

// Places of words from `begin` to below `end`.
struct WordRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t size() const { return end - begin; }
  bool operator==(const WordRange&) const = default;
};

// Whether anybody would complete a word that is written so: not numbers, pairs of characters of
// scripts without spaces, and what is longer than words are.
bool MayBeListed(std::string_view written);

// The bytes of a word, which order as words do: by folded form, then as written.
std::string EncodeWord(const ListedWord& word);
// Points into `bytes`.
ListedWord DecodeWord(std::string_view bytes);

// Not thread-safe.
class WordListWriter {
 public:
  static absl::StatusOr<WordListWriter> Create(const std::filesystem::path& path);

  // The next word, as EncodeWord writes it: each once, in ascending order. `articles` is how many
  // write it so; more than WordList::kMostArticles are stored as that many.
  absl::Status Append(std::string_view word, uint64_t articles);
  // Syncs. Nothing may be appended afterwards.
  absl::Status Finish() { return file_.Finish(); }

 private:
  explicit WordListWriter(TableFileWriter file) : file_(std::move(file)) {}
  TableFileWriter file_;
};

// A finished file, mapped. Immutable; safe from any thread.
class WordList {
 public:
  static constexpr uint32_t kMostArticles = (1U << 24) - 1;

  // DATA_LOSS when magic or sizes are not those that Finish() wrote; MANIFEST's checksum covers the
  // contents.
  static absl::StatusOr<std::unique_ptr<WordList>> Open(const std::filesystem::path& path);
  ~WordList();
  WordList(const WordList&) = delete;
  WordList& operator=(const WordList&) = delete;

  uint32_t count() const;
  WordRange all() const { return {.begin = 0, .end = count()}; }
  // Valid as long as this. An empty word for a place that is not below count(), or in a damaged
  // file.
  ListedWord At(uint32_t place) const;
  // How many articles wrote the word so when the generation was built, of those that were released
  // then.
  uint32_t ArticlesAt(uint32_t place) const;
  // The words whose folded form begins with `prefix`.
  WordRange WithPrefix(std::string_view prefix) const;
  // True once pages of the file could not be read, as TokenFile::lost().
  bool lost() const;

 private:
  struct Impl;
  explicit WordList(std::unique_ptr<Impl> impl);
  std::string_view BytesAt(uint32_t place) const;
  std::unique_ptr<Impl> impl_;
};

}  // namespace broadsheet::storage
