// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/indexing/document/word_counts.h"

#include "absl/strings/string_view.h"
#include "engine/schema/article.h"
#include "engine/storage/vocabulary/word_list.h"

namespace broadsheet::indexing {
namespace {

// Of a slot of the map and its two strings, beside their characters.
constexpr size_t kWordBytes = 120;

}  // namespace

bool WordCounts::Start(const v1::Article& article) {
  ++article_;
  return schema::IsReleased(article, now_);
}

void WordCounts::Add(const text::Token& token) {
  const std::string_view written = token.exact;
  if (token.alternative || !storage::MayBeListed(written)) return;
  const auto [at, is_new] = words_.try_emplace(absl::string_view(written.data(), written.size()));
  Word& word = at->second;
  if (is_new) {
    if (token.folded != written) word.folded = token.folded;
    bytes_ += kWordBytes + written.size() + word.folded.size();
  }
  if (word.last_article == article_) return;
  word.last_article = article_;
  ++word.articles;
}

void WordCounts::Clear() {
  words_.clear();
  bytes_ = 0;
}

}  // namespace broadsheet::indexing
