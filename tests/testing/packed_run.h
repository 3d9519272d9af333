// SPDX-License-Identifier: GPL-3.0-or-later
// The token run of codes that a test writes down.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/storage/base/run_packer.h"
#include "engine/storage/base/token_run.h"
#include "engine/storage/base/word_table.h"

namespace broadsheet::testing {

// Every other word of `codes`, by its first occurrence: a table with which a run has frequent words
// and rare ones.
inline std::vector<uint32_t> EveryOtherWord(std::span<const uint32_t> codes) {
  storage::FormNumbers words;
  std::vector<uint32_t> every_other;
  for (size_t at = 0; at < codes.size();) {
    const size_t end = storage::EndOfForms(codes, at);
    const size_t known = words.size();
    const auto forms = codes.subspan(at, end - at);
    const bool is_word = storage::KindOf(codes[at]) == storage::CodeKind::kWord;
    if (is_word && words.FindOrAdd(forms) == known && known % 2 == 0) {
      every_other.insert(every_other.end(), forms.begin(), forms.end());
    }
    at = end;
  }
  return every_other;
}

// Owns the run and its word table. Copies share both.
class PackedRun {
 public:
  explicit PackedRun(const std::vector<uint32_t>& codes)
      : PackedRun(codes, std::make_shared<storage::WordTable>(EveryOtherWord(codes))) {}
  PackedRun(const std::vector<uint32_t>& codes, std::shared_ptr<const storage::WordTable> table)
      : table_(std::move(table)) {
    const storage::FormNumbers numbers = storage::NumbersOf(*table_);
    storage::RunPacker packer(numbers);
    const std::span<const uint32_t> units = packer.Pack(codes);
    units_ = std::make_shared<std::vector<uint32_t>>(units.begin(), units.end());
  }

  // Valid as long as any copy lives.
  storage::TokenRun run() const { return storage::ReadRun(*units_, *table_); }
  operator storage::TokenRun() const { return run(); }  // NOLINT: a test writes a run in place

 private:
  std::shared_ptr<const storage::WordTable> table_;
  std::shared_ptr<const std::vector<uint32_t>> units_;
};

// The codes of a run: what it was packed from.
inline std::vector<uint32_t> CodesOf(const storage::TokenRun& run) {
  std::vector<uint32_t> codes;
  storage::RunForms all_forms;
  all_forms.Enter(run);
  for (size_t at = 0; at < run.size(); ++at) {
    const storage::RunCode code = run[at];
    if (storage::IsFieldMark(code)) {
      codes.push_back(storage::FieldMark(storage::FieldOfMark(code)));
    } else if (code == storage::kSentenceMark || code == storage::kParagraphMark) {
      codes.push_back(storage::BreakMark(code == storage::kSentenceMark
                                             ? storage::MarkKind::kSentence
                                             : storage::MarkKind::kParagraph));
    } else if (storage::StartsWord(code)) {
      const storage::WordForms forms = all_forms.At(at);
      codes.insert(codes.end(), forms.begin(), forms.end());
    }
  }
  return codes;
}

}  // namespace broadsheet::testing
