// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/request/search_value_options.h"

#include <array>

namespace broadsheet::client {
namespace {

constexpr std::array kValueOptions = {
    ValueOption{.name = "--tag",
                .values = &SearchOptions::tags,
                .filter = &v1::Filter::mutable_tag,
                .all = true,
                .help = "Only with this tag (again: with all of them)"},
    ValueOption{.name = "--byline",
                .values = &SearchOptions::bylines,
                .filter = &v1::Filter::mutable_byline,
                .all = true,
                .help = "Only by this author (again: by all of them)"},
    ValueOption{.name = "--caption",
                .values = &SearchOptions::captions,
                .filter = nullptr,
                .all = true,
                .help = "Only with these words in a caption, as a phrase"},
    ValueOption{.name = "--section",
                .values = &SearchOptions::sections,
                .filter = &v1::Filter::mutable_section,
                .all = false,
                .help = "Only from this section (again: or that)"},
    ValueOption{.name = "--source",
                .values = &SearchOptions::sources,
                .filter = &v1::Filter::mutable_source,
                .all = false,
                .help = "Only from this publication (again: or that)"},
    ValueOption{.name = "--language",
                .values = &SearchOptions::languages,
                .filter = &v1::Filter::mutable_language,
                .all = false,
                .help = "Only in this language, e.g. en (again: or)"},
};

}  // namespace

std::span<const ValueOption> ValueOptions() { return kValueOptions; }

}  // namespace broadsheet::client
