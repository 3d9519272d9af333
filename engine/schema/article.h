// SPDX-License-Identifier: GPL-3.0-or-later
// Prepares an article (broadsheet.v1.Article, the only model) for the index: repair, normal form,
// identity, limits.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "broadsheet/v1/article.pb.h"

namespace broadsheet::schema {

inline constexpr size_t kMaxIdBytes = 1000;
// The most text that an article may have in all its fields together. A larger one, such as a 100 MB
// line of a broken dump, is refused with a reason.
inline constexpr size_t kMaxArticleBytes = 8 << 20;
inline constexpr size_t kMaxTags = 1000;  // likewise bylines and captions

// Puts `article` into normal form: trims every text field, drops empty and repeated bylines, tags
// and captions, removes control characters, makes line ends "\n", detects the language when the
// source states none, derives the id when empty. Idempotent: a stored article is left as it is.
//
// INVALID_ARGUMENT, saying which field and why, when the article is invalid: no headline, body,
// summary or caption at all; an id over kMaxIdBytes or with control characters; over
// kMaxArticleBytes; a time out of the years 1 to 9999; a negative version; over kMaxTags tags,
// bylines or captions. `article` is then in an unspecified but valid state. Precondition: strings
// are valid UTF-8 (sources repair bytes before they enter a message, see text::RepairUtf8).
absl::Status PrepareArticle(v1::Article* article);

// The id of an article whose source gives none: its canonical URL, else "h:" and a 128-bit hash of
// source, headline, published time and the first 1 KB of the body, in lower-case hex.
std::string DeriveId(const v1::Article& article);

// Lower-case scheme and host, default port, fragment and utm_* parameters removed; anything that
// is not an http(s) URL is returned as it is.
std::string CanonicalUrl(std::string_view url);

// False for an article that no reader may see at `now`: withheld, cancelled, or under embargo.
// Everything that shows articles calls this, or uses its form in the index (kWithheldTerm,
// kEmbargo).
bool IsReleased(const v1::Article& article, absl::Time now);

// Bytes of headline, summary, body and captions. PrepareArticle detects the language in this text;
// size limits count it.
size_t TextBytes(const v1::Article& article);

}  // namespace broadsheet::schema
