// SPDX-License-Identifier: GPL-3.0-or-later
// A fixed set of words, for tables of vocabulary.
#pragma once

#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace broadsheet::sources::page {

class FixedWords {
 public:
  // `words` are separated by blanks and outlive the set.
  explicit FixedWords(absl::string_view words) : words_(absl::StrSplit(words, ' ')) {}

  bool Has(std::string_view word) const {
    return words_.contains(absl::string_view(word.data(), word.size()));
  }

 private:
  absl::flat_hash_set<absl::string_view> words_;
};

}  // namespace broadsheet::sources::page
