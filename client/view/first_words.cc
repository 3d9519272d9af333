// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/view/first_words.h"

#include <google/protobuf/util/field_mask_util.h>

#include <cstdint>
#include <string_view>
#include <unordered_map>

namespace broadsheet::client {
namespace {

using google::protobuf::util::FieldMaskUtil;

// Texts of one answer: far from its bound of 64 MB unless they are very long.
constexpr int kTextsAtOnce = 100;

}  // namespace

std::vector<v1::BatchGetArticlesRequest> TextRequests(const std::vector<v1::Article*>& articles) {
  std::vector<v1::BatchGetArticlesRequest> requests;
  for (const v1::Article* article : articles) {
    if (!article->headline().empty() || !article->summary().empty()) continue;
    if (requests.empty() || requests.back().ids_size() == kTextsAtOnce) {
      FieldMaskUtil::FromFieldNumbers<v1::Article>(
          std::vector<int64_t>{v1::Article::kIdFieldNumber, v1::Article::kBodyFieldNumber,
                               v1::Article::kCaptionsFieldNumber},
          requests.emplace_back().mutable_read_mask());
    }
    requests.back().add_ids(article->id());
  }
  return requests;
}

void TakeTexts(const v1::BatchGetArticlesResponse& texts,
               const std::vector<v1::Article*>& articles) {
  std::unordered_map<std::string_view, const v1::Article*> by_id;
  for (const v1::Article& text : texts.articles()) by_id.emplace(text.id(), &text);
  for (v1::Article* article : articles) {
    const auto found = by_id.find(article->id());
    if (found == by_id.end()) continue;
    article->set_body(found->second->body());
    *article->mutable_captions() = found->second->captions();
  }
}

}  // namespace broadsheet::client
