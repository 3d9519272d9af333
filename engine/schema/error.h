// SPDX-License-Identifier: GPL-3.0-or-later
// Errors with a stable reason. A Status made here carries a google.rpc.ErrorInfo payload (domain
// "broadsheet"), and for a query's mistakes a broadsheet.v1.QueryError, under the payload's type
// URL ("type.googleapis.com/" + full message name), so that a server can pass them on as they are.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "broadsheet/v1/search_service.pb.h"

namespace broadsheet::schema {

inline constexpr std::string_view kErrorDomain = "broadsheet";

// `reason` is one of the names listed in search_service.proto, e.g. "PAGE_TOKEN_STALE".
// `message` is a sentence without a final period for a person to read; `metadata` is for programs,
// as the protos name it.
absl::Status Error(absl::StatusCode code, std::string_view reason, std::string_view message,
                   const std::map<std::string, std::string>& metadata = {});

// INVALID_ARGUMENT that names the place in the query (and the field "query", as a BadRequest);
// `error.reason` becomes the ErrorInfo's too.
absl::Status QueryError(const v1::QueryError& error, std::string_view message);

// INVALID_ARGUMENT with a google.rpc.BadRequest field violation; `field` is a path such as
// "filter.published_from".
absl::Status BadField(std::string_view field, std::string_view message);

// INVALID_ARGUMENT with the reason ARTICLE_INVALID and a field violation: `field` within the
// article, "" for the article as a whole.
absl::Status BadArticle(std::string_view field, std::string_view message);

// The reason of a Status made here, or "" for any other.
std::string ErrorReason(const absl::Status& status);

// The same error, told from further off: `prefix` and its message, and all that it carries besides.
absl::Status WithPrefix(std::string_view prefix, const absl::Status& status);

}  // namespace broadsheet::schema
