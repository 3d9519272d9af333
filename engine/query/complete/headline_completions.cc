// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/complete/headline_completions.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string_view>

#include "engine/schema/field_values.h"
#include "engine/storage/base/split_articles.h"
#include "engine/storage/vocabulary/headline_list.h"

namespace broadsheet::query {
namespace {

using storage::DocRef;
using storage::Segment;

// Articles that are read for one headline, since many may have the same.
constexpr size_t kReadForOne = 8;

class BestHeadlines {
 public:
  BestHeadlines(MatchContext& context, std::string prefix, size_t most)
      : context_(context), prefix_(std::move(prefix)), most_(most) {}

  bool full() const { return headlines_.size() >= most_; }
  std::vector<std::string> Take() { return std::move(headlines_); }

  // The article's headline, if it begins so and is a new one.
  absl::Status Add(DocRef doc) {
    const absl::StatusOr<std::string> headline = Read(doc);
    if (!headline.ok()) return headline.status();
    const std::string folded = storage::FoldHeadline(*headline);
    if (folded.starts_with(prefix_) && seen_.insert(folded).second) headlines_.push_back(*headline);
    return absl::OkStatus();
  }

  // Those of `docids`, which are ordered by their headlines, that begin with the prefix.
  absl::StatusOr<std::span<const uint32_t>> Narrow(std::span<const uint32_t> docids) {
    if (prefix_.size() <= storage::HeadlineList::kStartBytes) return docids;
    absl::Status status;
    const auto folded = [&](uint32_t docid) -> std::string {
      context_.deadline.Check();
      absl::StatusOr<std::string> headline = Read({.segment = Segment::kBase, .docid = docid});
      if (headline.ok()) return storage::FoldHeadline(*headline);
      status = headline.status();
      return "";
    };
    const auto begin = std::partition_point(docids.begin(), docids.end(), [&](uint32_t docid) {
      return status.ok() && folded(docid) < prefix_;
    });
    const auto end = std::partition_point(begin, docids.end(), [&](uint32_t docid) {
      return status.ok() && folded(docid).starts_with(prefix_);
    });
    if (!status.ok()) return status;
    return std::span(begin, end);
  }

 private:
  absl::StatusOr<std::string> Read(DocRef doc) {
    const absl::Status read = context_.snapshot.ReadCard(doc, &card_);
    if (!read.ok()) return read;
    absl::StatusOr<v1::Article> article = storage::ParseCard(card_, "a card");
    if (!article.ok()) return article.status();
    return std::string(schema::HeadlineOf(*article));
  }

  MatchContext& context_;
  const std::string prefix_;
  const size_t most_;
  std::string card_;
  std::set<std::string> seen_;
  std::vector<std::string> headlines_;
};

}  // namespace

absl::StatusOr<std::vector<std::string>> HeadlinesWithPrefix(MatchContext& context,
                                                             const VisibleVocabulary& vocabulary,
                                                             const AllowedDocuments& allowed,
                                                             const std::string& prefix,
                                                             size_t most) {
  BestHeadlines best(context, prefix, most);
  const auto& live = vocabulary.live_headlines();
  for (auto at = live.lower_bound(prefix);
       at != live.end() && at->first.starts_with(prefix) && !best.full(); ++at) {
    const DocRef doc{.segment = Segment::kLive, .docid = at->second};
    if (!allowed.Has(doc)) continue;
    if (absl::Status status = best.Add(doc); !status.ok()) return status;
  }
  const storage::HeadlineList& list = context.snapshot.generation().vocabulary().headlines();
  const auto docids = best.Narrow(list.WithStartOf(prefix));
  if (!docids.ok()) return docids.status();
  std::vector<uint32_t> newest;
  for (const uint32_t docid : *docids) {
    if (allowed.Has({.segment = Segment::kBase, .docid = docid})) newest.push_back(docid);
  }
  // Docids of base ascend from the newest article on.
  const size_t read = std::min(newest.size(), most * kReadForOne);
  std::partial_sort(newest.begin(), newest.begin() + static_cast<ptrdiff_t>(read), newest.end());
  for (size_t i = 0; i < read && !best.full(); ++i) {
    context.deadline.Check();
    const absl::Status status = best.Add({.segment = Segment::kBase, .docid = newest[i]});
    if (!status.ok()) return status;
  }
  return best.Take();
}

}  // namespace broadsheet::query
