// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/similar_articles.h"

#include <memory>
#include <string>
#include <utility>

#include "engine/query/copies/story_articles.h"
#include "engine/query/encoding/hit_encoder.h"
#include "engine/query/match/visibility.h"
#include "engine/query/similar/seed_text.h"
#include "engine/query/similar/similar_search.h"
#include "engine/schema/article_language.h"

namespace broadsheet::query {
namespace {

v1::Article ArticleOfText(const std::string& text) {
  v1::Article article;
  article.set_body(text);
  schema::PrepareLanguage(&article);
  return article;
}

std::vector<SeedText> CountSeeds(const SearchContext& context, const SimilarPlan& plan,
                                 const std::vector<v1::Article>& seeds) {
  const storage::Manifest& manifest = context.snapshot.generation().manifest();
  const auto count = [&](const v1::Article& article) {
    return CountSeedWords(article, manifest.assumed_language.tag, manifest.token_seed,
                          context.analyzer);
  };
  if (seeds.empty()) return {count(ArticleOfText(plan.text))};
  std::vector<SeedText> texts;
  for (const v1::Article& seed : seeds) texts.push_back(count(seed));
  return texts;
}

// The ids of the seeds, and of their copies where these are not wanted.
absl::StatusOr<std::vector<std::string>> FindLeftOut(MatchContext& match, const SimilarPlan& plan,
                                                     absl::Time now) {
  std::vector<std::string> ids = plan.ids;
  if (plan.include_copies) return ids;
  for (const std::string& id : plan.ids) {
    const absl::StatusOr<storage::DocRef> doc = match.snapshot.FindId(id);
    if (!doc.ok()) return doc.status();
    const absl::StatusOr<std::vector<StoryArticle>> story = ReadStory(match, *doc, now);
    if (!story.ok()) return story.status();
    for (const StoryArticle& article : *story) ids.push_back(article.id);
  }
  return ids;
}

}  // namespace

absl::StatusOr<EncodedResponse> FindSimilarArticles(const SearchContext& context,
                                                    const SimilarPlan& plan,
                                                    const std::vector<v1::Article>& seeds,
                                                    const base::CallControl& call) {
  base::Deadline deadline(call);
  MatchContext match{context.snapshot, deadline};
  const std::vector<SeedText> texts = CountSeeds(context, plan, seeds);
  deadline.Check();
  const Xapian::Query filter =
      Released(context.snapshot, CompileFilter(match, plan.filter), call.now);
  const absl::StatusOr<std::vector<std::string>> left_out = FindLeftOut(match, plan, call.now);
  if (!left_out.ok()) return left_out.status();
  const SimilarArticles found = FindSimilar(match, {.seeds = texts,
                                                    .left_out = *left_out,
                                                    .filter = filter,
                                                    .known_words = context.known_words,
                                                    .count = plan.page_size});
  v1::FindSimilarArticlesResponse response;
  response.set_generation(context.snapshot.generation().manifest().ref.build_id);
  for (const std::string& word : found.words) response.add_words(word);
  std::string bytes = response.SerializeAsString();
  HitEncoder encoder(context.snapshot, plan.read_mask);
  std::string card;
  for (const SimilarArticle& article : found.articles) {
    deadline.Check();
    absl::Status status = context.snapshot.ReadCard(article.doc, &card);
    if (!status.ok()) return status;
    v1::Hit hit;
    hit.set_score(article.likeness);
    status = encoder.Append(hit, article.doc, card, &bytes);
    if (status.ok()) status = CheckAnswerSize(bytes.size(), "page_size");
    if (!status.ok()) return status;
  }
  return EncodedResponse{.bytes = std::make_shared<const std::string>(std::move(bytes))};
}

}  // namespace broadsheet::query
