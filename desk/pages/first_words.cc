// SPDX-License-Identifier: GPL-3.0-or-later
#include "desk/pages/first_words.h"

#include "client/view/first_words.h"

namespace broadsheet::desk {

void FetchTexts(Backend& backend, const Caller& caller, const std::vector<v1::Article*>& articles) {
  const std::vector<v1::BatchGetArticlesRequest> requests = client::TextRequests(articles);
  std::vector<Answer<v1::BatchGetArticlesResponse>> texts(requests.size());
  {
    ParallelCalls calls(backend, caller);
    for (size_t i = 0; i < requests.size(); ++i) {
      calls.Start(BROADSHEET_CALL(BatchGetArticles), requests[i], texts[i]);
    }
  }
  for (const Answer<v1::BatchGetArticlesResponse>& answer : texts) {
    if (answer.status.ok()) client::TakeTexts(answer.response, articles);
  }
}

}  // namespace broadsheet::desk
