// SPDX-License-Identifier: GPL-3.0-or-later
// Notices: what a reader ought to know about an answer, above all about an empty one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "engine/query/compile/compiler.h"
#include "engine/query/syntax/parser.h"

namespace broadsheet::query {

// `tag:kim jong un`: quotes were likely meant.
v1::Notice UnquotedNotice(const UnquotedValue& value);

// For each value that no article has: the value of the index that is nearest, the one most often
// used among those that contain it, in an article's own spelling. Values that only articles hidden
// at `now` have are as good as absent. Looks at a bounded part of the
// vocabulary. Throws what Xapian and the deadline throw.
std::vector<v1::Notice> MissingValueNotices(MatchContext& context,
                                            const std::vector<AskedValue>& values, absl::Time now);

// How many undated articles match but for the date conditions: `undated` is the query with those
// replaced. No notice when there are none.
std::vector<v1::Notice> UndatedNotices(MatchContext& context, const Xapian::Query& undated,
                                       const Limits& limits);

// `root` with its date clauses (those that narrow the whole query) replaced by date:none; nullopt
// when there are none to replace.
std::optional<Node> AskingForUndated(const Node& root);

}  // namespace broadsheet::query
