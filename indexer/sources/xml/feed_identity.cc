// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/sources/xml/feed_identity.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "absl/strings/str_format.h"
#include "engine/text/fold.h"

namespace broadsheet::sources {
namespace {

// Of so many items ids are remembered.
constexpr size_t kMostRemembered = 100'000;
constexpr size_t kMostWords = 32;

// FNV-1a: some of these become part of ids, which have to be the same everywhere.
uint64_t HashOf(std::string_view text) {
  constexpr uint64_t kPrime = 0x100000001b3;
  uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return hash;
}

std::vector<uint32_t> WordsOf(const std::string& title) {
  std::vector<uint32_t> words;
  const std::string folded = text::FoldValue(title);
  for (size_t at = 0; at < folded.size() && words.size() < kMostWords;) {
    const size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at) {
      words.push_back(static_cast<uint32_t>(HashOf(std::string_view(folded).substr(at, end - at))));
    }
    at = end + 1;
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

bool HaveHalfInCommon(const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  std::vector<uint32_t> common;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
  return 2 * common.size() >= std::max(a.size(), b.size());
}

}  // namespace

void FeedIdentity::Look(const std::string& identity, const Seen& item, SeenMap* seen) {
  if (identity.empty()) return;
  if (seen->size() > kMostRemembered) seen->clear();
  const auto [known, is_new] = seen->try_emplace(HashOf(identity), item);
  if (is_new || known->second.words == item.words) return;
  const bool is_correction = item.address != 0 && item.address == known->second.address &&
                             HaveHalfInCommon(item.words, known->second.words);
  if (!is_correction) known->second.is_shared = true;
}

bool FeedIdentity::IsShared(const std::string& identity, const SeenMap& seen) {
  const auto known = seen.find(HashOf(identity));
  return known != seen.end() && known->second.is_shared;
}

void FeedIdentity::SettleOne(const SeenMap& ids, const SeenMap& addresses, v1::Article* article) {
  if (!article->id().empty() && IsShared(article->id(), ids)) article->clear_id();
  if (!article->id().empty() || article->url().empty() || !IsShared(article->url(), addresses)) {
    return;
  }
  article->set_id(absl::StrFormat(
      "%s#%016x", article->url(),
      HashOf(article->headline() + '\n' + article->published_time().SerializeAsString())));
}

void FeedIdentity::Settle(const std::vector<std::unique_ptr<Draft>>& batch) {
  for (const std::unique_ptr<Draft>& draft : batch) {
    const v1::Article& article = *draft->article();
    const Seen item{.words = WordsOf(article.headline()),
                    .address = article.url().empty() ? 0 : HashOf(article.url())};
    Look(article.id(), item, &ids_);
    Look(article.url(), item, &addresses_);
  }
  for (const std::unique_ptr<Draft>& draft : batch) {
    SettleOne(ids_, addresses_, draft->article());
  }
}

}  // namespace broadsheet::sources
