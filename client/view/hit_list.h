// SPDX-License-Identifier: GPL-3.0-or-later
// Prints a page of hits for a person.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "broadsheet/v1/search_service.pb.h"
#include "client/view/terminal.h"

namespace broadsheet::client {

// Writes the total, the notices and the hits, numbered from `first_number`: headline; date, byline,
// source; the fragments that show why it matched; tags. `zone` as DateText() takes it.
void PrintHits(const v1::SearchArticlesResponse& response, size_t first_number,
               const Terminal& terminal, std::ostream& out, const absl::TimeZone* zone = nullptr);

// Writes one hit as PrintHits does.
void PrintHit(const v1::Hit& hit, size_t number, const absl::TimeZone* zone,
              const Terminal& terminal, std::ostream& out);

// The reason of the notice that comes with a mended query.
inline constexpr std::string_view kDidYouMean = "DID_YOU_MEAN";

// Prints each notice on a line of its own, but for that of a mended query, which is told with the
// command that asks it.
void PrintNotices(const v1::SearchArticlesResponse& response, const Terminal& terminal,
                  std::ostream& out);

// What a fragment of this field of Article is called, "Caption: "; "" for what speaks for itself.
std::string_view LabelOf(std::string_view field);

// "1,234".
std::string WithThousands(int64_t number);

// "1,234 articles", "more than 1,000 articles", "1 article".
std::string TotalText(const v1::Total& total);

}  // namespace broadsheet::client
