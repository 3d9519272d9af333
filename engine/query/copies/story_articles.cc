// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/copies/story_articles.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/schema/article.h"
#include "engine/schema/field_values.h"
#include "engine/storage/base/stored_articles.h"
#include "engine/storage/live/stories.h"

namespace broadsheet::query {
namespace {

using storage::DocRef;
using storage::Segment;

std::vector<DocRef> DocsOf(storage::Snapshot& snapshot, DocRef doc) {
  const storage::Stories& stories = snapshot.CopyStories();
  const storage::StoryName story =
      doc.segment == Segment::kBase ? stories.OfBase(doc.docid) : stories.OfLive(doc.docid);
  if (story == 0) return {doc};
  std::vector<DocRef> docs;
  stories.ForEachOfBase(
      story, [&](uint32_t docid) { docs.push_back({.segment = Segment::kBase, .docid = docid}); });
  stories.ForEachOfLive(
      story, [&](uint32_t docid) { docs.push_back({.segment = Segment::kLive, .docid = docid}); });
  return docs;
}

}  // namespace

absl::StatusOr<std::vector<StoryArticle>> ReadStory(MatchContext& context, DocRef doc,
                                                    absl::Time now) {
  std::vector<StoryArticle> articles;
  std::string bytes;
  for (const DocRef& copy : DocsOf(context.snapshot, doc)) {
    context.deadline.Check();
    if (context.snapshot.IsBarred(copy)) continue;
    if (absl::Status status = context.snapshot.ReadCard(copy, &bytes); !status.ok()) return status;
    absl::StatusOr<v1::Article> card = storage::ParseCard(bytes, "a card");
    if (!card.ok()) return card.status();
    if (!schema::IsReleased(*card, now)) continue;
    StoryArticle& article = articles.emplace_back();
    article.doc = copy;
    article.seconds = card->published_time().seconds();
    schema::ForEachValue(*card, schema::FieldId::kSource,
                         [&](int /*index*/, const std::string& value) { article.source = value; });
    article.id = std::move(*card->mutable_id());
  }
  std::sort(articles.begin(), articles.end(), [](const StoryArticle& a, const StoryArticle& b) {
    return std::tie(a.seconds, a.id) < std::tie(b.seconds, b.id);
  });
  return articles;
}

}  // namespace broadsheet::query
