// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/plain_text/lines/repeated_lines.h"

#include "indexer/sources/wording/words.h"

namespace broadsheet::sources::page {
namespace {

constexpr size_t kLongestRepeatedBytes = 400;

std::string FoldedLine(std::string_view text) {
  std::string folded = " ";
  for (const std::string& word : FoldedWords(text)) folded += word + ' ';
  return folded;
}

}  // namespace

RepeatedLines::RepeatedLines(const Page& page, size_t first, size_t end)
    : page_(page), first_(first), folded_(end) {
  for (size_t at = first; at < end; ++at) {
    if (page[at].text.size() > kLongestRepeatedBytes) continue;
    folded_[at] = FoldedLine(page[at].text);
    ++times_[folded_[at]];
    for (const std::string_view word : Words(folded_[at])) {
      std::vector<uint32_t>& lines = lines_of_word_[word];
      const auto line = static_cast<uint32_t>(at);
      if (lines.empty() || lines.back() != line) lines.push_back(line);
    }
  }
}

bool RepeatedLines::IsRepeated(size_t at) const {
  const auto found = times_.find(folded_[at]);
  return found != times_.end() && found->second > (folded_[at].empty() ? 0U : 1U);
}

// A copy may run a line's first and last word together with others, but not those between.
const std::vector<uint32_t>* RepeatedLines::FewestLines(size_t at) const {
  const std::vector<std::string_view> words = Words(folded_[at]);
  const std::vector<uint32_t>* fewest = nullptr;
  for (size_t i = 1; i + 1 < words.size(); ++i) {
    const auto found = lines_of_word_.find(words[i]);
    if (found == lines_of_word_.end()) continue;
    if (fewest == nullptr || found->second.size() < fewest->size()) fewest = &found->second;
  }
  return fewest;
}

bool RepeatedLines::IsWithinAnother(size_t at) const {
  if (folded_[at].empty()) return false;
  if (const std::vector<uint32_t>* lines = FewestLines(at); lines != nullptr) {
    for (const uint32_t other : *lines) {
      if (other != at && IsWithin(at, other)) return true;
    }
    return false;
  }
  for (size_t other = first_; other < folded_.size(); ++other) {
    if (other != at && IsWithin(at, other)) return true;
  }
  return false;
}

bool RepeatedLines::IsWithin(size_t shorter, size_t longer) const {
  if (folded_[longer].size() <= folded_[shorter].size()) return false;
  return page_[longer].text.find(page_[shorter].text) != std::string::npos ||
         folded_[longer].find(folded_[shorter]) != std::string::npos;
}

}  // namespace broadsheet::sources::page
