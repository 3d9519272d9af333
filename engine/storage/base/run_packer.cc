// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/base/run_packer.h"

#include <algorithm>
#include <cstring>

#include "engine/schema/article.h"

namespace broadsheet::storage {
namespace {

// A position of its own takes three bytes of text at least, where each differs from all others.
static_assert(schema::kMaxArticleBytes / 3 < kMostRareWords);

// Hashes of terms are evenly spread; the multiplication is for words that differ behind the first
// form.
size_t HashOf(uint64_t start) {
  return static_cast<size_t>((start ^ start >> 32) * 0x9e3779b97f4a7c15 >> 32);
}

constexpr size_t kFewestSlots = 64;
// A table that a very large article has made is not cleared again and again for small ones.
constexpr size_t kMostKeptSlots = 1 << 10;

}  // namespace

WordForms FormNumbers::FormsOf(uint32_t number) const {
  const size_t begin = begins_[number];
  const size_t end = number + 1 < begins_.size() ? begins_[number + 1] : forms_.size();
  return WordForms(forms_).subspan(begin, end - begin);
}

bool FormNumbers::Holds(const Slot& slot, uint64_t start, WordForms forms) const {
  if (slot.start != start || slot.forms != forms.size()) return false;
  return forms.size() <= 2 || std::ranges::equal(FormsOf(slot.number), forms);
}

size_t FormNumbers::SlotOf(uint64_t start, WordForms forms) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = HashOf(start) & mask;
  while (slots_[slot].number != kNone && !Holds(slots_[slot], start, forms)) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

FormNumbers::Slot FormNumbers::Occupied(WordForms forms, uint32_t number) {
  return {.start = StartOf(forms), .number = number, .forms = static_cast<uint32_t>(forms.size())};
}

void FormNumbers::Grow() {
  slots_.assign(std::max(kFewestSlots, slots_.size() * 2), {});
  for (uint32_t number = 0; number < begins_.size(); ++number) {
    const WordForms forms = FormsOf(number);
    slots_[SlotOf(StartOf(forms), forms)] = Occupied(forms, number);
  }
}

uint32_t FormNumbers::FindOrAdd(WordForms forms) {
  if (2 * (begins_.size() + 1) > slots_.size()) Grow();
  Slot& slot = slots_[SlotOf(StartOf(forms), forms)];
  if (slot.number == kNone) {
    slot = Occupied(forms, static_cast<uint32_t>(begins_.size()));
    begins_.push_back(static_cast<uint32_t>(forms_.size()));
    forms_.insert(forms_.end(), forms.begin(), forms.end());
  }
  return slot.number;
}

void FormNumbers::Clear() {
  if (begins_.empty()) return;
  if (slots_.size() > kMostKeptSlots) slots_.resize(kMostKeptSlots);
  std::fill(slots_.begin(), slots_.end(), Slot{});
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
  // A token code makes two run codes at most.
  if (run_.size() < 2 * codes.size()) run_.resize(2 * codes.size());
  RunCode* to = run_.data();
  for (size_t at = 0; at < codes.size();) {
    if (KindOf(codes[at]) == CodeKind::kMark) {
      to = AddMark(codes[at++], to);
      continue;
    }
    const size_t end = EndOfForms(codes, at);
    to = AddWord(codes.subspan(at, end - at), to);
    at = end;
  }
  const auto size = static_cast<size_t>(to - run_.data());
  const std::vector<uint32_t>& rare = rare_.forms();
  units_.resize(1 + rare.size() + (size + 1) / 2);
  units_[0] = HeaderOf(rare.size(), size);
  std::copy(rare.begin(), rare.end(), units_.begin() + 1);
  if (size > 0) {
    units_.back() = 0;
    std::memcpy(units_.data() + 1 + rare.size(), run_.data(), size * sizeof(RunCode));
  }
  return units_;
}

RunCode* RunPacker::AddMark(uint32_t code, RunCode* to) {
  switch (MarkKindOf(code)) {
    case MarkKind::kField:
      *to++ = static_cast<RunCode>(FieldOfMark(code));
      break;
    case MarkKind::kSentence:
      *to++ = kSentenceMark;
      break;
    case MarkKind::kParagraph:
      *to++ = kParagraphMark;
      break;
  }
  return to;
}

RunCode* RunPacker::AddWord(WordForms forms, RunCode* to) {
  const uint32_t frequent = frequent_.Find(forms);
  if (frequent != FormNumbers::kNone) {
    *to++ = static_cast<RunCode>(kFirstWord + frequent);
    return to;
  }
  const RareCode rare = CodeOfRare(rare_.FindOrAdd(forms));
  *to++ = rare.first;
  if (rare.second != 0) *to++ = rare.second;
  return to;
}

}  // namespace broadsheet::storage
