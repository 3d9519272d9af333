// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of articles that a list has to show without a headline. Pure; safe from any thread.
#pragma once

#include <vector>

#include "broadsheet/v1/article.pb.h"
#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::client {

// Asks for the texts of those of `articles` that have neither headline nor summary, so that
// HeadlineText() can give their first words: some for each request, since answers have a bound.
std::vector<v1::BatchGetArticlesRequest> TextRequests(const std::vector<v1::Article*>& articles);

// Gives each article its text, if it is among the answered ones.
void TakeTexts(const v1::BatchGetArticlesResponse& texts,
               const std::vector<v1::Article*>& articles);

// The articles of a list of hits or of copies.
template <typename Entries>
std::vector<v1::Article*> ArticlesOf(Entries& entries) {
  std::vector<v1::Article*> articles;
  for (auto& entry : entries) articles.push_back(entry.mutable_article());
  return articles;
}

}  // namespace broadsheet::client
