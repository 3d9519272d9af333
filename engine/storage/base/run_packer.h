// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the token codes of a document into its token run.
//
//   const WordNumbers numbers(table);
//   RunPacker packer(numbers);
//   writer.Append(packer.Pack(document.tokens));
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/storage/base/token_run.h"
#include "engine/storage/base/word_table.h"

namespace broadsheet::storage {

// Finds words by their forms, each by a number from 0 on, in the order of adding. Reading is safe
// from any thread while none adds.
class FormNumbers {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // The number of the word with these forms; kNone when there is none.
  uint32_t Find(WordForms forms) const {
    return slots_.empty() ? kNone : slots_[SlotOf(StartOf(forms), forms)].number;
  }
  // The same; adds the word if it is new.
  uint32_t FindOrAdd(WordForms forms);
  // Removes all words. Keeps the memory.
  void Clear();

  size_t size() const { return begins_.size(); }
  // The forms of all words, in the order of their numbers.
  const std::vector<uint32_t>& forms() const { return forms_; }
  WordForms FormsOf(uint32_t number) const;

 private:
  // The first two forms, which are nearly always all, so that a look at the slot is enough.
  struct Slot {
    uint64_t start = 0;
    uint32_t number = kNone;
    uint32_t forms = 0;
  };

  // The slot of the word, or the free one where it belongs. `start` is that of the forms.
  size_t SlotOf(uint64_t start, WordForms forms) const;
  bool Holds(const Slot& slot, uint64_t start, WordForms forms) const;
  static uint64_t StartOf(WordForms forms) {
    return forms[0] | (forms.size() > 1 ? uint64_t{forms[1]} << 32 : 0);
  }
  static Slot Occupied(WordForms forms, uint32_t number);
  void Grow();

  std::vector<uint32_t> forms_;
  std::vector<uint32_t> begins_;
  std::vector<Slot> slots_;  // a hash table of a size that is a power of two
};

// The frequent words by their forms.
FormNumbers NumbersOf(const WordTable& table);

// Not thread-safe: keeps scratch memory.
class RunPacker {
 public:
  // `frequent`, the words of the generation's table, must outlive the packer.
  explicit RunPacker(const FormNumbers& frequent) : frequent_(frequent) {}

  // The run of a document with these codes, as it is stored (ReadRun). Valid until the next call.
  std::span<const uint32_t> Pack(std::span<const uint32_t> codes);

 private:
  // Each writes the codes at `to`, and returns where they end.
  RunCode* AddMark(uint32_t code, RunCode* to);
  RunCode* AddWord(WordForms forms, RunCode* to);

  const FormNumbers& frequent_;
  FormNumbers rare_;
  std::vector<RunCode> run_;  // keeps its size
  std::vector<uint32_t> units_;
};

}  // namespace broadsheet::storage
