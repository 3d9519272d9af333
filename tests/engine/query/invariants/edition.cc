// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/query/invariants/edition.h"

#include <stdexcept>
#include <utility>

#include "engine/storage/index/layout.h"
#include "engine/storage/index/takedowns.h"

namespace broadsheet::query::invariants {
namespace {

constexpr int kInBase = 130;
constexpr int kReplaced = 30;
constexpr int kOnlyInLive = 20;
constexpr int kDeleted = 6;
constexpr uint32_t kCheckLimit = 25;

void Must(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

void Write(indexing::LiveWrite write, indexing::WritableIndex& index) {
  Must(index.writer->Write({std::move(write)}).front().status);
}

std::string IdInBase(int i) { return "b" + std::to_string(i); }
std::string IdInLive(int i) { return "l" + std::to_string(i); }

}  // namespace

Edition::Edition(uint64_t seed) : gazette_(seed) {
  WriteBase();
  WriteLive();
  TakeDown();
  Limits limits;
  limits.total_check_limit = kCheckLimit;
  auto searcher = Searcher::Open(index_.Open(), limits);
  Must(searcher.status());
  searcher_ = *std::move(searcher);
}

void Edition::WriteBase() {
  for (int i = 0; i < kInBase; ++i) {
    v1::Article article = testing::MakeArticle(IdInBase(i), gazette_.WriteArticle());
    Show(article);
    index_.Add(std::move(article));
  }
  index_.Publish();
}

void Edition::WriteLive() {
  auto index = indexing::WritableIndex::Open(storage::Layout(index_.path()), "a test");
  Must(index.status());
  for (int i = 0; i < kReplaced; ++i) Put(IdInBase(i), *index);
  for (int i = 0; i < kOnlyInLive; ++i) Put(IdInLive(i), *index);
  // Deletes articles of base, of base and live, and of live alone.
  for (int i = 0; i < kDeleted; ++i) Delete(IdInBase(kInBase - 1 - i), *index);
  Delete(IdInBase(0), *index);
  Delete(IdInLive(0), *index);
}

void Edition::TakeDown() {
  const std::vector<std::string> ids = {IdInBase(kInBase - 10), IdInBase(kInBase - 11), IdInBase(1),
                                        IdInLive(1)};
  Must(storage::AddTakedowns(storage::Layout(index_.path()), ids, kNow).status());
  for (const std::string& id : ids) visible_.erase(id);
}

void Edition::Put(const std::string& id, indexing::WritableIndex& index) {
  testing::TestArticle article = gazette_.WriteArticle();
  article.version = 1;
  v1::Article made = testing::MakeArticle(id, article);
  Show(made);
  Write({.article = std::move(made)}, index);
}

void Edition::Delete(const std::string& id, indexing::WritableIndex& index) {
  // One that is under embargo is deleted all the same.
  v1::Article article;
  article.set_id(id);
  Write({.kind = indexing::LiveWrite::Kind::kDelete, .article = std::move(article)}, index);
  visible_.erase(id);
}

void Edition::Show(const v1::Article& article) {
  const bool held = article.status() == v1::Article::STATUS_WITHHELD ||
                    article.status() == v1::Article::STATUS_CANCELLED ||
                    article.embargo_time().seconds() > absl::ToUnixSeconds(kNow);
  visible_.erase(article.id());
  if (!held) visible_[article.id()] = article;
}

}  // namespace broadsheet::query::invariants
