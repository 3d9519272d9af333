// SPDX-License-Identifier: GPL-3.0-or-later
// A page token says where the next page begins. It is opaque to callers: base64url of a few numbers
// with a checksum, so that a truncated or invented token is refused. It is not a secret: a caller
// gains nothing by forging one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace broadsheet::query {

// The place of an article in a date order.
struct DateKey {
  std::optional<int64_t> seconds;  // absent = undated
  std::string id;
};

struct PageToken {
  uint64_t query_hash = 0;  // of all that must be the same from page to page
  std::string build_id;     // of the generation
  // For relevance: the number of hits on earlier pages, and when the first page was ranked (seconds
  // since 1970), for the age of articles. For date orders: the last hit.
  uint32_t offset = 0;
  int64_t ranked_at = 0;
  std::optional<DateKey> last;
};

std::string Encode(const PageToken& token);
// nullopt when Encode did not make `text`.
std::optional<PageToken> Decode(std::string_view text);

// The build id of the generation that `page_token` belongs to; nullopt for an empty or foreign
// token. A server uses it to serve further pages from the previously published generation.
std::optional<std::string> GenerationOfPageToken(std::string_view page_token);

}  // namespace broadsheet::query
