// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/requested_ids.h"

#include <algorithm>

#include "engine/schema/article.h"
#include "engine/schema/error.h"

namespace broadsheet::query {

absl::Status CheckId(std::string_view field, const std::string& id) {
  const bool control = std::any_of(id.begin(), id.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
  if (id.empty()) return schema::BadField(field, "the id is empty");
  if (id.size() > schema::kMaxIdBytes) return schema::BadField(field, "the id is over 1000 bytes");
  if (control) return schema::BadField(field, "the id has control characters");
  return absl::OkStatus();
}

absl::Status CheckIds(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  for (const std::string& id : ids) {
    if (absl::Status status = CheckId("ids", id); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status NoSuchArticle(const std::string& id) {
  return schema::Error(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND",
                       "there is no article with the id \"" + id + "\"");
}

}  // namespace broadsheet::query
