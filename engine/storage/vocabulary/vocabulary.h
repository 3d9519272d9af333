// SPDX-License-Identifier: GPL-3.0-or-later
// What base/ has for completions and mended queries, opened: words as they are written, and
// headlines in order.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "engine/storage/vocabulary/headline_list.h"
#include "engine/storage/vocabulary/word_list.h"

namespace broadsheet::storage {

// Immutable; safe from any thread.
class Vocabulary {
 public:
  // `base` is the folder. Errors of both files.
  static absl::StatusOr<std::unique_ptr<Vocabulary>> Open(const std::filesystem::path& base);

  const WordList& words() const { return *words_; }
  const HeadlineList& headlines() const { return *headlines_; }
  // The name of a file of which pages could not be read; "" as long as there is none.
  std::string_view lost() const;

 private:
  Vocabulary(std::unique_ptr<WordList> words, std::unique_ptr<HeadlineList> headlines)
      : words_(std::move(words)), headlines_(std::move(headlines)) {}

  std::unique_ptr<WordList> words_;
  std::unique_ptr<HeadlineList> headlines_;
};

}  // namespace broadsheet::storage
