// SPDX-License-Identifier: GPL-3.0-or-later
// Completes a query that is being typed: finds out what stands at the cursor, and what of each kind
// may be meant.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/query/complete/completion.h"
#include "engine/query/complete/typed_place.h"
#include "engine/query/complete/value_completions.h"
#include "engine/query/complete/word_completions.h"

namespace broadsheet::query {

struct TypedText {
  std::string text;
  size_t cursor = 0;  // a byte of it, at the boundary of a character
  std::vector<CompletionKind> kinds = AllCompletionKinds();
  size_t most = 0;  // completions
};

// For one text. Not thread-safe.
class Completer {
 public:
  // All that is passed outlives it; `search.field` is not used.
  Completer(const WordSearch& search, const TypedText& typed);

  // The best first: those that begin as it was typed, then those that do so but for a letter; the
  // more popular ones first among them, and headlines last. Errors of reading articles; throws what
  // Xapian and the deadline throw.
  absl::StatusOr<std::vector<Completion>> Complete();

 private:
  bool Wants(const CompletionKind& kind) const {
    return std::find(typed_.kinds.begin(), typed_.kinds.end(), kind) != typed_.kinds.end();
  }
  bool WantsWords() const;
  // The fields whose values may be meant.
  std::vector<schema::FieldId> ValueFields() const;

  void AddLanguage();
  void AddExact();
  void AddNear();
  absl::Status AddHeadlines();
  void AddWords(const std::vector<OfferedWord>& words);
  void AddValues(const std::vector<OfferedValue>& values);
  ValueSearch ValuesOf(schema::FieldId field) const;
  std::vector<Completion> Chosen();

  WordSearch search_;
  const TypedText& typed_;
  const TypedPlace place_;
  const std::string prefix_;  // folded
  std::vector<Completion> language_;
  std::vector<Completion> words_;
  std::vector<Completion> values_;
  std::vector<Completion> headlines_;
};

}  // namespace broadsheet::query
