// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/query/plan/requested_ids.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "engine/schema/article.h"
#include "engine/schema/error.h"

namespace broadsheet::query {

absl::Status CheckId(std::string_view field, const std::string& id) {
  if (id.empty()) return schema::BadField(field, "an article's id is missing");
  if (id.size() > schema::kMaxIdBytes) {
    return schema::BadField(
        field, absl::StrFormat("an article's id has at most %d bytes, and this one has %d",
                               schema::kMaxIdBytes, id.size()));
  }
  const auto is_control = [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; };
  if (std::any_of(id.begin(), id.end(), is_control)) {
    return schema::BadField(field, "an article's id has no control characters, and this one does");
  }
  return absl::OkStatus();
}

absl::Status CheckIds(const google::protobuf::RepeatedPtrField<std::string>& ids) {
  for (int i = 0; i < ids.size(); ++i) {
    absl::Status bad = CheckId(absl::StrFormat("ids[%d]", i), ids[i]);
    if (!bad.ok()) return bad;
  }
  return absl::OkStatus();
}

absl::Status NoSuchArticle(const std::string& id) {
  return schema::Error(absl::StatusCode::kNotFound, "ARTICLE_NOT_FOUND",
                       "there is no article with the id \"" + id + "\"");
}

}  // namespace broadsheet::query
