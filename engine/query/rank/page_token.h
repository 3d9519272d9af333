// SPDX-License-Identifier: GPL-3.0-or-later
// Where the next page goes on. Opaque to callers: base64url of a few numbers with a checksum, so
// that a token cut short or made up is refused and never half understood. No secret: a caller gains
// nothing by making one.
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
  // Relevance: hits passed so far, and when the first page was ranked (seconds since 1970), from
  // which the age of articles counts. Date orders: the last hit.
  uint32_t offset = 0;
  int64_t ranked_at = 0;
  std::optional<DateKey> last;
};

std::string Encode(const PageToken& token);
// nullopt when `text` is not what Encode wrote.
std::optional<PageToken> Decode(std::string_view text);

// The build id of the generation that `page_token` belongs to; nullopt for an empty or foreign
// token. A server uses it to go on paging over the generation before the last publish.
std::optional<std::string> GenerationOfPageToken(std::string_view page_token);

}  // namespace broadsheet::query
