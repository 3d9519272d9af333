// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/wording/fixed_texts.h"

#include "engine/text/fold.h"
#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {

FixedTexts::FixedTexts(std::span<const std::string_view> texts)
    : texts_(texts), without_han_(Folded(false)) {}

FixedTexts::Texts FixedTexts::Folded(bool with_han) const {
  Texts folded;
  for (const std::string_view whole : texts_) {
    if (MayHaveHan(whole) == with_han) folded.insert(text::FoldValue(whole));
  }
  return folded;
}

bool FixedTexts::Has(const std::string& folded) const {
  if (without_han_.contains(folded)) return true;
  if (!MayHaveHan(folded)) return false;
  std::call_once(folds_han_, [this] { with_han_ = Folded(true); });
  return with_han_.contains(folded);
}

}  // namespace broadsheet::sources::page
