// SPDX-License-Identifier: GPL-3.0-or-later
// A text as the token matcher sees it, with the way back: which bytes each position came from.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/schema/field_table.h"
#include "engine/storage/token_run.h"
#include "engine/text/analyzer.h"

namespace broadsheet::query {

struct TextRange {
  uint32_t begin = 0;
  uint32_t end = 0;
  auto operator<=>(const TextRange&) const = default;
};

struct CodedText {
  std::vector<uint32_t> codes;        // a token run of this one text
  std::vector<TextRange> words;       // by position
  std::vector<bool> starts_sentence;  // by position

  // Codes `text` as a build does, so that what is found here is what was found in the index.
  void Assign(text::Analyzer& analyzer, schema::FieldId field, std::string_view text,
              std::string_view language, uint64_t token_seed);
};

}  // namespace broadsheet::query
