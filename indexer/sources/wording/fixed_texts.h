// SPDX-License-Identifier: GPL-3.0-or-later
// A fixed set of whole texts, for tables of vocabulary in scripts without blanks.
#pragma once

#include <mutex>
#include <span>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"

namespace broadsheet::sources::page {

// Texts, which may have blanks, folded (text::FoldValue); those in Chinese only once such a text is
// asked for (MayHaveHan tells why). Safe from any thread.
class FixedTexts {
 public:
  // `texts` outlive this.
  explicit FixedTexts(std::span<const std::string_view> texts);

  bool Has(const std::string& folded) const;

 private:
  using Texts = absl::flat_hash_set<std::string>;

  Texts Folded(bool with_han) const;

  const std::span<const std::string_view> texts_;
  const Texts without_han_;
  mutable std::once_flag folds_han_;
  mutable Texts with_han_;
};

}  // namespace broadsheet::sources::page
