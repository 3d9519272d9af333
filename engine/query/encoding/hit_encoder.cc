// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/encoding/hit_encoder.h"

#include "engine/storage/base/article_wire.h"

namespace broadsheet::query {

absl::Status HitEncoder::Append(const v1::Hit& hit, storage::DocRef doc, const std::string& card,
                                std::string* response) {
  if (absl::Status status = encoder_.Encode(doc, card, &article_); !status.ok()) return status;
  rest_.clear();
  storage::AppendWireHead(v1::Hit::kArticleFieldNumber, article_.size(), &rest_);
  const size_t head = rest_.size();
  if (!hit.AppendToString(&rest_)) return absl::InternalError("cannot serialise a hit");
  storage::AppendWireHead(v1::SearchArticlesResponse::kHitsFieldNumber,
                          article_.size() + rest_.size(), response);
  response->append(rest_, 0, head);
  *response += article_;
  response->append(rest_, head);
  return absl::OkStatus();
}

}  // namespace broadsheet::query
