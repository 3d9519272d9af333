// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/bulk/frequent_words.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "broadsheet/v1/article.pb.h"
#include "engine/indexing/document/document_terms.h"
#include "engine/storage/base/article_wire.h"
#include "engine/storage/base/run_packer.h"

namespace broadsheet::indexing {
namespace {

using storage::CodeKind;
using storage::KindOf;

// Measured on 72,644 articles of 3.1 KB: see docs/index_format.md.
constexpr size_t kMostSampleBytes = 4 << 20;
// They are analysed once more than the others. Of 2,588 articles of 4.7 KB, an eighth is counted in
// a third of the time, and the index is .9 % larger.
constexpr uint64_t kShareOfArticles = 8;

class WordCounter {
 public:
  void Add(std::span<const uint32_t> codes) {
    for (size_t at = 0; at < codes.size();) {
      const size_t end = storage::EndOfForms(codes, at);
      if (KindOf(codes[at]) == CodeKind::kWord) Count(codes.subspan(at, end - at));
      at = end;
    }
  }

  // Words that were counted equally often stay in the order of their first occurrence.
  std::vector<uint32_t> MostFrequent() const {
    std::vector<uint32_t> numbers(counts_.size());
    std::iota(numbers.begin(), numbers.end(), 0);
    std::stable_sort(numbers.begin(), numbers.end(),
                     [this](uint32_t a, uint32_t b) { return counts_[a] > counts_[b]; });
    if (numbers.size() > storage::kMostFrequentWords) numbers.resize(storage::kMostFrequentWords);
    std::vector<uint32_t> forms;
    for (const uint32_t number : numbers) {
      const storage::WordForms word = words_.FormsOf(number);
      forms.insert(forms.end(), word.begin(), word.end());
    }
    return forms;
  }

 private:
  void Count(storage::WordForms forms) {
    const uint32_t number = words_.FindOrAdd(forms);
    if (number == counts_.size()) counts_.push_back(0);
    ++counts_[number];
  }

  storage::FormNumbers words_;
  std::vector<uint32_t> counts_;
};

}  // namespace

std::vector<uint32_t> FrequentWords(const storage::ArticleSample& sample, uint64_t articles,
                                    uint64_t token_seed, const std::string& assumed_language) {
  DocumentAnalyzer analyzer(token_seed, assumed_language);
  WordCounter counter;
  v1::Article article;
  size_t bytes = 0;
  const size_t drawn = sample.cards.size();
  const size_t read = std::min<uint64_t>(drawn, articles / kShareOfArticles + 1);
  for (size_t k = 0; k < read; ++k) {
    // Evenly: what comes first in a sample tends to come first in the input.
    const size_t i = k * drawn / read;
    std::string serialized = sample.cards[i];
    storage::AppendBody(sample.bodies[i], &serialized);
    bytes += serialized.size();
    if (bytes > kMostSampleBytes) break;
    if (article.ParseFromString(serialized)) counter.Add(analyzer.Analyze(article).tokens);
  }
  return counter.MostFrequent();
}

}  // namespace broadsheet::indexing
