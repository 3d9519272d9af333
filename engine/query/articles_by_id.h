// SPDX-License-Identifier: GPL-3.0-or-later
// Articles that callers name by their ids.
#pragma once

#include <google/protobuf/repeated_ptr_field.h>

#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/base/call_control.h"
#include "engine/query/plan/read_mask.h"
#include "engine/storage/live/snapshot.h"

namespace broadsheet::query {

// The article with this id, if readers may see it at `now`; NOT_FOUND, without a reason, if not.
absl::StatusOr<v1::Article> FindVisible(const storage::Snapshot& snapshot, const std::string& id,
                                        absl::Time now);

// Finds the article with an id; NOT_FOUND where there is none to be shown.
using FindArticle = absl::FunctionRef<absl::StatusOr<v1::Article>(const std::string& id)>;

// What is wanted of the articles with `ids`, in their order. Calls `find` once for each id, also
// for one that is given, and answered, several times. INVALID_ARGUMENT_VALUE when the answer would
// be over kMaxAnswerBytes; the errors of `find` and of `call`.
absl::StatusOr<v1::BatchGetArticlesResponse> ReadArticles(
    const google::protobuf::RepeatedPtrField<std::string>& ids, const ReadMask& mask,
    FindArticle find, const base::CallControl& call);

}  // namespace broadsheet::query
