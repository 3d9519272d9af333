// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/encoding/article_encoder.h"

#include "broadsheet/v1/article.pb.h"
#include "engine/storage/base/article_wire.h"

namespace broadsheet::query {

absl::Status ArticleEncoder::Encode(storage::DocRef doc, const std::string& card,
                                    std::string* article) {
  article->clear();
  if (!mask_.AppendWanted(card, article)) {
    return absl::DataLossError("the card of an article is damaged; rebuild the index");
  }
  if (mask_.Wants(v1::Article::kBodyFieldNumber)) {
    if (absl::Status status = snapshot_.ReadBody(doc, &body_); !status.ok()) return status;
    storage::AppendBody(body_, article);
  }
  return absl::OkStatus();
}

}  // namespace broadsheet::query
