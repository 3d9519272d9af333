// SPDX-License-Identifier: GPL-3.0-or-later
// A real index in a temporary folder, from articles written in one line each.
//
//   TestIndex index;
//   index.Add("a", {.headline = "Putin meets Kim", .published = "2024-06-19"});
//   index.Add("b", {.body = "The Senate voted.", .tags = {"Senate"}});
//   std::shared_ptr<const storage::Generation> generation = index.Open();
#pragma once

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "broadsheet/v1/article.pb.h"
#include "engine/schema/published_time.h"
#include "engine/storage/base/generation.h"
#include "engine/storage/index/layout.h"
#include "tests/testing/index_build.h"
#include "tests/testing/temp_dir.h"

namespace broadsheet::testing {

struct TestCaption {
  std::string text;
  std::string credit = "";
};

struct TestArticle {
  std::string headline = "";
  std::string summary = "";
  std::string body = "";
  std::vector<TestCaption> captions = {};
  std::vector<std::string> tags = {};
  std::vector<std::string> bylines = {};
  std::string section = "";
  std::string source = "";
  std::string language = "en";
  // As schema::ParsePublishedTime reads it; empty = undated.
  std::string published = "";
  std::string dateline = "";
  int64_t version = 0;
  v1::Article::Status status = v1::Article::STATUS_UNSPECIFIED;
  // Seconds since 1970; 0 = none.
  int64_t embargo_seconds = 0;
};

// Throws std::runtime_error on a date that is none: a mistake in the test itself.
inline v1::Article MakeArticle(const std::string& id, const TestArticle& from) {
  v1::Article article;
  article.set_id(id);
  article.set_headline(from.headline);
  article.set_summary(from.summary);
  article.set_body(from.body);
  for (const TestCaption& caption : from.captions) {
    v1::Caption* const added = article.add_captions();
    added->set_text(caption.text);
    added->set_credit(caption.credit);
  }
  for (const std::string& tag : from.tags) article.add_tags(tag);
  for (const std::string& byline : from.bylines) article.add_bylines()->set_name(byline);
  article.set_section(from.section);
  article.set_source(from.source);
  article.set_language(from.language);
  article.set_dateline(from.dateline);
  article.set_version(from.version);
  article.set_status(from.status);
  if (from.embargo_seconds != 0) {
    article.mutable_embargo_time()->set_seconds(from.embargo_seconds);
  }
  if (!from.published.empty()) {
    const absl::StatusOr<schema::PublishedTime> published =
        schema::ParsePublishedTime(from.published);
    if (!published.ok()) throw std::runtime_error(published.status().ToString());
    schema::SetPublishedTime(*published, &article);
  }
  return article;
}

// Failures to build throw std::runtime_error, which fails the test with the reason.
class TestIndex {
 public:
  TestIndex() = default;

  TestIndex& Add(const std::string& id, const TestArticle& article) {
    return Add(MakeArticle(id, article));
  }
  TestIndex& Add(v1::Article article) {
    articles_.push_back(std::move(article));
    published_ = false;
    return *this;
  }

  // Builds and publishes a generation of all articles added so far, and of nothing else.
  indexing::BuildReport Publish() {
    auto build = IndexBuild::Start({.index = path(),
                                    .live_writes = indexing::WritePolicy::kDiscard,
                                    .build = {.memory_bytes = 16 << 20}});
    Require(build.status());
    for (const v1::Article& article : articles_) Require((*build)->Add(article));
    absl::StatusOr<IndexBuildReport> report = (*build)->Publish();
    Require(report.status());
    published_ = true;
    return *std::move(report);
  }

  // The published generation; publishes first when articles were added since.
  std::shared_ptr<const storage::Generation> Open() {
    if (!published_) Publish();
    auto generation = storage::Generation::OpenCurrent(storage::Layout(path()));
    Require(generation.status());
    return *std::move(generation);
  }

  // The index folder: what --index takes.
  std::filesystem::path path() const { return folder_ / "index"; }

 private:
  static void Require(const absl::Status& status) {
    if (!status.ok()) throw std::runtime_error(status.ToString());
  }

  TempDir folder_;
  std::vector<v1::Article> articles_;
  bool published_ = false;
};

}  // namespace broadsheet::testing
