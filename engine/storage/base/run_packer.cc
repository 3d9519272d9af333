// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/run_packer.h"

#include <algorithm>
#include <cstring>

#include "engine/schema/article.h"

namespace broadsheet::storage {
namespace {

// A position of its own takes three bytes of text at least, where each differs from all others.
static_assert(schema::kMaxArticleBytes / 3 < kMostRareWords);

// Hashes of terms are evenly spread; the multiplication is for those that differ in one form only.
size_t HashOf(WordForms forms) {
  uint64_t hash = 0;
  for (const uint32_t form : forms) hash = (hash ^ form) * 0x9e3779b97f4a7c15;
  return static_cast<size_t>(hash >> 32);
}

constexpr size_t kFewestSlots = 64;
// A table that a very large article has made is not cleared again and again for small ones.
constexpr size_t kMostKeptSlots = 1 << 14;

}  // namespace

WordForms FormNumbers::FormsOf(uint32_t number) const {
  const size_t begin = begins_[number];
  const size_t end = number + 1 < begins_.size() ? begins_[number + 1] : forms_.size();
  return WordForms(forms_).subspan(begin, end - begin);
}

size_t FormNumbers::SlotOf(WordForms forms) const {
  size_t slot = HashOf(forms) & (slots_.size() - 1);
  while (slots_[slot] != kNone && !std::ranges::equal(FormsOf(slots_[slot]), forms)) {
    slot = (slot + 1) & (slots_.size() - 1);
  }
  return slot;
}

void FormNumbers::Grow() {
  slots_.assign(std::max(kFewestSlots, slots_.size() * 2), kNone);
  for (uint32_t number = 0; number < begins_.size(); ++number) {
    slots_[SlotOf(FormsOf(number))] = number;
  }
}

uint32_t FormNumbers::FindOrAdd(WordForms forms) {
  if (2 * (begins_.size() + 1) > slots_.size()) Grow();
  uint32_t& number = slots_[SlotOf(forms)];
  if (number == kNone) {
    number = static_cast<uint32_t>(begins_.size());
    begins_.push_back(static_cast<uint32_t>(forms_.size()));
    forms_.insert(forms_.end(), forms.begin(), forms.end());
  }
  return number;
}

void FormNumbers::Clear() {
  if (begins_.empty()) return;
  if (slots_.size() > kMostKeptSlots) slots_.resize(kMostKeptSlots);
  std::fill(slots_.begin(), slots_.end(), kNone);
  forms_.clear();
  begins_.clear();
}

FormNumbers NumbersOf(const WordTable& table) {
  FormNumbers numbers;
  for (size_t place = 0; place < table.size(); ++place) {
    numbers.FindOrAdd(table.FormsOf(static_cast<RunCode>(kFirstWord + place)));
  }
  return numbers;
}

std::span<const uint32_t> RunPacker::Pack(std::span<const uint32_t> codes) {
  rare_.Clear();
  run_.clear();
  for (size_t at = 0; at < codes.size();) {
    if (KindOf(codes[at]) == CodeKind::kMark) {
      AddMark(codes[at++]);
      continue;
    }
    const size_t end = EndOfForms(codes, at);
    AddWord(codes.subspan(at, end - at));
    at = end;
  }
  const std::vector<uint32_t>& rare = rare_.forms();
  units_.resize(1 + rare.size() + (run_.size() + 1) / 2);
  units_[0] = HeaderOf(rare.size(), run_.size());
  std::copy(rare.begin(), rare.end(), units_.begin() + 1);
  if (!run_.empty()) {
    units_.back() = 0;
    std::memcpy(units_.data() + 1 + rare.size(), run_.data(), run_.size() * sizeof(RunCode));
  }
  return units_;
}

void RunPacker::AddMark(uint32_t code) {
  switch (MarkKindOf(code)) {
    case MarkKind::kField:
      run_.push_back(static_cast<RunCode>(FieldOfMark(code)));
      break;
    case MarkKind::kSentence:
      run_.push_back(kSentenceMark);
      break;
    case MarkKind::kParagraph:
      run_.push_back(kParagraphMark);
      break;
  }
}

void RunPacker::AddWord(WordForms forms) {
  const uint32_t frequent = frequent_.Find(forms);
  if (frequent != FormNumbers::kNone) {
    run_.push_back(static_cast<RunCode>(kFirstWord + frequent));
    return;
  }
  const RareCode rare = CodeOfRare(rare_.FindOrAdd(forms));
  run_.push_back(rare.first);
  if (rare.second != 0) run_.push_back(rare.second);
}

}  // namespace broadsheet::storage
