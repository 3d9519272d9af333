// SPDX-License-Identifier: GPL-3.0-or-later
// Ids of articles as callers ask for them.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace broadsheet::query {

// INVALID_ARGUMENT that names `field` when no article can have this id: it is empty, over
// schema::kMaxIdBytes, or has control characters.
absl::Status CheckId(std::string_view field, const std::string& id);
// The same for each of the field `ids`, named by its place: "ids[2]".
absl::Status CheckIds(const google::protobuf::RepeatedPtrField<std::string>& ids);

// NOT_FOUND (ARTICLE_NOT_FOUND). One answer for absent, withheld and not licensed: whether an
// embargoed article exists is not told.
absl::Status NoSuchArticle(const std::string& id);

}  // namespace broadsheet::query
