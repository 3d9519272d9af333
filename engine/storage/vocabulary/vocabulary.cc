// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/vocabulary/vocabulary.h"

#include "engine/storage/index/layout.h"

namespace broadsheet::storage {

absl::StatusOr<std::unique_ptr<Vocabulary>> Vocabulary::Open(const std::filesystem::path& base) {
  absl::StatusOr<std::unique_ptr<WordList>> words = WordList::Open(base / kWordsName);
  if (!words.ok()) return words.status();
  absl::StatusOr<std::unique_ptr<HeadlineList>> headlines =
      HeadlineList::Open(base / kHeadlinesName);
  if (!headlines.ok()) return headlines.status();
  return std::unique_ptr<Vocabulary>(new Vocabulary(*std::move(words), *std::move(headlines)));
}

std::string_view Vocabulary::lost() const {
  if (words_->lost()) return kWordsName;
  return headlines_->lost() ? kHeadlinesName : std::string_view();
}

}  // namespace broadsheet::storage
