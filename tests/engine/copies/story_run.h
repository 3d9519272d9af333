// SPDX-License-Identifier: GPL-3.0-or-later
// Token runs of a body, written as text, and long texts made of numbered words.
#pragma once

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "engine/storage/base/token_code.h"
#include "tests/testing/packed_run.h"

namespace broadsheet::copies::story {

inline constexpr uint64_t kSeed = 7;

// "the ferry / sails": two paragraphs of the body, behind a headline of its own.
inline testing::PackedRun RunOf(const std::string& body, const std::string& headline = "news") {
  std::vector<uint32_t> codes = {storage::FieldMark(schema::FieldId::kHeadline)};
  const auto add = [&](const std::string& word) {
    codes.push_back(storage::MakeCode(storage::CodeKind::kWord, storage::HashTerm(word, kSeed)));
  };
  add(headline);
  codes.push_back(storage::FieldMark(schema::FieldId::kBody));
  std::istringstream words(body);
  for (std::string word; words >> word;) {
    if (word == "/") {
      codes.push_back(storage::BreakMark(storage::MarkKind::kParagraph));
    } else {
      add(word);
    }
  }
  codes.push_back(storage::FieldMark(schema::FieldId::kTag));
  add("tagged");
  return testing::PackedRun(codes);
}

// "w5 w6 w7 ": the words numbered from `first` on.
inline std::string Words(int first, int count) {
  std::string text;
  for (int i = first; i < first + count; ++i) text += "w" + std::to_string(i) + " ";
  return text;
}

}  // namespace broadsheet::copies::story
